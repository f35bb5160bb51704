"""Destroying what is kept of a person: their key goes, and with it everything that was sealed; the log stays whole."""

from __future__ import annotations

import uuid
from datetime import date

from django.utils import timezone

from loket.audit.who import Trail
from loket.casework.actions.common import locked_person, writing
from loket.casework.models import Correction, Person, Registration
from loket.vault import actions as vault

PURPOSE = "keys"
DESTROYED = "destroyed"
# A request of the person that is still looked at holds destruction up: they may want to see what is there.
STILL_ASKED = ("asked", "in_review", "question")


def erase_due(*, on: date) -> int:
    """Destroy everybody whose registrations have all ended and passed their day; how many people that were.

    The days are those of the installation (`LOKET_RETENTION_DAYS`); where none was set nothing is destroyed.
    """
    due = Registration.objects.filter(destroy_on__lte=on).exclude(state__in=("draft", DESTROYED))
    ids = list(due.order_by("person").values_list("person_id", flat=True).distinct())
    return sum(_erase_one(identifier, on) for identifier in ids)


def _erase_one(identifier: uuid.UUID, on: date) -> bool:
    with writing(by=None, purpose=PURPOSE) as trail:
        row = locked_person(identifier)
        live = Registration.objects.filter(person=row).exclude(state=DESTROYED)
        kept = live.filter(destroy_on=None) | live.filter(destroy_on__gt=on)
        if kept.exists() or Correction.objects.filter(person=row, state__in=STILL_ASKED).exists():
            return False
        erase(row, trail, "agreed")
    return True


def erase(row: Person, trail: Trail, relation: str) -> None:
    """In the transaction of the caller: the key of the person, and that of the encounter when nobody of it is left."""
    now = timezone.now()
    vault.erase(subject=row.subject, at=now)
    Registration.objects.filter(person=row).update(state=DESTROYED, grounds={}, changed_at=now)
    left = Person.objects.filter(encounter=row.encounter_id, subject__erased_at=None).exclude(pk=row.pk)
    if not left.exists():
        vault.erase(subject=row.encounter.subject, at=now)
    trail.note("casework.erase", kind="person", object=row.pk, subject=row.subject_id, relation=relation)
