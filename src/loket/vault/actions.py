"""The only writer of the vault. Whoever calls records in the audit log what was done, and why."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from loket.site.prepared import prepared
from loket.site.rows import insert
from loket.vault import boxes, cipher, ledger
from loket.vault.keyfile import ring
from loket.vault.models import BlindIndex, Subject
from loket.vault.words import Word

BATCH = 500


def new_subject(*, at: datetime) -> Subject:
    """A person with a data key of their own."""
    person = uuid.uuid4()
    wrapped = cipher.seal(ring().newest, cipher.new_key(), boxes.wrapping(person))
    made = Subject(pk=person, wrapped=wrapped, made_at=at)
    insert([made])
    return made


@transaction.atomic(savepoint=False)
def index(*, subject: Subject, words: Iterable[Word]) -> None:
    """Make the subject findable by these words, and by no other words of the same kinds (a corrected name is gone)."""
    wanted = list(words)
    kinds = {word.kind for word in wanted}
    rows = {(word.kind, word.digest(ring().index)) for word in wanted if word.said}
    there = {(kind, bytes(digest)) for kind, digest in _indexed(subject.pk) if kind in kinds}
    if there - rows:
        BlindIndex.objects.filter(subject=subject, kind__in=kinds).delete()
        there = set()
    insert(BlindIndex(subject=subject, kind=kind, digest=digest) for kind, digest in sorted(rows - there))


@prepared
def _indexed(subject: uuid.UUID) -> QuerySet[Any]:
    return BlindIndex.objects.filter(subject=subject).values_list("kind", "digest")


def erase(*, subject: Subject, at: datetime) -> None:
    """Destroy the data key and the indexes of one person: what was sealed stays, and nobody opens it again.

    The ledger is written first and stays written, also if the transaction around this is undone.
    """
    ledger.write(Path(settings.LOKET_LEDGER), subject.pk, at)
    _destroy([subject.pk], at)
    subject.wrapped, subject.erased_at = None, at
    subject.__dict__.pop("_data_key", None)


@transaction.atomic
def _destroy(people: list[uuid.UUID], at: datetime) -> int:
    BlindIndex.objects.filter(subject__in=people).delete()
    return Subject.objects.filter(pk__in=people, wrapped__isnull=False).update(wrapped=None, erased_at=at)


def apply_ledger() -> int:
    """Erase again whoever the ledger names and this database still knows (after a restore); how many that were."""
    erased = ledger.read(Path(settings.LOKET_LEDGER))
    return sum(_destroy([person], at) for person, at in erased.items())


def rewrap() -> int:
    """Seal every data key with the newest key; how many were sealed with an older one. Can be stopped and repeated."""
    keys, newest, done = ring(), cipher.key_id(ring().newest), 0
    waiting = Subject.objects.filter(wrapped__isnull=False).order_by("pk").values_list("pk", flat=True)
    everybody = list(waiting)
    for start in range(0, len(everybody), BATCH):
        with transaction.atomic():
            for subject in Subject.objects.select_for_update().filter(pk__in=everybody[start : start + BATCH]):
                if subject.wrapped is None or cipher.sealed_with(bytes(subject.wrapped)) == newest:
                    continue
                key = cipher.unseal(keys.by_id, bytes(subject.wrapped), boxes.wrapping(subject.pk))
                subject.wrapped = cipher.seal(keys.newest, key, boxes.wrapping(subject.pk))
                subject.save(update_fields=["wrapped"])
                done += 1
    return done
