"""The Dutch calendar: which days are holidays in the sense of the Algemene termijnenwet, and what the clock says.

Source: Algemene termijnenwet (BWBR0002448) art. 3 (rule T4, certainty S15): New Year's Day, Easter Monday, Whit Monday,
both Christmas days, Ascension Day, the day on which the King's birthday is celebrated and 5 May; Good Friday is their
equal. On which day the birthday is celebrated is recalled (certainty R): 27 April since 2014, 30 April before; the day
before when that is a Sunday. Days equated by royal decree (art. 3, third paragraph) are published one by one in the
Staatscourant and are *not* known here: a term that ends on one of them runs longer than this calendar says.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ZONE = "Europe/Amsterdam"
FIRST_YEAR = 1980  # before it the royal birthday moved by another rule, which was not read
FIRST_KINGS_DAY = 2014
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True)
class Holiday:
    """One generally recognised holiday (or Good Friday, its equal) on its day, with how sure we are of that day."""

    on: date
    id: str
    nl: str
    en: str
    certainty: str


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (the "anonymous" algorithm of Meeus, Jones and Butcher), from 1583."""
    if year < 1583:
        raise ValueError(f"Easter of {year} is not known: the Gregorian calendar begins in 1583; ask a later year.")
    golden = year % 19
    century, of_century = divmod(year, 100)
    drift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - drift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def royal_birthday(year: int) -> date:
    """The day on which the birthday of the King (before 2014: the Queen) is celebrated. Recalled (R)."""
    day = date(year, 4, 27 if year >= FIRST_KINGS_DAY else 30)
    return day - timedelta(days=1) if day.weekday() == SUNDAY else day


@cache
def holidays(year: int) -> tuple[Holiday, ...]:
    """The holidays of one year in order of date; two may share a day (5 May and Ascension Day in 2016).

    Raises ValueError for a year before 1980.
    """
    if year < FIRST_YEAR:
        raise ValueError(f"The holidays of {year} are not known: the list begins in {FIRST_YEAR}; ask a later year.")
    sunday = easter(year)
    royal = ("kings-day", "Koningsdag", "King's Day")
    if year < FIRST_KINGS_DAY:
        royal = ("queens-day", "Koninginnedag", "Queen's Day")
    days = (
        Holiday(date(year, 1, 1), "new-years-day", "Nieuwjaarsdag", "New Year's Day", "S15"),
        Holiday(sunday - timedelta(days=2), "good-friday", "Goede Vrijdag", "Good Friday", "S15"),
        Holiday(sunday + timedelta(days=1), "easter-monday", "tweede paasdag", "Easter Monday", "S15"),
        Holiday(royal_birthday(year), *royal, "R"),
        Holiday(date(year, 5, 5), "liberation-day", "Bevrijdingsdag", "Liberation Day", "S15"),
        Holiday(sunday + timedelta(days=39), "ascension-day", "Hemelvaartsdag", "Ascension Day", "S15"),
        Holiday(sunday + timedelta(days=50), "whit-monday", "tweede pinksterdag", "Whit Monday", "S15"),
        Holiday(date(year, 12, 25), "christmas-day", "eerste kerstdag", "Christmas Day", "S15"),
        Holiday(date(year, 12, 26), "second-christmas-day", "tweede kerstdag", "second Christmas Day", "S15"),
    )
    return tuple(sorted(days, key=lambda holiday: holiday.on))


@cache
def _closed_days(year: int, recalled: bool) -> frozenset[date]:
    return frozenset(holiday.on for holiday in holidays(year) if recalled or holiday.certainty != "R")


def holidays_on(day: date) -> tuple[Holiday, ...]:
    """The holidays that fall on this day: none, one or (rarely) two."""
    return tuple(holiday for holiday in holidays(day.year) if holiday.on == day)


def is_working_day(day: date, *, recalled: bool = True) -> bool:
    """Whether the day is no Saturday, Sunday or holiday; `recalled=False` leaves out holidays of certainty R."""
    return day.weekday() < SATURDAY and day not in _closed_days(day.year, recalled)


@cache
def amsterdam() -> ZoneInfo:
    """The time zone Europe/Amsterdam. Raises RuntimeError when the machine has no time zone data."""
    try:
        return ZoneInfo(ZONE)
    except ZoneInfoNotFoundError:
        raise RuntimeError(
            f"The time zone {ZONE} is not known on this machine: install its time zone data "
            "(on Debian and Ubuntu the package tzdata) and try again."
        ) from None


def on_the_clock(moment: datetime) -> datetime:
    """A moment (a time with an offset) as the Amsterdam clock shows it.

    The result carries the plain offset of that moment, not the zone: Python compares and subtracts two times in one
    zone by the face of the clock, which is wrong by an hour in the nights the clock is changed.
    """
    local = moment.astimezone(amsterdam())
    return moment.astimezone(timezone(local.utcoffset() or timedelta(0)))


def moments(clock: datetime) -> tuple[datetime, ...]:
    """The moments that a time can mean, the earliest first, as the Amsterdam clock shows them.

    A time with an offset means one moment. A time without one is read from an Amsterdam clock; in the two nights a
    year in which the clock is changed it can mean two moments.
    """
    if clock.tzinfo is not None:
        return (on_the_clock(clock),)
    instants = {clock.replace(tzinfo=amsterdam(), fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(on_the_clock(instant) for instant in sorted(instants))


def start_of_day(day: date) -> datetime:
    """00:00 of this day in Amsterdam."""
    return moments(datetime.combine(day, time()))[0]


def day_of(moment: date | datetime) -> date:
    """The day in Amsterdam on which this moment falls; a date is its own day."""
    return moments(moment)[0].date() if isinstance(moment, datetime) else moment
