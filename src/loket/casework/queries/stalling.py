"""Which duties stall, by organisation and by step: for the registration point all, for anybody else their own.

Counted by the database, for there may be very many tasks; `schakel.casework.worklist.stalled` is the plain version that
the tests hold it against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet, UUIDField
from django.db.models.functions import Coalesce
from django.utils import timezone

from loket.accounts.models import Organisation
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.models import Task
from loket.casework.reading import looking
from loket.site import paging
from schakel.casework.content import access
from schakel.casework.duty import OPEN, REFUSED
from schakel.casework.words import title_of
from schakel.casework.worklist import Stalled
from schakel.mechanism.content import load


@dataclass(frozen=True)
class StalledLine:
    """How one duty stands with one organisation (nobody: the registration point still looks for somebody)."""

    organisation: str
    title: str
    waiting: int
    late: int
    refused: int
    longest_late: int


def stalling(*, by: Member, lang: str, number: int = 1, on: date | None = None) -> paging.Page[StalledLine]:
    """What is late or refused, the longest late first. Raises Refused for a role that may never see it."""
    day = on or timezone.localdate()
    with looking(by, "registration" if by.role == "registrar" else "care") as trail:
        if "see_stalled" not in access(load()).roles[by.role].actions:
            raise Refused("not_in_your_role", event="casework.stalled")
        trail.note("casework.stalled")
    whose = {"registry": by.organisation} if by.role == "registrar" else {"organisation": by.organisation}
    page = paging.cut(_late_or_refused(day, whose), number)
    shown = _with_waiting(page.rows, whose)
    rows = Organisation.objects.filter(pk__in={one.holder for one in shown if one.holder}).values_list("pk", "name")
    names = {str(pk): name for pk, name in rows}
    return page.holding([_line(one, names, lang) for one in shown])


def counted(day: date, **whose: str) -> list[Stalled]:
    """Each organisation and duty with something late or refused; a task that may be done, but need not, is not late."""
    return _with_waiting(_late_or_refused(day, whose), whose)


def _late_or_refused(day: date, whose: dict[str, str]) -> list[Stalled]:
    """The same without how many wait: only what is late, or refused, is gone through, and never all that is open."""
    found = {_key(row): replace(_stalled(row), refused=row["many"]) for row in _grouped(whose, state=REFUSED)}
    ends = Coalesce("extended", "due")
    late = Task.objects.exclude(strength="may").filter(Q(extended=None) | Q(extended__lt=day), due__lt=day)
    for row in _grouped(whose, late, state=OPEN, oldest=Min(ends)):
        days = (day - row["oldest"]).days
        found[_key(row)] = replace(found.get(_key(row), _stalled(row)), late=row["many"], longest_late=days)
    return sorted(found.values(), key=lambda one: (-one.longest_late, one.holder, one.duty))


def _grouped(whose: dict[str, str], rows: QuerySet[Task] | None = None, *, state: str, **columns: Any) -> QuerySet[Any]:
    """How many tasks in a state each organisation has of each duty."""
    found = (Task.objects.all() if rows is None else rows).filter(state=state, **whose)
    holder: Any = HOLDER if columns else F("organisation")
    return found.annotate(at=holder).values("at", "duty").annotate(many=Count("*"), **columns).order_by()


# The same as the column itself, but no column of an index: what is late is then found by its day, and counted after.
HOLDER = Coalesce("organisation", "organisation", output_field=UUIDField())


def _key(row: Mapping[str, Any]) -> tuple[str, str]:
    return str(row["at"] or ""), str(row["duty"])


def _stalled(row: Mapping[str, Any]) -> Stalled:
    return Stalled(*_key(row), waiting=0, late=0, refused=0, longest_late=0)


def _with_waiting(found: Sequence[Stalled], whose: dict[str, str]) -> list[Stalled]:
    """With how many wait, counted for these only."""
    holders = Q(organisation__in={one.holder for one in found if one.holder})
    if not all(one.holder for one in found):
        holders |= Q(organisation=None)
    rows = Task.objects.filter(holders, duty__in={one.duty for one in found}) if found else Task.objects.none()
    waiting = {_key(row): row["many"] for row in _grouped(whose, rows, state=OPEN)}
    return [replace(one, waiting=waiting.get((one.holder, one.duty), 0)) for one in found]


def _line(one: Stalled, names: dict[str, str], lang: str) -> StalledLine:
    title = title_of(load(), one.duty)(lang)
    return StalledLine(names.get(one.holder, ""), title, one.waiting, one.late, one.refused, one.longest_late)
