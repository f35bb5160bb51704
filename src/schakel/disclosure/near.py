"""The reader who knows that the rounding is near the smallest: tables are shown that this reader must think possible.

A whole table x stays possible for this reader when the printed values v could have been drawn from it: the change
Σ|v - x| is at most the smallest change opt(x) and the published allowance more. No rounding moves a count less than to
its nearest multiple, so opt(x) ≥ Σ min(|v - x|, b - |v - x|), and x is certainly possible when

    Σ max(0, 2·|v - x| - b) ≤ allowance,

which is convex: tables that meet it are found by whole-number programs over people's combinations, and every one that
is found is checked again in whole numbers. Two of them that differ by the width show a small count to be safe against
this reader too. A count without them is not thereby found out: the bound may be too strict for it, and every table is
then tried where there are few enough (`optimal`).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from schakel.disclosure.attack import all_records, cross
from schakel.disclosure.readers import NO_LIMIT, Knowledge
from schakel.disclosure.release import Release
from schakel.disclosure.rounding import Rounding
from schakel.disclosure.solver import Floats, Program, Rows
from schakel.disclosure.space import Ints

MOST_COMBINATIONS: Final = 300
MOST_CELLS: Final = 300


def near_witnesses(release: Release, rounding: Rounding, known: Knowledge, *, seconds: float = 60.0) -> bool | None:
    """Whether two possible tables are shown for every cell that a reader may think small; None: too large to try.

    Every such cell and not only the truly small ones: the answer is published, and so hangs on what is printed alone.
    None as well where something else than the smallest change was sought: second-nearest multiples, earlier values.
    """
    large = cross(release.cells) > MOST_COMBINATIONS or release.cells.size > MOST_CELLS
    if large or rounding.steps != 1 or release.earlier:
        return None
    search = _Search(release, rounding, known, seconds)
    return all(search.wide(number) for number in range(len(search.suspects)))


class _Search:
    """Whole tables that stay possible, and how low and high they show each cell that may be small."""

    def __init__(self, release: Release, rounding: Rounding, known: Knowledge, seconds: float) -> None:
        self.release, self.rounding, self.known = release, rounding, known
        self.printed = np.flatnonzero(release.printed)
        self.allowance = rounding.bases * rounding.base
        low = self.printed[rounding.values[self.printed] <= rounding.base]
        self.suspects = np.unique(np.concatenate([low, release.implied]))
        places = release.cells.of_records(all_records(release.cells))
        self.inside = np.zeros((release.cells.size + 1, len(places)), dtype=np.int64)
        for leaf, row in enumerate(places):
            self.inside[row, leaf] = 1
        self.inside = self.inside[:-1]
        self.lowest = np.full(len(self.suspects), NO_LIMIT, dtype=np.int64)
        self.highest = np.full(len(self.suspects), -1, dtype=np.int64)
        self.program = self._program(seconds)

    def wide(self, number: int) -> bool:
        """Whether possible tables differ by the width in this cell."""
        width = self.release.spec.policy.width
        for sign in (1.0, -1.0):
            if self.highest[number] - self.lowest[number] < width:
                self._look(int(self.suspects[number]), sign)
        return bool(self.highest[number] - self.lowest[number] >= width)

    def _look(self, cell: int, sign: float) -> None:
        costs = np.zeros(self.inside.shape[1] + len(self.printed))
        costs[: self.inside.shape[1]] = sign * self.inside[cell]
        self.program.aim(costs)
        answer = self.program.solve()
        if answer.columns is not None:
            self._take(self.inside @ np.rint(answer.columns[: self.inside.shape[1]]).astype(np.int64))

    def _take(self, counts: Ints) -> None:
        """A table counts only when it agrees with all that is known, and the printed one can be drawn from it."""
        if self.known.holds(counts) and int(self._excess(counts).sum()) <= self.allowance:
            at = counts[self.suspects]
            self.lowest, self.highest = np.minimum(self.lowest, at), np.maximum(self.highest, at)

    def _excess(self, counts: Ints) -> Ints:
        """How much further each printed value is than the nearest multiple, at most."""
        away = np.abs(self.rounding.values[self.printed] - counts[self.printed])
        return np.asarray(np.maximum(0, 2 * away - self.rounding.base))

    def _program(self, seconds: float) -> Program:
        """A column for each combination and for the excess of each printed cell; all in whole numbers."""
        leaves, base = self.inside.shape[1], float(self.rounding.base)
        rows = Rows()
        for cell in np.flatnonzero((self.known.low > 0) | (self.known.high < NO_LIMIT)).tolist():
            members = np.flatnonzero(self.inside[cell])
            rows.add(members, np.ones(len(members)), float(self.known.low[cell]), float(self.known.high[cell]))
        for fact in self.known.linear:
            each: Floats = np.zeros(leaves)
            for cell, factor in fact.factors.items():
                each += factor * self.inside[cell]
            used = np.flatnonzero(each)
            rows.add(used, each[used], float(fact.low), float(fact.high))
        for place, cell in enumerate(self.printed.tolist()):
            members, value = np.flatnonzero(self.inside[cell]), float(self.rounding.values[cell])
            columns, twice = np.append(members, leaves + place), np.full(len(members), 2.0)
            rows.add(columns, np.append(twice, -1.0), -float(NO_LIMIT), 2 * value + base)
            rows.add(columns, np.append(twice, 1.0), 2 * value - base, float(NO_LIMIT))
        size = leaves + len(self.printed)
        rows.add(np.arange(leaves, size), np.ones(len(self.printed)), 0.0, float(self.allowance))
        least, most = np.zeros(size), np.full(size, float(NO_LIMIT))
        return Program(np.zeros(size), least, most, rows, whole=True, seconds=seconds)
