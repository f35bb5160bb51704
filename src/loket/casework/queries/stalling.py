"""Which duties stall, by organisation and by step: for the registration point all, for anybody else their own.

Counted by the database, for there may be very many tasks; `schakel.casework.worklist.stalled` is the plain version that
the tests hold it against.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q, QuerySet, UUIDField
from django.db.models.functions import Coalesce
from django.utils import timezone

from loket.accounts.models import Organisation
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import early
from loket.casework.models import Task
from loket.casework.reading import looking
from loket.site import paging
from loket.site.planning import unindexed
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
    whose = Whose.of(by)
    found, late = _late_or_refused(day, whose)
    page = paging.cut(found, number)
    shown = _numbered(page.rows, late, whose)
    names = {str(pk): name for pk, name in _names(list({one.holder for one in shown if one.holder}))}
    return page.holding([_line(one, names, lang) for one in shown])


@prepared
def _names(organisations: list[uuid.UUID]) -> QuerySet[Any]:
    return Organisation.objects.filter(pk__in=organisations).values_list("pk", "name")


class Whose(NamedTuple):
    """Whose duties are asked for: those of a registration point, or of an organisation as far as one may see them."""

    registry: uuid.UUID | None
    organisation: uuid.UUID | None = None
    early: bool = True  # also those that were not handed on

    @classmethod
    def of(cls, by: Member) -> Whose:
        """Those that this member may see."""
        here = uuid.UUID(by.organisation)
        return cls(here) if by.role == "registrar" else cls(None, here, early(by.role))

    @property
    def tasks(self) -> QuerySet[Task]:
        """All of them, whatever their state."""
        if self.registry:
            return Task.objects.filter(registry=self.registry)
        seen = {} if self.early else {"handed_on": True}
        return Task.objects.filter(organisation=self.organisation, **seen)


def counted(day: date, whose: Whose) -> list[Stalled]:
    """Each organisation and duty with something late or refused; a task that may be done, but need not, is not late."""
    return _numbered(*_late_or_refused(day, whose), whose)


Key = tuple[uuid.UUID | None, str]  # an organisation (nobody: None) and a duty
Late = Mapping[Key, tuple[int, int]]  # how many, and for how many days the longest


def _late_or_refused(day: date, whose: Whose) -> tuple[list[Key], Late]:
    """Where something is late or refused, in the order of the list. How much waits and was refused is not told here:
    that is counted of what is shown only."""
    late: dict[Key, tuple[int, int]] = {
        (at, duty): (many, (day - oldest).days) for at, duty, many, oldest in _late(*whose, day)
    }
    first = sorted(late, key=lambda one: (-late[one][1], *_place(one)))
    refused = sorted(_refused(*whose), key=_place)
    return [*first, *(one for one in refused if not late or one not in late)], late


def _place(one: Key) -> tuple[int, str]:
    """Nobody first, then by organisation and duty: the same on either database."""
    return (one[0].int if one[0] else -1, one[1])


@prepared
def _refused(registry: uuid.UUID | None, organisation: uuid.UUID | None, early: bool) -> QuerySet[Any]:
    """Where something was refused. Not how often: an index tells where without going through each of them."""
    rows = Whose(registry, organisation, early).tasks.filter(state=REFUSED).order_by()
    return rows.values_list("organisation", "duty").distinct()


HOLDER = unindexed("organisation", UUIDField())  # what is late is found by its day, and counted after


@prepared
def _late(registry: uuid.UUID | None, organisation: uuid.UUID | None, early: bool, day: date) -> QuerySet[Any]:
    """What is late; a task that may be done, but need not, is not."""
    rows = Whose(registry, organisation, early).tasks.exclude(strength="may").filter(state=OPEN, due__lt=day)
    rows = rows.filter(Q(extended=None) | Q(extended__lt=day)).annotate(at=HOLDER).values_list("at", "duty")
    return rows.annotate(many=Count("*"), oldest=Min(Coalesce("extended", "due"))).order_by()


def _numbered(found: Sequence[Key], late: Late, whose: Whose) -> list[Stalled]:
    """With how many wait and were refused, counted for these only."""
    duties = list({duty for _, duty in found})
    if whose.registry:
        nobody = any(at is None for at, _ in found)
        rows = _many(whose.registry, list({at for at, _ in found if at}), nobody, duties) if found else []
    else:
        rows = [(whose.organisation, *one) for one in _many_at(whose.organisation, whose.early, duties)]
    many = {(at, duty, state): number for at, duty, state, number in rows}
    return [
        Stalled(str(at or ""), duty, waiting=many.get((at, duty, OPEN), 0), late=late.get((at, duty), (0, 0))[0],
                refused=many.get((at, duty, REFUSED), 0), longest_late=late.get((at, duty), (0, 0))[1])
        for at, duty in found
    ]  # fmt: skip


@prepared
def _many(registry: uuid.UUID, holders: list[uuid.UUID], nobody: bool, duties: list[str]) -> QuerySet[Any]:
    """How many tasks of these duties wait, or were refused, with these organisations and with nobody."""
    here = Q(organisation__in=holders) | Q(organisation=None) if nobody else Q(organisation__in=holders)
    rows = Task.objects.filter(here, registry=registry, state__in=(OPEN, REFUSED), duty__in=duties)
    return rows.values_list("organisation", "duty", "state").annotate(many=Count("*")).order_by()


@prepared
def _many_at(organisation: uuid.UUID, early: bool, duties: list[str]) -> QuerySet[Any]:
    """The same for one organisation: an organisation may have very many, and each is read from its index once."""
    rows = Whose(None, organisation, early).tasks.filter(state__in=(OPEN, REFUSED), duty__in=duties)
    return rows.values_list("duty", "state").annotate(many=Count("*")).order_by()


def _line(one: Stalled, names: dict[str, str], lang: str) -> StalledLine:
    title = title_of(load(), one.duty)(lang)
    return StalledLine(names.get(one.holder, ""), title, one.waiting, one.late, one.refused, one.longest_late)
