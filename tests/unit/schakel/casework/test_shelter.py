"""A place in a shelter: waiting and refusals are kept, a secret address shows itself to nobody."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from datetime import date

import pytest

from schakel.casework import process, shelter
from schakel.casework.content import access
from schakel.casework.lifecycles import Refusal, lifecycles
from schakel.casework.shelter import AVOID, HIDDEN, REASONS, Intake, PlacementRequest, SecretAddress, avoids, need_rows
from schakel.mechanism.content import load
from schakel.networks.access import may
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import LANGUAGES

CONTENT = load()
CYCLES = lifecycles(CONTENT)
DAY = date(2025, 6, 2)
REQUEST = PlacementRequest("p", "1", DAY, "shelter")


def go(of: PlacementRequest, event: str, who: str, on: date = DAY, **more: str) -> PlacementRequest:
    step = shelter.act(CYCLES["placement"], of, event, on, by={who}, **more)
    assert not isinstance(step, Refusal), step.why("en")
    return step[0]


def test_a_refusal_is_kept_and_the_need_stays_counted() -> None:
    refused = go(REQUEST, "refuse", "receiver", date(2025, 6, 4), shelter="home", reason="full")
    assert refused.unmet
    assert [(one.shelter, one.reason) for one in refused.answers] == [("home", "full")]
    again = go(refused, "ask_again", "sender", date(2025, 6, 5))
    assert again.waits(date(2025, 6, 12)) == 10
    (row,) = need_rows([again], date(2025, 6, 12))
    assert row == {
        "shelter_kind": "shelter", "state": "waiting", "unmet": True, "days": 10, "refusals": 1, "last_reason": "full",
    }  # fmt: skip


def test_a_refusal_without_a_reason_is_not_taken() -> None:
    assert isinstance(shelter.act(CYCLES["placement"], REQUEST, "refuse", DAY, by={"receiver"}), Refusal)


def test_reasons_and_whom_to_avoid_are_closed_lists_without_room_for_a_name() -> None:
    for wrong in (lambda: Intake(avoid=("John Example",)), lambda: go(REQUEST, "refuse", "receiver", reason="no mood")):
        with pytest.raises(BadInput, match="not one of the list") as told:
            wrong()
        assert "John" not in told.value.say("nl")
    assert Intake(avoid=tuple(AVOID)).avoid == tuple(AVOID)
    assert all(words(lang) for words in (*REASONS.values(), *AVOID.values()) for lang in LANGUAGES)


def test_an_offer_is_taken_by_the_person_and_waiting_ends_there() -> None:
    offered = go(REQUEST, "offer", "receiver", date(2025, 6, 3), shelter="home")
    placed = go(offered, "take", "person", date(2025, 6, 4))
    assert (placed.unmet, placed.waits(date(2026, 1, 1))) == (False, 2)
    ended = go(placed, "leave", "receiver", date(2025, 9, 1), reason="moved on")
    assert (ended.state, ended.ended_on) == ("ended", date(2025, 9, 1))


def test_an_offer_that_was_declined_goes_on_waiting() -> None:
    offered = go(REQUEST, "offer", "receiver", shelter="home")
    assert go(offered, "decline", "person").unmet
    assert go(offered, "lapse", "clock").state == "waiting"


def test_a_place_in_an_area_to_avoid_is_seen() -> None:
    intake = Intake(avoid_areas=("GM0363", "VR13"))
    assert avoids(intake, ("GM0363", "VR13", "NH"))
    assert not avoids(intake, ("GM0344", "VR09"))
    assert not avoids(Intake(), ("GM0344",))


def test_a_secret_address_shows_itself_to_nobody() -> None:
    secret = SecretAddress("Street 1, Town")
    shown = (str(secret), repr(secret), f"{secret}", f"{secret:>20}", f"{secret!r}", "%s" % secret)  # noqa: UP031
    assert set(shown) == {HIDDEN}
    assert "Street" not in repr([secret]) + repr({"a": secret})
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.copy(secret)


def test_a_secret_address_is_read_with_a_decision_on_it_and_no_other() -> None:
    book, secret = access(CONTENT), SecretAddress("Street 1, Town")
    yes = may(book, "see_whereabouts", "shelter", "assigned", "accepted", "care")
    assert secret.read(yes) == "Street 1, Town"
    for refused in (
        may(book, "see_whereabouts", "prosecutor", "assigned", "accepted", "proceedings"),
        may(book, "see_identity", "shelter", "assigned", "accepted", "care"),
        replace(yes, asked=()),
    ):
        assert secret.read(refused) == HIDDEN


def test_a_missing_child_is_reported_searched_and_found() -> None:
    alert = process.begin(CYCLES, "alert", "a", "1", DAY)
    assert alert.state == "reported"
    found = process.act(CYCLES, alert, "find", DAY, by={"police"})
    assert not isinstance(found, Refusal)
    closed = process.act(CYCLES, found[0], "close", DAY, by={"guardian"}, words="safe with the guardian")
    assert not isinstance(closed, Refusal)
    assert (closed[0].state, closed[0].last_words) == ("closed", "safe with the guardian")
    assert len(closed[0].history) == 2
    assert isinstance(process.act(CYCLES, found[0], "close", DAY, by={"guardian"}), Refusal)


def test_a_request_of_the_person_is_refused_with_a_reason_only() -> None:
    asked = process.begin(CYCLES, "correction", "c", "1", DAY)
    taken = process.act(CYCLES, asked, "take_up", DAY, by={"registrar"})
    assert not isinstance(taken, Refusal)
    assert isinstance(process.act(CYCLES, taken[0], "refuse", DAY, by={"registrar"}), Refusal)
    assert process.begin(CYCLES, "correction", "c", "1", DAY).last_words == ""
