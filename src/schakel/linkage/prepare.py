"""From registrations as they were written to columns that can be compared: each done once, before any pair is made.

Every distinct value is worked on once and laid back over the rows, so that a million rows cost what their distinct
names cost.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from schakel.linkage.dates import PLACEHOLDERS, Birth, birth
from schakel.linkage.names import folded, sound, without_prefixes

OLDEST = 120
DAYS = {"birth_day": "day", "birth_turned": "turned"}
SEXES = {"m": "male", "man": "male", "v": "female", "vrouw": "female", "f": "female", "woman": "female", "x": "other"}
UNKNOWN = frozenset(("", "unknown", "onbekend", "onb", "nan", "none", "nb", "n/a", "-", "?", "xxx"))


@dataclass(frozen=True)
class Given:
    """What the lists hold beside names and birth dates, and how it is read.

    `exact` are columns whose values agree or do not (a postcode), `text` columns that may be misspelled (a street);
    `once` the lists that hold a person once; `placeholders` the days (month-day) that mean "day not known".
    """

    exact: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = PLACEHOLDERS
    known: frozenset[str] = field(default=frozenset())
    """Which of OPTIONAL hold anything."""

    @property
    def exact_columns(self) -> tuple[str, ...]:
        """The columns that `prepared` makes of `exact`."""
        return tuple(own_column("x", name) for name in self.exact)

    @property
    def text_columns(self) -> tuple[str, ...]:
        """The columns that `prepared` makes of `text`."""
        return tuple(own_column("t", name) for name in self.text)

    def of(self, registrations: pd.DataFrame) -> Given:
        """The same, with the optional columns that these registrations fill."""
        there = (name for name in OPTIONAL if name in registrations.columns and registrations[name].notna().any())
        return replace(self, known=frozenset(there))


OPTIONAL = ("sex", "nationality", "municipality", "number", "registered_on")
"""Evidence that lists may have; it counts only where it is there."""


def own_column(kind: str, name: str) -> str:
    """The column of what a user named: a plain word (it becomes part of a statement), the same for the same name."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in name)
    return f"{kind}_{name}" if plain == name else f"{kind}_{plain}_{zlib.crc32(name.encode()):x}"


def prepared(registrations: pd.DataFrame, given: Given) -> pd.DataFrame:
    """One row a registration, with the columns that evidence and blocks are made of; what is not known is missing.

    Columns: `record`, `list`, `once`, `registered` (days since 1970); `given_all` (as written, folded), `given` (the
    first) and `given_rest`, `given_sound`, `given_initial`, `given_short` (where there is no more than an initial),
    `given_any`, `surname`, `surname_sound`, `surname_any`, `name_pair`, `sound_pair` (free of order), `name_all` (every
    word, sorted); `birth_day`, `birth_turned`, `birth_year`, `birth_about`, `birth_md`; `sex`, `nationality`,
    `municipality`, `number`; `x_<column>` for what is exact and `t_<column>` for text. Cost: one pass over the distinct
    values of each column.
    """
    made = pd.DataFrame({"record": registrations["record"].astype("int64"), "list": _words(registrations["list"])})
    made["once"] = made["list"].isin(given.once)
    made["registered"] = _days(registrations)
    made = pd.concat([made, _names(registrations), _births(registrations, given.placeholders)], axis=1)
    made["sex"] = _each(registrations["sex"], lambda value: SEXES.get(_plain(value), _plain(value)))
    for name in ("nationality", "municipality"):
        made[name] = _each(_column(registrations, name), _plain)
    made["number"] = _each(_column(registrations, "number"), _digits)
    own = zip((*given.exact_columns, *given.text_columns), (*given.exact, *given.text), strict=True)
    return made.assign(**{column: _each(_column(registrations, name), _plain) for column, name in own})


def unreadable_births(registrations: pd.DataFrame, placeholders: tuple[str, ...] = PLACEHOLDERS) -> pd.Series:
    """Which rows hold something in `birth_date` that is no date: it counts as unknown, and is told."""
    return ~_lookup(registrations["birth_date"], lambda value: birth(_known(value), placeholders).read, default=True)


def _names(rows: pd.DataFrame) -> pd.DataFrame:
    """All columns that come from names. The first given name counts; further ones and aliases stand in `given_any`."""
    alias = _each(_column(rows, "aliases"), folded)
    given_codes, given = _distinct(_column(rows, "given_names"))
    surname_codes, surname = _distinct(_column(rows, "surname"))
    given, surname = [folded(name) for name in given], [without_prefixes(folded(name)) for name in surname]
    first = [name.partition(" ")[0] for name in given]
    made = {
        "given_all": given,
        "given": first,
        "given_rest": [name.partition(" ")[2] for name in given],
        "given_sound": _once(sound, first),
        "given_initial": [name[:1] for name in first],
        "given_short": [name if len(name) == 1 else "" for name in first],
    }
    columns = {name: _laid(rows, given_codes, values) for name, values in made.items()}
    columns |= {
        "surname": _laid(rows, surname_codes, surname),
        "surname_sound": _laid(rows, surname_codes, _once(sound, surname)),
    }
    whole = _joined(columns["given_all"], columns["surname"])
    return pd.DataFrame(
        columns
        | {
            "given_any": _each(_joined(columns["given_all"], alias), _parts),
            "surname_any": _each(_joined(columns["surname"], alias), _parts),
            "name_pair": _ordered(columns["given"], columns["surname"]),
            "sound_pair": _ordered(columns["given_sound"], columns["surname_sound"]),
            "name_all": _each(whole, lambda name: " ".join(sorted(name.split()))),
        },
        index=rows.index,
    )


