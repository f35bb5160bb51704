"""Finding subjects again, and the names by which others may know them."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterable
from typing import Any, Final

from django.db import connection

from loket.vault import cipher
from loket.vault.keyfile import ring
from loket.vault.models import BlindIndex, Subject
from loket.vault.words import Word

PSEUDONYM_BYTES = 10  # eighty bits: 16 letters and digits that can be read out over the telephone


def subject(person: uuid.UUID | str) -> Subject | None:
    return Subject.objects.filter(pk=person).first()


def search(words: Iterable[Word]) -> list[uuid.UUID]:
    """The subjects that every one of these words leads to. No words lead to nobody."""
    key, found = ring().index, None
    for word in words:
        rows = BlindIndex.objects.filter(kind=word.kind, digest=word.digest(key)) if word.said else ()
        here = {row.subject_id for row in rows}
        found = here if found is None else found & here
    return sorted(found or (), key=str)


def alike(words: Iterable[Word]) -> dict[uuid.UUID, set[str]]:
    """The subjects that any of these words leads to, each with the kinds of the words that did: one query."""
    key, wanted = ring().index, {}
    for word in words:
        if word.said:
            wanted[word.digest(key)] = word.kind
    found: dict[uuid.UUID, set[str]] = {}
    for row in BlindIndex.objects.filter(digest__in=list(wanted), kind__in=set(wanted.values())):
        if wanted.get(bytes(row.digest)) == row.kind:
            found.setdefault(row.subject_id, set()).add(row.kind)
    return found


def pseudonym(organisation: uuid.UUID | str, person: uuid.UUID | str) -> str:
    """The name by which this organisation knows this person: another one at each, and no way from one to the other."""
    digest = cipher.keyed_digest(ring().index, "pseudonym", str(organisation), str(person))
    letters = base64.b32encode(digest[:PSEUDONYM_BYTES]).decode()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def stand_in(kind: str, identifier: object) -> str:
    """What stands in the audit log for the id of a record: always the same, and meaningless without the key."""
    return cipher.keyed_digest(ring().index, "audit", kind, str(identifier)).hex()[:32]


def sealed_with_older() -> int:
    """How many data keys are not sealed with the newest key yet."""
    newest = cipher.key_id(ring().newest)
    sealed = Subject.objects.filter(wrapped__isnull=False).values_list("wrapped", flat=True)
    return sum(cipher.sealed_with(bytes(one)) != newest for one in sealed.iterator())


def same_words(subjects: Iterable[uuid.UUID], kinds: Iterable[str]) -> dict[uuid.UUID, dict[uuid.UUID, set[str]]]:
    """For each of these subjects the others that share a word of these kinds, and which kinds: one query."""
    asked, wanted = list(subjects), list(kinds)
    if not (asked and wanted):
        return {}
    found: dict[Any, dict[Any, set[str]]] = {}
    native = connection.features.has_native_uuid_field
    marks = [", ".join(["%s"] * len(several)) for several in (asked, wanted)]
    with connection.cursor() as cursor:
        cursor.execute(SHARE.format(*marks), [*(one if native else one.hex for one in asked), *wanted])
        for one, other, kind in cursor.fetchall():
            found.setdefault(one, {}).setdefault(other, set()).add(kind)
    if native:
        return found
    ids = {written: uuid.UUID(written) for written in {*found, *(one for others in found.values() for one in others)}}
    return {ids[one]: {ids[other]: said for other, said in others.items()} for one, others in found.items()}


# Kind by kind, because the index is on both: by the digest alone every word of everybody would be read.
SHARE: Final = """
SELECT mine.subject_id, other.subject_id, mine.kind FROM vault_blindindex AS mine JOIN vault_blindindex AS other
ON other.kind = mine.kind AND other.digest = mine.digest AND other.subject_id <> mine.subject_id
WHERE mine.subject_id IN ({}) AND mine.kind IN ({})
"""
