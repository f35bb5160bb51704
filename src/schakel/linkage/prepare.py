"""From registrations as they were written to columns that can be compared: each done once, before any pair is made.

Every distinct value, and every distinct pair of names, is worked on once and laid back over the rows (`coded`), so that
a million rows cost what their distinct names cost.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from schakel.linkage.coded import distinct, each, each_pair, laid
from schakel.linkage.dates import PLACEHOLDERS, birth
from schakel.linkage.names import folded, sounds, without_prefixes

OLDEST = 120
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
    made = pd.DataFrame({"record": registrations["record"].astype("int64")})
    made["list"] = registrations["list"].astype("str").astype("category")
    made["once"] = made["list"].isin(given.once)
    made["registered"] = _days(registrations)
    made = pd.concat([made, _names(registrations), _births(registrations, given.placeholders)], axis=1)
    made["sex"] = each(registrations["sex"], lambda value: SEXES.get(_plain(value), _plain(value)))
    for name in ("nationality", "municipality"):
        made[name] = each(_column(registrations, name), _plain)
    made["number"] = each(_column(registrations, "number"), _digits)
    own = zip((*given.exact_columns, *given.text_columns), (*given.exact, *given.text), strict=True)
    return made.assign(**{column: each(_column(registrations, name), _plain) for column, name in own})


def unreadable_births(registrations: pd.DataFrame, placeholders: tuple[str, ...] = PLACEHOLDERS) -> pd.Series:
    """Which rows hold something in `birth_date` that is no date: it counts as unknown, and is told."""
    codes, dates = distinct(registrations["birth_date"])
    unread = [*(not birth(_known(value), placeholders).read for value in dates), False]
    return pd.Series(np.array(unread)[codes], index=registrations.index)


def _names(rows: pd.DataFrame) -> pd.DataFrame:
    """All columns that come from names. The first given name counts; further ones and aliases stand in `given_any`."""
    alias = each(_column(rows, "aliases"), folded)
    given_codes, given = distinct(_column(rows, "given_names"))
    surname_codes, surname = distinct(_column(rows, "surname"))
    given, surname = [folded(name) for name in given], [without_prefixes(folded(name)) for name in surname]
    first = [name.partition(" ")[0] for name in given]
    made = {
        "given_all": given,
        "given": first,
        "given_rest": [name.partition(" ")[2] for name in given],
        "given_sound": sounds(first),
        "given_initial": [name[:1] for name in first],
        "given_short": [name if len(name) == 1 else "" for name in first],
    }
    columns = {name: laid(rows.index, given_codes, values) for name, values in made.items()}
    columns["surname"] = laid(rows.index, surname_codes, surname)
    columns["surname_sound"] = laid(rows.index, surname_codes, sounds(surname))
    columns["given_any"] = each_pair(columns["given_all"], alias, _parts)
    columns["surname_any"] = each_pair(columns["surname"], alias, _parts)
    columns["name_pair"] = each_pair(columns["given"], columns["surname"], _ordered)
    columns["sound_pair"] = each_pair(columns["given_sound"], columns["surname_sound"], _ordered)
    columns["name_all"] = each_pair(columns["given_all"], columns["surname"], _sorted)
    return pd.DataFrame(columns, index=rows.index)


def _births(rows: pd.DataFrame, placeholders: tuple[str, ...]) -> pd.DataFrame:
    """Birth columns. `birth_year` is what was written; `birth_about` is also known where only an age is given."""
    codes, dates = distinct(rows["birth_date"])
    found = [birth(_known(value), placeholders) for value in dates]
    days = [one.day or "" for one in found]
    year = np.array([*(one.year or 0 for one in found), 0], dtype=np.int32)[codes]
    about = np.where(year == 0, _year_by_age(rows), year)
    years = {
        name: pd.Series(values, index=rows.index, dtype="Int32").mask(values == 0)
        for name, values in (("birth_year", year), ("birth_about", about))
    }
    return pd.DataFrame(
        {
            "birth_day": laid(rows.index, codes, days),
            "birth_turned": laid(rows.index, codes, [one.turned for one in found]),
            **years,
            "birth_md": laid(rows.index, codes, [day[5:] for day in days]),
        }
    )


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
    codes, ages = distinct(rows["age"])
    age = np.array([*pd.to_numeric(pd.Series(ages, dtype=object), errors="coerce"), np.nan], dtype=float)[codes]
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


def _parts(name: str, alias: str) -> str:
    """The distinct words of a name and an alias, initials left out."""
    return " ".join(sorted({part for part in f"{name} {alias}".split() if len(part) > 1}))


def _ordered(one: str, other: str) -> str:
    """Two names in the order of the alphabet, so that given name and surname may have changed places."""
    if not (one and other):
        return ""
    return f"{one} {other}" if one <= other else f"{other} {one}"


def _sorted(given: str, surname: str) -> str:
    """Every word of a whole name, in the order of the alphabet."""
    if given and surname and " " not in given and " " not in surname:  # most names: the same answer by a shorter way
        return _ordered(given, surname)
    return " ".join(sorted(f"{given} {surname}".split()))


def _column(rows: pd.DataFrame, name: str) -> pd.Series:
    """A column, or one of nothing but missing values."""
    return rows[name] if name in rows.columns else pd.Series(pd.NA, index=rows.index, dtype="str")
