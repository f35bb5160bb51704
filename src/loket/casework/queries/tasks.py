"""One task: what must be done, by when, why, what changed, and what somebody may do with it now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from loket.accounts.models import Membership, Organisation
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import stored
from loket.casework.access import Standing, standing
from loket.casework.models import Task, TaskChange
from loket.casework.reading import looking, opened
from loket.site.prepared import prepared
from loket.vault.queries import pseudonym
from schakel.casework import duty as duties
from schakel.casework.ending import ENDED
from schakel.casework.lifecycles import lifecycles
from schakel.casework.words import name_of, title_of
from schakel.mechanism.content import load
from schakel.mechanism.explain import cited


@dataclass(frozen=True)
class ChangeLine:
    """One thing that happened to a task; `say` is empty for whoever may not read why."""

    at: datetime
    kind: str
    state: str
    say: str


@dataclass(frozen=True)
class TaskPage:
    """A task as somebody may see it. `why` and the changes in words tell of the person: for who may see their plan."""

    id: uuid.UUID
    version: int
    person: uuid.UUID
    name: str
    title: str
    what: str
    steps: tuple[str, ...]
    do_not: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    holder: str
    organisation: str
    assigned: str
    state: str
    due: date | None
    extended: date | None
    event_on: date | None
    urgent: bool
    uncertain: bool
    why: str
    reason: str
    changes: tuple[ChangeLine, ...]
    events: tuple[str, ...]
    may_take: bool
    may_place: tuple[tuple[uuid.UUID, str], ...]
    sees_person: bool
    old_content: bool


def task(*, by: Member, pk: uuid.UUID, lang: str) -> TaskPage:
    """The page of one task, for who has it, and for who may see the plan of the person. Raises Refused otherwise."""
    with looking(by, "care") as trail:
        row = _one.first(pk)
        if row is None:
            raise Refused("not_found", event="casework.read")
        row.subject = row.person.subject
        here = standing(by, row.person)
        purpose = purpose_for(here)
        relation = _must_see(here, purpose)
        opened(trail, here, relation, "task")
    return _page(by, row, here, purpose, lang)


@prepared
def _one(pk: uuid.UUID) -> QuerySet[Task]:
    rows = Task.objects.select_related("person__subject", "person__encounter", "organisation", "assigned__user")
    return rows.filter(pk=pk, person__subject__erased_at=None)


def purpose_for(here: Standing) -> str:
    """The purpose for which this role does its duties."""
    return "proceedings" if here.by.role in ("lawyer", "prosecutor", "immigration_liaison") else "care"


def _must_see(here: Standing, purpose: str) -> str:
    if here.may("see_care_plan") and not here.may("do_duty", purpose):
        return here.must("see_care_plan", event="casework.read")
    return here.must("do_duty", purpose, event="casework.read")


def _page(by: Member, row: Task, here: Standing, purpose: str, lang: str) -> TaskPage:
    content = load()
    plain, duty = duties.at(stored.task(row), timezone.localdate()), content.duties.get(row.duty)
    told = bool({"situation", "care-plan"} & {*here.sees(), *here.sees(purpose)}) or _own(row, by)
    works = here.may("do_duty", purpose)
    changes = tuple(_changes(row, told, lang))
    return TaskPage(
        id=row.pk, version=row.version, person=row.person_id, name=pseudonym(by.organisation, row.person_id),
        title=title_of(content, row.duty)(lang), what=duty.what(lang) if duty else "",
        steps=tuple(step(lang) for step in duty.steps) if duty else (),
        do_not=tuple(one(lang) for one in duty.do_not) if duty else (),
        sources=_sources(row.duty, lang), holder=name_of(content, row.holder)(lang),
        organisation=row.organisation.name if row.organisation else "",
        assigned=_colleague(row, by),
        state=plain.state, due=row.due, extended=row.extended, event_on=row.event_on, urgent=row.urgent,
        uncertain=row.uncertain, why=_why(plain, changes, lang) if told else "", reason=plain.reason if told else "",
        changes=changes, events=_events(plain.state, here, row, by) if works else (),
        may_take=works and plain.waits and _own(row, by) and str(row.assigned_id) != by.membership,
        may_place=_places(row, here, by), sees_person=bool(here.sees() - {"status"}),
        old_content=row.content != content.fingerprint,
    )  # fmt: skip


def _why(task: duties.DutyTask, changes: tuple[ChangeLine, ...], lang: str) -> str:
    """Why the duty holds or not; of one that stopped with its registration, what was said when it did."""
    ended = task.state == duties.NOT_APPLICABLE and bool(changes) and changes[-1].kind == ENDED
    return changes[-1].say if ended else task.why(lang)


def _colleague(row: Task, by: Member) -> str:
    """Who took it up, for their own organisation only."""
    one = row.assigned
    return one.user.name if one and str(one.organisation_id) == by.organisation else ""


def _own(row: Task, by: Member) -> bool:
    return str(row.organisation_id) == by.organisation


def _sources(duty: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Where the duty stands: the instrument and its article, as the content cites them."""
    content = load()
    if duty not in content.duties:
        return ()
    cites = ((cited(content, source, lang), source.certainty) for source in content.duties[duty].sources)
    return tuple(dict(cites).items())


def _changes(row: Task, told: bool, lang: str) -> list[ChangeLine]:
    out = []
    for change in _changes_of(row.pk):
        change.subject = row.subject
        out.append(ChangeLine(change.at, change.kind, change.state, stored.words(change.say)(lang) if told else ""))
    return out


@prepared
def _changes_of(task: uuid.UUID) -> QuerySet[TaskChange]:
    return TaskChange.objects.filter(task=task).order_by("at", "pk")


def _events(state: str, here: Standing, row: Task, by: Member) -> tuple[str, ...]:
    """What this member may do with the task now, as the lifecycle says."""
    parties = {by.role, *(["holder"] if _own(row, by) or _point(row, here) else [])}
    return tuple(one.event for one in lifecycles(load())["duty"].exits(state) if parties & set(one.who))


def _point(row: Task, here: Standing) -> bool:
    return row.organisation_id is None and "registers" in here.relations


def _places(row: Task, here: Standing, by: Member) -> tuple[tuple[uuid.UUID, str], ...]:
    """Organisations with an account that the registrar may give a task to that nobody has."""
    if row.organisation_id or not here.may("refer", "care"):
        return ()
    working = Membership.objects.filter(until=None, organisation__ended_at=None).values("organisation")
    return tuple(Organisation.objects.filter(pk__in=working).order_by("name").values_list("pk", "name"))
