"""Duties as tasks with clocks, made from the mechanism's plan; each knows under which content it was made."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from schakel.casework.lifecycles import Lifecycle, Move, Refusal, move
from schakel.casework.words import each
from schakel.mechanism.assess import Assessment, DutyOutcome
from schakel.mechanism.explain import because
from schakel.mechanism.plan import receipt
from schakel.rules.outcome import APPLIES
from schakel.vocabulary.texts import Text

OPEN: Final = "open"
LATE: Final = "late"
DONE: Final = "done"
REFUSED: Final = "refused"
NOT_APPLICABLE: Final = "not_applicable"
WAITING: Final = (OPEN, LATE)


@dataclass(frozen=True)
class DutyTask:
    """One duty for one person, as a task.

    `task` is the kind of work. `due` is the unextended day (the day to keep to), `extended` the later one where the
    Algemene termijnenwet gives it. `event` is the fact at which the term starts, `event_on` its day. `why` says why
    the duty holds, `ruled_out_by` which facts rule it out, `reason` why the holder refused. `content` is the
    fingerprint of the content, and `receipt` what is needed to replay it.
    """

    duty: str
    task: str
    person: str
    holder: str
    strength: str
    state: str
    why: Text
    made_on: date
    content: str
    receipt: Mapping[str, Any]
    urgent: bool = False
    protective: bool = False
    event: str = ""
    event_on: date | None = None
    due: date | None = None
    extended: date | None = None
    ruled_out_by: tuple[str, ...] = ()
    reason: str = ""
    uncertain: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Person and duty: what makes a task one of a kind."""
        return self.person, self.duty

    @property
    def waits(self) -> bool:
        """Whether somebody still has to act."""
        return self.state in WAITING


@dataclass(frozen=True)
class Clock:
    """The dates of an outcome, read off once."""

    outcome: DutyOutcome

    @cached_property
    def due(self) -> date | None:
        return _day(self.outcome.due.unextended) if self.outcome.due else None

    @cached_property
    def extended(self) -> date | None:
        return _day(self.outcome.due.extended) if self.outcome.due and self.outcome.due.extended else None


def task_of(outcome: DutyOutcome, given: Mapping[str, Any]) -> DutyTask:
    """The task of one outcome that applies; `given` is the receipt of the assessment."""
    clock, view, version = Clock(outcome), outcome.view, outcome.version
    return DutyTask(
        duty=outcome.duty.id, task=outcome.duty.task, person=view.person.id, holder=outcome.holder,
        strength=outcome.strength, state=OPEN,
        why=spoken(outcome), made_on=view.situation.on, content=view.content.fingerprint, receipt=given,
        urgent=outcome.duty.urgent, protective=outcome.duty.protective,
        event=version.term.starts if version and version.term else "", event_on=outcome.starts_on,
        due=clock.due, extended=clock.extended,
    )  # fmt: skip


def tasks(assessment: Assessment) -> tuple[DutyTask, ...]:
    """A task for each duty that applies, for each person, in the order in which they are done.

    A duty that only may apply becomes no task: the plan shows it, with the facts it hangs on.
    """
    given = receipt(assessment)
    return tuple(
        task_of(outcome, given) for view in assessment.persons for outcome in view.duties if outcome.status == APPLIES
    )


def spoken(outcome: DutyOutcome) -> Text:
    """Why a duty applies, may apply or does not, in both languages."""
    return each(lambda lang: because(outcome, lang))


def at(task: DutyTask, on: date) -> DutyTask:
    """The task as it stands on a day: open or late. What may be done is never late.

    The day to keep to is the unextended one; a task is late only after the later day, where the law gives one.
    """
    end = task.extended or task.due
    if not task.waits or end is None or task.strength == "may":
        return task
    return replace(task, state=LATE if on > end else OPEN)


def act(
    cycle: Lifecycle, task: DutyTask, event: str, *, by: Collection[str], reason: str = "", fact: str = ""
) -> tuple[DutyTask, Move] | Refusal:
    """The task after an event, with who is told; or the sentence why it cannot be.

    A refusal asks for a reason. A fact that rules a duty out comes from the clock only: nobody declares a duty not
    applicable by hand, they tell the fact, and `recompute` does the rest.
    """
    given = [name for name, words in (("reason", reason), ("fact", fact)) if words.strip()]
    step = move(cycle, task.state, event, by=by, given=given)
    if isinstance(step, Refusal):
        return step
    return replace(task, state=step.to, reason=reason or task.reason), step


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
