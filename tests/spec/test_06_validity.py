"""Chapter 6. Three dates, never mixed.

`on` is the day asked for. Each text of a duty is valid from one day to another, and says which date selects it: the day
asked for, or the day of an event, such as the granting of a period. The version of the content is the third date.
"""

from __future__ import annotations

import pytest

from schakel.vocabulary.errors import BadInput
from tests.tiny import Country, statuses, version


@pytest.fixture
def by_day_of_granting(country: Country) -> Country:
    """The day of granting decides between a must and a should (as thirty days or three months do)."""
    texts = [
        version(valid_to="2023-05-18", selected_by="granted_on", strength="should"),
        version(valid_from="2023-05-19", selected_by="granted_on", strength="must"),
    ]
    return country.fact("granted_on").duty("suspend-departure", versions=texts)


def test_a_duty_holds_from_its_first_day_through_its_last(country: Country) -> None:
    country.duty("fine", versions=[version(valid_from="2015-01-01", valid_to="2022-03-31")])
    days = ("2014-12-31", "2015-01-01", "2022-03-31", "2022-04-01")
    assert [statuses(country.person(on=day))["fine"] for day in days] == [
        "does_not_apply",
        "applies",
        "applies",
        "does_not_apply",
    ]


def test_an_open_end_is_no_end(country: Country) -> None:
    country.duty("a", versions=[version(valid_from=None, valid_to=None)])
    assert {statuses(country.person(on=day))["a"] for day in ("2013-01-01", "2099-12-31")} == {"applies"}


def test_each_text_counts_in_its_own_period(country: Country) -> None:
    texts = [version(strength="should", valid_to="2024-12-31"), version(strength="must", valid_from="2025-01-01")]
    country.duty("inform", versions=texts)
    assert country.person(on="2024-12-31").by_id["inform"].strength == "should"
    assert country.person(on="2025-01-01").by_id["inform"].strength == "must"


@pytest.mark.parametrize(
    ("granted", "strength"), [("2023-05-18", "should"), ("2023-05-19", "must"), ("2015-02-01", "should")]
)
def test_the_day_of_the_event_selects_the_text_whatever_the_day_asked_for(
    by_day_of_granting: Country, granted: str, strength: str
) -> None:
    for on in ("2023-05-19", "2023-08-01", "2025-06-02"):
        outcome = by_day_of_granting.person(on=on, granted_on=granted).by_id["suspend-departure"]
        assert (outcome.status, outcome.strength) == ("applies", strength), on


def test_while_the_day_of_the_event_is_unknown_both_texts_may_count(by_day_of_granting: Country) -> None:
    outcome = by_day_of_granting.person().by_id["suspend-departure"]
    assert outcome.status == "applies", "one of the two holds"
    assert outcome.version is None
    assert {one.strength for one in outcome.versions} == {"should", "must"}


def test_before_the_change_an_unknown_event_can_only_have_been_before_it(by_day_of_granting: Country) -> None:
    outcome = by_day_of_granting.person(on="2023-05-18").by_id["suspend-departure"]
    assert outcome.version is not None
    assert outcome.version.strength == "should"


def test_a_duty_that_came_later_hangs_on_the_day_of_the_event(country: Country) -> None:
    texts = [version(valid_from="2023-05-19", selected_by="granted_on")]
    country.fact("granted_on").duty("thirty-days", versions=texts)
    open_duty = country.person().by_id["thirty-days"]
    assert (open_duty.status, open_duty.hangs_on) == ("may_apply", ("granted_on",))
    assert statuses(country.person(granted_on="2023-05-18")) == {"thirty-days": "does_not_apply"}


def test_an_event_after_the_day_asked_for_is_refused(by_day_of_granting: Country) -> None:
    with pytest.raises(BadInput, match="after the day asked for"):
        by_day_of_granting.person(on="2023-01-01", granted_on="2023-02-01")


def test_an_event_before_all_content_selects_no_text_and_is_refused(by_day_of_granting: Country) -> None:
    with pytest.raises(BadInput, match="outside what the content covers"):
        by_day_of_granting.person(granted_on="2012-12-31")
    by_day_of_granting.fact("offence_on").person(offence_on="2005-01-01")  # it selects nothing, and may be long ago


@pytest.mark.parametrize("on", ["2012-12-31", "1999-01-01", "2100-01-01"])
def test_a_day_outside_what_the_content_covers_is_refused(country: Country, on: str) -> None:
    country.duty("a")
    with pytest.raises(BadInput, match="outside what the content covers"):
        country.person(on=on)


def test_rights_and_gaps_have_their_days_too(country: Country) -> None:
    country.right("a-lawyer", {"always": True}, valid_from="2025-01-01")
    country.gap("no-shelter", {"age": "adult"}, valid_from="2020-01-01", valid_to="2024-12-31")
    before, after = country.person(on="2024-12-31", age="adult"), country.person(on="2025-01-01", age="adult")
    assert [right.id for right, _ in before.rights] == []
    assert [right.id for right, _ in after.rights] == ["a-lawyer"]
    assert [gap.id for gap, _ in before.gaps] == ["no-shelter"]
    assert [gap.id for gap, _ in after.gaps] == []
