"""My work today: what is late, what is due, what has no day, and what nobody has yet."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from loket.accounts.models import Organisation
from loket.accounts.people import Member
from loket.casework import stored
from loket.casework.access import Standing, early, registrations_of, standings
from loket.casework.models import Registration, Task
from loket.casework.queries import lists
from loket.casework.reading import looking
from loket.site import paging
from loket.site.prepared import Prepared, prepared
from loket.site.wording import wording
from loket.vault.queries import pseudonym
from schakel.casework import duty as duties
from schakel.casework.duty import DutyTask
from schakel.casework.words import name_of, title_of
from schakel.casework.worklist import work_today
from schakel.mechanism.content import load

MOST = 40  # on a page that shows all parts at once
HOLDER = "own"
PARTS: Final = ("late", "due", "no_day", "to_place")
SEALED = ("why", "receipt", "ruled_out_by", "reason")  # what a list does not open


@dataclass(frozen=True)
class TaskLine:
    """One task in a list: whose it is by pseudonym, what must be done by when, and who has taken it up."""

    id: uuid.UUID
    person: uuid.UUID
    name: str  # the pseudonym of the person at this organisation: never a name
    title: str
    holder: str
    state: str
    due: date | None
    extended: date | None
    urgent: bool
    uncertain: bool
    mine: bool
    taken: bool
    moment: str  # when it must be done, in the words of the content, where no day is set


@dataclass(frozen=True)
class Work:
    """The tasks of the member's organisation on a day, in the order in which they are done."""

    late: tuple[TaskLine, ...]
    due: tuple[TaskLine, ...]
    no_day: tuple[TaskLine, ...]
    to_place: tuple[TaskLine, ...]
    more: bool

    @property
    def number(self) -> int:
        return len(self.late) + len(self.due) + len(self.no_day)


# What a list needs of a task: not the person's own columns, and nothing that is sealed.
LISTED = (
    "duty", "kind", "holder", "organisation", "assigned", "strength", "state", "urgent", "uncertain", "made_on", "due",
    "extended", "content", "person__encounter__reporter",
)  # fmt: skip


def work(*, by: Member, lang: str, on: date | None = None) -> Work:
    """What the member's organisation has to do; for the registration point also what nobody could be found for."""
    day, organisation = on or timezone.localdate(), uuid.UUID(by.organisation)
    with looking(by, "care") as trail:
        every = _every(organisation, by.role == "registrar", early(by.role))
        shown = does(by, every)
        trail.note("casework.work", place=f"tasks {len(shown)}")
    own = [row for row in shown if row.organisation_id is not None]
    nobody = [row for row in shown if row.organisation_id is None]
    lines = {row.pk: line(row, by, day, lang) for row in (*own, *nobody)}
    found = work_today((plain(row) for row in own), (), day, holder=HOLDER)
    return Work(
        *(tuple(lines[task.receipt["row"]] for task in part) for part in (found.late, found.due, found.no_day)),
        tuple(lines[row.pk] for row in nobody), len(every) == MOST,
    )  # fmt: skip


def board(
    *, by: Member, lang: str, part: str = "", number: int = 1, on: date | None = None
) -> lists.Listed[TaskLine]:  # fmt: skip
    """The same in parts and pages: late, with a last day, without one, and to be given to somebody.

    With few tasks all parts stand on one page; otherwise the one that is asked for, or the first that holds something.
    """
    day, organisation = on or timezone.localdate(), uuid.UUID(by.organisation)
    parts = PARTS if by.role == "registrar" else PARTS[:3]
    totals = {name: many for name, many in zip(PARTS, _totals(organisation, day, early(by.role))[0], strict=True)
              if many and name in parts}  # fmt: skip
    if sum(totals.values()) <= lists.FEW and not part:
        found = work(by=by, lang=lang, on=day)
        pages = {name: paging.cut(getattr(found, name), 1) for name in parts if getattr(found, name)}
        return lists.Listed(tuple(lists.Group(name, page.total, page) for name, page in pages.items()), "")
    opened = part if part in totals else next(iter(totals), "")
    with looking(by, "care") as trail:
        seen = (organisation, early(by.role), *([day] if opened in DATED else []))
        rows = _page(opened, number)(*seen) if opened else []
        shown = does(by, rows[: paging.SIZE])
        trail.note("casework.work", place=f"tasks {len(shown)}")
    lines = [line(row, by, day, lang) for row in shown]
    page = paging.Page(tuple(lines), number, totals.get(opened, 0), more=len(rows) > paging.SIZE)
    return lists.Listed(
        tuple(lists.Group(name, many, page if name == opened else paging.Page()) for name, many in totals.items()),
        opened,
    )  # fmt: skip


DATED = ("late", "due")  # the parts that hang on the day
ORDER = ("-urgent", "made_on", "pk")


