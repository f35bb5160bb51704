"""What lies at the registration point, by state: in pages, and first those on which an urgent task of another waits.

Whoever has a task sees it when the registration point has taken the registration up (`handed_on`). A child that needs
protection today must not stand in a list by the day on which it came in.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django.db.models import CharField, F, QuerySet

from loket.accounts.models import Organisation
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import NOT_YET
from loket.casework.models import Registration, Task
from loket.casework.reading import looking
from loket.site import paging
from loket.site.planning import unindexed
from loket.site.prepared import Prepared, prepared
from loket.vault.queries import pseudonym
from schakel.casework.duty import OPEN
from schakel.casework.lifecycles import lifecycles
from schakel.mechanism.content import load

# In these states it waits for somebody: the longest waiting stands first. In the others the newest does.
WAITING = ("submitted", "returned", "accepted", "reopened")


@dataclass(frozen=True)
class Line:
    """One registration in a list, by pseudonym."""

    id: uuid.UUID
    name: str
    named: bool
    found_on: date
    submitted_at: datetime | None
    reporter: str
    urgent: bool  # an urgent task of somebody else waits until it is taken up


@dataclass(frozen=True)
class Found:
    """One page of a list, and how many there are in each state."""

    page: paging.Page[Line]
    counts: tuple[tuple[str, int], ...]
    state: str
    first: tuple[Line, ...] = ()  # of a long list, those that press

    @property
    def presses(self) -> bool:
        """Whether one of those on this page presses."""
        return any(one.urgent for one in self.page.rows)


def registrations(*, by: Member, state: str, number: int = 1) -> Found:
    """What lies at the registration point in one state. Raises Refused for who does not work there."""
    with looking(by, "registration") as trail:
        if by.role != "registrar":
            raise Refused("not_in_your_role", event="casework.list", kind="registration")
        trail.note("casework.list", kind="registration", place=state)
    registry = uuid.UUID(by.organisation)
    totals = paging.summed(dict.fromkeys(_states(), 1), _totals(registry)[0])
    counts = {one: number for one, number in totals.items() if number}
    state = state if state in counts else "submitted"
    page = paging.of(_listed(state in WAITING, number)(registry, state), number, counts.get(state, 0))
    if state not in NOT_YET:
        return Found(page.holding([_row(by, *one) for one in page.rows]), tuple(counts.items()), state)
    urgent = pressing([person for _, person, *_ in page.rows])
    rows = [_row(by, *one, urgent=one[1] in urgent) for one in page.rows]
    if page.total <= paging.SIZE:
        return Found(page.holding(sorted(rows, key=lambda one: not one.urgent)), tuple(counts.items()), state)
    first = [_row(by, *one, urgent=True) for one in _first(registry, state)] if number == 1 else []
    return Found(page.holding(rows), tuple(counts.items()), state, tuple(first))


@cache
def _states() -> tuple[str, ...]:
    """The states in the order of the lifecycles, but for those that were destroyed."""
    order = [*lifecycles(load())["registration"].states, *lifecycles(load())["count"].states]
    return tuple(state for state in dict.fromkeys(order) if state != "destroyed")


@prepared
def _totals(registry: uuid.UUID) -> QuerySet[Any]:
    parts = {state: [Registration.objects.filter(registry=registry, state=state)] for state in _states()}
    return paging.totals(Organisation.objects.filter(pk=registry), parts)


@lru_cache(maxsize=512)
def _listed(oldest_first: bool, number: int) -> Prepared:
    """One page of those in a state, and one row more. By page, for where a page begins is part of the SQL."""
    start = (number - 1) * paging.SIZE

    def rows(registry: uuid.UUID, state: str) -> QuerySet[Any]:
        found = Registration.objects.filter(registry=registry, state=state)
        order = ("submitted_at", "pk") if oldest_first else ("-submitted_at", "pk")
        return found.order_by(*order).values_list(*LISTED)[start : start + paging.SIZE + 1]

    return prepared(rows)


LISTED = ("pk", "person", "named", "person__encounter__found_on", "submitted_at",
          "person__encounter__organisation__name")  # fmt: skip


@prepared
def _first(registry: uuid.UUID, state: str) -> QuerySet[Any]:
    """Those in a state that press, the longest waiting first: as many as go on a page."""
    rows = Registration.objects.filter(registry=registry, state=state, person__in=waiting().values("person"))
    return rows.order_by("submitted_at", "pk").values_list(*LISTED)[: paging.SIZE]


def _row(by: Member, pk: uuid.UUID, person: uuid.UUID, named: bool, found_on: date, at: datetime | None,
         reporter: str, *, urgent: bool = False) -> Line:  # fmt: skip
    return Line(pk, pseudonym(by.organisation, person), named, found_on, at, reporter, urgent)


def pressing(persons: list[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these persons for whom an urgent task waits that was not handed on yet."""
    return {pk for (pk,) in _of(persons)} if persons else set()


@prepared
def _of(persons: list[uuid.UUID]) -> QuerySet[Any]:
    return waiting().filter(person__in=persons).values_list("person").distinct()


def waiting() -> QuerySet[Task]:
    """Urgent tasks with somebody who may not see them yet. The finder's own they see, and those without an organisation
    stand in the work of the registration point."""
    few = Task.objects.filter(urgent=True, handed_on=False)  # an index of their own leads to these, and no other
    rows = few.alias(stands=unindexed("state", CharField())).filter(stands=OPEN).exclude(strength="may")
    return rows.exclude(organisation=None).exclude(organisation=F("person__encounter__organisation")).order_by()
