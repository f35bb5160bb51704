"""Facts or rules changed: what that does to the tasks. No task is ever lost; each change says what changed and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from schakel.casework.duty import DONE, NOT_APPLICABLE, OPEN, WAITING, Clock, DutyTask, spoken, task_of
from schakel.casework.words import each, filled, title_of
from schakel.mechanism.assess import Assessment, DutyOutcome
from schakel.mechanism.explain import listed
from schakel.mechanism.plan import receipt
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY
from schakel.vocabulary.texts import LANGUAGES, Text, text

NEW: Final = "new"
SAME: Final = "same"
MOVED: Final = "moved"
RULED_OUT: Final = "ruled_out"
BACK: Final = "back"
AGAIN: Final = "again"
UNCERTAIN: Final = "uncertain"
CERTAIN: Final = "certain"
KEPT: Final = "kept"
KINDS: Final = (NEW, SAME, MOVED, RULED_OUT, BACK, AGAIN, UNCERTAIN, CERTAIN, KEPT)

# The event of the duty's lifecycle that each kind of change is; the others leave the state as it was.
EVENTS: Final = {MOVED: "term_moves", RULED_OUT: "rule_out", BACK: "apply_again", AGAIN: "apply_again"}

SENTENCES: Final = {
    NEW: text({"nl": "Nieuw: {title}. {why}", "en": "New: {title}. {why}"}),
    SAME: text({"nl": "Ongewijzigd: {title}.", "en": "Unchanged: {title}."}),
    MOVED: text({"nl": "Gewijzigd: {title}: {what}. {why}", "en": "Changed: {title}: {what}. {why}"}),
    RULED_OUT: text({
        "nl": "Niet meer van toepassing: {title}. {why}", "en": "No longer applicable: {title}. {why}",
    }),
    BACK: text({"nl": "Weer van toepassing: {title}. {why}", "en": "Applies again: {title}. {why}"}),
    AGAIN: text({"nl": "Opnieuw: {title}. {why}", "en": "Again: {title}. {why}"}),
    UNCERTAIN: text({
        "nl": "Blijft staan, maar is niet meer zeker: {title}. {why}",
        "en": "Stays, but is no longer certain: {title}. {why}",
    }),
    CERTAIN: text({"nl": "Nu zeker: {title}. {why}", "en": "Certain now: {title}. {why}"}),
    KEPT: text({
        "nl": "Blijft staan: {title}. De regels kennen deze plicht nu niet, of niet voor deze persoon{by}.",
        "en": "Stays: {title}. The rules do not know this duty now, or not for this person{by}.",
    }),
}  # fmt: skip
WHAT: Final = {
    "due": ("uiterste dag {old} wordt {new}", "last day {old} becomes {new}"),
    "holder": ("houder {old} wordt {new}", "holder {old} becomes {new}"),
    "strength": ("kracht {old} wordt {new}", "strength {old} becomes {new}"),
}
UNSAID: Final = text({"nl": "", "en": ""})
NOTHING: Final = {"nl": "geen", "en": "none"}
SEE: Final = {"nl": "zie", "en": "see"}


Key = tuple[str, str]
Row = TypeVar("Row")


@dataclass(frozen=True)
class Change:
    """What became of one task: the task as it is now, the one before (None when new), and the sentence."""

    kind: str
    task: DutyTask
    before: DutyTask | None
    why: Text


@dataclass(frozen=True)
class Changes:
    """What a recomputation does, task by task; `tasks` are all of them afterwards."""

    changes: tuple[Change, ...]

    @property
    def tasks(self) -> tuple[DutyTask, ...]:
        return tuple(change.task for change in self.changes)

    @property
    def telling(self) -> tuple[Change, ...]:
        """Those that somebody must be told of."""
        return tuple(change for change in self.changes if change.kind != SAME)

    def of(self, kind: str) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind == kind)


def recompute(tasks: Iterable[DutyTask], assessment: Assessment) -> Changes:
    """The tasks after facts or rules changed.

    Every task that came in comes out, in the same order, and new ones follow. What was done or refused stays so. A
    duty that no longer applies is *not applicable* with the facts that rule it out; one that only may apply stays open
    and is marked uncertain; one that the rules no longer know stays as it is, with the duty that replaces it.
    """
    before = tuple(tasks)
    return Changes(tuple(_changes(before, {task.key for task in before}, Outcomes(assessment))))


def telling(tasks: Mapping[Key, Row], assessment: Assessment, opened: Callable[[Row], DutyTask]) -> tuple[Change, ...]:
    """Of `recompute` only what somebody must be told of, for stored tasks by their key.

    Most tasks stay as they are, and a row (with `state`, `uncertain`, `due`, `event_on`, `holder` and `strength` as a
    task has them) shows that by itself: only the others are opened and put into words.
    """
    outcomes = Outcomes(assessment)
    moving = [opened(row) for key, row in tasks.items() if not _stays(row, outcomes.get(key))]
    return Changes(tuple(_changes(moving, tasks.keys(), outcomes))).telling


class Outcomes:
    """What an assessment says of duties by person: most apply to nobody, and only what is asked is worked out."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.views = {view.person.id: view for view in assessment.persons}

    def get(self, key: Key) -> DutyOutcome | None:
        """The outcome of a duty for a person; None where the rules do not know one of them."""
        person, duty = key
        known = person in self.views and duty in self.assessment.content.duties
        return self.views[person].duty(duty) if known else None

    def applying(self) -> Iterator[Key]:
        """Every duty that applies, with its person."""
        return ((person, duty) for person, view in self.views.items() for duty in view.applying)