def _births(rows: pd.DataFrame, placeholders: tuple[str, ...]) -> pd.DataFrame:
    """Birth columns. `birth_year` is what was written; `birth_about` is also known where only an age is given."""
    codes, distinct = _distinct(rows["birth_date"])
    found = [birth(_known(value), placeholders) for value in distinct] + [Birth()]
    made = pd.DataFrame(
        {name: _taken(codes, [getattr(one, part) for one in found]) for name, part in DAYS.items()}, index=rows.index
    )
    year = np.array([one.year or 0 for one in found], dtype=np.int32)[codes]
    about = np.where(year == 0, _year_by_age(rows), year)
    for name, values in (("birth_year", year), ("birth_about", about)):
        made[name] = pd.Series(values, index=rows.index, dtype="Int32").mask(values == 0)
    made["birth_md"] = made["birth_day"].str[5:]
    return made


def _days(rows: pd.DataFrame) -> pd.Series:
    """The day of registration as a whole number."""
    if "registered_on" not in rows.columns:
        return pd.Series(pd.NA, index=rows.index, dtype="Int32")
    days = pd.to_datetime(rows["registered_on"]).to_numpy().astype("datetime64[D]")
    return pd.Series(days.astype("int64"), index=rows.index).mask(np.isnat(days)).astype("Int32")


def _year_by_age(rows: pd.DataFrame) -> np.ndarray:
    """The year of registration minus the age; 0 where there is no age that a person can have."""
    if "age" not in rows.columns:
        return np.zeros(len(rows), dtype=np.int32)
    codes, distinct = _distinct(rows["age"])
    age = np.array([*pd.to_numeric(pd.Series(distinct, dtype=object), errors="coerce"), np.nan], dtype=float)[codes]
    guess = pd.to_datetime(rows["registered_on"]).dt.year.to_numpy(dtype=float) - age
    return np.where((age >= 0) & (age < OLDEST), np.nan_to_num(guess), 0).astype(np.int32)


def _plain(value: str) -> str:
    """A value of a register: capitals, marks and spaces do not count; 'unknown' is nothing."""
    text = " ".join(value.lower().split())
    return "" if text in UNKNOWN else text


def _known(value: str) -> str:
    return "" if value.strip().lower() in UNKNOWN else value


def _digits(value: str) -> str:
    """A number without points and spaces; all the same digit (999999999) is a placeholder."""
    number = "".join(sign for sign in value if sign.isalnum())
    return "" if len(set(number)) < 2 else number


def _parts(names: str) -> str:
    """The distinct words of a name, initials left out."""
    return " ".join(sorted({part for part in names.split() if len(part) > 1}))


def _words(values: pd.Series) -> pd.Series:
    return values.astype("str")


def _column(rows: pd.DataFrame, name: str) -> pd.Series:
    """A column, or one of nothing but missing values."""
    return rows[name] if name in rows.columns else pd.Series(pd.NA, index=rows.index, dtype="str")


def _distinct(values: pd.Series) -> tuple[np.ndarray, list[str]]:
    """The code of each row and the distinct values as text; a missing value has code -1, which is the last."""
    codes, distinct = pd.factorize(values)
    return codes, [value if isinstance(value, str) else _written(value) for value in distinct.tolist()]


def _written(value: object) -> str:
    """A number without its '.0' (a spreadsheet's postcode), a day as 2023-05-19, anything else as it prints."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat()[:10] if isinstance(value, pd.Timestamp) else str(value)


def _each(values: pd.Series, make: Callable[[str], object]) -> pd.Series:
    """`make` of every distinct value, laid over the rows; an empty result is missing."""
    codes, distinct = _distinct(values)
    return _laid(values, codes, [make(value) for value in distinct])


def _laid(rows: pd.DataFrame | pd.Series, codes: np.ndarray, made: Iterable[object]) -> pd.Series:
    """What was made of each distinct value, laid over the rows; an empty result is missing."""
    return pd.Series(_taken(codes, [value or None for value in made] + [None]), index=rows.index)


def _once(make: Callable[[str], str], values: Iterable[str]) -> list[str]:
    """`make` of each, worked out once for those that are equal."""
    return list(map(functools.cache(make), values))


def _taken(codes: np.ndarray, made: Iterable[object]) -> Any:
    """Values by code; text in Arrow memory, which is a tenth of Python's."""
    values: Any = list(made)
    return pd.array(values, dtype="str").take(codes)


def _lookup(values: pd.Series, make: Callable[[str], bool], *, default: bool) -> pd.Series:
    codes, distinct = _distinct(values)
    return pd.Series(np.array([*(make(value) for value in distinct), default])[codes], index=values.index)


def _joined(left: pd.Series, right: pd.Series) -> pd.Series:
    """Two columns of words as one; missing only where both are."""
    both = (left.fillna("") + " " + right.fillna("")).str.strip()
    return both.mask(both == "")


def _ordered(left: pd.Series, right: pd.Series) -> pd.Series:
    """Two names in the order of the alphabet, so that given name and surname may have changed places."""
    first = left.where(left <= right, right)
    return first + " " + right.where(left <= right, left)
