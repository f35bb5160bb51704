"""Registrations: every report of every list, as that list wrote it down, and the truth beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from schakel.simulation.capture import Cells
from schakel.simulation.columns import days, take
from schakel.simulation.country import Country
from schakel.simulation.draws import Numbers, stream
from schakel.simulation.names.parts import SEXES
from schakel.simulation.population import Sites, forms_of, sectors_of
from schakel.simulation.seen import Seen, nationalities_of
from schakel.simulation.sheets import DOMESTIC, blank, write_down


@dataclass(frozen=True)
class Captures:
    """One person on one list in one year: row in `Seen`, list, year since the first, cell, and the day of meeting."""

    seen: Numbers
    list: Numbers
    year: Numbers
    cell: Numbers
    met: Numbers


@dataclass(frozen=True)
class Reports:
    """One registration each: the capture it belongs to, the day, whether it has an identity. In order of the day."""

    capture: Numbers
    day: Numbers
    identified: Numbers


def report(country: Country, captures: Captures, seed: int) -> Reports:
    """Every report of every capture: the first some days after the meeting, further ones later in the same year."""
    drawn = stream(seed, "reports")
    reporters = country.reporters
    again = np.array([one.again for one in reporters])[captures.list]
    capture = np.repeat(np.arange(len(again)), 1 + drawn.poisson(again))
    later = np.concatenate([[False], capture[1:] == capture[:-1]])
    which = captures.list[capture]
    delay = drawn.exponential(1.0, len(capture)) * np.array([one.delay for one in reporters])[which]
    wait = np.where(later, delay + drawn.integers(1, 200, len(capture)), delay).astype(np.int64)
    met = captures.met[capture]
    left = ((met.astype("datetime64[Y]") + 1).astype("datetime64[D]") - met).astype(int)
    day = met + wait % left  # a report that would fall in the next year falls somewhere in the rest of this one
    hidden = np.array([[one.anonymous(year) for year in country.calendar] for one in reporters])
    identified = drawn.random(len(capture)) >= hidden[which, captures.year[capture]]
    order = np.lexsort((drawn.random(len(capture)), day))
    return Reports(capture[order], day[order], identified[order])


def registrations(
    country: Country, sites: Sites, seen: Seen, captures: Captures, reports: Reports, municipalities: Sequence[str],
    seed: int,
) -> pd.DataFrame:  # fmt: skip
    """The table `registrations`, one row a report, in order of the day."""
    which, row = captures.list[reports.capture], captures.seen[reports.capture]
    sheet = blank(len(which))
    for place, reporter in enumerate(country.reporters):
        rows, drawn = np.flatnonzero(which == place), stream(seed, f"errors {reporter.name}")
        day, known = reports.day[rows], reports.identified[rows]
        sheet.fill(rows, write_down(country, reporter.errors, sites, seen, row[rows], day, known, drawn))
    return pd.DataFrame(
        {
            "record": np.arange(1, len(which) + 1),
            "list": take(country.lists, which),
            "registered_on": days(reports.day),
            "given_names": pd.Series(sheet.given_names, dtype="str"),
            "surname": pd.Series(sheet.surname, dtype="str"),
            "birth_date": pd.Series(sheet.birth_date, dtype="str"),
            "sex": take(SEXES, sheet.sex),
            "nationality": take(nationalities_of(country), sheet.nationality),
            "number": pd.Series(sheet.number, dtype="str"),
            "age": pd.Series(sheet.age, dtype="Int64").mask(sheet.age < 0),
            "age_estimated": sheet.age_estimated,
            "municipality": take(municipalities, sheet.municipality),
            "form": take(forms_of(country), sheet.form),
            "second_form": take(forms_of(country), sheet.second_form),
            "sector": take(sectors_of(country), sheet.sector),
            "domestic": take(DOMESTIC, sheet.domestic),
            "identified": reports.identified,
        }
    )


def truth(cells: Cells, captures: Captures, reports: Reports, encounter: Numbers, lists: Sequence[str]) -> pd.DataFrame:
    """The table `truth`: who each record is about, at which meeting, and the true stratum of that person and year."""
    capture = reports.capture
    return pd.DataFrame(
        {
            "record": np.arange(1, len(capture) + 1),
            "person": captures.seen[capture] + 1,
            "encounter": encounter[capture],
            "list": take(lists, captures.list[capture]),
            **strata(cells, captures.cell[capture]),
        }
    )


def strata(cells: Cells, cell: Numbers) -> dict[str, Any]:
    """The columns that say which cell a row is in: year, form, age group, sex, group of nationality."""
    year, form, age, sex, group = np.unravel_index(cell, cells.shape)
    return {
        "year": np.array(cells.years)[year],
        "form": take(cells.forms, form),
        "age_group": take(cells.ages, age),
        "sex": take(cells.sexes, sex),
        "nationality_group": take(cells.groups, group),
    }
