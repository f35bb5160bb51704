"""Every lifecycle as shipped: complete, owned, with an exit or final, and spoken in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from schakel.casework.lifecycles import Lifecycle, Refusal, holes, lifecycles, move, why_not
from schakel.casework.outcome import OUTCOMES
from schakel.casework.referral import FINDER_SEES
from schakel.mechanism.content import load
from schakel.vocabulary.texts import LANGUAGES

CYCLES = lifecycles(load())
EVERYTHING = ("reason", "question", "answer", "ground", "target", "outcome", "fact", "place")


def everyone(cycle: Lifecycle) -> tuple[str, ...]:
    return tuple(cycle.words.parties)


def final(cycle: Lifecycle) -> set[str]:
    return {name for name, state in cycle.states.items() if state.final}


def test_all_of_them_are_there() -> None:
    assert set(CYCLES) == {
        "registration", "count", "referral", "transfer", "ground", "duty", "placement", "alert", "correction",
        "erasure", "publication",
    }  # fmt: skip


@pytest.mark.parametrize("cycle", CYCLES.values(), ids=CYCLES)
def test_a_lifecycle_has_no_holes(cycle: Lifecycle) -> None:
    assert list(holes(cycle)) == []


@pytest.mark.parametrize("cycle", CYCLES.values(), ids=CYCLES)
def test_every_state_and_event_is_a_transition_or_a_sentence_why_not(cycle: Lifecycle) -> None:
    for state in cycle.states.values():
        for event in cycle.events:
            step = move(cycle, state.id, event, by=everyone(cycle), given=EVERYTHING)
            assert step.possible is ((state.id, event) in cycle.table)
            if isinstance(step, Refusal):
                assert step.why == why_not(cycle, state, event)
                assert all(len(step.why(lang).split(". ")) >= 2 and "{" not in step.why(lang) for lang in LANGUAGES)


@pytest.mark.parametrize("cycle", CYCLES.values(), ids=CYCLES)
def test_every_event_is_refused_to_who_may_not_and_when_something_is_missing(cycle: Lifecycle) -> None:
    for row in cycle.transitions:
        others = set(everyone(cycle)) - set(row.who)
        stranger = move(cycle, row.state, row.event, by=others, given=EVERYTHING)
        assert isinstance(stranger, Refusal)
        if row.needs:
            bare = move(cycle, row.state, row.event, by=row.who)
            assert isinstance(bare, Refusal)
            assert all(bare.why(lang) != stranger.why(lang) for lang in LANGUAGES)


@pytest.mark.parametrize("cycle", CYCLES.values(), ids=CYCLES)
def test_from_every_state_an_end_can_be_reached(cycle: Lifecycle) -> None:
    ends = final(cycle) or {"done", "refused", "not_applicable"}  # a duty has no end: it comes back when facts change
    for state in cycle.states:
        assert reach(cycle, state) & ends, f"{cycle.id}: {state} leads nowhere"


def reach(cycle: Lifecycle, state: str) -> set[str]:
    found, todo = {state}, [state]
    while todo:
        for row in cycle.exits(todo.pop()):
            if row.to not in found:
                found.add(row.to)
                todo.append(row.to)
    return found


def steps(cycle: str, *events: tuple[str, str]) -> Iterator[str]:
    """The states on the way of these events, each by somebody who may."""
    state = CYCLES[cycle].start
    for event, who in events:
        step = move(CYCLES[cycle], state, event, by=(who,), given=EVERYTHING)
        assert not isinstance(step, Refusal), step.why("en")
        state = step.to
        yield state


def test_a_registration_goes_its_way() -> None:
    way = [("submit", "finder"), ("ask", "registrar"), ("answer", "finder"), ("accept", "registrar"),
           ("close", "registrar"), ("reopen", "registrar"), ("close", "registrar"), ("destroy", "clock")]  # fmt: skip
    assert list(steps("registration", *way)) == [
        "submitted", "returned", "submitted", "accepted", "closed", "reopened", "closed", "destroyed",
    ]  # fmt: skip


def test_accepting_asks_for_no_proof_and_declining_for_a_reason() -> None:
    cycle = CYCLES["registration"]
    assert cycle.table["submitted", "accept"].needs == ()
    assert "reason" in cycle.table["submitted", "decline"].needs


def test_a_count_without_identity_asks_for_no_ground() -> None:
    assert CYCLES["count"].table["draft", "submit"].needs == ()
    assert list(steps("count", ("submit", "finder"), ("count", "registrar"), ("name", "person")))[-1] == "named"


def test_a_merge_can_be_undone() -> None:
    way = [("submit", "finder"), ("merge", "registrar"), ("unmerge", "registrar")]
    assert list(steps("registration", *way))[-1] == "reopened"


def test_refused_and_late_come_back_to_the_sender() -> None:
    for cycle in ("referral", "transfer"):
        for event in ("refuse", "expire"):
            assert "sender" in CYCLES[cycle].table["requested", event].notice
    for state, event in (("open", "refuse"), ("open", "term_passes")):
        assert {"sender", "registrar"} <= set(CYCLES["duty"].table[state, event].notice)


def test_a_withdrawn_consent_is_told_to_the_receivers() -> None:
    assert "receivers" in CYCLES["ground"].table["given", "withdraw"].notice


def test_only_the_police_make_a_disappearance_public() -> None:
    assert CYCLES["alert"].table["searching", "make_public"].who == ("police",)


def test_a_finder_has_a_word_for_every_state() -> None:
    states = {*CYCLES["registration"].states, *CYCLES["count"].states} - {"merged", "double"}
    assert states == set(FINDER_SEES)
    assert len(OUTCOMES) == 10
