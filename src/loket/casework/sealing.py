"""Bytes sealed with a person's own key, bound to the one record that they belong to."""

from __future__ import annotations

from loket.vault import boxes, cipher
from loket.vault.models import Subject


def _place(subject: Subject, record: object) -> bytes:
    return cipher.place("casework.attachmentbytes", str(record), "sealed", str(subject.pk))


def seal(subject: Subject, record: object, data: bytes) -> bytes:
    """Raises CannotOpen where the person was erased: nothing new is kept about them then."""
    key = boxes.data_key(subject)
    if key is None:
        raise cipher.CannotOpen("This person was erased: nothing can be kept about them under this key.")
    return cipher.seal(key, data, _place(subject, record))


def unseal(subject: Subject, record: object, sealed: bytes) -> bytes | None:
    """The bytes; None where the person was erased."""
    key = boxes.data_key(subject)
    return None if key is None else cipher.unseal({cipher.key_id(key): key}, sealed, _place(subject, record))
