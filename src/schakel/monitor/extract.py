"""The extract for figures: one row a report, under a pseudonym, coded, without anything that says who it is about.

It keeps every re-report: reports are not victims, and only the SQL of a figure makes persons of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from schakel.monitor.codes import SEVERAL, UNKNOWN, codelists, union
from schakel.monitor.refusals import refusal
from schakel.vocabulary.passing import CLUSTERS, REGISTRATIONS, Column, Passing, check
from schakel.vocabulary.places import Places

REPORTS: Final = Passing(
    "extract",
    (
        Column("person", "whole", "pseudonym that only this extract knows; missing where there is no identity", True),
        Column("year", "whole", "year of registration"),
        Column("place", "whole", "place among the reports of this person in this year, in order of registration"),
        Column("organisation", "words", "code of the registering organisation"),
        Column("identity", "words", "with or without"),
        Column("again", "words", "whether the person was reported in an earlier year of the extract"),
        Column("sex", "words", "code"),
        Column("age_group", "words", "code, of the age at registration"),
        Column("citizenship", "words", "code: nl, eu, third_country or unknown"),
        Column("form", "words", "code of the form of exploitation"),
        Column("sexual", "words", "whether a form is sexual exploitation: yes, no or unknown"),
        Column("domestic", "words", "as the reporter stated it: yes, no or unknown"),
        Column("sector", "words", "code"),
        Column("police_unit", "words", "code of the police unit of the municipality in the report"),
    ),
)
"""Columns of the Parquet extract. No name, birth date, number, municipality or nationality comes in it.

Rows stand by year and pseudonym, so that their order does not tell which registration is which.
"""
AGES: Final = (18, 23)
AGE_GROUPS: Final = ("0-17", "18-22", "23+")


def make_extract(
    registrations: pd.DataFrame, clusters: pd.DataFrame, places: Places, *, seed: int,
    organisations: Mapping[str, str] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The extract of registrations of which `clusters` (draw 0) says who is the same person.

    `organisations` says which code each list goes with, where lists have names of their own; `seed` makes the
    pseudonyms. Registrations without identity stay in it, without a person.
    Raises `BadInput`: a code that no list has, registrations with an identity and without a person, an empty table.
    """
    check(registrations, REGISTRATIONS)
    check(clusters, CLUSTERS)
    if not len(registrations):
        raise refusal("empty")
    rows = registrations.sort_values(["registered_on", "record"], ignore_index=True)
    person = _persons(rows, clusters, seed)
    year = rows["registered_on"].dt.year.astype("int64")
    form, sexual = _forms(rows)
    made = pd.DataFrame(
        {
            "person": person,
            "year": year,
            "place": _places(person, year),
            "organisation": _coded(_renamed(rows["list"], organisations or {}), "organisation"),
            "identity": np.where(person.notna(), "with", "without"),
            "again": _again(person, year),
            "sex": _coded(rows["sex"], "sex"),
            "age_group": _ages(_column(rows, "age")),
            "citizenship": _citizenship(rows),
            "form": form,
            "sexual": sexual,
            "domestic": _domestic(_column(rows, "domestic")),
            "sector": _coded(_column(rows, "sector"), "sector"),
            "police_unit": _units(_column(rows, "municipality"), places),
        }
    )
    others = [name for name in made.columns if name not in ("year", "person", "place")]
    return check(made.sort_values(["year", "person", "place", *others], ignore_index=True), REPORTS)


def clusters_of_truth(truth: pd.DataFrame) -> pd.DataFrame:
    """Clusters as if linkage made no mistake: only a synthetic country has such."""
    return truth[["record", "person"]].assign(draw=0)


def _column(rows: pd.DataFrame, name: str) -> pd.Series[Any]:
    return rows[name] if name in rows.columns else pd.Series(pd.NA, index=rows.index, dtype="object")


def _renamed(values: pd.Series[Any], names: Mapping[str, str]) -> pd.Series[Any]:
    return values.map({value: names.get(value, value) for value in values.dropna().unique()})


