"""Terms hold against plain counting: a finger on the calendar, one day at a time."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schakel.mechanism.terms import NORMS, Term, Unit, due
from tests.unit.schakel.vocabulary.test_calendar import EASTER

DAY_UNITS = [unit for unit in Unit if unit is not Unit.HOURS]
LONGEST = {Unit.DAYS: 120, Unit.WORKING_DAYS: 40, Unit.WEEKS: 16, Unit.WORKING_WEEKS: 16, Unit.MONTHS: 6, Unit.YEARS: 3}
SUNDAY_27_APRIL = (2014, 2025)
ONE_DAY = timedelta(days=1)

starts = st.dates(date(2013, 1, 1), date(2027, 12, 31))
moments = st.datetimes(
    datetime.fromisoformat("2013-01-01"), datetime.fromisoformat("2027-12-31"), timezones=st.just(UTC)
)
norms = st.sampled_from(NORMS)
terms = st.sampled_from(DAY_UNITS).flatmap(
    lambda unit: st.builds(Term, st.integers(1, LONGEST[unit]), st.just(unit), st.just("deadline"))
)


def free(day: date) -> bool:
    """No working day, by the list."""
    easter = date(day.year, *EASTER[day.year])
    fixed = {(1, 1), (5, 5), (12, 25), (12, 26)}
    royal = (4, 30) if day.year == 2013 else (4, 26) if day.year in SUNDAY_27_APRIL else (4, 27)
    return (
        day.strftime("%a") in ("Sat", "Sun")
        or (day.month, day.day) in fixed | {royal}
        or (day - easter).days in (-2, 1, 39, 50)
    )


def plain_end(start: date, term: Term) -> date:
    """Turn the pages one day at a time until the term is used up."""
    day, left, number = start, term.length, start.day
    while left:
        day += ONE_DAY
        last_of_month = monthrange(day.year, day.month)[1]
        same_date = day.day == min(number, last_of_month)
        match term.unit:
            case Unit.DAYS:
                left -= 1
            case Unit.WORKING_DAYS:
                left -= not free(day)
            case Unit.WEEKS | Unit.WORKING_WEEKS:
                left -= day.weekday() == start.weekday()
            case Unit.MONTHS:
                left -= same_date
            case Unit.YEARS:
                left -= same_date and day.month == start.month
    return day


def plain_last_day(start: date, term: Term, norm: str) -> date:
    """The last day, lengthened one day at a time for as long as T1 or T2 is not satisfied."""
    end = plain_end(start, term)
    longest = 90 if "days" in term.unit else 12 if "weeks" in term.unit else 3 if term.unit is Unit.MONTHS else 0
    if norm not in ("statute", "amvb") or term.length > longest:
        return end
    days = [start + i * ONE_DAY for i in range(1, (end - start).days + 1)]
    three_days = "days" not in term.unit or term.length >= 3
    while free(days[-1]) or (three_days and len([day for day in days if not free(day)]) < 2):
        days.append(days[-1] + ONE_DAY)
    return days[-1]


@given(starts, terms, norms)
def test_the_end_is_the_end_of_plain_counting(start: date, term: Term, norm: str) -> None:
    found = due(start, term, norm)
    assert found.unextended == plain_end(start, term)
    assert (found.extended or found.unextended) == plain_last_day(start, term, norm)


@given(starts, terms, norms)
def test_lengthening_is_later_ends_on_a_working_day_and_names_its_ground(start: date, term: Term, norm: str) -> None:
    found = due(start, term, norm)
    assert (found.extended is None) == (found.ground is None)
    if found.extended is not None:
        assert found.extended > found.unextended
        assert not free(found.extended)
        assert norm in ("statute", "amvb")
        assert (found.ground == "T1") == all(
            free(found.unextended + i * ONE_DAY) for i in range((found.extended - found.unextended).days)
        )


@given(starts, terms, norms)
def test_a_later_start_never_gives_an_earlier_end(start: date, term: Term, norm: str) -> None:
    today, tomorrow = due(start, term, norm), due(start + ONE_DAY, term, norm)
    assert today.unextended <= tomorrow.unextended
    assert (today.extended or today.unextended) <= (tomorrow.extended or tomorrow.unextended)


@given(starts, terms, norms, st.sampled_from(["backwards", "custody", "treaty"]))
def test_what_the_act_does_not_reach_is_never_lengthened(start: date, term: Term, norm: str, why: str) -> None:
    found = due(start, term, norm, backwards=why == "backwards", custody=why == "custody", national=why != "treaty")
    assert (found.extended, found.ground) == (None, None)
    assert (found.unextended < start) == (why == "backwards")


@given(starts, st.integers(1, 60))
def test_working_days_there_and_back_never_pass_the_start(start: date, length: int) -> None:
    term = Term(length, Unit.WORKING_DAYS, "deadline")
    there = due(start, term, "agreement").unextended
    back = due(there, term, "agreement", backwards=True).unextended
    assert back <= start
    assert all(free(back + i * ONE_DAY) for i in range(1, (start - back).days + 1))


@given(moments, st.integers(1, 400), norms, st.booleans())
def test_hours_are_hours_that_pass(began: datetime, hours: int, norm: str, backwards: bool) -> None:
    found = due(began, Term(hours, Unit.HOURS, "target"), norm, backwards=backwards)
    assert isinstance(found.unextended, datetime)
    assert abs(found.unextended.astimezone(UTC) - began) == timedelta(hours=hours)
    assert found.extended is None


@given(starts, st.times(), st.integers(1, 400))
def test_not_knowing_the_hour_never_gives_a_later_end(day: date, clock: time, hours: int) -> None:
    term = Term(hours, Unit.HOURS, "target")
    from_day = due(day, term, "statute").unextended
    from_moment = due(datetime.combine(day, clock), term, "statute").unextended
    assert from_day <= from_moment


@given(starts, st.times(), terms, norms)
def test_the_hour_of_the_event_does_not_change_a_term_in_days(day: date, clock: time, term: Term, norm: str) -> None:
    assert due(datetime.combine(day, clock), term, norm) == due(day, term, norm)
