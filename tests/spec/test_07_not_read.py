"""Chapter 7. Law that was not read.

Of some periods nobody read the text. There the answer is at most "may apply", and it says why; it is never a copy of an
older or a newer text.
"""

from __future__ import annotations

import pytest

from schakel.mechanism.asking import next_question
from schakel.mechanism.explain import because
from tests.tiny import Country, statuses, version


@pytest.fixture
def partly_read(country: Country) -> Country:
    texts = [
        version({"indication": "yes"}, valid_to="2015-10-31"),
        version({"indication": "yes"}, valid_from="2015-11-01", valid_to="2023-05-18", read=False),
        version({"indication": "yes"}, valid_from="2023-05-19"),
    ]
    return country.duty("period", versions=texts)


def test_in_a_period_not_read_a_duty_at_most_may_apply(partly_read: Country) -> None:
    days = ("2015-10-31", "2015-11-01", "2023-05-18", "2023-05-19")
    assert [statuses(partly_read.person(on=day, indication="yes"))["period"] for day in days] == [
        "applies",
        "may_apply",
        "may_apply",
        "applies",
    ]


def test_it_says_so_in_both_languages(partly_read: Country) -> None:
    outcome = partly_read.person(on="2018-01-01", indication="yes").by_id["period"]
    assert outcome.unread
    assert "was not read" in because(outcome, "en")
    assert "niet gelezen" in because(outcome, "nl")


def test_no_question_is_asked_that_could_not_settle_it(partly_read: Country) -> None:
    assert next_question(partly_read.person(on="2018-01-01", indication="yes")) is None


def test_where_even_that_text_could_not_hold_the_duty_does_not_apply(partly_read: Country) -> None:
    outcome = partly_read.person(on="2018-01-01", indication="no").by_id["period"]
    assert (outcome.status, outcome.unread) == ("does_not_apply", False)


def test_while_the_facts_are_open_it_hangs_on_them(partly_read: Country) -> None:
    outcome = partly_read.person(on="2018-01-01").by_id["period"]
    assert (outcome.status, outcome.unread, outcome.hangs_on) == ("may_apply", False, ("indication",))


def test_the_day_of_the_event_can_lie_in_the_period_not_read(country: Country) -> None:
    texts = [
        version(valid_to="2015-10-31", selected_by="granted_on"),
        version(valid_from="2015-11-01", valid_to="2023-05-18", selected_by="granted_on", read=False),
        version(valid_from="2023-05-19", selected_by="granted_on"),
    ]
    country.fact("granted_on").duty("period", versions=texts)
    days = ("2015-10-31", "2018-01-01", "2023-05-19")
    assert [statuses(country.person(granted_on=day))["period"] for day in days] == ["applies", "may_apply", "applies"]


def test_the_plan_gives_notice_of_a_period_in_which_not_all_was_read(country: Country) -> None:
    country.duty("a").unread("since-2026", "2026-01-01", None)
    assert [item.id for item in country.encounter(on="2026-01-01").notices] == ["since-2026"]
    assert country.encounter(on="2025-12-31").notices == ()
