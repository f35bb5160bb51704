"""How one list writes a person down: names and birth dates with that list's errors, on columns at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schakel.simulation.draws import Numbers
from schakel.simulation.mistakes import KINDS, mistype
from schakel.simulation.names.pools import Names, given, surnames
from schakel.simulation.reporters import Errors

FIRST_YEAR, LAST_YEAR = 1850, 2120  # wider than any year that a simulation can come to
DAY_ZERO = np.datetime64(f"{FIRST_YEAR}-01-01")
MONTHS = "datetime64[M]"


@dataclass(frozen=True)
class Named:
    """Names of people as codes into the pools; `second` is a further given name or -1, an alias -1 where there is
    none."""

    given: Numbers
    second: Numbers
    surname: Numbers
    alias_given: Numbers
    alias_surname: Numbers
    family_first: Numbers

    def of(self, rows: Numbers) -> Named:
        """The same for a selection of people, repeats included."""
        return Named(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def write_names(
    people: Named, errors: Errors, order_confusion: float, drawn: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Given names and surname of each row as a list with these errors writes them; None where it has none."""
    count = len(people.given)
    alias = (people.alias_given >= 0) & (drawn.random(count) < errors.alias)
    first = _spelt(given(), np.where(alias, people.alias_given, people.given), errors.spelling, drawn)
    family = _spelt(surnames(), np.where(alias, people.alias_surname, people.surname), errors.spelling, drawn)
    both = np.flatnonzero((people.second >= 0) & ~alias & (drawn.random(count) >= errors.first_only))
    second = _spelt(given(), people.second[both], errors.spelling, drawn)
    first[both] = first[both] + " " + second
    first = _slipped(first, errors.typing, drawn)
    family = _slipped(family, errors.typing, drawn)
    short = np.flatnonzero(drawn.random(count) < errors.initials)
    first[short] = np.array([_initials(name) for name in first[short]], dtype=object)
    confused = np.where(people.family_first, order_confusion, 1.0) * errors.swapped
    swap = drawn.random(count) < confused
    first[swap], family[swap] = family[swap], first[swap]
    first[drawn.random(count) < errors.no_given_names] = None
    family[drawn.random(count) < errors.no_surname] = None
    return first, family


def write_births(born: Numbers, stated: Numbers, errors: Errors, drawn: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Birth date of each row as words (1999-05-03, 1999, or None), and whether the list knows the day.

    `born` is the true day, `stated` what the person's papers say. At most one thing goes wrong with a date.
    """
    count = len(born)
    days = stated.copy()
    steps = np.cumsum(
        [errors.birth_missing, errors.year_only, errors.first_of_january, errors.day_month, errors.digit,
         errors.year_off]
    )  # fmt: skip
    kind = np.searchsorted(steps, drawn.random(count), side="right")
    years = stated.astype("datetime64[Y]")
    days = np.where(kind == 2, years.astype("datetime64[D]"), days)
    days = np.where(kind == 3, _day_month(days), days)
    days = np.where(kind == 4, days + drawn.choice([-20, -10, -3, -1, 1, 3, 10], count), days)
    days = np.where(kind == 5, _years_on(days, drawn.choice([-10, -2, -1, 1, 2, 10], count)), days)
    words = DAYS[(days - DAY_ZERO).astype(int)]
    only = kind == 1
    words[only] = YEARS[years[only].astype(int) + 1970 - FIRST_YEAR]
    words[kind == 0] = None
    return words, kind > 2


def _days() -> Numbers:
    every = np.arange(DAY_ZERO, np.datetime64(f"{LAST_YEAR + 1}-01-01"))
    return np.datetime_as_string(every).astype(object)


DAYS = _days()
YEARS = np.array([str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)], dtype=object)


def _spelt(pool: Names, names: Numbers, chance: float, drawn: np.random.Generator) -> Numbers:
    """Each name as it is, or with this chance in one of its spellings."""
    ways = pool.ways[names]
    way = np.where(drawn.random(len(names)) < chance, (drawn.random(len(names)) * ways).astype(np.int64), 0)
    return np.asarray(pool.written[names, way])


def _slipped(names: Numbers, chance: float, drawn: np.random.Generator) -> Numbers:
    rows = np.flatnonzero(drawn.random(len(names)) < chance)
    kinds, places = drawn.integers(0, len(KINDS), len(rows)).tolist(), drawn.random(len(rows)).tolist()
    slips = [mistype(names[row], kind, place) for row, kind, place in zip(rows.tolist(), kinds, places, strict=True)]
    names[rows] = np.array(slips, dtype=object)
    return names


def _initials(name: str) -> str:
    return "".join(f"{word[0]}." for word in name.split())


def _day_month(days: Numbers) -> Numbers:
    """Day and month changed for each other where that is a date; otherwise as it was."""
    month = days.astype(MONTHS)
    day, number = (days - month.astype("datetime64[D]")).astype(int), month.astype(int) % 12
    swapped = (month - number + np.minimum(day, 11)).astype("datetime64[D]") + number
    return np.where(day < 12, swapped, days)


def _years_on(days: Numbers, years: Numbers) -> Numbers:
    """Days some years on; 29 February becomes 1 March where it must."""
    month = days.astype(MONTHS)
    return np.asarray((month + 12 * years).astype("datetime64[D]") + (days - month.astype("datetime64[D]")))
