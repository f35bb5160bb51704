"""One registration: what was told, what was asked, what came of it, and what may be done with it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import stored
from loket.casework.access import Standing, standing
from loket.casework.models import Registration, Step
from loket.casework.queries.ending import StillOpen, still_open
from loket.casework.queries.facts import Told, told_lines
from loket.casework.queries.reports import ADD, ReportLine, lines
from loket.casework.reading import looking, opened
from loket.casework.steps import ELSEWHERE, action_of
from loket.site.prepared import prepared
from loket.vault.queries import pseudonym
from schakel.casework.content import sharing
from schakel.casework.ending import OVER
from schakel.casework.lifecycles import Lifecycle, lifecycles
from schakel.casework.person import Exploitation, Identity
from schakel.casework.referral import status_for_finder
from schakel.mechanism.content import load


@dataclass(frozen=True)
class StepLine:
    """One step of a registration; the words only for who may read them."""

    at: datetime
    event: str
    words: str


@dataclass(frozen=True)
class Page:
    """One registration as somebody may see it: the registration point all, a finder the status and the question."""

    id: uuid.UUID
    version: int
    person: uuid.UUID
    encounter: uuid.UUID
    name: str
    state: str
    status: str
    named: bool
    cycle: str
    found_on: date
    reporter: str
    identity: Identity | None
    contact: str
    shared: tuple[Told, ...]
    told: tuple[Told, ...]
    exploitations: tuple[Exploitation, ...]
    grounds: tuple[tuple[str, str], ...]
    question: str
    reason: str
    outcome: str
    steps: tuple[StepLine, ...]
    events: tuple[str, ...]
    sees: bool
    finder: bool
    may_name: bool
    may_report: bool
    taken: tuple[ReportLine, ...]  # where the registration point wrote the report down: who told it
    ending: tuple[str, ...]  # the events after which it is over
    open: StillOpen | None  # what is still open, where it can be ended by who may see the care plan


def registration(*, by: Member, pk: uuid.UUID, lang: str) -> Page:
    """The page of one registration. Raises Refused where even the status may not be seen."""
    with looking(by, "registration") as trail:
        row = _one.first(pk)
        if row is None:
            raise Refused("not_found", event="casework.read")
        here = standing(by, row.person, row)
        relation = here.must("see_status", "registration", event="casework.read")
        opened(trail, here, relation, "registration")
    return _page(by, row, here, lang)


@prepared
def _one(pk: uuid.UUID) -> QuerySet[Registration]:
    rows = Registration.objects.select_related(
        "subject", "person__subject", "person__encounter__subject", "person__encounter__organisation", "merged_into"
    )
    return rows.filter(pk=pk, subject__erased_at=None)


def _page(by: Member, row: Registration, here: Standing, lang: str) -> Page:
    person, kinds = row.person, here.sees("registration")
    known, met = stored.person(person), stored.encounter(person.encounter, ())
    sees, asked = "situation" in kinds, here.may("answer_question", "registration")
    book, may_do = sharing(load()), events(row, here, by)
    ending = tuple(one for one in may_do if _cycle(row).table[row.state, one].to in OVER)
    return Page(
        id=row.pk, version=row.version, person=person.pk, encounter=person.encounter_id,
        name=pseudonym(by.organisation, person.pk), state=row.state,
        status=status_for_finder(row.state, row.merged_into.state if row.merged_into else "")(lang), named=row.named,
        cycle=_cycle(row).id, found_on=person.encounter.found_on,
        reporter=person.encounter.organisation.name if sees else "",
        identity=known.identity if "identity" in kinds else None,
        contact=(person.contact or "") if "contact" in kinds else "",
        shared=tuple(told_lines(met.shared, kinds, lang)), told=tuple(told_lines(known.claims, kinds, lang)),
        exploitations=known.exploitations if sees else (),
        grounds=tuple((book.purposes[one](lang), _ground(row.grounds.get(one), lang)) for one in row.purposes),
        question=(row.question or "") if sees or asked else "", reason=(row.reason or "") if sees else "",
        outcome=row.outcome if sees else "", steps=tuple(_steps(row, sees)), events=may_do, sees=sees,
        finder=by.role == "finder",
        may_name=asked and by.role == "finder" and row.state == "counted",
        may_report=here.may(ADD, "registration"), taken=_taken(row, here, lang) if sees else (), ending=ending,
        open=still_open(person.pk) if ending and "care-plan" in kinds else None,
    )  # fmt: skip


def _cycle(row: Registration) -> Lifecycle:
    return lifecycles(load())["registration" if row.named else "count"]


def _taken(row: Registration, here: Standing, lang: str) -> tuple[ReportLine, ...]:
    """Who told it by telephone or letter, where the registration point itself wrote the report down."""
    met = row.person.encounter
    if met.organisation_id != row.registry_id:
        return ()
    return tuple(one for one in lines(met, [row.person], {row.person_id: here}, lang) if one.channel)


def _ground(ground: str | None, lang: str) -> str:
    book = sharing(load())
    return book.grounds[ground](lang) if ground in book.grounds else ""


def _steps(row: Registration, sees: bool) -> list[StepLine]:
    out = []
    for step in _steps_of(row.pk) if sees else ():
        step.subject = row.subject
        out.append(StepLine(timezone.localtime(step.at), step.event, step.words or ""))
    return out


@prepared
def _steps_of(registration: uuid.UUID) -> QuerySet[Step]:
    return Step.objects.filter(registration=registration).order_by("at", "pk")


def events(row: Registration, here: Standing, by: Member) -> tuple[str, ...]:
    """What this member may do with it now: asked of the lifecycle, then of the rules of access."""
    out = []
    for one in _cycle(row).exits(row.state):
        action, purpose = action_of(one.event, by.role)
        if one.event not in ELSEWHERE and by.role in one.who and here.may(action, purpose):
            out.append(one.event)
    return tuple(out)
