"""Duties as tasks: made from a plan, late after their day, recomputed when facts change, never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schakel.casework.duty import DONE, LATE, NOT_APPLICABLE, OPEN, REFUSED, DutyTask, at, tasks
from schakel.casework.encounter import Encounter, situation
from schakel.casework.person import CasePerson
from schakel.casework.recompute import (
    AGAIN,
    BACK,
    KEPT,
    MOVED,
    NEW,
    RULED_OUT,
    SAME,
    UNCERTAIN,
    Change,
    Changes,
    recompute,
)
from schakel.mechanism.assess import Assessment, assess
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim
from schakel.vocabulary.texts import LANGUAGES

CONTENT = load()
DAY = date(2025, 6, 2)
FREE_IN = "explain-free-in-free-out"
GRANTED = (Claim("residence", ("reflection_period",)), Claim("reflection_granted_on", (), day=DAY))


def found(*claims: Claim, who: str = "police") -> Encounter:
    shared = (Claim("indication", ("yes",)), Claim("action", ("none",)))
    return Encounter("e", DAY, who, shared=shared, persons=(CasePerson("1", claims),))


def look(encounter: Encounter, on: date = DAY) -> Assessment:
    return assess(CONTENT, situation(encounter, on))


def task(of: tuple[DutyTask, ...], duty: str) -> DutyTask:
    return next(one for one in of if one.duty == duty)


def change(of: Changes, duty: str) -> Change:
    return next(one for one in of.changes if one.task.duty == duty)


def test_each_duty_that_applies_is_a_task_with_its_content_and_receipt() -> None:
    made = tasks(look(found()))
    register = task(made, "police-register-comensha")
    assert (register.state, register.person, register.holder, register.strength) == (OPEN, "1", "police", "must")
    assert register.content == CONTENT.fingerprint
    assert register.receipt["content"] == CONTENT.fingerprint
    assert register.made_on == DAY
    assert all(register.why(lang) for lang in LANGUAGES)


def test_a_duty_that_only_may_apply_is_no_task() -> None:
    assert FREE_IN not in {one.duty for one in tasks(look(found()))}


def test_a_task_with_a_term_has_its_event_and_last_day() -> None:
    report = task(tasks(look(found(*GRANTED))), "monthly-reporting")
    assert (report.event, report.event_on, report.due) == ("reflection_granted_on", DAY, date(2025, 7, 2))


def test_a_task_is_late_after_its_last_day_and_a_possibility_never() -> None:
    report = task(tasks(look(found(*GRANTED))), "monthly-reporting")
    assert at(report, date(2025, 7, 2)).state == OPEN
    assert at(report, date(2025, 7, 3)).state == LATE
    assert at(at(report, date(2025, 7, 3)), DAY).state == OPEN
    assert at(replace(report, strength="may"), date(2026, 1, 1)).state == OPEN
    assert at(replace(report, state=DONE), date(2026, 1, 1)).state == DONE
    assert at(replace(report, due=None), date(2026, 1, 1)).state == OPEN


def test_where_the_law_lengthens_a_term_it_is_late_after_the_longer_day() -> None:
    report = task(tasks(look(found(*GRANTED))), "monthly-reporting")
    longer = replace(report, extended=date(2025, 7, 7))
    assert [at(longer, date(2025, 7, day)).state for day in (3, 7, 8)] == [OPEN, OPEN, LATE]


def test_nothing_changed_is_said_as_nothing_changed() -> None:
    made = tasks(look(found()))
    again = recompute(made, look(found()))
    assert again.tasks == made
    assert again.telling == ()


def test_a_new_fact_brings_new_tasks_with_the_reason() -> None:
    after = recompute(tasks(look(found())), look(found(Claim("residence", ("none",)))))
    new = change(after, FREE_IN)
    assert (new.kind, new.before) == (NEW, None)
    assert new.why("en").startswith("New: ")
    assert "lawful residence" in new.why("en")


def test_a_fact_that_rules_a_duty_out_is_named_and_the_task_stays() -> None:
    made = tasks(look(found(Claim("residence", ("none",)))))
    ruled = change(recompute(made, look(found(*GRANTED))), FREE_IN)
    assert (ruled.kind, ruled.task.state) == (RULED_OUT, NOT_APPLICABLE)
    assert ruled.task.ruled_out_by == ("residence",)
    assert "reflection period" in ruled.why("en")


def test_what_was_ruled_out_comes_back_with_the_fact() -> None:
    made = tasks(look(found(Claim("residence", ("none",)))))
    out = recompute(made, look(found(*GRANTED))).tasks
    back = change(recompute(out, look(found(Claim("residence", ("none",))))), FREE_IN)
    assert (back.kind, back.task.state, back.task.ruled_out_by) == (BACK, OPEN, ())
    doubtful = change(recompute(out, look(found())), FREE_IN)
    assert (doubtful.kind, doubtful.task.state, doubtful.task.uncertain) == (BACK, OPEN, True)


def test_what_is_no_longer_certain_stays_open_and_says_so() -> None:
    made = tasks(look(found(Claim("residence", ("none",)))))
    unsure = change(recompute(made, look(found())), FREE_IN)
    assert (unsure.kind, unsure.task.state, unsure.task.uncertain) == (UNCERTAIN, OPEN, True)
    certain = change(recompute((unsure.task,), look(found(Claim("residence", ("none",))))), FREE_IN)
    assert not certain.task.uncertain


@pytest.mark.parametrize("state", [DONE, REFUSED])
def test_what_was_done_or_refused_stays_so(state: str) -> None:
    made = replace(task(tasks(look(found(Claim("residence", ("none",))))), FREE_IN), state=state)
    for encounter in (found(*GRANTED), found(), found(Claim("residence", ("none",)))):
        after = change(recompute((made,), look(encounter)), FREE_IN)
        assert (after.kind, after.task) == (SAME, made)


def test_another_day_of_the_event_moves_the_last_day() -> None:
    made = tasks(look(found(*GRANTED)))
    later = (GRANTED[0], Claim("reflection_granted_on", (), day=date(2025, 6, 10)))
    moved = change(recompute(made, look(found(*later), date(2025, 6, 12))), "monthly-reporting")
    assert (moved.kind, moved.task.due) == (MOVED, date(2025, 7, 10))
    assert "2025-07-02" in moved.why("nl")
    assert "2025-07-10" in moved.why("nl")


def test_a_late_recurring_task_keeps_the_day_that_was_missed() -> None:
    made = tasks(look(found(*GRANTED)))
    after = change(recompute(made, look(found(*GRANTED), date(2025, 7, 20))), "monthly-reporting")
    assert after.task.due == date(2025, 7, 2)
    assert at(after.task, date(2025, 7, 20)).state == LATE


def test_a_recurring_task_that_was_done_comes_again() -> None:
    done = replace(task(tasks(look(found(*GRANTED))), "monthly-reporting"), state=DONE)
    assert change(recompute((done,), look(found(*GRANTED), date(2025, 7, 1))), "monthly-reporting").kind == SAME
    again = change(recompute((done,), look(found(*GRANTED), date(2025, 7, 20))), "monthly-reporting")
    assert (again.kind, again.task.state, again.task.due) == (AGAIN, OPEN, date(2025, 8, 2))


def test_a_duty_that_the_rules_no_longer_know_is_kept() -> None:
    old = replace(task(tasks(look(found())), "police-register-comensha"), duty="written-off")
    kept = change(recompute((old,), look(found())), "written-off")
    assert (kept.kind, kept.task) == (KEPT, old)
    assert "written-off" in kept.why("nl")
    gone = replace(task(tasks(look(found())), "police-register-comensha"), person="somebody else")
    assert recompute((gone,), look(found())).changes[0].kind == KEPT


def test_from_nothing_every_duty_that_applies_is_new() -> None:
    first = recompute((), look(found()))
    assert first.tasks == tasks(look(found()))
    assert {change.kind for change in first.changes} == {NEW}
    danger = look(found(Claim("danger", ("acute",))))
    assert any(change.task.urgent for change in recompute((), danger).changes)
