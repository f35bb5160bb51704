"""From the rows of care to the dataclasses of `schakel.casework`: referrals, grounds, requests for a place."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet

from loket.casework import models
from loket.casework.slices import unpack
from loket.site.prepared import prepared
from schakel.casework.consent import Ground
from schakel.casework.referral import Referral
from schakel.casework.shelter import Answer, Intake, PlacementRequest


def referral(row: models.Referral, *, kinds: bool = False) -> Referral:
    """A referral between organisations by their ids; ``kinds``: by their kinds, as an export names them."""
    sender = row.sender.kind if kinds else str(row.sender_id)
    receiver = row.receiver_kind if kinds else str(row.receiver_id or "")
    return Referral(
        str(row.pk), str(row.person_id), sender, receiver, row.purpose, row.kind, unpack(row.slice), row.state,
        row.asked_on, row.answer_by, row.reason or "", row.outcome or "", row.changed_on,
    )  # fmt: skip


def referrals_of(person: models.Person) -> tuple[Referral, ...]:
    """The referrals of a person whose row is at hand, without their words; for the timeline."""
    found = _referrals_of(person.pk)
    for row in found:
        row.subject, row.reason, row.outcome = person.subject, None, None
    return tuple(referral(row, kinds=True) for row in found)


@prepared
def _referrals_of(person: UUID) -> QuerySet[models.Referral]:
    rows = models.Referral.objects.select_related("sender").defer("reason", "outcome", "message")
    return rows.filter(person=person).order_by("asked_on", "pk")


def ground(row: models.Ground) -> Ground:
    """A ground; its receiver is a kind of organisation, or nothing for every receiver of the purpose."""
    return Ground(
        str(row.pk), str(row.person_id), row.purpose, row.receiver_kind, row.ground, row.state, row.on,
        tuple(row.given_by.split()), row.told, row.note or "", row.ended_on,
    )  # fmt: skip


def intake_text(intake: Intake) -> str:
    """The sealed column of a request for a place."""
    return json.dumps({
        "avoid_areas": intake.avoid_areas, "avoid": intake.avoid, "companions": intake.companions,
        "wheelchair": intake.wheelchair, "pets": intake.pets,
    })  # fmt: skip


def intake(words: str | None) -> Intake:
    data = json.loads(words) if words else {}
    lists = {part: tuple(data.get(part, ())) for part in ("avoid_areas", "avoid")}
    return Intake(**{**data, **lists})


def waiting(row: models.Placement, answers: list[models.PlacementAnswer]) -> PlacementRequest:
    """The same without what is sealed: for lists, and for the figure of how long people wait."""
    given = tuple(Answer(str(one.shelter_id or ""), one.on, one.event, one.reason) for one in answers)
    return PlacementRequest(
        str(row.pk), str(row.person_id), row.asked_on, row.shelter_kind, row.state, row.municipality, answers=given,
        ended_on=row.ended_on,
    )  # fmt: skip


def placement(row: models.Placement, answers: list[models.PlacementAnswer]) -> PlacementRequest:
    """A request for a place with every answer it got."""
    return replace(waiting(row, answers), intake=intake(row.intake))
