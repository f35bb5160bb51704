"""Chapter 11. Who does it, who leads, and in which order.

The holder of a duty is an organisation, or the finder: then it is the finder's own organisation. One *lead* at most
holds a task for a person. Duties stand in the order in which they are done.
"""

from __future__ import annotations

from typing import Any

import pytest

from schakel.vocabulary.errors import BadInput
from tests.tiny import Country, text


def finders(country: Country) -> Country:
    """A policeman who belongs to the police, and a citizen who belongs to nothing."""
    values: list[dict[str, Any]] = [
        {"id": "police", "text": text("police"), "phrase": text("you are police"), "organisation": "police-unit"},
        {"id": "citizen", "text": text("citizen"), "phrase": text("you are a citizen")},
    ]
    return country.fact("finder", values=values, type="choice")


def test_the_finder_s_duty_is_held_by_the_finder_s_organisation(country: Country) -> None:
    finders(country).duty("signal", holder="finder")
    assert country.person(who="police").by_id["signal"].holder == "police-unit"
    assert country.person(who="citizen").by_id["signal"].holder == "finder"
    assert country.person().by_id["signal"].holder == "finder"


def test_it_says_what_is_for_you(country: Country) -> None:
    finders(country).duty("mine", holder="finder").duty("ours", holder="police-unit").duty("theirs", holder="comensha")
    country.duty("all", holder="anyone")
    police, citizen = country.person(who="police").by_id, country.person(who="citizen").by_id
    assert {name for name, outcome in police.items() if outcome.yours} == {"mine", "ours", "all"}
    assert {name for name, outcome in citizen.items() if outcome.yours} == {"mine", "all"}


def test_the_lead_of_a_task_is_known_once_its_duty_applies(country: Country) -> None:
    country.fact("form", "sexual", "labour", many=True)
    country.duty("follow-up-police", {"form": "sexual"}, task="follow-up", holder="police")
    country.duty("support", task="follow-up", part="support", holder="municipality")
    assert country.person().by_id["support"].lead is None
    assert country.person(form=["sexual"]).by_id["support"].lead == "police"


def test_duties_stand_in_the_order_in_which_they_are_done(country: Country) -> None:
    country.duty("permit", stage="stay").duty("call-112", urgent=True).duty("register", stage="register")
    country.duty("be-kind")
    assert [one.duty.id for one in country.person().duties] == ["call-112", "be-kind", "register", "permit"]


def test_what_must_come_first_comes_first_whatever_its_stage(country: Country) -> None:
    country.duty("speak", stage="first_contact", after=["interpreter"]).duty("interpreter", stage="report")
    assert [one.duty.id for one in country.person().duties] == ["interpreter", "speak"]


def test_an_order_that_goes_in_a_circle_is_refused(country: Country) -> None:
    country.duty("a", after=["b"]).duty("b", after=["a"])
    with pytest.raises(BadInput, match="circle"):
        _ = country.person().duties
