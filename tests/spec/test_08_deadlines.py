"""Chapter 8. Deadlines.

A term starts at an event. Without the day of that event there is a term and no day. Only terms in a statute or an AMvB
are lengthened over a weekend or holiday; the unextended day is always shown, and is the day to keep to.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.tiny import Country, term, version

FRIDAY, SATURDAY, MONDAY = "2025-05-23", "2025-05-24", "2025-05-26"


def with_term(country: Country, length: int, unit: str, norm: str = "statute", **more: str) -> Country:
    text = version({"indication": "yes"}, norm=norm, term=term(length, unit, "reported_on", **more))
    return country.fact("reported_on").duty("answer", versions=[text])


def test_without_the_day_of_the_event_there_is_a_term_and_no_day(country: Country) -> None:
    outcome = with_term(country, 1, "weeks").person(indication="yes").by_id["answer"]
    assert outcome.version is not None
    assert outcome.version.term is not None
    assert outcome.due is None


def test_a_statutory_term_that_ends_on_a_saturday_runs_through_monday(country: Country) -> None:
    outcome = with_term(country, 1, "weeks").person(indication="yes", reported_on="2025-05-17").by_id["answer"]
    assert outcome.due is not None
    assert (outcome.due.unextended, outcome.due.extended, outcome.due.ground) == (
        date.fromisoformat(SATURDAY),
        date.fromisoformat(MONDAY),
        "T1",
    )


def test_a_term_of_a_policy_rule_is_not_lengthened(country: Country) -> None:
    policy = with_term(country, 1, "weeks", norm="policy_rule")
    outcome = policy.person(indication="yes", reported_on="2025-05-17").by_id["answer"]
    assert outcome.due is not None
    assert (outcome.due.unextended, outcome.due.extended) == (date.fromisoformat(SATURDAY), None)


def test_a_term_outside_the_act_says_so_and_is_not_lengthened(country: Country) -> None:
    european = term(1, "weeks", "reported_on") | {"national": False}
    country.fact("reported_on").duty("answer", versions=[version(term=european)])
    outcome = country.person(reported_on="2025-05-17").by_id["answer"]
    assert outcome.due is not None
    assert outcome.due.extended is None


def test_a_term_in_hours_ends_at_a_moment(country: Country) -> None:
    outcome = with_term(country, 24, "hours").person(indication="yes", reported_on=FRIDAY).by_id["answer"]
    assert outcome.due is not None
    assert isinstance(outcome.due.unextended, datetime)
    assert outcome.due.unextended.date() == date.fromisoformat(SATURDAY)


def test_a_recurring_term_gives_the_first_day_that_still_comes(country: Country) -> None:
    monthly = with_term(country, 1, "months", norm="policy_rule", type="recurring")
    days = {"2025-02-28": "2025-02-28", "2025-03-01": "2025-03-31", "2025-05-31": "2025-05-31"}
    for on, expected in days.items():
        outcome = monthly.person(on=on, indication="yes", reported_on="2025-01-31").by_id["answer"]
        assert outcome.due is not None
        assert outcome.due.unextended == date.fromisoformat(expected), "counted from the event, not from the last time"


def test_a_duty_that_may_apply_shows_its_day_and_one_that_does_not_shows_none(country: Country) -> None:
    weekly = with_term(country, 1, "weeks")
    assert weekly.person(reported_on=FRIDAY).by_id["answer"].due is not None
    assert weekly.person(reported_on=FRIDAY, indication="no").by_id["answer"].due is None


@pytest.mark.parametrize(("granted", "end"), [("2023-05-18", "2023-08-18"), ("2023-05-19", "2023-06-18")])
def test_the_term_is_that_of_the_text_which_the_event_selects(country: Country, granted: str, end: str) -> None:
    texts = [
        version(valid_to="2023-05-18", selected_by="granted_on", norm="policy_rule",
                term=term(3, "months", "granted_on", type="maximum")),
        version(valid_from="2023-05-19", selected_by="granted_on", norm="policy_rule",
                term=term(30, "days", "granted_on", type="maximum")),
    ]  # fmt: skip
    country.fact("granted_on").duty("suspend-departure", versions=texts)
    outcome = country.person(granted_on=granted).by_id["suspend-departure"]
    assert outcome.due is not None
    assert outcome.due.unextended == date.fromisoformat(end)


def test_where_two_sources_disagree_on_the_day_the_earliest_counts_and_both_are_shown(country: Country) -> None:
    view = with_term(country, 1, "weeks").person(
        indication="yes", reported_on=[{"value": "2025-05-20"}, {"value": "2025-05-22"}]
    )
    due = view.by_id["answer"].due
    assert due is not None
    assert due.unextended == date(2025, 5, 27)
    assert len(view.known.conflicts["reported_on"]) == 2
