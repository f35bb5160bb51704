"""Chapter 5. One duty in the place of another.

A duty that overrides another takes its place wherever it applies itself, and nowhere else.
"""

from __future__ import annotations

import pytest

from schakel.vocabulary.errors import BadInput
from tests.tiny import Country, statuses, version


@pytest.fixture
def period(country: Country) -> Country:
    country.fact("dublin", "yes", "no")
    country.duty("three-months", {"indication": "yes"})
    return country.duty("thirty-days", {"all": [{"indication": "yes"}, {"dublin": "yes"}]}, overrides=["three-months"])


def test_the_stronger_duty_takes_the_place_of_the_other(period: Country) -> None:
    assert statuses(period.person(indication="yes", dublin="yes")) == {
        "three-months": "does_not_apply",
        "thirty-days": "applies",
    }


def test_where_it_does_not_apply_the_other_stands(period: Country) -> None:
    assert statuses(period.person(indication="yes", dublin="no")) == {
        "three-months": "applies",
        "thirty-days": "does_not_apply",
    }


def test_where_it_may_apply_both_may(period: Country) -> None:
    view = period.person(indication="yes")
    assert set(statuses(view).values()) == {"may_apply"}
    assert view.by_id["three-months"].hangs_on == ("dublin",)


def test_a_text_that_does_not_hold_on_the_day_overrides_nothing(country: Country) -> None:
    country.duty("old", {"indication": "yes"})
    country.duty("new", versions=[version({"indication": "yes"}, valid_from="2025-07-01")], overrides=["old"])
    assert statuses(country.person(indication="yes", on="2025-06-30"))["old"] == "applies"
    assert statuses(country.person(indication="yes", on="2025-07-01"))["old"] == "does_not_apply"


def test_duties_that_override_each_other_in_a_circle_are_refused(country: Country) -> None:
    country.duty("a", overrides=["b"]).duty("b", overrides=["c"]).duty("c", overrides=["a"])
    with pytest.raises(BadInput, match="a -> b -> c -> a"):
        country.person()


def test_a_chain_of_overrides_is_no_circle(country: Country) -> None:
    country.duty("a", {"age": "minor"}, overrides=["b"]).duty("b", {"indication": "yes"}, overrides=["c"]).duty("c")
    assert statuses(country.person(age="minor", indication="yes")) == {
        "a": "applies",
        "b": "does_not_apply",
        "c": "does_not_apply",
    }
