"""The rows of a request for a place: found, answered, and who hears of it. For the verbs in `shelter` only."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone

from loket.accounts.models import Organisation
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import Standing
from loket.casework.actions.outbox import tell
from loket.casework.models import Person, Placement, PlacementAnswer


def shelter(need: Any, by: Member) -> Organisation | None:
    """The shelter that is asked; None where the registrar looks for one."""
    if need.shelter is None:
        return None
    found = Organisation.objects.filter(pk=need.shelter, kind=need.shelter_kind, ended_at=None).first()
    if found is None or str(found.pk) == by.organisation:
        raise Refused("no_such_receiver", event="casework.request_place", kind="organisation", object=need.shelter)
    return found


def where(placement: uuid.UUID) -> Placement:
    row = Placement.objects.only("person_id").filter(pk=placement).first()
    if row is None:
        raise Refused("not_found", event="casework.asked", kind="placement", object=placement)
    return row


def locked(placement: uuid.UUID, person: Person) -> Placement:
    row = Placement.objects.select_for_update().get(pk=placement)
    row.person, row.subject = person, person.subject
    return row


def answered(row: Placement, by: Member, event: str, *, on: date, reason: str = "", words: str = "") -> None:
    """Every answer is kept: what a shelter refused, and why, is how unmet need is counted."""
    PlacementAnswer.objects.create(
        placement=row, subject=row.subject, organisation_id=by.organisation, shelter_id=row.shelter_id,
        at=timezone.now(), on=on, event=event, to=row.state, reason=reason, words=words.strip() or None,
    )  # fmt: skip


def tell_sides(row: Placement, here: Standing, notice: Collection[str]) -> None:
    """Something waits for the sides; without a shelter the registrar hears it."""
    registry = here.registration.registry_id if here.registration else None
    sides = {"sender": row.sender_id, "receiver": row.shelter_id or registry}
    for party in notice:
        if sides.get(party):
            tell(what=f"placement.{row.state}", organisation=sides[party], object=row.pk)
        elif party == "registrar" and registry:
            tell(what=f"placement.{row.state}", organisation=registry, object=row.pk, role="registrar")
