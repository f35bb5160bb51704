"""Terms end where a person with a calendar on the table would say they end."""

from datetime import UTC, date, datetime

import pytest

from schakel.mechanism.terms import NORMS, Due, Term, Unit, due

HOURS, DAYS, WEEKS, MONTHS, YEARS = Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS


def term(length: int, unit: Unit) -> Term:
    return Term(length, unit, "deadline")


def marks(found: Due) -> list[tuple[str, str]]:
    return [(mark.id, mark.certainty) for mark in found.marked]


# Veilig Thuis has five days from receipt of the report (UbWmo, an AMvB). Around Easter 2024: Good Friday 29 March,
# Easter Monday 1 April.
@pytest.mark.parametrize(
    ("received", "unextended", "extended", "ground"),
    [
        (date(2024, 3, 21), date(2024, 3, 26), None, None),  # Tuesday before Easter
        (date(2024, 3, 24), date(2024, 3, 29), date(2024, 4, 2), "T1"),  # ends on Good Friday, to Tuesday
        (date(2024, 3, 27), date(2024, 4, 1), date(2024, 4, 2), "T1"),  # ends on Easter Monday
        (date(2024, 3, 28), date(2024, 4, 2), date(2024, 4, 3), "T2"),  # ends on Tuesday, the only working day in it
        (date(2024, 3, 29), date(2024, 4, 3), None, None),  # Tuesday and Wednesday: two working days
    ],
)
def test_five_days_across_easter(received: date, unextended: date, extended: date | None, ground: str | None) -> None:
    assert due(received, term(5, DAYS), "amvb") == Due(unextended, extended, ground)


def test_two_weeks_that_end_on_liberation_day_run_through_the_next_day() -> None:
    found = due(date(2026, 4, 21), term(2, WEEKS), "statute")  # 5 May 2026 is a Tuesday
    assert found == Due(date(2026, 5, 5), date(2026, 5, 6), "T1")


def test_two_weeks_in_a_policy_rule_end_on_liberation_day_itself() -> None:
    assert due(date(2026, 4, 21), term(2, WEEKS), "policy_rule") == Due(date(2026, 5, 5))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2022, 11, 30), date(2023, 2, 28)),
        (date(2023, 11, 30), date(2024, 2, 29)),  # leap year
        (date(2023, 11, 29), date(2024, 2, 29)),
        (date(2024, 1, 15), date(2024, 4, 15)),
    ],
)
def test_three_months_end_on_the_same_day_or_the_last_of_the_month(start: date, end: date) -> None:
    assert due(start, term(3, MONTHS), "policy_rule") == Due(end)


def test_three_months_in_a_statute_are_still_lengthened_and_four_are_not() -> None:
    three = due(date(2025, 11, 30), term(3, MONTHS), "statute")  # 28 February 2026 is a Saturday
    assert three == Due(date(2026, 2, 28), date(2026, 3, 2), "T1")
    assert due(date(2025, 10, 31), term(4, MONTHS), "statute") == Due(date(2026, 2, 28))


def test_a_year_from_the_leap_day_ends_on_the_last_of_february() -> None:
    assert due(date(2024, 2, 29), term(1, YEARS), "policy_rule") == Due(date(2025, 2, 28))
    assert due(date(2024, 2, 29), term(4, YEARS), "policy_rule") == Due(date(2028, 2, 29))


@pytest.mark.parametrize("norm", ["policy_rule", "agreement", "good_practice"])
def test_thirty_days_that_no_statute_sets_are_never_lengthened(norm: str) -> None:
    for day in range(1, 32):
        assert due(date(2023, 12, day), term(30, DAYS), norm).extended is None


@pytest.mark.parametrize(
    ("length", "unit", "lengthened"),
    [
        (90, DAYS, True),
        (91, DAYS, False),
        (12, WEEKS, True),
        (13, WEEKS, False),
        (3, MONTHS, True),
        (4, MONTHS, False),
        (1, YEARS, False),
        (24, HOURS, False),
    ],
)
def test_long_terms_and_terms_in_hours_are_not_lengthened(length: int, unit: Unit, lengthened: bool) -> None:
    starts = [date(2026, 1, day) for day in range(1, 32)]
    assert any(due(start, term(length, unit), "statute").extended for start in starts) is lengthened


@pytest.mark.parametrize("switch", [{"backwards": True}, {"custody": True}, {"national": False}])
def test_counted_back_custody_and_treaty_terms_are_not_lengthened(switch: dict[str, bool]) -> None:
    assert due(date(2024, 3, 26), term(5, DAYS), "statute", **switch).extended is None


def test_one_day_from_friday_in_a_statute_runs_through_monday() -> None:
    assert due(date(2024, 6, 7), term(1, DAYS), "statute") == Due(date(2024, 6, 8), date(2024, 6, 10), "T1")


def test_two_days_are_too_short_for_the_two_working_days_of_t2() -> None:
    # Saturday 30 March 2024 and two days is Easter Monday; through Tuesday, which is its only working day
    assert due(date(2024, 3, 30), term(2, DAYS), "statute") == Due(date(2024, 4, 1), date(2024, 4, 2), "T1")
    assert due(date(2024, 3, 30), term(3, DAYS), "statute") == Due(date(2024, 4, 2), date(2024, 4, 3), "T2")


