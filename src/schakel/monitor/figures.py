"""From the extract to figures: the SQL text of each figure, year by year, on DuckDB or Spark.

What comes out is INTERNAL: true counts, for the researcher on their own file. Only `schakel.monitor.release` leads out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd

from schakel.monitor.codes import codelists
from schakel.monitor.definitions import PERSONS, YEAR, Definition, definitions
from schakel.monitor.files import statements
from schakel.monitor.refusals import refusal

if TYPE_CHECKING:
    from schakel.monitor.engines import Engine

COUNTED: Final = "counted"
MOST_YEARS: Final = 100


@dataclass(frozen=True, eq=False)
class InternalFigure:
    """A figure with true counts: never shown outside. `rows` has the variables of the definition and `counted`."""

    definition: Definition
    rows: pd.DataFrame = field(repr=False)

    def __repr__(self) -> str:
        return f"INTERNAL figure '{self.definition.id}', {len(self.rows)} rows: not to be shown before protection"

    @property
    def by_year(self) -> Mapping[int, int]:
        """The sum of each year; for an overlapping figure that is no number of persons."""
        sums = self.rows.groupby(YEAR, as_index=False)[COUNTED].sum()
        return dict(zip(sums[YEAR].astype(int).tolist(), sums[COUNTED].astype(int).tolist(), strict=True))


def compute(
    engine: Engine, source: str | pd.DataFrame, names: Sequence[str] | None = None, years: Iterable[int] | None = None,
    texts: Mapping[str, str] | None = None,
) -> dict[str, InternalFigure]:  # fmt: skip
    """The figures `names` (all where None) of the extract `source`, for `years` (all where None).

    Each year is read apart: a row of `persons` never spans two, so that memory holds one year at a time.
    Raises `BadInput`: a figure that does not exist, no registration in these years, SQL that gives other columns.
    """
    asked = [definitions().figure(name) for name in (definitions().figures if names is None else names)]
    texts = statements() if texts is None else texts
    engine.reports(source)
    wanted = _years(engine, years)
    found: dict[str, list[pd.DataFrame]] = {one.id: [] for one in asked}
    for year in wanted:
        engine.make("reports", f"SELECT * FROM extract WHERE year = {int(year)}")  # noqa: S608
        if any(one.unit == PERSONS for one in asked):
            engine.make("persons", texts["persons"])
        for one in asked:
            found[one.id].append(_run(engine, one, texts))
    return {one.id: InternalFigure(one, _sorted(pd.concat(found[one.id]), one)) for one in asked}


def combinations(
    engine: Engine, source: str | pd.DataFrame, by: Sequence[str], years: Iterable[int], unit: str = PERSONS
) -> pd.DataFrame:
    """INTERNAL: each combination of `by` among persons (or reports) with its count; what a release is made of."""
    engine.reports(source)
    names, table = ", ".join(by), "persons" if unit == PERSONS else "reports"
    found = []
    for year in _years(engine, years):
        engine.make("reports", f"SELECT * FROM extract WHERE year = {int(year)}")  # noqa: S608
        if unit == PERSONS:
            engine.make("persons", statements()["persons"])
        found.append(engine.rows(f"SELECT {names}, COUNT(*) AS {COUNTED} FROM {table} GROUP BY {names}"))  # noqa: S608
    return pd.concat(found).sort_values(list(by), ignore_index=True)


def _years(engine: Engine, years: Iterable[int] | None) -> list[int]:
    there = [int(year) for year in engine.rows("SELECT DISTINCT year FROM extract ORDER BY year")["year"]]
    wanted = there if years is None else [year for year in sorted(set(years)) if year in there]
    if not wanted:
        raise refusal("empty")
    return wanted


def _run(engine: Engine, one: Definition, texts: Mapping[str, str]) -> pd.DataFrame:
    if one.id not in texts:
        raise refusal("no-sql", name=one.id)
    rows = engine.rows(texts[one.id])
    if list(rows.columns) != [*one.by, COUNTED]:
        raise refusal("wrong-sql", name=one.id, allowed=", ".join([*one.by, COUNTED]))
    return rows


def _sorted(rows: pd.DataFrame, one: Definition) -> pd.DataFrame:
    """Rows in the order of the code lists: never by count."""
    for name in one.by:
        if name != YEAR:
            codelists()[name].check(rows[name].unique(), one.id)
            rows[name] = pd.Categorical(rows[name], list(codelists()[name].codes))
    rows = rows.sort_values(list(one.by), ignore_index=True)
    return rows.astype({**{name: "object" for name in one.by if name != YEAR}, YEAR: "int64", COUNTED: "int64"})


def chosen_years(extract: pd.DataFrame, typed: str | None) -> list[int]:
    """The years of an extract, or those of them that were typed; a sentence where none is left."""
    there = sorted({int(year) for year in extract[YEAR].unique()})
    wanted = there if typed is None else [year for year in parse_years(typed) if year in there]
    if not wanted:
        raise refusal("empty")
    return wanted


def parse_years(typed: str) -> range:
    """2024 or 2016-2024 as years."""
    written = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", typed, re.ASCII)
    if not written:
        raise refusal("years", value=typed)
    found = range(int(written[1]), int(written[2] or written[1]) + 1)
    if not found or len(found) > MOST_YEARS:
        raise refusal("years", value=typed)
    return found
