"""A registration has ended: what stops with it, in the tables and in words; and what comes back when it runs again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schakel.casework.duty import LATE, NOT_APPLICABLE, OPEN, REFUSED, DutyTask, tasks
from schakel.casework.encounter import Encounter, situation
from schakel.casework.ending import (
    DESTROYED,
    DESTROYED_EVENT,
    OVER,
    REFERRALS,
    REQUESTS,
    TASKS,
    WORKING,
    stopped,
    stopping,
    why_over,
)
from schakel.casework.lifecycles import lifecycles
from schakel.casework.person import CasePerson
from schakel.casework.recompute import BACK, recompute
from schakel.mechanism.assess import Assessment, assess
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim
from schakel.vocabulary.texts import LANGUAGES

CONTENT = load()
CYCLES = lifecycles(CONTENT)
DAY = date(2025, 6, 2)
FREE_IN = "explain-free-in-free-out"


def look(*claims: Claim) -> Assessment:
    shared = (Claim("indication", ("yes",)), Claim("action", ("none",)))
    return assess(
        CONTENT, situation(Encounter("e", DAY, "police", shared=shared, persons=(CasePerson("1", claims),)), DAY)
    )


def ended(task: DutyTask) -> DutyTask:
    return replace(task, state=stopping(CYCLES["duty"])[task.state].to)


def test_every_state_runs_is_over_or_has_not_begun() -> None:
    states = {*CYCLES["registration"].states, *CYCLES["count"].states}
    assert set(WORKING).isdisjoint(OVER)
    assert states - {*WORKING, *OVER} == {"draft", "named"}  # a count that goes on by name takes its duties along
    assert {*WORKING, *OVER} <= states


def test_what_stops_is_what_still_waits_for_somebody_and_no_help_that_was_accepted() -> None:
    assert {state: row.to for state, row in stopping(CYCLES["duty"]).items()} == dict.fromkeys(
        (*TASKS, LATE), NOT_APPLICABLE
    )
    for cycle in ("referral", "transfer"):
        assert {state: row.to for state, row in stopping(CYCLES[cycle]).items()} == dict.fromkeys(REFERRALS, "revoked")
    assert {state: row.to for state, row in stopping(CYCLES["placement"]).items()} == dict.fromkeys(
        REQUESTS, "withdrawn"
    )


def test_only_the_program_stops_them_and_asks_for_nothing() -> None:
    for cycle in ("duty", "referral", "transfer", "placement"):
        for row in (*stopping(CYCLES[cycle]).values(), *stopping(CYCLES[cycle], DESTROYED_EVENT).values()):
            assert (row.who, row.needs) == (("clock",), ())


def test_where_the_data_are_destroyed_nothing_that_runs_is_left() -> None:
    for cycle in ("referral", "placement"):
        stops = {*stopping(CYCLES[cycle]), *stopping(CYCLES[cycle], DESTROYED_EVENT)}
        assert stops == {name for name, state in CYCLES[cycle].states.items() if not state.final}


@pytest.mark.parametrize(("cycle", "state"), [(cycle, state) for cycle in ("registration", "count") for state in OVER
                                              if state in CYCLES[cycle].states])  # fmt: skip
def test_why_names_the_state_and_promises_a_return_only_where_there_is_one(cycle: str, state: str) -> None:
    why = why_over(CONTENT, cycle, state)
    back = {row.to for row in CYCLES[cycle].exits(state)} & set(WORKING)
    for lang, word in zip(LANGUAGES, ("komt deze plicht terug", "this duty comes back"), strict=True):
        assert CYCLES[cycle].state(state).name(lang) in why(lang)
        assert (word in why(lang)) is bool(back)
        said = stopped(CONTENT, FREE_IN, why)(lang)
        assert CONTENT.duties[FREE_IN].title(lang) in said
        assert said.endswith(".")
    assert state != DESTROYED or not back


@pytest.mark.parametrize("state", [OPEN, REFUSED])
def test_a_duty_that_stopped_comes_back_with_the_words_that_were_said_of_it(state: str) -> None:
    there = look(Claim("residence", ("none",)))
    made = [replace(one, state=state, reason="Geen mensen.") for one in tasks(there)]
    again = recompute(map(ended, made), there)
    assert {change.kind for change in again.changes} == {BACK}
    assert {one.key for one in again.tasks} == {one.key for one in made}
    assert {(one.state, one.reason) for one in again.tasks} == {(OPEN, "Geen mensen.")}


def test_a_duty_that_stopped_and_no_longer_holds_stays_away() -> None:
    made = next(one for one in tasks(look(Claim("residence", ("none",)))) if one.duty == FREE_IN)
    after = recompute([ended(made)], look(Claim("residence", ("reflection_period",))))
    assert next(one for one in after.tasks if one.duty == FREE_IN).state == NOT_APPLICABLE
