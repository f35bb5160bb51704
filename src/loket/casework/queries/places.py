"""Requests for a place as both sides see them; and where somebody stays, for who may read it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import stored_care
from loket.casework.access import Standing, standing
from loket.casework.models import Placement, PlacementAnswer, Registration, Whereabouts
from loket.casework.queries import directory, lists
from loket.casework.queries.known import groups, person_with_all
from loket.casework.queries.seen import Act, Seen, Shared, acts, label, seen, shared_lines, sides
from loket.casework.reading import looking, opened
from loket.casework.slices import unpack
from loket.site.prepared import prepared
from loket.vault.queries import pseudonym
from schakel.casework.lifecycles import lifecycles
from schakel.casework.shelter import AVOID, HIDDEN, REASONS, SecretAddress
from schakel.casework.words import name_of
from schakel.mechanism.content import load

PAST = "past"


@dataclass(frozen=True)
class Card:
    """A request on a list. `days`: how long it waits, or waited. `why_registrar`: nobody was found yet."""

    id: uuid.UUID
    person: uuid.UUID
    name: str
    sender: str
    shelter: str
    state: str
    said: str
    otherwise: str
    asked_on: date
    days: int
    refusals: int
    mine: str
    looking: bool
    waits_for_me: bool


@dataclass(frozen=True)
class Answer:
    """One answer, or one step."""

    at: datetime
    event: str
    said: str
    by: str
    shelter: str
    reason: str
    words: str


@dataclass(frozen=True)
class IntakeLines:
    """What a shelter must know to answer; the areas by name."""

    areas: tuple[str, ...]
    avoid: tuple[str, ...]
    companions: int
    wheelchair: bool
    pets: bool


@dataclass(frozen=True)
class Page:
    """One request: the card, what came along, the intake, the person as far as one may see, the answers, what now."""

    card: Card
    version: int
    message: str
    intake: IntakeLines | None
    too_near: bool
    shared: tuple[Shared, ...]
    person: Seen | None
    answers: tuple[Answer, ...]
    acts: tuple[Act, ...]
    candidates: tuple[directory.Line, ...]
    emergency: bool


# In each group the sides on which the own organisation stands, and the states; and in which order they are shown.
GROUPS: Final = {
    "waits": (("receiver", "waiting"), ("sender", "offered"), ("sender", "refused")),
    "unanswered": (("sender", "waiting"), ("receiver", "offered")),
    "placed": (("sender", "placed"), ("receiver", "placed")),
    "over": (("sender", "ended"), ("sender", "withdrawn"), ("receiver", "ended"), ("receiver", "withdrawn"),
             ("receiver", "refused")),
}  # fmt: skip
ORDERS: Final = {"waits": "asked_on", "unanswered": "asked_on", "placed": "-asked_on", "over": "-asked_on"}
LISTED = (
    "person", "sender", "sender__name", "shelter", "shelter__name", "shelter_kind", "municipality", "state", "asked_on",
    "ended_on",
)  # fmt: skip
ANSWERED = ("placement", "shelter", "at", "on", "event", "reason")


def _parts(organisation: uuid.UUID, registrar: bool) -> dict[str, list[QuerySet[Any]]]:
    """The queries of each group; the registration point also has the requests that have no shelter."""
    rows = Placement.objects.all()
    parts = lists.sides(rows, organisation, "shelter", GROUPS)
    if registrar:
        here = Exists(Registration.objects.filter(person=OuterRef("person"), registry=organisation))
        nobody = rows.filter(shelter=None, state="waiting")  # in two, because an `OR` would read every person
        parts["waits"] += [nobody.filter(sender=organisation), nobody.filter(here).exclude(sender=organisation)]
        parts["unanswered"] = [one.exclude(shelter=None, state="waiting") for one in parts["unanswered"]]
    return parts


LIST: Final = lists.Groups(_parts, ORDERS)


def listed(*, by: Member, lang: str, group: str = "", number: int = 1) -> lists.Listed[Card]:
    """The requests that the own organisation made or got, in groups and pages; who waits longest stands first."""
    return LIST.listed(by, group, number, partial(cards, by, lang))


@prepared
def _rows(ids: list[uuid.UUID]) -> QuerySet[Placement]:
    return Placement.objects.filter(pk__in=ids).select_related("sender", "shelter").only(*LISTED)


@prepared
def _answered(ids: list[uuid.UUID]) -> QuerySet[PlacementAnswer]:
    return PlacementAnswer.objects.filter(placement__in=ids).order_by("at").only(*ANSWERED)


def cards(by: Member, lang: str, ids: list[uuid.UUID]) -> dict[uuid.UUID, Card]:
    today, given = timezone.localdate(), defaultdict(list)
    for one in _answered(ids) if ids else ():
        given[one.placement_id].append(one)
    return {row.pk: _card(row, given[row.pk], by, lang, today) for row in (_rows(ids) if ids else ())}


def _card(row: Placement, given: list[PlacementAnswer], by: Member, lang: str, today: date) -> Card:
    pure, state = stored_care.waiting(row, given), lifecycles(load())["placement"].state(row.state)
    side = "sender" if str(row.sender_id) == by.organisation else "receiver" if (
        str(row.shelter_id) == by.organisation) else "registrar"  # fmt: skip
    waits = row.state in {"receiver": ("waiting",), "sender": ("offered", "refused")}.get(side, ())
    nobody = row.shelter_id is None and row.state == "waiting"
    return Card(
        row.pk, row.person_id, pseudonym(by.organisation, row.person_id), row.sender.name,
        row.shelter.name if row.shelter else name_of(load(), row.shelter_kind)(lang), row.state, state.name(lang),
        state.otherwise(lang), row.asked_on, pure.waits(today), sum(one.event == "refuse" for one in given), side,
        nobody, waits or (nobody and by.role == "registrar"),
    )  # fmt: skip


def page(*, by: Member, pk: uuid.UUID, lang: str) -> Page:
    """One request for a place. Raises Refused for who is no side of it."""
    row = _row(pk)
    with looking(by, "care") as trail:
        here = standing(by, row.person)
        who = sides(here, row.sender_id, row.shelter_id)
        relation = _must_see(here, row, who)
        kinds = unpack(row.slice).fields & (here.sees("care") | here.sees())
        opened(trail, here, relation, f"placement {' '.join(sorted(kinds))}")
    given: list[PlacementAnswer] = _given(pk)
    needs = "needs" in kinds or "sender" in who or "registrar" in who
    intake = stored_care.intake(row.intake)
    known = directory.regions(by.region) if "receiver" in who else frozenset()
    asks = row.state == "refused" or (row.shelter_id is None and row.state == "waiting")
    return Page(
        card=_card(row, given, by, lang, timezone.localdate()), version=row.version,
        message=_asked(row, relation, who),
        intake=_intake(intake, lang) if needs else None,
        too_near=needs and bool(set(intake.avoid_areas) & known),
        shared=shared_lines(unpack(row.slice).decisions.items(), lang),
        person=seen(here, kinds, lang) if "receiver" in who else None,
        answers=_answers(row, given, lang), acts=_acts(row, who, lang),
        candidates=_candidates(row) if asks and who & {"sender", "registrar"} else (),
        emergency=relation == "emergency",
    )  # fmt: skip


def _row(pk: uuid.UUID) -> Placement:
    row: Placement | None = _one.first(pk)
    if row is None:
        raise Refused("not_found", event="casework.read")
    row.subject = row.person.subject
    return row


@prepared
def _one(pk: uuid.UUID) -> QuerySet[Placement]:
    rows = Placement.objects.select_related("person__encounter__subject", "person__subject", "sender", "shelter")
    return rows.filter(pk=pk)


@prepared
def _given(placement: uuid.UUID) -> QuerySet[PlacementAnswer]:
    rows = PlacementAnswer.objects.select_related("organisation", "shelter")
    return rows.filter(placement=placement).order_by("at")


def _must_see(here: Standing, row: Placement, who: frozenset[str]) -> str:
    entry = {"event": "casework.read", "kind": "placement", "object": row.pk}
    if not who:
        return here.must("see_care_plan", "care", **entry)
    purpose = next((one for one in ("care", "", "own") if here.may("see_status", one)), None)
    if purpose is None and who & {"sender", "receiver"}:
        return PAST  # both sides always see what came of it, and nothing more of the person
    return here.must("see_status", "care" if purpose is None else purpose, **entry)


def _intake(intake: stored_care.Intake, lang: str) -> IntakeLines:
    places = load().places
    names = {one.code: one.name for one in places.municipalities}
    names |= {one.safety_region: one.safety_region_name for one in places.municipalities}
    return IntakeLines(
        tuple(names.get(code, code) for code in intake.avoid_areas), tuple(AVOID[one](lang) for one in intake.avoid),
        intake.companions, intake.wheelchair, intake.pets,
    )  # fmt: skip


def _answers(row: Placement, given: list[PlacementAnswer], lang: str) -> tuple[Answer, ...]:
    cycle = lifecycles(load())["placement"]
    for one in given:
        one.subject = row.subject
    return tuple(_answer(one, cycle.state(one.to).name(lang), lang) for one in given)


def _answer(one: PlacementAnswer, said: str, lang: str) -> Answer:
    return Answer(
        one.at, one.event, said, one.organisation.name if one.organisation else "",
        one.shelter.name if one.shelter else "", REASONS[one.reason](lang) if one.reason in REASONS else "",
        one.words or "",
    )  # fmt: skip


def _acts(row: Placement, who: Iterable[str], lang: str) -> tuple[Act, ...]:
    parties = {*who, *(("sender",) if row.shelter_id is None and "registrar" in who else ())}
    if row.shelter_id is None:
        parties -= {"receiver"}
    return acts(lifecycles(load())["placement"], row.state, parties, lang, {"refuse": REASONS})


def _candidates(row: Placement) -> tuple[directory.Line, ...]:
    """The shelters that can be asked: of this kind, for this person, and not where they must not be."""
    avoid = set(stored_care.intake(row.intake).avoid_areas)
    found = directory.receivers(row.shelter_kind, row.municipality, groups(row.person), avoid=avoid).lines
    return tuple(one for one in found if one.id != row.shelter_id)


@dataclass(frozen=True)
class Stay:
    """Where somebody stays: the address only for who may read it, dots for everybody else."""

    person: uuid.UUID
    name: str
    address: str
    told_at: datetime | None
    by: str
    version: int


def stay(*, by: Member, person: uuid.UUID) -> Stay:
    """The address where somebody stays. Every look is in the log, and so is every refusal."""
    row = person_with_all.first(person)
    if row is None:
        raise Refused("not_found", event="casework.read")
    here = standing(by, row)
    purpose = "own" if by.role == "person" else "care"
    if by.emergency and not here.may("see_whereabouts", purpose):
        purpose = "safety"
    with looking(by, purpose) as trail:
        decision = here.ask("see_whereabouts", purpose)
        relation = here.must("see_whereabouts", purpose, event="casework.read_whereabouts")
        found = _whereabouts.first(row.pk)
        if found:
            found.subject = row.subject
        # A slice is the measure, except for who wrote it down and for the person's own.
        own = found is not None and str(found.organisation_id) == by.organisation
        if "whereabouts" not in here.sees(purpose) and not own:
            raise Refused("address_not_shared", event="casework.read_whereabouts", kind="person", object=row.pk,
                          subject=row.subject_id)  # fmt: skip
        opened(trail, here, relation, "whereabouts")
    address = SecretAddress((found.address or "") if found else "").read(decision)
    return Stay(row.pk, label(by.organisation, row), "" if address == HIDDEN else address,
                found.told_at if found else None, found.organisation.name if found else "",
                found.version if found else 0)  # fmt: skip


@prepared
def _whereabouts(person: uuid.UUID) -> QuerySet[Whereabouts]:
    return Whereabouts.objects.select_related("organisation").filter(person=person)


def _asked(row: Placement, relation: str, who: frozenset[str]) -> str:
    """The words that went with it: for whoever wrote them, and for the other side as long as it is theirs to answer."""
    return (row.message or "") if relation != PAST or "sender" in who else ""
