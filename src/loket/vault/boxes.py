"""What is sealed with which key: a person's texts with their own data key, the installation's texts with the newest."""

from __future__ import annotations

from collections.abc import Mapping

from loket.vault import cipher
from loket.vault.keyfile import ring
from loket.vault.models import Subject


class Erased(str):
    """What a text reads as when its person was erased: empty, and recognisable."""

    __slots__ = ()


ERASED = Erased("")


def wrapping(subject_id: object) -> bytes:
    """The place that a data key is sealed for."""
    return cipher.place("vault.subject", str(subject_id), "data key")


def data_key(subject: Subject) -> bytes | None:
    """The key of one person; None if it was destroyed. Raises CannotOpen if the key file is not the right one."""
    if subject.wrapped is None:
        return None
    known: bytes | None = subject.__dict__.get("_data_key")
    if known is None:
        known = cipher.unseal(ring().by_id, bytes(subject.wrapped), wrapping(subject.pk))
        subject.__dict__["_data_key"] = known
    return known


def seal_for(subject: Subject, text: str, context: bytes) -> bytes:
    """A text about this person. Raises CannotOpen when they were erased: nothing new is kept about them then."""
    key = data_key(subject)
    if key is None:
        raise cipher.CannotOpen("This person was erased: nothing can be kept about them under this key.")
    return cipher.seal(key, text.encode(), context)


def open_for(subject: Subject, sealed: bytes, context: bytes) -> str:
    """The text, or ERASED."""
    key = data_key(subject)
    return ERASED if key is None else cipher.unseal({cipher.key_id(key): key}, sealed, context).decode()


def seal_here(text: str, context: bytes) -> bytes:
    """A text of the installation itself (a session, the secret of a second factor)."""
    return cipher.seal(ring().newest, text.encode(), context)


def open_here(sealed: bytes, context: bytes, keys: Mapping[bytes, bytes] | None = None) -> str:
    return cipher.unseal(keys or ring().by_id, sealed, context).decode()
