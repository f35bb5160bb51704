"""Finding subjects again, and the names by which others may know them."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import QuerySet

from loket.site.cursors import cursor, database
from loket.site.prepared import prepared
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
        here = {subject for (subject,) in _led_to(word.kind, word.digest(key))} if word.said else set()
        found = here if found is None else found & here
    return sorted(found or (), key=str)


@prepared
def _led_to(kind: str, digest: bytes) -> QuerySet[Any]:
    return BlindIndex.objects.filter(kind=kind, digest=digest).values_list("subject_id")


def alike(words: Iterable[Word]) -> dict[uuid.UUID, set[str]]:
    """The subjects that any of these words leads to, each with the kinds of the words that did: one query."""
    key, wanted = ring().index, {}
    for word in words:
        if word.said:
            wanted[word.digest(key)] = word.kind
    found: dict[uuid.UUID, set[str]] = {}
    for subject, kind, digest in _led_to_by_any(list(set(wanted.values())), list(wanted)):
        if wanted.get(bytes(digest)) == kind:
            found.setdefault(subject, set()).add(kind)
    return found


@prepared
def _led_to_by_any(kinds: list[str], digests: list[bytes]) -> QuerySet[Any]:
    rows = BlindIndex.objects.filter(digest__in=digests, kind__in=kinds)
    return rows.values_list("subject_id", "kind", "digest")


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


def cannot_open() -> int:
    """How many data keys the key file no longer opens: the key that sealed them is not in it."""
    sealed = Subject.objects.filter(wrapped__isnull=False).values_list("wrapped", flat=True)
    return sum(cipher.sealed_with(bytes(one)) not in ring().by_id for one in sealed.iterator())


Shared = tuple[str, frozenset[uuid.UUID]]  # the kind of a word, and every subject that has this word


def same_words(subjects: Iterable[uuid.UUID], kinds: Iterable[str]) -> dict[uuid.UUID, list[Shared]]:
    """For each of these subjects its words of these kinds that others have too, with all who have them: one query.

    Word by word and not pair by pair: where forty are of one person, each has the same few words, and not 39 others.
    """
    asked, wanted = list(subjects), list(kinds)
    if not (asked and wanted):
        return {}
    who: dict[tuple[str, bytes], list[Any]] = {}
    for kind, digest, subject in _sharing(asked, wanted):
        who.setdefault((kind, bytes(digest)), []).append(subject)
    ids = _ids({one for several in who.values() for one in several})  # each of them has many words
    found: dict[uuid.UUID, list[Shared]] = {one: [] for one in asked}
    for (kind, _), several in who.items():
        everybody = frozenset(ids[one] for one in several)
        for one in everybody.intersection(found) if len(several) > 1 else ():
            found[one].append((kind, everybody))
    return found


def in_common(subject: uuid.UUID, kinds: Iterable[str]) -> dict[uuid.UUID, set[str]]:
    """Everybody else who has a word of these kinds that this subject has, each with the kinds of those words."""
    found: dict[Any, set[str]] = {}
    for kind, _, one in _sharing([subject], list(kinds)):
        found.setdefault(one, set()).add(kind)
    ids = _ids(found)
    return {ids[one]: words for one, words in found.items() if ids[one] != subject}


def _sharing(asked: list[uuid.UUID], kinds: list[str]) -> list[tuple[str, Any, Any]]:
    """Kind, digest and subject of every word of these kinds that one of these subjects has; ids as the database has
    them, for there may be thousands."""
    db = database()
    asking, native = cursor(db), db.features.has_native_uuid_field
    marks = [", ".join(["%s"] * len(several)) for several in (asked, kinds)]
    asking.execute(SHARE.format(*marks), [*(one if native else one.hex for one in asked), *kinds])
    rows: list[tuple[str, Any, Any]] = asking.fetchall()
    return rows


def _ids(raw: Iterable[Any]) -> dict[Any, uuid.UUID]:
    """The id that each of these is."""
    return {one: one if isinstance(one, uuid.UUID) else uuid.UUID(one) for one in raw}


# Kind by kind, because the index is on both: by the digest alone every word of everybody would be read.
SHARE: Final = """
SELECT kind, digest, subject_id FROM vault_blindindex WHERE (kind, digest) IN
(SELECT kind, digest FROM vault_blindindex WHERE subject_id IN ({}) AND kind IN ({}))
"""
