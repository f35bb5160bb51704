"""When a term ends: counted by its unit, then lengthened where, and only where, the Algemene termijnenwet says so.

Source: rules T1 to T5 of the Algemene termijnenwet (BWBR0002448, version of October 2015, certainty S15).
Recalled (certainty R, no text read): a term in days, weeks, months or years starts on the day after the event and ends
with its last day; a term in months or years ends on the day with the same number, else on the last day of the month.
An AMvB may say for its own terms that the act does not hold (art. 5); then the caller passes `national=False`.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from schakel.vocabulary.calendar import day_of, is_working_day, moments, on_the_clock, start_of_day


class Unit(StrEnum):
    """What a term is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    WORKING_WEEKS = "working_weeks"
    MONTHS = "months"
    YEARS = "years"


TYPES = ("deadline", "target", "maximum", "recurring", "earliest")
NORMS = ("statute", "amvb", "policy_rule", "agreement", "good_practice")
LENGTHENED_NORMS = ("statute", "amvb")
# T3: longer terms, and all terms in hours or years, are never lengthened.
LONGEST = {Unit.DAYS: 90, Unit.WORKING_DAYS: 90, Unit.WEEKS: 12, Unit.WORKING_WEEKS: 12, Unit.MONTHS: 3}
T2_FROM_DAYS, T2_WORKING_DAYS = 3, 2
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """A length of time that a rule sets: `length` (a whole number from 1) of `unit`; `type` is one of TYPES."""

    length: int
    unit: Unit
    type: str

    def __post_init__(self) -> None:
        if self.unit not in list(Unit):
            raise ValueError(f"The unit of a term is one of {', '.join(Unit)}, not {self.unit!r}; change the unit.")
        if self.type not in TYPES:
            raise ValueError(f"The type of a term is one of {', '.join(TYPES)}, not {self.type!r}; change the type.")
        if not isinstance(self.length, int) or isinstance(self.length, bool) or self.length < 1:
            raise ValueError(f"The length of a term is a whole number from 1, not {self.length!r}; change the length.")
        object.__setattr__(self, "unit", Unit(self.unit))  # content gives the unit as a word


@dataclass(frozen=True)
class Mark:
    """What must be said beside a computed day, in Dutch and English, with its certainty (D derived, R recalled)."""

    id: str
    certainty: str
    nl: str
    en: str


@dataclass(frozen=True)
class Due:
    """The end of a term. A day means through the end of that day; a term in hours ends at a moment (Amsterdam time).

    `unextended` is always there and is the day to keep to. `extended` is later, and only there with its `ground`:
    'T1' (the term ended on a Saturday, Sunday or holiday) or 'T2' (it held fewer than two working days).
    """

    unextended: date | datetime
    extended: date | datetime | None = None
    ground: str | None = None
    marked: tuple[Mark, ...] = ()


WORKING_WEEKS = Mark(
    "T5",
    "D",
    "De bron zegt niet wat een werkweek is. Hier geteld als gewone weken.",
    "The source does not say what a working week is. Counted here as weeks.",
)
WORKING_DAYS = Mark(
    "working-days",
    "D",
    "Werkdagen zijn hier geteld als dagen die geen zaterdag, zondag of algemeen erkende feestdag zijn.",
    "Working days are counted here as days that are no Saturday, Sunday or generally recognised holiday.",
)
COUNTED_BACK = Mark(
    "counted-back",
    "D",
    "Teruggeteld vanaf de dag of het moment zelf, en niet verlengd. Wacht niet tot de laatste dag.",
    "Counted back from the day or moment itself, and not lengthened. Do not wait for the last day.",
)
MOMENT_NOT_KNOWN = Mark(
    "moment-not-known",
    "D",
    "Het uur is niet bekend. Geteld vanaf 00:00 uur van die dag: het vroegste einde.",
    "The hour is not known. Counted from 00:00 of that day: the earliest end.",
)
CLOCK_CHANGED = Mark(
    "clock-changed",
    "D",
    "De klok werd in dat uur verzet. Geteld vanaf het vroegste moment dat bedoeld kan zijn.",
    "The clock was changed in that hour. Counted from the earliest moment that can be meant.",
)
ROYAL_BIRTHDAY = Mark(
    "royal-birthday",
    "R",
    "Deze dag hangt af van de dag waarop Koningsdag (tot en met 2013: Koninginnedag) valt. Die dag is niet nagezocht.",
    "This day depends on the day of King's Day (Queen's Day until 2013). That day was recalled, not looked up.",
)


