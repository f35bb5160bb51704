"""The person's own page, or that of who speaks for them: all that is recorded, who may know it, and who read it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import Standing, standing, standings
from loket.casework.models import (
    Correction,
    CorrectionStep,
    Person,
    Representation,
)
from loket.casework.queries.changes import Change, change, facts
from loket.casework.queries.consents import Line as GroundLine
from loket.casework.queries.consents import lines as ground_lines
from loket.casework.queries.known import person_with_all
from loket.casework.queries.recorded import OWN, RECORDED, SHARED, readers, sections
from loket.casework.queries.seen import Act, acts, label
from loket.casework.reading import looking, opened
from loket.site.prepared import prepared
from loket.theme.remembered import remembered
from schakel.casework.export import HEADS, as_text
from schakel.casework.lifecycles import Lifecycle, lifecycles
from schakel.mechanism.content import load

PARTS = ("recorded", "shared", "readers")


@dataclass(frozen=True)
class Card:
    """A person that somebody is, or speaks for."""

    id: uuid.UUID
    name: str
    role: str
    registered_on: date | None
    state: str


@dataclass(frozen=True)
class Request:
    """What the person asked to be put right, and where it stands."""

    id: uuid.UUID
    person: uuid.UUID
    name: str
    kind: str
    words: str
    said: str
    otherwise: str
    asked_on: date
    version: int
    steps: tuple[tuple[datetime, str, str], ...]
    acts: tuple[Act, ...]
    change: Change | None


@dataclass(frozen=True)
class Page:
    """Everything about one person, in sections; what one may take back; the requests; and who looked."""

    person: uuid.UUID
    name: str
    part: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    grounds: tuple[GroundLine, ...]
    requests: tuple[Request, ...]
    readers: tuple[str, ...]
    may_ask: bool
    facts: tuple[tuple[str, str], ...]  # what was told of them, of which they can say that it is wrong
    may_export: bool
    may_see_stay: bool
    withdraws: tuple[uuid.UUID, int] | None  # the registration that may be withdrawn, and its version


def cards(*, by: Member, lang: str) -> tuple[Card, ...]:
    """The people that somebody is, or speaks for on record."""
    today = timezone.localdate()
    rows = Representation.objects.select_related("person__encounter", "person__subject").filter(
        Q(ended=None) | Q(ended__gte=today), user=by.user, begun__lte=today, person__subject__erased_at=None
    )
    wanted = [row for row in rows if ("person" if row.role == "self" else row.role) == by.role]
    here = standings(by, [row.person for row in wanted])
    return tuple(_card(row, here[row.person_id], lang) for row in wanted)


def _card(row: Representation, here: Standing, lang: str) -> Card:
    newest = here.registration
    cycle = "registration" if newest and newest.named else "count"
    state = lifecycles(load())[cycle].state(newest.state).name(lang) if newest else ""
    return Card(row.person_id, label(here.by.organisation, row.person), row.role,
                newest.made_on if newest else None, state)  # fmt: skip


def page(*, by: Member, pk: uuid.UUID, lang: str, part: str = "recorded") -> Page:
    """One of the three pages of a person: what is recorded, who may know it, who looked.

    Raises Denied for whoever neither is them nor speaks for them.
    """
    row = _person(pk)
    with looking(by, OWN) as trail:
        here = standing(by, row)
        relation = here.must("see_readers", OWN, event="casework.read_own")
        opened(trail, here, relation, f"own page, {part}")
    told = sections(here, {"recorded": RECORDED, "shared": SHARED}.get(part, frozenset())) if part != "readers" else ()
    return Page(
        person=row.pk, name=label(by.organisation, row), part=part,
        sections=tuple((one.head(lang), tuple(line(lang) for line in one.lines)) for one in told),
        grounds=ground_lines(here, lang) if part == "shared" else (),
        requests=_requests(here, lang) if part == "readers" else (),
        readers=tuple(readers(here, lang)) if part == "readers" else (),
        may_ask=here.may("ask_correction", OWN), facts=facts(here, lang) if part == "recorded" else (),
        may_export=here.may("export_person", OWN),
        may_see_stay=here.may("see_whereabouts", OWN), withdraws=_withdraws(here, part),
    )  # fmt: skip


def _withdraws(here: Standing, part: str) -> tuple[uuid.UUID, int] | None:
    """The registration that the person may withdraw, as the lifecycle and the rules of access say."""
    row = here.registration
    if part != "shared" or row is None or not row.named or not here.may("withdraw_registration", OWN):
        return None
    exits = lifecycles(load())["registration"].exits(row.state)
    may = any(one.event == "withdraw" and here.by.role in one.who for one in exits)
    return (row.pk, row.version) if may else None


def written(*, by: Member, pk: uuid.UUID, lang: str) -> str:
    """Everything as one text, to take along; that it was given out is in the log."""
    row = _person(pk)
    with looking(by, OWN) as trail:
        here = standing(by, row)
        relation = here.must("export_person", OWN, event="casework.export_person")
        trail.note("casework.export_person", kind="person", object=row.pk, subject=row.subject_id, relation=relation)
    told = as_text(sections(here), lang)
    return "\n".join([told, HEADS["readers"](lang), *(f"  - {line}" for line in readers(here, lang)), ""])


def _person(pk: uuid.UUID) -> Person:
    row: Person | None = person_with_all.first(pk)
    if row is None:
        raise Refused("not_found", event="casework.read")
    return row


def _requests(here: Standing, lang: str) -> tuple[Request, ...]:
    return requests(_asked(here.person.pk), {here.person.pk: here}, lang)


@prepared
def _asked(person: uuid.UUID) -> QuerySet[Correction]:
    return Correction.objects.filter(person=person).order_by("-asked_on", "pk")


def requests(rows: list[Correction], here: dict[object, Standing], lang: str) -> tuple[Request, ...]:
    """Requests with their steps and what can be done: for the person, and for the registration point."""
    cycle = lifecycles(load())["correction"]
    steps: dict[object, list[CorrectionStep]] = {}
    for step in _steps([row.pk for row in rows]):
        steps.setdefault(step.correction_id, []).append(step)
    return tuple(_request(row, here[row.person_id], steps.get(row.pk, []), cycle, lang) for row in rows)


@prepared
def _steps(corrections: list[uuid.UUID]) -> QuerySet[CorrectionStep]:
    return CorrectionStep.objects.filter(correction__in=corrections).order_by("at")


def _request(row: Correction, here: Standing, steps: list[CorrectionStep], cycle: Lifecycle, lang: str) -> Request:
    row.subject = here.person.subject
    for step in steps:
        step.subject = here.person.subject
    state = cycle.state(row.state)
    return Request(
        row.pk, row.person_id, label(here.by.organisation, here.person), row.kind, row.words or "", state.name(lang),
        state.otherwise(lang), row.asked_on, row.version,
        tuple((one.at, cycle.state(one.to).name(lang), one.words or "") for one in steps),
        _acts(row.state, here.by.role, lang), change(row, here, lang),
    )  # fmt: skip


@remembered
def _acts(state: str, role: str, lang: str) -> tuple[Act, ...]:
    """What a role may do about a request: the same for each request in this state."""
    return acts(lifecycles(load())["correction"], state, [role], lang)
