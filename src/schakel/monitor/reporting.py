"""Reporting behaviour beside each change, and organisations that could see and report little.

Hazard rules 2 and 3 bind this module: what goes in holds no nationality, origin, religion, sex-work status or
postcode; what comes out is about kinds of organisation, never about people, firms or places; nothing is ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from schakel.monitor.codes import SEVERAL, codelists
from schakel.monitor.figures import COUNTED, InternalFigure
from schakel.monitor.refusals import refusal
from schakel.monitor.series import Break
from schakel.monitor.trends import Between, change

if TYPE_CHECKING:
    import pandas as pd

REPORTS: Final = "reports-by-organisation"
ALLOWED: Final = ("organisation", "year", "could_see", "source")


@dataclass(frozen=True, repr=False)
class Change:
    """INTERNAL: a year beside the year before: persons, reports, reports without identity, and who reported."""

    year: int
    persons: tuple[int, int]
    reports: tuple[int, int]
    without_identity: tuple[int, int]
    began: tuple[str, ...]
    stopped: tuple[str, ...]
    ratio: Between
    breaks: tuple[Break, ...]

    def __repr__(self) -> str:
        return f"INTERNAL change of {self.year}: not to be shown before protection"


@dataclass(frozen=True, repr=False)
class CouldSee:
    """INTERNAL: a kind of organisation in a year: how many people it could have met (None: not known), its reports."""

    organisation: str
    year: int
    could_see: int | None
    source: str
    reports: int
    little: bool | None
    """Whether it reported less than a tenth of the median share of those whose share is known; None: not known."""

    def __repr__(self) -> str:
        return f"INTERNAL reporting of '{self.organisation}' in {self.year}: for that organisation and the registrar"


def changes(persons: InternalFigure, reports: InternalFigure, breaks: Iterable[Break]) -> tuple[Change, ...]:
    """Each year beside the one before it, so that no change is read without what reporters did."""
    people, known = persons.by_year, list(breaks)
    by_year = {int(year): reports.rows[reports.rows["year"] == year] for year in reports.by_year}
    pairs = [(year - 1, year) for year in sorted(people) if {year - 1, year} <= people.keys() & by_year.keys()]
    return tuple(
        Change(
            year=now,
            persons=(people[before], people[now]),
            reports=(_sum(by_year[before], ""), _sum(by_year[now], "")),
            without_identity=(_sum(by_year[before], "without"), _sum(by_year[now], "without")),
            began=tuple(_codes(by_year[now], by_year[before])),
            stopped=tuple(_codes(by_year[before], by_year[now])),
            ratio=change(people[before], people[now]),
            breaks=tuple(one for one in known if one.year == now),
        )
        for before, now in pairs
    )


def _sum(rows: pd.DataFrame, identity: str) -> int:
    return int(rows[rows["identity"] == identity][COUNTED].sum() if identity else rows[COUNTED].sum())


def _codes(these: pd.DataFrame, others: pd.DataFrame) -> list[str]:
    """Organisations in one table and not in another, in the order of the code list."""
    only = set(these["organisation"]) - set(others["organisation"])
    return [code for code in codelists()["organisation"].codes if code in only]


def who_could_see(reports: InternalFigure, capacity: pd.DataFrame) -> tuple[CouldSee, ...]:
    """Each kind of organisation and year beside how many people it could have met, in the order of the code list.

    `capacity` has the columns organisation, year, could_see (may be missing) and source, and no others: a column that
    says anything about people or places is refused.
    """
    for name in capacity.columns:
        if name not in ALLOWED:
            raise refusal("unknown-code", value=name, name="capacity", allowed=", ".join(ALLOWED))
    codelists()["organisation"].check(map(str, capacity["organisation"].unique()), "capacity")
    rows = [_row(row, _reported(reports)) for row in capacity.to_dict("records")]
    order = list(codelists()["organisation"].codes)
    shares = sorted(one.reports / one.could_see for one in rows if one.could_see)
    median = shares[len(shares) // 2] if shares else 0.0
    judged = [_judged(one, median) for one in rows if one.organisation != SEVERAL]
    return tuple(sorted(judged, key=lambda one: (order.index(one.organisation), one.year)))


def _reported(reports: InternalFigure) -> Mapping[tuple[str, int], int]:
    found: dict[tuple[str, int], int] = {}
    columns = (reports.rows[name].tolist() for name in ("organisation", "year", COUNTED))
    for name, year, count in zip(*columns, strict=True):
        found[name, year] = found.get((name, year), 0) + count
    return found


def _row(row: Mapping[Any, Any], reported: Mapping[tuple[str, int], int]) -> CouldSee:
    name, year, number = str(row["organisation"]), int(row["year"]), row.get("could_see")
    if number is None or number != number:  # a missing value is not itself
        met = None
    elif int(number) != number or number < 0:
        raise refusal("not-a-count", value=number, name="could_see", least=0)
    else:
        met = int(number)
    return CouldSee(name, year, met, str(row.get("source") or ""), reported.get((name, year), 0), None)


def _judged(one: CouldSee, median: float) -> CouldSee:
    little = one.reports / one.could_see < median / 10 if one.could_see else None
    return CouldSee(one.organisation, one.year, one.could_see, one.source, one.reports, little)
