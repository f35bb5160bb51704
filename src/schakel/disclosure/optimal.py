"""The reader who knows that the rounding is near the smallest total change: every table that might be true is tried.

For each whole table x that agrees with what is printed, the smallest total change opt(x) over all roundings is worked
out. Had x been the truth, the printed rounding could only have been drawn if its total change from x is at most
opt(x) + the published allowance. The tables that pass are what this reader must still think possible. Enumerated for
one table with its totals, as long as it is small; for larger releases the drawing is the counter, and the note says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final

import numpy as np

from schakel.disclosure.attack import all_records, cross
from schakel.disclosure.release import Bools, Release
from schakel.disclosure.rounding import Rounding
from schakel.disclosure.space import Ints

MOST_LEAVES: Final = 8
MOST_WORK: Final = 30_000_000
IMPOSSIBLE: Final = 1 << 40


@dataclass(frozen=True)
class OptimalReader:
    """How many tables this reader must think possible, and the small cells whose interval became too narrow."""

    tables: int
    narrow: Mapping[int, tuple[int, int]] = field(repr=False)


def optimal_reader(release: Release, rounding: Rounding) -> OptimalReader | None:
    """The attack by enumeration; None where the release is too large or is more than one table with its totals."""
    if not _small_enough(release, rounding):
        return None
    leaves = all_records(release.cells)
    inside = _members(release, leaves)
    values = rounding.values[release.printed]
    tables = _tables(release, rounding, leaves, inside, values)
    if tables is None:
        return None
    smallest = _smallest(tables, inside, rounding.base)
    spent = np.abs(values[:, None] - inside @ tables).sum(axis=0)
    percent = release.spec.policy.percent
    allowed = smallest + np.maximum(smallest * percent // 100, rounding.bases * rounding.base)
    possible = tables[:, spent <= allowed]
    return OptimalReader(possible.shape[1], _narrow(release, inside @ possible))


def _narrow(release: Release, counts: Ints) -> dict[int, tuple[int, int]]:
    place = {int(cell): number for number, cell in enumerate(np.flatnonzero(release.printed))}
    found = {}
    for cell in release.targets.tolist():
        row = counts[place[cell]]
        if row.max() - row.min() < release.spec.policy.width:
            found[cell] = (int(row.min()), int(row.max()))
    return found


def _small_enough(release: Release, rounding: Rounding) -> bool:
    finest = tuple((name, 0) for name in release.cells.variables)
    number = release.cells.block.get(finest)
    if number is None or rounding.steps != 1 or cross(release.cells) > MOST_LEAVES:
        return False
    start, end = release.cells.offsets[number], release.cells.offsets[number + 1]
    return bool(release.printed[start:end].all()) and not release.earlier and not len(release.implied)


def _members(release: Release, leaves: Ints) -> Ints:
    """Printed cells × leaves: 1 where the leaf is part of the cell."""
    places = release.cells.of_records(leaves)
    found = np.zeros((release.cells.size + 1, len(leaves)), dtype=np.int64)
    for leaf, row in enumerate(places):
        found[row, leaf] = 1
    return np.asarray(found[: release.cells.size][release.printed])


def _tables(release: Release, rounding: Rounding, leaves: Ints, inside: Ints, values: Ints) -> Ints | None:
    """Every whole table within reach of what is printed (leaves × tables); None where there are too many to try."""
    own = [int(cell) for cell in release.cells.of_records(leaves)[:, release.cells.block[
        tuple((name, 0) for name in release.cells.variables)]]]  # fmt: skip
    ranges = [
        range(max(0, int(rounding.values[cell]) - rounding.reach), int(rounding.values[cell]) + rounding.reach + 1)
        for cell in own
    ]
    work = float(np.prod([float(len(each)) for each in ranges])) * 2 ** len(own) * len(values)
    if work > MOST_WORK:
        return None
    every = np.array(list(product(*ranges)), dtype=np.int64).T
    near: Bools = (np.abs(inside @ every - values[:, None]) <= rounding.reach).all(axis=0)
    return np.asarray(every[:, near])


def _smallest(tables: Ints, inside: Ints, base: int) -> Ints:
    """For each table the smallest total change of any rounding: all ways to round its leaves, sums included."""
    counts = inside @ tables
    best = np.full(tables.shape[1], IMPOSSIBLE, dtype=np.int64)
    for ups in product((0, 1), repeat=tables.shape[0]):
        rounded = base * (tables // base + np.array(ups)[:, None] * (tables % base > 0))
        apart = np.abs(inside @ rounded - counts)
        spent = np.where((apart < base).all(axis=0), apart.sum(axis=0), IMPOSSIBLE)
        best = np.minimum(best, spent)
    return best
