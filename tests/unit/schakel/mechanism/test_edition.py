"""The rules as they read on one day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from schakel.mechanism.content import load
from schakel.mechanism.edition import BEGIN, END, NOT_YET, change_days, edition_on, editions, no_circle
from schakel.rules.conditions import ALWAYS, NEVER, Is, negate
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.periods import Period
from tests.tiny import Country, version

MINOR = Is("age", frozenset({"minor"}))


@pytest.fixture
def country(tmp_path: Path) -> Country:
    return Country(tmp_path)


def test_a_text_counts_in_its_period_and_never_outside(country: Country) -> None:
    country.duty("a", versions=[version({"age": "minor"}, valid_from="2015-01-01", valid_to="2022-03-31")])
    content = country.content()
    days = (date(2014, 12, 31), date(2015, 1, 1), date(2022, 3, 31), date(2022, 4, 1))
    assert [edition_on(content, day).conditions["a"] for day in days] == [NEVER, MINOR, MINOR, NEVER]


def test_between_two_changes_there_is_one_edition(country: Country) -> None:
    country.duty("a", versions=[version(valid_from="2015-01-01", valid_to="2022-03-31")])
    content = country.content()
    assert change_days(content) == (date(2015, 1, 1), date(2022, 4, 1))
    assert [edition.period for edition in editions(content)] == [
        Period(BEGIN, date(2014, 12, 31)), Period(date(2015, 1, 1), date(2022, 3, 31)), Period(date(2022, 4, 1), None),
    ]  # fmt: skip
    assert edition_on(content, date(2016, 1, 1)) is edition_on(content, date(2021, 1, 1))


def test_rights_gaps_and_unread_periods_change_it_too(country: Country) -> None:
    country.right("r", {"always": True}, valid_from="2014-01-01").unread("u", "2026-01-01", None)
    country.gap("g", {"always": True}, valid_from="2015-01-01", valid_to="2015-12-31")
    content = country.content()
    assert change_days(content) == (date(2014, 1, 1), date(2015, 1, 1), date(2016, 1, 1), date(2026, 1, 1))
    assert "right:r" not in edition_on(content, date(2013, 12, 31)).rules.rules
    assert {"right:r", "gap:g"} <= set(edition_on(content, date(2015, 6, 1)).rules.rules)
    assert "gap:g" not in edition_on(content, date(2016, 1, 1)).rules.rules


@pytest.mark.parametrize("day", [BEGIN, END])
def test_the_first_and_the_last_day_are_covered(country: Country, day: date) -> None:
    assert edition_on(country.duty("a").content(), day).conditions["a"] == ALWAYS


def test_a_selecting_date_has_one_value_a_stretch_and_one_for_not_yet(country: Country) -> None:
    texts = [version(valid_to="2023-05-18", selected_by="granted_on"),
             version(valid_from="2023-05-19", selected_by="granted_on")]  # fmt: skip
    content = country.fact("granted_on").duty("a", versions=texts).content()
    before, after = edition_on(content, date(2023, 5, 18)), edition_on(content, date(2023, 5, 19))
    assert before.space.domains["granted_on"] == (NOT_YET, "2013-01-01")
    assert after.space.domains["granted_on"] == (NOT_YET, "2013-01-01", "2023-05-19")
    first, second = content.duties["a"].versions
    assert before.chosen(first) == Is("granted_on", frozenset({NOT_YET, "2013-01-01"}))
    assert before.chosen(second) == NEVER
    assert after.chosen(first) == Is("granted_on", frozenset({"2013-01-01"})), (
        "what has not happened is under today's text"
    )
    assert after.chosen(second) == Is("granted_on", frozenset({NOT_YET, "2023-05-19"}))
    assert [one for one, _ in after.choices["a"]] == [first, second]


def test_a_date_that_selects_nothing_is_no_component(country: Country) -> None:
    assert "found_on" not in edition_on(country.fact("found_on").duty("a").content(), BEGIN).space.domains


def test_the_stronger_duty_is_taken_off(country: Country) -> None:
    content = country.duty("strong", {"age": "minor"}, overrides=["weak"]).duty("weak").content()
    edition = edition_on(content, BEGIN)
    assert edition.conditions["weak"] == negate(MINOR, edition.space.domains)


def test_a_text_that_was_not_read_overrides_nothing(country: Country) -> None:
    country.duty("strong", versions=[version({"age": "minor"}, read=False)], overrides=["weak"]).duty("weak")
    edition = edition_on(country.content(), BEGIN)
    assert edition.conditions == {"strong": NEVER, "weak": ALWAYS}
    assert edition.unread_conditions == {"strong": MINOR}


@pytest.mark.parametrize(
    ("overrides", "circle"),
    [
        ({"a": ("a",)}, "a -> a"),
        ({"a": ("b",), "b": ("a",)}, "a -> b -> a"),
        ({"x": ("a",), "a": ("b",), "b": ("c",), "c": ("a",)}, "a -> b -> c -> a"),
    ],
)
def test_a_circle_of_overrides_is_told(overrides: dict[str, tuple[str, ...]], circle: str) -> None:
    with pytest.raises(BadInput, match=circle):
        no_circle(overrides)


def test_no_circle_where_two_override_the_same() -> None:
    no_circle({"a": ("c", "d"), "b": ("c",), "c": ("d",), "d": ("not-a-duty",)})


def test_the_dutch_content_changes_on_the_days_the_law_did() -> None:
    days = change_days(load())
    for day in (date(2015, 1, 1), date(2022, 4, 1), date(2023, 5, 19)):
        assert day in days