def _waiting(**whose: Any) -> QuerySet[Task]:
    """Open tasks; what may be done but need not is no work."""
    return Task.objects.filter(state=duties.OPEN, **whose).exclude(strength="may")


def tasks_of(organisation: uuid.UUID, early: bool) -> QuerySet[Task]:
    """The open tasks of an organisation that somebody there may see: `early` also those that were not handed on."""
    return _waiting(organisation=organisation, **({} if early else {"handed_on": True}))


def _of(part: str, organisation: uuid.UUID, early: bool, *day: date) -> QuerySet[Task]:
    """The tasks of one part, in order: the oldest day first, then what is urgent."""
    if part == "to_place":
        return _waiting(organisation=None, registry=organisation).order_by(*ORDER)
    own = tasks_of(organisation, early)
    if part == "no_day":
        return own.filter(due=None).order_by(*ORDER)
    in_time = Q(extended__gte=day[0]) if part == "late" else Q(due__gte=day[0]) | Q(extended__gte=day[0])
    found = own.filter(~in_time | Q(extended=None), due__lt=day[0]) if part == "late" else own.filter(in_time)
    return found.order_by("due", *ORDER)


@prepared
def _totals(organisation: uuid.UUID, day: date, early: bool) -> QuerySet[Any]:
    parts = {part: [_of(part, organisation, early, day)] for part in PARTS}
    return paging.totals(Organisation.objects.filter(pk=organisation), parts)


@lru_cache(maxsize=512)
def _page(part: str, number: int) -> Prepared:
    """One page of a part, and one more. Which are on it is found first: what lies before it is not read whole."""
    start = (number - 1) * paging.SIZE

    def rows(organisation: uuid.UUID, early: bool, *day: date) -> QuerySet[Task]:
        found = _of(part, organisation, early, *day)
        ids = found.values("pk")[start : start + paging.SIZE + 1]
        again = Task.objects.filter(pk__in=ids).select_related("person__encounter").only(*LISTED)
        return again.order_by(*found.query.order_by)

    return prepared(rows)


@prepared
def _every(organisation: uuid.UUID, registrar: bool, early: bool) -> QuerySet[Task]:
    """The open tasks of an organisation; for the registration point also those that nobody could be found for."""
    if not registrar:
        return in_order(tasks_of(organisation, early))[:MOST]
    here = Q(organisation=organisation) | Q(organisation=None, registry=organisation)
    return in_order(_waiting().filter(here))[:MOST]


def in_order(rows: QuerySet[Task]) -> QuerySet[Task]:
    """With what a list needs of them: the oldest last day first, then those without one."""
    rows = rows.select_related("person__encounter").only(*LISTED)
    return rows.order_by(F("due").asc(nulls_last=True), *ORDER)


def does(by: Member, rows: Sequence[Task]) -> list[Task]:
    """Those that this member may do something with."""
    people = {row.person_id: row.person for row in rows}
    here = standings(by, people.values(), _states(list(people))) if rows else {}
    return [row for row in rows if _may(here[row.person_id])]


@prepared
def _states(persons: list[uuid.UUID]) -> QuerySet[Registration]:
    """The same registrations as those of `access`, with what tells what may be done and no more."""
    return registrations_of.make(persons).only("person", "registry", "state")


def _may(here: Standing) -> bool:
    return any(here.may("do_duty", purpose) for purpose in ("care", "proceedings"))


def plain(row: Task, holder: str = HOLDER) -> DutyTask:
    """A task for the list: nothing sealed is opened for it. `receipt` tells which row it is."""
    return DutyTask(
        duty=row.duty, task=row.kind, person=str(row.person_id), holder=holder, strength=row.strength, state=row.state,
        why=stored.words(None), made_on=row.made_on, content=row.content, receipt={"row": row.pk}, urgent=row.urgent,
        due=row.due, extended=row.extended,
    )  # fmt: skip


def line(row: Task, by: Member, day: date, lang: str) -> TaskLine:
    """One task as it stands in a list on a day."""
    content = load()
    return TaskLine(
        id=row.pk, person=row.person_id, name=pseudonym(by.organisation, row.person_id),
        title=title_of(content, row.duty)(lang), holder=name_of(content, row.holder)(lang),
        state=duties.at(plain(row), day).state, due=row.due, extended=row.extended, urgent=row.urgent,
        uncertain=row.uncertain, mine=str(row.assigned_id) == by.membership, taken=row.assigned_id is not None,
        moment="" if row.due else _moment(row.duty, lang),
    )  # fmt: skip


def _moment(duty: str, lang: str) -> str:
    """How the content says when a duty without a day must be done ("at each request", "as long as ..."), where that is
    more than the heading above the list says."""
    found = load().duties.get(duty)
    said = found.versions[-1].no_term if found else None
    words = said(lang) if said else ""
    return "" if words.lower().startswith(wording().say("casework.work_no_day", lang).lower()) else words.rstrip(".")
