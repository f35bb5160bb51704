"""Rates per 100,000 inhabitants: only with a population that the user gives, with its source; none is shipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from schakel.disclosure.protected import TOTAL, ProtectedRelease
from schakel.disclosure.spec import ROUNDING
from schakel.monitor.refusals import refusal

if TYPE_CHECKING:
    import pandas as pd

PER: Final = 100_000
PEOPLE: Final = "people"


@dataclass(frozen=True)
class Population:
    """Inhabitants by combination of variables (the year and such as sex), as somebody published them."""

    source: str
    by: tuple[str, ...]
    people: Mapping[tuple[str, ...], int] = field(repr=False)


@dataclass(frozen=True)
class Rate:
    """Count · 100,000 / people, of a protected count; `low` and `high` are what rounding leaves possible.

    None where the count is withheld.
    """

    key: Mapping[str, str]
    rate: float | None
    low: float | None
    high: float | None
    source: str


def population(table: pd.DataFrame, source: str) -> Population:
    """A population from a table with a column `people`; the other columns are variables.

    Raises `BadInput`: no source, no such column, a count that is no whole number above 0, a combination twice.
    """
    if not source.strip():
        raise refusal("population-source")
    if PEOPLE not in table.columns:
        raise refusal("unknown-code", value=PEOPLE, name="columns", allowed=", ".join(map(str, table.columns)))
    by = tuple(str(name) for name in table.columns if name != PEOPLE)
    people: dict[tuple[str, ...], int] = {}
    for row in table.to_dict("records"):
        key = tuple(str(row[name]) for name in by)
        people[key] = _count(row[PEOPLE], key, twice=key in people)
    return Population(source, by, people)


def _count(value: Any, key: Sequence[str], *, twice: bool) -> int:
    try:
        whole = int(value)
    except (TypeError, ValueError):
        whole = 0
    if twice or whole < 1 or whole != float(value):
        raise refusal("not-a-count", value=value, name=" ".join(key), least=1)
    return whole


def rates(release: ProtectedRelease, table: str, inhabitants: Population) -> tuple[Rate, ...]:
    """The rate of each printed cell of a table that the population knows; totals over years have none.

    A cell is matched by the variables of the population; any other variable must be at its total. Raises `BadInput`
    for anything but a protected release, a table that is not in it, and a population that is missing.
    """
    if not isinstance(release, ProtectedRelease):
        raise refusal("internal")
    if table not in release.rows:
        raise refusal("no-figure", value=table, allowed=", ".join(release.tables))
    found = []
    for row in release.rows[table]:
        key = dict(row.key)
        others = {name for name, code in key.items() if name not in inhabitants.by and code != TOTAL}
        wanted = tuple(key.get(name, TOTAL) for name in inhabitants.by)
        if others or TOTAL in wanted:
            continue
        if wanted not in inhabitants.people:
            raise refusal("population-missing", value=" ".join(wanted))
        found.append(_rate(release, key, row.value, inhabitants.people[wanted], inhabitants.source))
    return tuple(found)


def _rate(release: ProtectedRelease, key: Mapping[str, str], value: int | None, people: int, source: str) -> Rate:
    if value is None:
        return Rate(key, None, None, None, source)
    steps = int(release.note.get("rounding", {}).get("steps", 1))
    policy = release.spec.policy
    off = policy.base * steps - 1 if policy.mode == ROUNDING else 0
    rate, low, high = (max(0, count) * PER / people for count in (value, value - off, value + off))
    return Rate(key, rate, low, high, source)
