"""Which duties stall, by organisation and by step: for the registration point all, for anybody else their own.

Counted by the database, for there may be very many tasks; `schakel.casework.worklist.stalled` is the plain version that
the tests hold it against.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from loket.accounts.models import Organisation
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.models import Task
from loket.casework.reading import looking
from schakel.casework.content import access
from schakel.casework.duty import REFUSED, WAITING
from schakel.casework.words import title_of
from schakel.casework.worklist import Stalled
from schakel.mechanism.content import load

STATES = (*WAITING, REFUSED)
MOST = 200


@dataclass(frozen=True)
class StalledLine:
    """How one duty stands with one organisation (nobody: the registration point still looks for somebody)."""

    organisation: str
    title: str
    waiting: int
    late: int
    refused: int
    longest_late: int


def stalling(*, by: Member, lang: str, on: date | None = None) -> list[StalledLine]:
    """What is late or refused, the longest late first. Raises Refused for a role that may never see it."""
    day = on or timezone.localdate()
    with looking(by, "registration" if by.role == "registrar" else "care") as trail:
        if "see_stalled" not in access(load()).roles[by.role].actions:
            raise Refused("not_in_your_role", event="casework.stalled")
        trail.note("casework.stalled")
    whose = {"registry": by.organisation} if by.role == "registrar" else {"organisation": by.organisation}
    found = counted(day, **whose)
    rows = Organisation.objects.filter(pk__in={one.holder for one in found if one.holder}).values_list("pk", "name")
    names = {str(pk): name for pk, name in rows}
    return [_line(one, names, lang) for one in found]


def counted(day: date, **whose: str) -> list[Stalled]:
    """Each organisation and duty with something late or refused; a task that may be done, but need not, is not late."""
    ends = Coalesce("extended", "due")
    late = Q(state__in=WAITING, ends__lt=day) & ~Q(strength="may")
    rows = (
        Task.objects.filter(state__in=STATES, **whose).annotate(ends=ends).values("organisation", "duty")
        .annotate(
            waiting=Count("pk", filter=Q(state__in=WAITING)), late=Count("pk", filter=late),
            refused=Count("pk", filter=Q(state=REFUSED)), oldest=Min("ends", filter=late),
        )
        .filter(Q(late__gt=0) | Q(refused__gt=0)).order_by("oldest", "organisation", "duty")
    )  # fmt: skip
    found = [_stalled(row, day) for row in rows]
    return sorted(found, key=lambda one: -one.longest_late)[:MOST]


def _stalled(row: dict[str, object], day: date) -> Stalled:
    oldest = row["oldest"]
    days = (day - oldest).days if isinstance(oldest, date) else 0
    numbers = (int(str(row[name])) for name in ("waiting", "late", "refused"))
    return Stalled(str(row["organisation"] or ""), str(row["duty"]), *numbers, longest_late=days)


def _line(one: Stalled, names: dict[str, str], lang: str) -> StalledLine:
    title = title_of(load(), one.duty)(lang)
    return StalledLine(names.get(one.holder, ""), title, one.waiting, one.late, one.refused, one.longest_late)
