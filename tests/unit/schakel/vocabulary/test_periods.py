"""Periods include both their ends, and open ends are open."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.vocabulary.periods import Period, cuts, intervals

YEAR = Period(date(2022, 1, 1), date(2022, 12, 31))
ALWAYS = Period()
days = st.dates(date(2013, 1, 1), date(2013, 3, 31))
ends = st.none() | days
periods = st.builds(Period, ends, ends).filter(lambda p: p.first is None or p.last is None or p.first <= p.last)


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2021, 12, 31), False),
        (date(2022, 1, 1), True),
        (date(2022, 12, 31), True),
        (date(2023, 1, 1), False),
    ],
)
def test_both_ends_are_inside(day: date, inside: bool) -> None:
    assert (day in YEAR) is inside


def test_an_open_end_has_no_end() -> None:
    assert date.min in ALWAYS
    assert date.max in ALWAYS
    assert date(2022, 1, 1) in Period(first=date(2022, 1, 1))
    assert date(2021, 12, 31) not in Period(first=date(2022, 1, 1))


def test_periods_that_touch_on_one_day_overlap() -> None:
    assert YEAR.overlaps(Period(date(2022, 12, 31), None))
    assert not YEAR.overlaps(Period(date(2023, 1, 1), None))
    assert YEAR.overlaps(ALWAYS)


@given(periods, periods)
def test_overlapping_is_sharing_a_day(one: Period, other: Period) -> None:
    span = [date(2012, 12, 31) + timedelta(days=number) for number in range(93)]
    shared = any(day in one and day in other for day in span)
    assert one.overlaps(other) == other.overlaps(one) == shared


def test_cuts_are_the_days_on_which_something_changes() -> None:
    assert cuts([YEAR, Period(date(2022, 1, 1), None), ALWAYS]) == (date(2022, 1, 1), date(2023, 1, 1))


def test_nothing_changes_when_there_is_nothing() -> None:
    assert cuts([]) == ()
    assert intervals([], date(2013, 1, 1)) == (Period(date(2013, 1, 1), None),)


@given(st.lists(periods, max_size=4), st.none() | days)
def test_within_an_interval_nothing_changes_and_together_they_are_everything(
    found: list[Period], end: date | None
) -> None:
    begin = date(2013, 1, 15)
    if end is not None and end < begin:
        end = begin
    pieces = intervals(cuts(found), begin, end)
    assert pieces[0].first == begin
    assert pieces[-1].last == end
    for piece, following in pairwise(pieces):
        assert piece.last is not None
        assert following.first == piece.last + timedelta(days=1)
    for piece in pieces:
        first, last = piece.first, piece.last or date(2013, 6, 1)
        assert first is not None
        inside = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        assert all(len({day in period for day in inside}) == 1 for period in found)