def due(
    start: date | datetime,
    term: Term,
    norm: str,
    *,
    backwards: bool = False,
    national: bool = True,
    custody: bool = False,
) -> Due:
    """When a term ends that starts with an event on the day, or at the moment, `start`.

    `norm` is one of NORMS. `backwards` counts back from the event. `national=False` says that the Algemene
    termijnenwet does not reach the norm (a treaty, EU law). `custody=True` says that it is a term of deprivation of
    liberty. In both cases, and for a norm that is no statute or AMvB, nothing is lengthened. A time without an offset
    is read from an Amsterdam clock; hours are hours that really pass, whatever the clock does.

    Raises ValueError for an unknown norm, an end outside the years 1 to 9999, and where a holiday before 1980 matters.
    """
    if norm not in NORMS:
        raise ValueError(f"The norm of a term is one of {', '.join(NORMS)}, not {norm!r}; change the norm.")
    try:
        if term.unit is Unit.HOURS:
            return _due_in_hours(start, term.length, backwards)
        lengthened = norm in LENGTHENED_NORMS and national and not (custody or backwards or _excluded(term))
        return _due_in_days(day_of(start), term, backwards, lengthened)
    except OverflowError:
        raise ValueError(
            f"A term of {term.length} {term.unit} from {start} ends outside the years 1 to 9999; check both."
        ) from None


def _excluded(term: Term) -> bool:
    """T3, as far as the length says it."""
    return term.length > LONGEST.get(term.unit, 0)


def _due_in_hours(start: date | datetime, hours: int, backwards: bool) -> Due:
    marks = [COUNTED_BACK] if backwards else []
    if isinstance(start, datetime):
        possible = moments(start)
        marks += [CLOCK_CHANGED] if len(possible) > 1 else []
        begin = possible[0]
    else:
        marks += [MOMENT_NOT_KNOWN]
        begin = start_of_day(start)
    end = begin + timedelta(hours=-hours if backwards else hours)
    return Due(on_the_clock(end), marked=tuple(marks))


def _due_in_days(start: date, term: Term, backwards: bool, lengthened: bool) -> Due:
    def count(recalled: bool) -> Due:
        def working(day: date) -> bool:
            return is_working_day(day, recalled=recalled)

        end = _end(start, term, backwards, working)
        extended, ground = _lengthen(start, end, term, working) if lengthened else (None, None)
        return Due(end, extended, ground)

    found = count(recalled=True)
    marks = [WORKING_WEEKS] if term.unit is Unit.WORKING_WEEKS else []
    marks += [WORKING_DAYS] if term.unit is Unit.WORKING_DAYS else []
    marks += [COUNTED_BACK] if backwards else []
    marks += [ROYAL_BIRTHDAY] if found != count(recalled=False) else []
    return Due(found.unextended, found.extended, found.ground, tuple(marks))


def _end(start: date, term: Term, backwards: bool, working: Callable[[date], bool]) -> date:
    length = -term.length if backwards else term.length
    match term.unit:
        case Unit.DAYS:
            return start + timedelta(days=length)
        case Unit.WEEKS | Unit.WORKING_WEEKS:
            return start + timedelta(weeks=length)
        case Unit.MONTHS:
            return _months_on(start, length)
        case Unit.YEARS:
            return _months_on(start, 12 * length)
        case Unit.WORKING_DAYS:
            return _working_days_on(start, term.length, -ONE_DAY if backwards else ONE_DAY, working)
        case Unit.HOURS:
            raise AssertionError("a term in hours ends at a moment, not on a day")


def _months_on(start: date, months: int) -> date:
    year, month = divmod(12 * start.year + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _working_days_on(start: date, length: int, step: timedelta, working: Callable[[date], bool]) -> date:
    day = start
    for _ in range(length):
        day = _first_working(day + step, step, working)
    return day


def _first_working(day: date, step: timedelta, working: Callable[[date], bool]) -> date:
    while not working(day):
        day += step
    return day


def _lengthen(
    start: date, end: date, term: Term, working: Callable[[date], bool]
) -> tuple[date, str] | tuple[None, None]:
    """The day through which T1 and T2 together lengthen the term, and which of the two decides it.

    Their order makes no difference; the ground is T2 only where T2 goes further than T1.
    """
    by_t1 = _first_working(end, ONE_DAY, working)
    in_days = term.unit in (Unit.DAYS, Unit.WORKING_DAYS)
    reached = by_t1
    if not in_days or term.length >= T2_FROM_DAYS:
        held = sum(working(start + i * ONE_DAY) for i in range(1, (by_t1 - start).days + 1))
        reached = _working_days_on(by_t1, max(0, T2_WORKING_DAYS - held), ONE_DAY, working)
    if reached > by_t1:
        return reached, "T2"
    return (by_t1, "T1") if by_t1 > end else (None, None)
