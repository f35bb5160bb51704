"""u: how often two different people give each level, counted on pairs drawn at random.

What hangs on nationality or sex (names) is counted on pairs that agree on those, because that is where the question
arises. Pairs that are probably one person after all (both names, or a birth day with the sound of a name) are left
out: in a small group they would make chance look like evidence.
"""

# ruff: noqa: S608  (statements are made of column names that are plain words, see model.from_plain and prepare)

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from schakel.linkage.answers import answered, both_sides
from schakel.linkage.duck import rows
from schakel.linkage.model import Comparison, Key, Model

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAIRS_EACH: Final = 100
FEWEST: Final = 100_000
MOST: Final = 500_000
"""Random pairs drawn: a hundred a registration, within these bounds."""
ONE_PERSON: Final = (
    "coalesce(given_l = given_r AND surname_l = surname_r, false) OR coalesce(birth_day_l = birth_day_r AND "
    "(coalesce(given_sound_l = given_sound_r, false) OR coalesce(surname_sound_l = surname_sound_r, false)), false)"
)
ALWAYS: Final = frozenset(("given", "surname", "given_sound", "surname_sound", "birth_day"))


def by_chance(connection: Any, table: str, model: Model, *, seed: int) -> dict[Key, float]:
    """u by comparison and level. A level that no pair gave gets half a pair."""
    found: dict[Key, float] = {}
    ((count,),) = rows(connection, f"SELECT count(*) FROM {table}")
    pairs = min(max(count * PAIRS_EACH, FEWEST), MOST)
    for number, within in enumerate(sorted({one.within for one in model.comparisons})):
        alike = [one for one in model.comparisons if one.within == within]
        drawn = _drawn(connection, table, within, np.random.default_rng((seed, number)), pairs)
        connection.register("drawn", drawn)
        for one, counts in _counted(connection, table, alike).items():
            found |= _shares(one, counts, count)
        connection.unregister("drawn")
    return found


def _drawn(
    connection: Any, table: str, within: tuple[str, ...], chance: np.random.Generator, pairs: int
) -> pd.DataFrame:
    """Pairs of records drawn at random: the first from all, the second from those that share `within` with it."""
    known = " AND ".join(f"{name} IS NOT NULL" for name in within) or "true"
    group = f"dense_rank() OVER (ORDER BY {', '.join(within)})" if within else "1"
    found = connection.execute(
        f"SELECT record, {group} AS g FROM {table} WHERE {known} ORDER BY g, record"
    ).fetchnumpy()
    record, groups = np.asarray(found["record"]), np.asarray(found["g"])
    if len(record) < 2:
        return pd.DataFrame({"record_l": record[:0], "record_r": record[:0]})
    left = chance.integers(0, len(record), pairs)
    first, last = np.searchsorted(groups, groups, "left"), np.searchsorted(groups, groups, "right")
    right = first[left] + (chance.random(pairs) * (last - first)[left]).astype(np.int64)
    apart = left != right
    return pd.DataFrame({"record_l": record[left[apart]], "record_r": record[right[apart]]})


def _counted(connection: Any, table: str, alike: list[Comparison]) -> dict[Comparison, NDArray[np.float64]]:
    """For each comparison how many of the drawn pairs gave each level."""
    pairs = f"drawn JOIN {table} l ON l.record = record_l JOIN {table} r ON r.record = record_r"
    apart = f"SELECT * FROM (SELECT {both_sides(alike, ALWAYS)} FROM {pairs}) WHERE NOT ({ONE_PERSON})"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE answers AS {answered(alike, apart)}")
    counts = {}
    for place, one in enumerate(alike):
        counts[one] = np.zeros(len(one.levels))
        for level, count in rows(connection, f"SELECT level_{place}, count(*) FROM answers GROUP BY 1"):
            counts[one][level] = count
    connection.execute("DROP TABLE answers")
    return counts


def _shares(one: Comparison, counts: NDArray[np.float64], registrations: int) -> dict[Key, float]:
    """Shares of the levels; few registrations have few different pairs, however often those are drawn."""
    known = np.array([0.0 if level.missing else 1.0 for level in one.levels])
    total = max(float((counts * known).sum()), 1.0)
    half = 0.5 * max(1.0, total / max(registrations * (registrations - 1) / 2, 1.0))
    return {
        (one.name, level.name): max(count, half) / total
        for level, count in zip(one.levels, counts.tolist(), strict=True)
        if not level.missing
    }
