"""Birth dates as lists write them."""

from __future__ import annotations

import pytest

from schakel.linkage.dates import Birth, birth


@pytest.mark.parametrize("written", ["1999-05-23", "23-05-1999", "23/5/1999", "19990523", "1999-05-23 00:00:00"])
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    assert birth(written) == Birth("1999-05-23", 1999)


@pytest.mark.parametrize("written", ["1999", "1999-01-01", "1999-05", "ca. 1999", "1999-00-00", "1999-02-31"])
def test_a_year_or_a_placeholder_is_no_day(written: str) -> None:
    assert birth(written) == Birth(None, 1999)


def test_first_of_january_is_a_day_where_it_is_no_placeholder() -> None:
    assert birth("1999-01-01", ()).day == "1999-01-01"


def test_day_and_month_can_be_exchanged() -> None:
    assert birth("1999-05-03").turned == "1999-03-05"
    assert birth("1999-05-23").turned is None
    assert birth("1999-13-05").day == "1999-05-13"


@pytest.mark.parametrize("written", ["unknown person", "x", "99", "0001-01-02"])
def test_what_is_no_date_is_told(written: str) -> None:
    assert birth(written) == Birth(read=False)


def test_nothing_is_unknown_and_was_read() -> None:
    assert birth("  ") == Birth()