def _changes(before: Iterable[DutyTask], known: Collection[Key], outcomes: Outcomes) -> list[Change]:
    """What becomes of these tasks, and those that are new beside all that are `known`."""
    assessment = outcomes.assessment
    given = receipt(assessment)
    changes = [_after(task, outcomes.get(task.key), assessment, given) for task in before]
    for person, duty in outcomes.applying():
        if (person, duty) not in known:
            outcome = outcomes.views[person].duty(duty)
            task = task_of(outcome, given)
            changes.append(Change(NEW, task, None, _say(NEW, outcome, task.why)))
    return changes


def _stays(task: Any, outcome: DutyOutcome | None) -> bool:
    """Whether `_after` is certain to find it the same. Where this says no, `_after` has the last word."""
    if outcome is None:
        return False
    waits = task.state in WAITING
    if outcome.status == DOES_NOT_APPLY:
        return not waits
    if task.state == NOT_APPLICABLE:
        return False
    if outcome.status != APPLIES:
        return bool(not waits or task.uncertain)
    if not waits:
        return bool(task.state != DONE) or not _recurs(outcome)
    if task.uncertain:
        return False
    clocks = task.due == Clock(outcome).due or (_recurs(outcome) and outcome.starts_on == task.event_on)
    return bool(clocks and task.holder == outcome.holder and task.strength == outcome.strength)


def _after(task: DutyTask, outcome: DutyOutcome | None, assessment: Assessment, given: Mapping[str, Any]) -> Change:
    if outcome is None:
        return Change(KEPT, task, task, _kept(task, assessment))
    if outcome.status == DOES_NOT_APPLY:
        return _ruled_out(task, outcome, given)
    if outcome.status != APPLIES:
        return _undecided(task, outcome, given)
    return _applies(task, outcome, given)


def _undecided(task: DutyTask, outcome: DutyOutcome, given: Mapping[str, Any]) -> Change:
    """A duty that may apply again comes back: what was ruled out on a fact is open once that fact is in doubt."""
    if task.state == NOT_APPLICABLE:
        now = replace(task_of(outcome, given), uncertain=True, reason=task.reason)
        return Change(BACK, now, task, _say(BACK, outcome, now.why))
    if not task.waits or task.uncertain:
        return Change(SAME, task, task, _say(SAME, outcome))
    why = spoken(outcome)
    return Change(UNCERTAIN, replace(task, uncertain=True, why=why), task, _say(UNCERTAIN, outcome, why))


def _applies(task: DutyTask, outcome: DutyOutcome, given: Mapping[str, Any]) -> Change:
    fresh = task_of(outcome, given)
    if task.state == NOT_APPLICABLE:
        return Change(BACK, replace(fresh, reason=task.reason), task, _say(BACK, outcome, fresh.why))
    if not task.waits:
        if task.state == DONE and _recurs(outcome) and fresh.due != task.due:
            return Change(AGAIN, fresh, task, _say(AGAIN, outcome, fresh.why))
        return Change(SAME, task, task, _say(SAME, outcome))
    if _recurs(outcome) and fresh.event_on == task.event_on:
        fresh = replace(fresh, due=task.due, extended=task.extended)  # until it is done the earliest one counts
    moved = _moved(task, fresh)
    now = replace(fresh, state=OPEN, made_on=task.made_on)
    if moved:
        return Change(MOVED, now, task, _say(MOVED, outcome, now.why, moved))
    now = replace(now, state=task.state)
    if task.uncertain:
        return Change(CERTAIN, now, task, _say(CERTAIN, outcome, now.why))
    return Change(SAME, now, task, _say(SAME, outcome))


def _recurs(outcome: DutyOutcome) -> bool:
    return bool(outcome.version and outcome.version.term and outcome.version.term.term.type == "recurring")


def _ruled_out(task: DutyTask, outcome: DutyOutcome, given: Mapping[str, Any]) -> Change:
    """A fact rules the duty out; what was already done or refused stays as it was."""
    if not task.waits:
        return Change(SAME, task, task, _say(SAME, outcome))
    now = replace(
        task, state=NOT_APPLICABLE, ruled_out_by=outcome.ruled_out_by, why=spoken(outcome), receipt=given,
        content=outcome.view.content.fingerprint, uncertain=False,
    )  # fmt: skip
    return Change(RULED_OUT, now, task, _say(RULED_OUT, outcome, now.why))


def _moved(old: DutyTask, new: DutyTask) -> tuple[tuple[str, object, object], ...]:
    pairs = (("due", old.due, new.due), ("holder", old.holder, new.holder), ("strength", old.strength, new.strength))
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _say(
    kind: str, outcome: DutyOutcome, why: Text = UNSAID, moved: tuple[tuple[str, object, object], ...] = ()
) -> Text:
    what = each(lambda lang: _what(moved, lang)) if moved else UNSAID
    return filled(SENTENCES[kind], title=outcome.duty.title, why=why, what=what)


def _what(moved: tuple[tuple[str, object, object], ...], lang: str) -> str:
    said = [
        WHAT[name][LANGUAGES.index(lang)].format(old=old or NOTHING[lang], new=new or NOTHING[lang])
        for name, old, new in moved
    ]
    return listed(said, lang) if said else ""


def _kept(task: DutyTask, assessment: Assessment) -> Text:
    """A task whose duty the rules no longer know, or whose person is no longer there: with what replaces it."""
    content = assessment.content
    successor = next((duty for duty in content.duties.values() if task.duty in duty.replaces), None)
    by = each(lambda lang: f"; {SEE[lang]}: {successor.title(lang)}" if successor else "")
    return filled(SENTENCES[KEPT], title=title_of(content, task.duty), by=by)
