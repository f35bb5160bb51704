"""The rows of a request for a place: found, answered, and who hears of it. For the verbs in `shelter` only."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from loket.accounts.models import Organisation
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import Standing
from loket.casework.actions.referral_rows import tell_parties, works_as
from loket.casework.models import Person, Placement, PlacementAnswer, Places, Whereabouts
from loket.site.prepared import prepared
from loket.site.rows import insert, update


def shelter(need: Any, by: Member) -> Organisation | None:
    """The shelter that is asked; None where the registrar looks for one."""
    if need.shelter is None:
        return None
    found = works_as(need.shelter, need.shelter_kind)
    if found is None or str(found.pk) == by.organisation:
        raise Refused("no_such_receiver", event="casework.request_place", kind="organisation", object=need.shelter)
    return found


@prepared
def _where(pk: uuid.UUID) -> QuerySet[Placement]:
    return Placement.objects.only("person_id").filter(pk=pk)


@prepared
def _locked(pk: uuid.UUID) -> QuerySet[Placement]:
    return Placement.objects.select_for_update().filter(pk=pk)


@prepared
def answers(placement: uuid.UUID) -> QuerySet[PlacementAnswer]:
    """What was answered so far, in order."""
    return PlacementAnswer.objects.filter(placement=placement).order_by("at")


@prepared
def _places(organisation: uuid.UUID) -> QuerySet[Places]:
    return Places.objects.select_for_update().filter(pk=organisation)


@prepared
def _whereabouts(person: uuid.UUID) -> QuerySet[Whereabouts]:
    return Whereabouts.objects.select_for_update().filter(person=person)


def places(organisation: uuid.UUID | str) -> Places | None:
    """What an organisation told of itself, locked."""
    row: Places | None = _places.first(organisation)
    return row


def whereabouts(person: uuid.UUID) -> Whereabouts | None:
    """Where somebody stays, locked."""
    row: Whereabouts | None = _whereabouts.first(person)
    return row


def keep(row: Places | Whereabouts, *, new: bool) -> None:
    """Write down what was told, for the first time or again."""
    if new:
        insert([row])
    else:
        update(row)


def where(placement: uuid.UUID) -> Placement:
    row: Placement | None = _where.first(placement)
    if row is None:
        raise Refused("not_found", event="casework.asked", kind="placement", object=placement)
    return row


def locked(placement: uuid.UUID, person: Person) -> Placement:
    row: Placement
    (row,) = _locked(placement)
    row.person, row.subject = person, person.subject
    return row


def answered(row: Placement, by: Member, event: str, *, on: date, reason: str = "", words: str = "") -> None:
    """Every answer is kept: what a shelter refused, and why, is how unmet need is counted."""
    insert([PlacementAnswer(
        placement=row, subject=row.subject, organisation_id=by.organisation, shelter_id=row.shelter_id,
        at=timezone.now(), on=on, event=event, to=row.state, reason=reason, words=words.strip() or None,
    )])  # fmt: skip


def tell_sides(row: Placement, here: Standing, notice: Collection[str]) -> None:
    """Something waits for the sides; without a shelter the registrar hears it."""
    registry = here.registration.registry_id if here.registration else None
    sides = {"sender": row.sender_id, "receiver": row.shelter_id or registry}
    tell_parties(sides, registry, notice, f"placement.{row.state}", row.pk)
