"""Asking for a place in a shelter, answering it, telling what is free, and writing down where somebody stays."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import stored_care
from loket.casework.access import Standing, standing
from loket.casework.actions import placement_rows as rows
from loket.casework.actions.common import locked_person, same_version, stopped, writing
from loket.casework.actions.referral_rows import grounds_of, known, place_of, wanted
from loket.casework.models import Placement, Places, Whereabouts
from loket.casework.queries import sharing
from loket.casework.queries.seen import sides
from loket.casework.slices import pack
from loket.site.rows import insert, update
from schakel.casework import shelter as pure
from schakel.casework.groups import GROUPS
from schakel.casework.lifecycles import Refusal, lifecycles
from schakel.casework.referral import slice_of
from schakel.mechanism.content import load
from schakel.vocabulary.errors import refused


@dataclass(frozen=True)
class Need:
    """What is asked of a shelter. ``shelter`` None: the registrar looks for one."""

    shelter_kind: str
    shelter: uuid.UUID | None = None
    municipality: str = ""
    intake: pure.Intake = field(default_factory=pure.Intake)
    fields: frozenset[str] = frozenset()
    whole: bool = False  # all of these or nothing, where somebody chose them from what they were shown
    circumstances: tuple[tuple[str, str], ...] = ()
    message: str = ""


def request(*, by: Member, person: uuid.UUID, need: Need, on: date | None = None) -> Placement:
    """A request for a place, with what the sharing rules let this shelter see."""
    today = on or timezone.localdate()
    with writing(by=by, purpose="care") as trail:
        row = locked_person(person)
        here = standing(by, row)
        relation = here.must("request_place", "care", event="casework.request_place")
        asked = sharing.Asked(need.shelter_kind, sharing.SHELTER, dict(need.circumstances))
        found = sharing.decisions(by, row, asked, today)
        sharing.noted(trail, row, need.shelter_kind, found)
        chosen = wanted(row, here, found, need)
        part = slice_of({name: one for name, one in found.items() if name in chosen})
        made = Placement(
            subject=row.subject, person=row, sender_id=by.organisation, shelter=rows.shelter(need, by),
            shelter_kind=need.shelter_kind, municipality=need.municipality, asked_by_id=by.user, asked_on=today,
            intake=stored_care.intake_text(need.intake), message=need.message.strip() or None, slice=pack(part),
        )  # fmt: skip
        insert([made])
        rows.answered(made, by, "request", on=today)
        trail.note("casework.request_place", kind="placement", object=made.pk, subject=row.subject_id,
                   relation=relation, place=place_of(part.fields), ground=grounds_of(part))  # fmt: skip
        rows.tell_sides(made, here, ("receiver",))
    return made


def act(
    *, by: Member, placement: uuid.UUID, event: str, version: int | None = None, reason: str = "", words: str = "",
    other: uuid.UUID | None = None, on: date | None = None,
) -> Placement:  # fmt: skip
    """One step: offer, refuse (a reason of the closed list), take, decline, lapse, ask again, leave, withdraw.

    ``other``: another shelter to ask now. Raises Denied with the sentence where it cannot be.
    """
    today, where = on or timezone.localdate(), rows.where(placement)
    known("placement", event)
    with writing(by=by, purpose="care") as trail:
        person = locked_person(where.person_id)
        row = rows.locked(placement, person)
        here = standing(by, person)
        entry = {"event": f"casework.place_{event}", "kind": "placement", "object": row.pk,
                 "subject": person.subject_id}  # fmt: skip
        who = parties(here, row)
        relation = _must(here, event, who, entry)
        same_version(row, version, **entry)
        if event == "ask_again" and other:
            row.shelter = rows.shelter(Need(row.shelter_kind, other), by)
        before = rows.answers(row.pk)
        moved = pure.act(
            lifecycles(load())["placement"], stored_care.placement(row, before), event, today, by=who,
            shelter=str(row.shelter_id or ""), reason=reason or words,
        )  # fmt: skip
        if isinstance(moved, Refusal):
            raise stopped(moved, **entry)
        row.state, row.ended_on, row.version = moved[0].state, moved[0].ended_on, row.version + 1
        update(row, "shelter", "state", "ended_on", "version")
        rows.answered(row, by, event, on=today, reason=reason if event == "refuse" else "", words=words)
        trail.note(**entry, relation=relation, place=reason if event == "refuse" else "")
        rows.tell_sides(row, here, moved[1].notice)
    return row


def parties(here: Standing, row: Placement) -> frozenset[str]:
    """What a member is in a request for a place. Where nobody was found yet, the registrar asks for the sender."""
    found = sides(here, row.sender_id, row.shelter_id)
    return found | {"sender"} if row.shelter_id is None and "registrar" in found else found


def _must(here: Standing, event: str, who: Iterable[str], entry: dict[str, object]) -> str:
    parties_ = set(who)
    if "receiver" in parties_ and event in ("offer", "refuse", "lapse", "leave"):
        return here.must("offer_place", "care", **entry)
    if parties_ & {"person", "guardian"}:
        return here.must("withdraw_consent", "own", **entry)
    return here.must("request_place", "care", **entry)


def find(*, by: Member, placement: uuid.UUID, shelter: uuid.UUID, version: int | None = None) -> Placement:
    """The registrar found a shelter to ask for a request that had none."""
    where = rows.where(placement)
    with writing(by=by, purpose="care") as trail:
        person = locked_person(where.person_id)
        row = rows.locked(placement, person)
        here = standing(by, person)
        entry = {"event": "casework.place_find", "kind": "placement", "object": row.pk, "subject": person.subject_id}
        relation = here.must("request_place", "care", **entry)
        same_version(row, version, **entry)
        if row.shelter_id or row.state != "waiting" or not parties(here, row) & {"sender", "registrar"}:
            raise Refused("no_such_receiver", **entry)
        row.shelter, row.version = rows.shelter(Need(row.shelter_kind, shelter), by), row.version + 1
        row.save()
        rows.answered(row, by, "find", on=timezone.localdate())
        trail.note(**entry, relation=relation)
        rows.tell_sides(row, here, ("receiver",))
    return row


def tell_places(*, by: Member, groups: Iterable[str], free: int | None, version: int = 0) -> Places:
    """What an organisation tells of itself in the directory: for whom it is there, and how many places are free."""
    entry = {"event": "casework.tell_places", "kind": "organisation", "object": by.organisation}
    wanted = list(groups)
    if any(group not in GROUPS for group in wanted):
        raise refused(("this is no group of the directory", "Choose from " + ", ".join(GROUPS)),
                      ("dit is geen groep van de gids", "Kies uit " + ", ".join(GROUPS)))  # fmt: skip
    with writing(by=by, purpose="care") as trail:
        if not (by.role == "shelter" or by.manages):
            raise Refused("not_your_places", **entry)
        row = rows.places(by.organisation)
        if (row.version if row else 0) != version:
            raise Refused("changed_meanwhile", **entry)
        new = row is None
        row = row or Places(organisation_id=by.organisation, version=0)
        row.groups, row.free, row.told_at, row.told_by_id = " ".join(wanted), free, timezone.now(), by.user
        row.version += 1
        rows.keep(row, new=new)
        trail.note(**entry)
    return row


def tell_whereabouts(*, by: Member, person: uuid.UUID, address: str, version: int = 0) -> Whereabouts:
    """Where somebody stays, written down by who may see it. Nobody else is ever shown it."""
    entry = {"event": "casework.tell_whereabouts", "kind": "person", "object": person}
    with writing(by=by, purpose="care") as trail:
        row = locked_person(person)
        here = standing(by, row)
        relation = here.must("see_whereabouts", "own" if by.role == "person" else "care", **entry)
        found = rows.whereabouts(row.pk)
        if (found.version if found else 0) != version:
            raise Refused("changed_meanwhile", **entry)
        new = found is None
        found = found or Whereabouts(person=row, version=0)
        found.subject, found.organisation_id, found.told_at = row.subject, by.organisation, timezone.now()
        found.address, found.version = address.strip() or None, found.version + 1
        rows.keep(found, new=new)
        trail.note(**entry, subject=row.subject_id, relation=relation)
    return found
