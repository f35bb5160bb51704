"""Which duties stall, by organisation and by step: for the registration point all, for anybody else their own.

Counted by the database, for there may be very many tasks; `schakel.casework.worklist.stalled` is the plain version that
the tests hold it against.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, UUIDField
from django.db.models.functions import Coalesce
from django.utils import timezone

from loket.accounts.models import Organisation
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.models import Task
from loket.casework.reading import looking
from loket.site import paging
from loket.site.prepared import prepared
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
    names = {str(pk): name for pk, name in _names(list({one.holder for one in shown if one.holder}))}
    return page.holding([_line(one, names, lang) for one in shown])


@prepared
def _names(organisations: list[uuid.UUID]) -> QuerySet[Any]:
    return Organisation.objects.filter(pk__in=organisations).values_list("pk", "name")


def counted(day: date, **whose: str) -> list[Stalled]:
    """Each organisation and duty with something late or refused; a task that may be done, but need not, is not late."""
    return _with_waiting(_late_or_refused(day, whose), whose)


def _late_or_refused(day: date, whose: dict[str, str]) -> list[Stalled]:
    """The same without how many wait: only what is late, or refused, is gone through, and never all that is open."""
    registry, organisation = _whose(whose)
    refused: dict[Key, int] = {(at, duty): many for at, duty, many in _refused(registry, organisation)}
    late: dict[Key, tuple[int, int]] = {
        (at, duty): (many, (day - oldest).days) for at, duty, many, oldest in _late(registry, organisation, day)
    }
    found = [
        Stalled(str(at or ""), duty, waiting=0, late=many, refused=refused.get((at, duty), 0), longest_late=days)
        for (at, duty), (many, days) in {**dict.fromkeys(refused, (0, 0)), **late}.items()
    ]
    return sorted(found, key=lambda one: (-one.longest_late, one.holder, one.duty))


Key = tuple[uuid.UUID | None, str]


def _whose(whose: dict[str, str]) -> tuple[uuid.UUID | None, uuid.UUID | None]:
    """The registration point, or the organisation, whose duties are asked for."""
    registry, organisation = whose.get("registry"), whose.get("organisation")
    return registry and uuid.UUID(registry), organisation and uuid.UUID(organisation)  # type: ignore[return-value]


@prepared
def _refused(registry: uuid.UUID | None, organisation: uuid.UUID | None) -> QuerySet[Any]:
    rows = _of(registry, organisation).filter(state=REFUSED).values_list("organisation", "duty")
    return rows.annotate(many=Count("*")).order_by()


# The same as the column itself, but no column of an index: what is late is then found by its day, and counted after.
HOLDER = Coalesce("organisation", "organisation", output_field=UUIDField())


@prepared
def _late(registry: uuid.UUID | None, organisation: uuid.UUID | None, day: date) -> QuerySet[Any]:
    """What is late; a task that may be done, but need not, is not."""
    rows = _of(registry, organisation).exclude(strength="may").filter(state=OPEN, due__lt=day)
    rows = rows.filter(Q(extended=None) | Q(extended__lt=day)).annotate(at=HOLDER).values_list("at", "duty")
    return rows.annotate(many=Count("*"), oldest=Min(Coalesce("extended", "due"))).order_by()


def _of(registry: uuid.UUID | None, organisation: uuid.UUID | None) -> QuerySet[Task]:
    return Task.objects.filter(registry=registry) if registry else Task.objects.filter(organisation=organisation)


def _with_waiting(found: Sequence[Stalled], whose: dict[str, str]) -> list[Stalled]:
    """With how many wait, counted for these only."""
    holders, duties = {one.holder for one in found if one.holder}, {one.duty for one in found}
    nobody = not all(one.holder for one in found)
    rows = _waiting(*_whose(whose), list(holders), nobody, list(duties)) if found else ()
    waiting = {(str(at or ""), duty): many for at, duty, many in rows}
    return [replace(one, waiting=waiting.get((one.holder, one.duty), 0)) for one in found]


@prepared
def _waiting(
    registry: uuid.UUID | None, organisation: uuid.UUID | None, holders: list[uuid.UUID], nobody: bool,
    duties: list[str],
) -> QuerySet[Any]:  # fmt: skip
    """How many tasks of these duties wait with these organisations, and with nobody."""
    here = Q(organisation__in=holders) | Q(organisation=None) if nobody else Q(organisation__in=holders)
    rows = _of(registry, organisation).filter(here, state=OPEN, duty__in=duties).values_list("organisation", "duty")
    return rows.annotate(many=Count("*")).order_by()


def _line(one: Stalled, names: dict[str, str], lang: str) -> StalledLine:
    title = title_of(load(), one.duty)(lang)
    return StalledLine(names.get(one.holder, ""), title, one.waiting, one.late, one.refused, one.longest_late)
