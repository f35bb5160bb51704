"""The calendar says the days that a Dutch wall calendar says."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest

from schakel.vocabulary import calendar

# Written down by hand, month and day of Easter Sunday.
EASTER = {
    2013: (3, 31), 2014: (4, 20), 2015: (4, 5), 2016: (3, 27), 2017: (4, 16), 2018: (4, 1), 2019: (4, 21),
    2020: (4, 12), 2021: (4, 4), 2022: (4, 17), 2023: (4, 9), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5),
    2027: (3, 28), 2028: (4, 16), 2029: (4, 1), 2030: (4, 21), 2031: (4, 13), 2032: (3, 28), 2033: (4, 17),
    2034: (4, 9), 2035: (3, 25),
}  # fmt: skip


def easter_by_the_moon(year: int) -> date:
    """The plain way: the church's full moon from the epact, then the first Sunday after it."""
    century = year // 100 + 1
    sun, moon = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5  # the two corrections of the Gregorian reform
    epact = (11 * (year % 19 + 1) + 20 + moon - sun) % 30
    if epact == 24 or (epact == 25 and year % 19 > 10):
        epact += 1
    full_moon = 44 - epact
    full_moon += 30 if full_moon < 21 else 0
    day = date(year, 3, 1) + timedelta(days=full_moon - 1)
    while True:
        day += timedelta(days=1)
        if day.weekday() == calendar.SUNDAY:
            return day


@pytest.mark.parametrize("year", EASTER)
def test_easter_falls_where_it_is_known_to_fall(year: int) -> None:
    assert calendar.easter(year) == date(year, *EASTER[year])


def test_easter_agrees_with_the_church_moon_for_all_years() -> None:
    assert [y for y in range(1583, 4100) if calendar.easter(y) != easter_by_the_moon(y)] == []


def test_easter_before_the_gregorian_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="begins in 1583"):
        calendar.easter(1582)


def test_the_holidays_of_2024() -> None:
    assert [(holiday.on.isoformat()[5:], holiday.id) for holiday in calendar.holidays(2024)] == [
        ("01-01", "new-years-day"),
        ("03-29", "good-friday"),
        ("04-01", "easter-monday"),
        ("04-27", "kings-day"),
        ("05-05", "liberation-day"),
        ("05-09", "ascension-day"),
        ("05-20", "whit-monday"),
        ("12-25", "christmas-day"),
        ("12-26", "second-christmas-day"),
    ]


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2006, date(2006, 4, 29)),  # 30 April 2006 was a Sunday
        (2012, date(2012, 4, 30)),
        (2013, date(2013, 4, 30)),
        (2014, date(2014, 4, 26)),  # 27 April 2014 was a Sunday
        (2015, date(2015, 4, 27)),
        (2025, date(2025, 4, 26)),
        (2026, date(2026, 4, 27)),
    ],
)
def test_the_royal_birthday_is_never_celebrated_on_a_sunday_and_is_marked_as_recalled(year: int, day: date) -> None:
    assert calendar.royal_birthday(year) == day
    assert [holiday.on for holiday in calendar.holidays(year) if holiday.certainty == "R"] == [day]


def test_two_holidays_may_share_a_day() -> None:
    assert {holiday.id for holiday in calendar.holidays_on(date(2016, 5, 5))} == {"liberation-day", "ascension-day"}
    assert calendar.holidays_on(date(2016, 5, 6)) == ()


def test_the_holidays_before_the_calendar_begins_are_refused() -> None:
    with pytest.raises(ValueError, match="begins in 1980"):
        calendar.holidays(1979)


def test_a_working_day_is_no_saturday_sunday_or_holiday() -> None:
    week = [date(2024, 3, 25) + timedelta(days=i) for i in range(9)]  # Monday before Easter to Tuesday after
    assert [calendar.is_working_day(day) for day in week] == [True] * 4 + [False] * 4 + [True]


def test_a_recalled_holiday_can_be_left_out() -> None:
    assert not calendar.is_working_day(date(2026, 4, 27))
    assert calendar.is_working_day(date(2026, 4, 27), recalled=False)
    assert not calendar.is_working_day(date(2026, 4, 6), recalled=False)


def test_a_time_without_an_offset_is_read_from_an_amsterdam_clock() -> None:
    assert calendar.moments(datetime.fromisoformat("2024-07-01T12:00"))[0].astimezone(UTC) == datetime(
        2024, 7, 1, 10, tzinfo=UTC
    )


def test_a_time_with_an_offset_is_shown_on_the_amsterdam_clock() -> None:
    (moment,) = calendar.moments(datetime(2024, 6, 30, 22, 30, tzinfo=UTC))
    assert moment.isoformat() == "2024-07-01T00:30:00+02:00"
    assert calendar.day_of(datetime(2024, 6, 30, 22, 30, tzinfo=UTC)) == date(2024, 7, 1)


@pytest.mark.parametrize(
    ("clock", "instants"),
    [
        (datetime.fromisoformat("2024-10-27T02:30"), ["2024-10-27T00:30", "2024-10-27T01:30"]),  # this hour came twice
        (
            datetime.fromisoformat("2024-03-31T02:30"),
            ["2024-03-31T00:30", "2024-03-31T01:30"],
        ),  # this hour did not come
    ],
)
def test_in_the_night_the_clock_changes_a_time_means_two_moments(clock: datetime, instants: list[str]) -> None:
    assert [m.astimezone(UTC).isoformat()[:16] for m in calendar.moments(clock)] == instants


def test_a_day_starts_at_midnight_in_amsterdam() -> None:
    assert calendar.start_of_day(date(2024, 3, 31)).isoformat() == "2024-03-31T00:00:00+01:00"
    assert calendar.start_of_day(date(2024, 4, 1)).isoformat() == "2024-04-01T00:00:00+02:00"


def test_a_machine_without_time_zones_gets_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(key: str) -> None:
        raise ZoneInfoNotFoundError(key)

    uncached: Callable[[], object] = calendar.amsterdam.__wrapped__
    monkeypatch.setattr(calendar, "ZoneInfo", missing)
    with pytest.raises(RuntimeError, match="package tzdata"):
        uncached()
