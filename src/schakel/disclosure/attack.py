"""The attack: what a reader can conclude about one cell, by linear programs over everything that is printed.

Two sets of unknowns. *Cells*: the counts of all cells, tied by the sums between them. That is a relaxation where tables
share only some variables: an interval that is too narrow there is too narrow in truth, one that is wide proves nothing.
*Records*: how many people have each combination of all variables. That is exact when all combinations are there (small
releases only); with only some of them a whole-number answer is still a table that might be the true one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, prod
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from schakel.disclosure.cells import Cells
from schakel.disclosure.readers import NO_LIMIT, Knowledge
from schakel.disclosure.release import Release
from schakel.disclosure.solver import UNBOUNDED, Floats, Program, Rows
from schakel.disclosure.space import Ints
from schakel.disclosure.witnesses import World

MOST_RECORDS: Final = 20_000
NEAR: Final = 1e-6


@dataclass(frozen=True)
class Interval:
    """The lowest and highest count that a reader must think possible; `high` None is no limit."""

    low: int
    high: int | None

    @property
    def width(self) -> int:
        return NO_LIMIT if self.high is None else self.high - self.low


def whole(low: float, high: float) -> Interval:
    """The whole numbers within a real interval."""
    return Interval(ceil(low - NEAR), None if high >= NO_LIMIT else floor(high + NEAR))


class CellAttack:
    """Intervals from the sums between cells, each connected part of what is not known by itself."""

    def __init__(self, release: Release, known: Knowledge, *, seconds: float = 60.0) -> None:
        self.low, self.high = known.low.astype(float), known.high.astype(float)
        self.known, self.seconds = known, seconds
        self.free = np.flatnonzero(known.low < known.high)
        self._equations = [np.array([e.total, *e.parts]) for e in release.equations]
        self._part = self._parts(release.cells.size)
        self._programs: dict[int, tuple[Program, Ints] | None] = {}

    def _parts(self, size: int) -> Ints:
        """The connected part that each cell is in."""
        groups = [*self._equations, *(np.array(list(fact.factors)) for fact in self.known.linear)]
        loose = self.low < self.high
        pairs = [(g[loose[g]][:1].repeat(max(loose[g].sum() - 1, 0)), g[loose[g]][1:]) for g in groups]
        row = np.concatenate([np.zeros(0, dtype=np.int64), *(a for a, _ in pairs)])
        column = np.concatenate([np.zeros(0, dtype=np.int64), *(b for _, b in pairs)])
        joined = csr_matrix((np.ones(len(row)), (row, column)), shape=(size, size))
        return np.asarray(connected_components(joined, directed=False)[1], dtype=np.int64)

    def _program(self, part: int) -> tuple[Program, Ints] | None:
        """The program of one part and its cells; None where what is known contradicts itself."""
        cells = self.free[self._part[self.free] == part]
        place = np.full(len(self.low), -1, dtype=np.int64)
        place[cells] = np.arange(len(cells))
        rows = Rows()
        for members in self._equations:
            self._row(rows, place, members, np.where(np.arange(len(members)) == 0, -1.0, 1.0), 0.0, 0.0)
        for fact in self.known.linear:
            factors = np.array(list(fact.factors.values()), dtype=float)
            self._row(rows, place, np.array(list(fact.factors)), factors, float(fact.low), float(fact.high))
        return Program(np.zeros(len(cells)), self.low[cells], self.high[cells], rows, seconds=self.seconds), cells

    def _row(self, rows: Rows, place: Ints, members: Ints, factors: Floats, low: float, high: float) -> None:
        inside = place[members] >= 0
        if inside.any():
            fixed = float(np.sum(factors[~inside] * self.low[members[~inside]]))
            rows.add(place[members[inside]], factors[inside], low - fixed, high - fixed)

    def interval(self, cell: int) -> Interval | None:
        """What can be concluded of one cell; None where the solver found no answer in time."""
        if self.low[cell] == self.high[cell]:
            return Interval(int(self.low[cell]), int(self.high[cell]))
        part = int(self._part[cell])
        if part not in self._programs:
            self._programs[part] = self._program(part)
        found = self._programs[part]
        assert found is not None
        program, cells = found
        costs = np.zeros(len(cells))
        costs[np.searchsorted(cells, cell)] = 1.0
        ends = []
        for sign in (1.0, -1.0):
            program.aim(sign * costs)
            answer = program.solve()
            if answer.status == "unbounded":
                ends.append(UNBOUNDED)
            elif answer.status != "optimal":
                return None
            else:
                ends.append(sign * answer.value)
        return whole(ends[0], ends[1])


def cross(cells: Cells) -> int:
    """How many combinations of all variables there are."""
    return prod(len(variable.categories) for variable in cells.variables.values())


def all_records(cells: Cells) -> Ints:
    """Every combination of all variables."""
    shape = [len(variable.categories) for variable in cells.variables.values()]
    return np.stack([axis.ravel() for axis in np.indices(shape)], axis=1).astype(np.int64)


class RecordAttack:
    """Intervals and worlds with people's combinations as unknowns; `exact` when all combinations are there."""

    def __init__(self, release: Release, known: Knowledge, records: Ints, *, seconds: float = 60.0) -> None:
        self.release, self.known, self.records, self.seconds = release, known, records, seconds
        self.exact = len(records) == cross(release.cells)
        self.places = release.cells.of_records(records)
        self.truth = self._amounts(release.records, release.weights)
        self._relaxed = self._program(whole_numbers=False)
        self._whole: Program | None = None

    def _amounts(self, records: Ints, weights: Ints) -> Ints:
        index = {row.tobytes(): number for number, row in enumerate(self.records)}
        found = np.zeros(len(self.records), dtype=np.int64)
        for row, weight in zip(records, weights.tolist(), strict=True):
            found[index[row.tobytes()]] += weight
        return found

    def _program(self, *, whole_numbers: bool) -> Program:
        """One row for each cell of which anything is known: the records in it, between its bounds."""
        size = self.release.cells.size
        flat = self.places.ravel()
        order = np.argsort(flat, kind="stable")
        lengths = np.bincount(flat, minlength=size + 1)[:size]
        columns = (order // self.places.shape[1])[: int(lengths.sum())]
        told = (self.known.low > 0) | (self.known.high < NO_LIMIT)
        kept = np.repeat(told, lengths)
        rows = Rows()
        rows.add_many(
            lengths[told], columns[kept], np.ones(int(kept.sum())), self.known.low[told].astype(float),
            self.known.high[told].astype(float),
        )  # fmt: skip
        for fact in self.known.linear:
            weights = np.append(np.zeros(size), 0.0)
            weights[list(fact.factors)] = list(fact.factors.values())
            each = weights[self.places].sum(axis=1)
            used = np.flatnonzero(each)
            rows.add(used, each[used], float(fact.low), float(fact.high))
        upper = np.full(len(self.records), float(NO_LIMIT))
        nothing = np.zeros(len(self.records))
        return Program(nothing, nothing, upper, rows, whole=whole_numbers, seconds=self.seconds)

    def _costs(self, cell: int) -> Floats:
        return np.asarray((self.places == cell).any(axis=1), dtype=float)

    def ends(self, cell: int) -> tuple[Interval | None, list[World]]:
        """The interval of a cell (None: no answer in time) and whole tables found at its ends."""
        costs = self._costs(cell)
        reached, worlds = [], []
        for sign in (1.0, -1.0):
            self._relaxed.aim(sign * costs)
            answer = self._relaxed.solve()
            if answer.status not in ("optimal", "unbounded"):
                return None, []
            reached.append(sign * answer.value if answer.status == "optimal" else UNBOUNDED)
            if answer.columns is not None and np.abs(answer.columns - np.rint(answer.columns)).max() < NEAR:
                worlds.append(self._world(answer.columns))
        return whole(*reached), worlds

    def whole_ends(self, cell: int) -> list[World]:
        """Whole tables with as few and as many in a cell as whole numbers allow."""
        if self._whole is None:
            self._whole = self._program(whole_numbers=True)
        costs, worlds = self._costs(cell), []
        for sign in (1.0, -1.0):
            self._whole.aim(sign * costs)
            answer = self._whole.solve()
            if answer.columns is not None:
                worlds.append(self._world(answer.columns))
        return worlds

    def _world(self, columns: Floats) -> World:
        change = np.rint(columns).astype(np.int64) - self.truth
        moved = np.flatnonzero(change)
        return World(self.records[moved], change[moved])


def some_records(release: Release, cells: Iterable[int], *, seed: int, most: int = MOST_RECORDS) -> Ints:
    """All combinations where they are few; else those of the people who are there, and mixtures of them.

    A mixture takes the categories of a target cell, or a part of another record: enough for most whole tables.
    """
    if cross(release.cells) <= most:
        return all_records(release.cells)
    rng = np.random.default_rng(seed)
    known = release.records
    mixed = [known]
    for cell in cells:
        inside = known[(release.places == cell).any(axis=1)]
        partners = known[rng.integers(len(known), size=20)]
        for column in range(known.shape[1]):
            copies = np.repeat(inside[:20], len(partners), axis=0)
            copies[:, column] = np.tile(partners[:, column], len(inside[:20]))
            mixed.append(copies)
            back = np.tile(partners, (len(inside[:20]), 1))
            back[:, column] = np.repeat(inside[:20, column], len(partners))
            mixed.append(back)
    unique = np.unique(np.concatenate(mixed), axis=0)
    if len(unique) <= most:
        return np.asarray(unique)
    kept = rng.choice(len(unique), size=most, replace=False)
    return np.asarray(np.unique(np.concatenate([known, unique[kept]]), axis=0))