def _persons(rows: pd.DataFrame, clusters: pd.DataFrame, seed: int) -> pd.Series[Any]:
    """A pseudonym for each person: a number drawn without order, so that it is no number of another table."""
    best = clusters.loc[clusters["draw"] == 0].set_index("record")["person"]
    found = rows["record"].map(best).astype("Int64")
    known = _column(rows, "identified").astype("boolean").fillna(True)
    found = found.mask(~known)
    if lost := int((known & found.isna()).sum()):
        raise refusal("not-linked", count=lost)
    people = np.sort(found.dropna().unique())
    drawn = np.random.default_rng(seed).permutation(len(people)) + 1
    return found.map(dict(zip(people.tolist(), drawn.tolist(), strict=True))).astype("Int64")


def _places(person: pd.Series[Any], year: pd.Series[Any]) -> pd.Series[Any]:
    """1, 2, ... for the reports of one person in one year; 1 where nobody knows who it is about."""
    order = year.groupby([person, year], dropna=False).cumcount() + 1
    return order.where(person.notna(), 1).astype("int64")


def _again(person: pd.Series[Any], year: pd.Series[Any]) -> Any:
    first = year.groupby(person).transform("min")
    return np.where(person.notna() & (year > first), "again", "first")


def _coded(values: pd.Series[Any], name: str) -> pd.Series[Any]:
    """Each value as a code of the list; what is missing is unknown."""
    listed = codelists()[name]
    named = {value: listed.code(str(value), name) for value in values.dropna().unique()}
    coded = values.map(named).astype("object")
    if UNKNOWN not in listed.codes and coded.isna().any():
        raise refusal("unknown-code", value="", name=name, allowed=", ".join(listed.codes))
    return coded.where(coded.notna(), UNKNOWN)


def _domestic(values: pd.Series[Any]) -> pd.Series[Any]:
    wrong = sorted(set(values.dropna().unique()) - {"yes", "no", UNKNOWN})
    if wrong:
        raise refusal("unknown-code", value=wrong[0], name="domestic", allowed="yes, no, unknown")
    return values.astype("object").where(values.notna(), UNKNOWN)


def _ages(values: pd.Series[Any]) -> pd.Series[Any]:
    numbers = pd.to_numeric(values, errors="coerce").astype("Float64")
    known = numbers.notna()
    if (bad := known & ~numbers.between(0, 120).fillna(False)).any():
        raise refusal("not-a-count", value=numbers[bad].iloc[0], name="age", least=0)
    group = np.searchsorted(AGES, numbers.fillna(0).to_numpy(dtype=float), side="right")
    return pd.Series(np.array(AGE_GROUPS, dtype=object)[group], index=values.index).where(known, UNKNOWN)


def _citizenship(rows: pd.DataFrame) -> pd.Series[Any]:
    """Dutch, a member of the European Union on the day of registration, another country, or unknown."""
    found = pd.Series("third_country", index=rows.index, dtype="object")
    land, day = rows["nationality"], rows["registered_on"]
    for name, (first, last) in union().members.items():
        here = land == name
        if first != date.min:
            here &= day >= pd.Timestamp(first)
        if last != date.max:
            here &= day <= pd.Timestamp(last)
        found = found.mask(here, "eu")
    return found.mask(land == "NLD", "nl").mask(land.isna(), UNKNOWN)


def _forms(rows: pd.DataFrame) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """The form of each report (`several` where it has two), and whether one of them is sexual exploitation."""
    first, second = _column(rows, "form"), _column(rows, "second_form")
    listed = codelists()["form"]
    listed.check({listed.takes.get(str(value), str(value)) for value in _values(first, second)}, "form")
    both = first.notna() & second.notna() & (first.astype("object") != second.astype("object"))
    sexual = pd.Series("no", index=rows.index, dtype="object")
    sexual = sexual.mask((first == "sexual") | (second == "sexual"), "yes").mask(first.isna() & second.isna(), UNKNOWN)
    one = first.astype("object").where(first.notna(), second.astype("object"))
    return _coded(one, "form").mask(both, SEVERAL), sexual


def _values(*columns: pd.Series[Any]) -> Sequence[Any]:
    return [value for column in columns for value in column.dropna().unique()]


def _units(codes: pd.Series[Any], places: Places) -> pd.Series[Any]:
    units = {one.code: one.police_unit for one in places.municipalities}
    named = {code: units.get(str(code), UNKNOWN) for code in codes.dropna().unique()}
    found = codes.map(named).astype("object")
    return _coded(found.where(found.notna(), UNKNOWN), "police_unit")
