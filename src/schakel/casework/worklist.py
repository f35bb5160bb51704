"""My work today, and what stalls where: for those who work on the case, from its tasks and referrals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from schakel.casework.duty import LATE, DutyTask, at
from schakel.casework.referral import Referral, overdue


@dataclass(frozen=True, slots=True)
class Work:
    """What one organisation has before it: late, due with a day, without a day, to answer, and waiting on others."""

    late: tuple[DutyTask, ...]
    due: tuple[DutyTask, ...]
    no_day: tuple[DutyTask, ...]
    to_answer: tuple[Referral, ...]
    waiting: tuple[Referral, ...]
    unanswered: tuple[Referral, ...]


def work_today(tasks: Iterable[DutyTask], referrals: Iterable[Referral], on: date, *, holder: str) -> Work:
    """The work of one holder on a day. What may be done, but need not, is not work and is left out.

    The most urgent comes first: the oldest last day, then what a source calls urgent; never by form of exploitation.
    """
    own = [at(task, on) for task in tasks if task.holder == holder and task.waits and task.strength != "may"]
    asked = tuple(referrals)
    mine = [one for one in asked if one.sender == holder and one.state == "requested"]
    return Work(
        late=_sorted(task for task in own if task.state == LATE),
        due=_sorted(task for task in own if task.state != LATE and task.due),
        no_day=_sorted(task for task in own if not task.due),
        to_answer=tuple(one for one in asked if one.receiver == holder and one.state == "requested"),
        waiting=tuple(one for one in mine if not overdue(one, on)),
        unanswered=tuple(one for one in mine if overdue(one, on)),
    )


def _sorted(tasks: Iterable[DutyTask]) -> tuple[DutyTask, ...]:
    return tuple(sorted(tasks, key=lambda task: (task.due or date.max, not task.urgent)))


@dataclass(frozen=True, slots=True)
class Stalled:
    """How one duty stands with one holder. Internal: for that organisation and the registrar only (hazard 11)."""

    holder: str
    duty: str
    waiting: int
    late: int
    refused: int
    longest_late: int


def stalled(tasks: Iterable[DutyTask], on: date, *, holder: str = "") -> tuple[Stalled, ...]:
    """What is late or refused, by holder and duty, the longest late first; of one holder where it is named.

    Days late are counted from the later day where the law lengthens a term. Only duties with something late or refused
    are in it.
    """
    groups: dict[tuple[str, str], list[DutyTask]] = {}
    for task in tasks:
        if holder in ("", task.holder):
            groups.setdefault((task.holder, task.duty), []).append(at(task, on))
    found = (_stalled(*key, group, on) for key, group in groups.items())
    return tuple(sorted((one for one in found if one.late or one.refused), key=lambda one: -one.longest_late))


def _stalled(holder: str, duty: str, group: list[DutyTask], on: date) -> Stalled:
    late = [task for task in group if task.state == LATE]
    days = ((on - end).days for task in late if (end := task.extended or task.due))
    refused = sum(task.state == "refused" for task in group)
    return Stalled(holder, duty, sum(task.waits for task in group), len(late), refused, max(days, default=0))
