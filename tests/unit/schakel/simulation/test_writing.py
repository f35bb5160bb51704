"""Birth dates and names as a list writes them: one error at a time, with the error made certain."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from schakel.simulation.names.pools import given, surnames
from schakel.simulation.reporters import Errors
from schakel.simulation.writing import Named, write_births, write_names

NONE = Errors(**{one.name: float(one.name == "first_only") for one in fields(Errors)})
DAYS = np.array(["1999-05-03", "2004-02-29", "1987-11-23", "1990-01-01"], dtype="datetime64[D]")


def births(**errors: float) -> tuple[list[str | None], list[bool]]:
    words, exact = write_births(DAYS, DAYS, replace(NONE, **errors), np.random.default_rng(7))
    return words.tolist(), exact.tolist()


def test_without_errors_a_date_is_written_as_it_is() -> None:
    assert births() == (["1999-05-03", "2004-02-29", "1987-11-23", "1990-01-01"], [True] * 4)


@pytest.mark.parametrize(
    ("error", "written"),
    [
        ("birth_missing", [None] * 4),
        ("year_only", ["1999", "2004", "1987", "1990"]),
        ("first_of_january", ["1999-01-01", "2004-01-01", "1987-01-01", "1990-01-01"]),
    ],
)
def test_a_day_that_the_list_does_not_know(error: str, written: list[str | None]) -> None:
    assert births(**{error: 1.0}) == (written, [False] * 4)


def test_day_and_month_change_places_only_where_that_is_a_date() -> None:
    assert births(day_month=1.0) == (["1999-03-05", "2004-02-29", "1987-11-23", "1990-01-01"], [True] * 4)


def test_the_twelfth_can_be_december() -> None:
    days = np.array(["2001-05-12", "2001-12-05", "2001-05-13"], dtype="datetime64[D]")
    words, _ = write_births(days, days, replace(NONE, day_month=1.0), np.random.default_rng(7))
    assert words.tolist() == ["2001-12-05", "2001-05-12", "2001-05-13"]


def test_a_year_off_keeps_day_and_month_where_the_calendar_has_them() -> None:
    written, _ = births(year_off=1.0)
    assert [word[5:] for word in written if word] == ["05-03", written[1][5:] if written[1] else "", "11-23", "01-01"]
    assert all(
        word and 1 <= abs(int(word[:4]) - day) <= 10
        for word, day in zip(written, (1999, 2004, 1987, 1990), strict=True)
    )


def test_papers_that_say_1_january_are_written_as_they_say() -> None:
    stated = DAYS.astype("datetime64[Y]").astype("datetime64[D]")
    words, exact = write_births(DAYS, stated, NONE, np.random.default_rng(7))
    assert words.tolist() == ["1999-01-01", "2004-01-01", "1987-01-01", "1990-01-01"]
    assert exact.all()


def people(count: int, **changes: int) -> Named:
    codes = {"given": 0, "second": 1, "surname": 0, "alias_given": -1, "alias_surname": -1, **changes}
    return Named(*(np.full(count, code) for code in codes.values()), np.zeros(count, dtype=bool))


def names(count: int = 1, *, family_first: bool = False, **errors: float) -> list[tuple[str | None, str | None]]:
    who = replace(people(count), family_first=np.full(count, family_first))
    first, last = write_names(who, replace(NONE, **errors), 8.0, np.random.default_rng(7))
    return list(zip(first.tolist(), last.tolist(), strict=True))


FIRST, SECOND, LAST = given().names[0], given().names[1], surnames().names[0]


@pytest.mark.parametrize(
    ("errors", "written"),
    [
        ({}, (FIRST, LAST)),
        ({"first_only": 0.0}, (f"{FIRST} {SECOND}", LAST)),
        ({"initials": 1.0, "first_only": 0.0}, (f"{FIRST[0]}.{SECOND[0]}.", LAST)),
        ({"swapped": 1.0}, (LAST, FIRST)),
        ({"no_given_names": 1.0}, (None, LAST)),
        ({"no_surname": 1.0}, (FIRST, None)),
    ],
)
def test_one_error_in_a_name(errors: dict[str, float], written: tuple[str | None, str | None]) -> None:
    assert names(**errors) == [written]


def test_names_with_the_family_name_first_are_confused_more_often() -> None:
    few = sum(one[0] == LAST for one in names(4000, swapped=0.02))
    many = sum(one[0] == LAST for one in names(4000, swapped=0.02, family_first=True))
    assert 40 < few < 130
    assert 520 < many < 760


def test_an_alias_takes_the_place_of_the_whole_name() -> None:
    who = people(1, alias_given=5, alias_surname=6)
    first, last = write_names(who, replace(NONE, alias=1.0, first_only=0.0), 1.0, np.random.default_rng(7))
    assert (first[0], last[0]) == (given().names[5], surnames().names[6])
