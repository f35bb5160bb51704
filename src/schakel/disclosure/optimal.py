"""The reader who knows that the rounding is near the smallest total change: every table that might be true is tried.

For each whole table x that agrees with what is printed, the smallest total change opt(x) over all roundings is worked
out. Had x been the truth, the printed rounding could only have been drawn if its total change from x is at most
opt(x) + the published allowance. The tables that pass are what this reader must still think possible. Tried for any
release, of one table or of several, whose people fall in few enough combinations; for larger releases the drawing is
the counter, and the note says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from schakel.disclosure.attack import all_records, cross
from schakel.disclosure.readers import Knowledge, Output, knowledge
from schakel.disclosure.release import Release
from schakel.disclosure.rounding import Rounding
from schakel.disclosure.space import Ints

MOST_LEAVES: Final = 12
MOST_TABLES: Final = 500_000
MOST_WORK: Final = 200_000_000
IMPOSSIBLE: Final = 1 << 40
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class OptimalReader:
    """How many tables this reader must think possible, and the small cells whose interval became too narrow."""

    tables: int
    narrow: Mapping[int, tuple[int, int]] = field(repr=False)


def optimal_reader(release: Release, rounding: Rounding, known: Knowledge | None = None) -> OptimalReader | None:
    """The attack by trying every table; None where there are too many, or the rounding did not only seek the smallest.

    `known`: what this reader knows beside that; all that the release and its rules tell where it is not given.
    """
    if rounding.steps != 1 or release.earlier or cross(release.cells) > MOST_LEAVES:
        return None
    known = known or knowledge(release, Output(rounding.values, rounding.reach))
    inside = _members(release)
    tables = _tables(known, inside, int(rounding.values.max(initial=0)) + rounding.reach)
    if tables is None:
        return None
    counts = inside @ tables
    smallest = smallest_change(release, counts, rounding.base)
    if smallest is None:
        return None
    printed = np.flatnonzero(release.printed)
    spent = np.abs(rounding.values[printed, None] - counts[printed]).sum(axis=0)
    percent = release.spec.policy.percent
    allowed = smallest + np.maximum(smallest * percent // 100, rounding.bases * rounding.base)
    possible = counts[:, spent <= allowed]
    return OptimalReader(possible.shape[1], _narrow(release, possible))


def _narrow(release: Release, counts: Ints) -> dict[int, tuple[int, int]]:
    found = {}
    for cell in release.targets.tolist():
        row = counts[cell]
        if row.max() - row.min() < release.spec.policy.width:
            found[cell] = (int(row.min()), int(row.max()))
    return found


def _members(release: Release) -> Ints:
    """Cells × leaves: 1 where the leaf, a combination of all variables, is part of the cell."""
    places = release.cells.of_records(all_records(release.cells))
    found = np.zeros((release.cells.size + 1, len(places)), dtype=np.int64)
    for leaf, row in enumerate(places):
        found[row, leaf] = 1
    return np.asarray(found[: release.cells.size])


def _tables(known: Knowledge, inside: Ints, most: int) -> Ints | None:
    """Every whole table that agrees with what is known (leaves × tables); None where there are too many to try.

    Leaf by leaf: a beginning that no end can mend is left out at once; of beginnings with the same sums one is kept,
    because no reader can tell what they end in apart.
    """
    high = np.minimum(known.high, most * inside.shape[1])
    tops = np.array([int(high[inside[:, leaf] > 0].min(initial=most)) for leaf in range(inside.shape[1])])
    begun = np.zeros((0, 1), dtype=np.int64)
    for leaf, top in enumerate(tops.tolist()):
        kept, yet = [], (inside[:, leaf + 1 :] @ tops[leaf + 1 :])[:, None]
        before = inside[:, :leaf] @ begun
        for choice in range(top + 1):
            sums = before + choice * inside[:, [leaf]]
            mendable = ((sums <= high[:, None]) & (sums + yet >= known.low[:, None])).all(axis=0)
            kept.append(np.vstack([begun[:, mendable], np.full((1, int(mendable.sum())), choice)]))
        begun = _apart(np.hstack(kept), inside[:, : leaf + 1])
        if begun.shape[1] > MOST_TABLES:
            return None
    holds = [all(fact.holds(counts) for fact in known.linear) for counts in (inside @ begun).T] if known.linear else ()
    return begun[:, np.array(holds, dtype=bool)] if known.linear else begun


def _apart(begun: Ints, inside: Ints) -> Ints:
    """One of all beginnings that have the same sums, told apart by a number that is made of the sums."""
    if np.linalg.matrix_rank(inside) == inside.shape[1]:
        return begun
    factors = np.random.default_rng(0).integers(1 << 62, size=inside.shape[0])
    _, first = np.unique(factors @ (inside @ begun), return_index=True)
    return begun[:, np.sort(first)]


def smallest_change(release: Release, counts: Ints, base: int) -> Ints | None:
    """For each table (cells × tables) the smallest total change of any rounding; None where it is too much to try.

    All ways to round the cells that are free; the others follow from the sums.
    """
    printed = np.flatnonzero(release.printed)
    free, follow = _free(release)
    if 2.0 ** len(free) * counts.shape[1] * len(printed) > MOST_WORK:
        return None
    best = np.full(counts.shape[1], IMPOSSIBLE, dtype=np.int64)
    truth = counts[printed].astype(np.float64)
    down, uneven = base * (counts[free] // base), base * (counts[free] % base > 0)
    for ups in product((0, 1), repeat=len(free)):
        rounded = follow @ (down + np.array(ups, dtype=np.int64)[:, None] * uneven).astype(np.float64)
        apart = np.abs(rounded - truth)
        spent = np.where(((apart < base) & (rounded >= 0)).all(axis=0), apart.sum(axis=0), IMPOSSIBLE)
        best = np.minimum(best, spent.astype(np.int64))
    return best


def _free(release: Release) -> tuple[Ints, Floats]:
    """Printed cells that may be rounded by themselves, and how every printed cell follows from these by the sums.

    Returns the free cells and a matrix, printed cells × free cells.
    """
    printed = np.flatnonzero(release.printed).tolist()
    sums = [
        [(equation.total, -1.0), *((part, 1.0) for part in equation.parts)]
        for equation in release.equations
        if release.printed[[equation.total, *equation.parts]].all()
    ]
    rows: dict[int, dict[int, float]] = {}
    free: list[int] = []
    for cell in printed:
        if cell in rows:
            continue
        free.append(cell)
        rows[cell] = {cell: 1.0}
        _follow(rows, sums)
    place = {cell: number for number, cell in enumerate(free)}
    made = np.zeros((len(printed), len(free)))
    for number, cell in enumerate(printed):
        for other, factor in rows[cell].items():
            made[number, place[other]] = factor
    return np.array(free, dtype=np.int64), made


def _follow(rows: dict[int, dict[int, float]], sums: list[list[tuple[int, float]]]) -> None:
    """Work out every cell that is the only one of a sum not known yet, until there is none."""
    found = True
    while found:
        found = False
        for terms in sums:
            left = [(cell, sign) for cell, sign in terms if cell not in rows]
            if len(left) == 1:
                (cell, sign), made = left[0], dict[int, float]()
                for other, factor in terms:
                    for base, part in rows.get(other, {}).items():
                        made[base] = made.get(base, 0.0) - factor * part / sign
                rows[cell] = made
                found = True