def test_a_day_that_hangs_on_kings_day_says_that_it_was_recalled() -> None:
    found = due(date(2026, 4, 22), term(5, DAYS), "amvb")  # 27 April 2026 is a Monday
    assert (found.unextended, found.extended, found.ground) == (date(2026, 4, 27), date(2026, 4, 28), "T1")
    assert marks(found) == [("royal-birthday", "R")]
    assert marks(due(date(2026, 4, 22), term(6, DAYS), "amvb")) == []


def test_twenty_four_hours_across_the_night_of_31_march_2024_end_at_one_o_clock() -> None:
    found = due(datetime.fromisoformat("2024-03-30T12:00"), term(24, HOURS), "policy_rule")
    assert isinstance(found.unextended, datetime)
    assert found.unextended.isoformat() == "2024-03-31T13:00:00+02:00"
    assert (found.extended, found.ground, found.marked) == (None, None, ())


def test_twenty_four_hours_across_the_night_of_27_october_2024_end_at_eleven() -> None:
    found = due(datetime.fromisoformat("2024-10-26T12:00"), term(24, HOURS), "statute")
    assert isinstance(found.unextended, datetime)
    assert found.unextended.isoformat() == "2024-10-27T11:00:00+01:00"


def test_hours_from_a_day_are_counted_from_midnight_and_say_that_the_hour_is_not_known() -> None:
    found = due(date(2024, 3, 30), term(24, HOURS), "policy_rule")
    assert isinstance(found.unextended, datetime)
    assert found.unextended.isoformat() == "2024-03-31T00:00:00+01:00"
    assert marks(found) == [("moment-not-known", "D")]


def test_an_hour_that_came_twice_counts_from_the_first_and_says_so() -> None:
    found = due(datetime.fromisoformat("2024-10-27T02:30"), term(1, HOURS), "policy_rule")
    assert found.unextended == datetime(2024, 10, 27, 1, 30, tzinfo=UTC)  # half past two for the second time
    assert marks(found) == [("clock-changed", "D")]


def test_a_day_term_from_a_moment_counts_from_its_day_in_amsterdam() -> None:
    late = datetime(2024, 6, 30, 22, 30, tzinfo=UTC)  # half past midnight on 1 July in Amsterdam
    assert due(late, term(30, DAYS), "policy_rule") == Due(date(2024, 7, 31))


def test_working_days_skip_the_weekend_and_the_holidays_and_say_how_they_were_counted() -> None:
    found = due(date(2024, 3, 28), term(2, Unit.WORKING_DAYS), "agreement")
    assert (found.unextended, found.extended) == (date(2024, 4, 3), None)
    assert marks(found) == [("working-days", "D")]


def test_a_working_day_across_kings_day_is_recalled() -> None:
    found = due(date(2026, 4, 24), term(1, Unit.WORKING_DAYS), "agreement")
    assert found.unextended == date(2026, 4, 28)
    assert marks(found) == [("working-days", "D"), ("royal-birthday", "R")]


def test_working_weeks_are_counted_as_weeks_and_marked() -> None:
    found = due(date(2019, 8, 1), term(4, Unit.WORKING_WEEKS), "policy_rule")
    assert found.unextended == date(2019, 8, 29)
    assert marks(found) == [("T5", "D")]


def test_a_term_counted_back_ends_before_its_event() -> None:
    found = due(date(2024, 4, 2), term(2, Unit.WORKING_DAYS), "statute", backwards=True)
    assert (found.unextended, found.extended) == (date(2024, 3, 27), None)
    assert marks(found) == [("working-days", "D"), ("counted-back", "D")]
    assert due(date(2024, 3, 31), term(1, MONTHS), "statute", backwards=True).unextended == date(2024, 2, 29)
    hours = due(datetime.fromisoformat("2024-03-31T12:00"), term(24, HOURS), "statute", backwards=True)
    assert hours.unextended == datetime(2024, 3, 30, 10, tzinfo=UTC)


def test_the_unit_may_be_given_as_the_word_of_the_content() -> None:
    assert Term(3, "months", "maximum") == Term(3, Unit.MONTHS, "maximum")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("length", "unit", "kind", "words"),
    [
        (0, "days", "deadline", "whole number from 1, not 0"),
        (-3, "days", "deadline", "whole number from 1, not -3"),
        (1.5, "days", "deadline", "whole number from 1, not 1.5"),
        (3, "fortnights", "deadline", "one of hours, days, .*, not 'fortnights'"),
        (3, "days", "hope", "one of deadline, .*, not 'hope'"),
    ],
)
def test_a_term_that_cannot_be_is_refused_in_one_sentence(length: int, unit: Unit, kind: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Term(length, unit, kind)


def test_an_unknown_norm_is_refused() -> None:
    with pytest.raises(ValueError, match=r"one of statute, amvb, .*, not 'law'"):
        due(date(2024, 1, 1), term(1, DAYS), "law")


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.WORKING_DAYS])
@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("backwards", [True, False])
def test_an_end_outside_the_calendar_is_refused(unit: Unit, norm: str, backwards: bool) -> None:
    with pytest.raises(ValueError, match="ends outside the years 1 to 9999"):
        due(date(2024, 1, 1), term(10**12, unit), norm, backwards=backwards)
