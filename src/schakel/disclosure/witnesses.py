"""Witnesses: two whole tables, both agreeing with everything printed, whose counts of one cell differ by the width.

A *world* is a whole file of records. We start from the true one and add or remove single records, always mending what
the last change broke, until the count of a cell is what we want and everything printed still holds. Each world that is
found is checked again from nothing, in whole numbers. What this search does not find is not called safe.

The search is that of WalkSAT (Selman, Kautz and Cohen 1994, recalled): take a cell that is out of bounds, try some
records that would mend it, keep the one that breaks least.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from schakel.disclosure.readers import Knowledge
from schakel.disclosure.release import Release
from schakel.disclosure.space import Ints

CANDIDATES: Final = 40
WANDER: Final = 0.05


@dataclass(frozen=True)
class World:
    """A whole file told as its difference from the true one: records and by how many each is changed."""

    records: Ints = field(repr=False)
    changes: Ints = field(repr=False)

    def counts(self, release: Release) -> Ints | None:
        """The count of every cell, from nothing; None where a record would be there less than no times."""
        both = np.concatenate([release.records, self.records])
        distinct, place = np.unique(both, axis=0, return_inverse=True)
        amount = np.bincount(place.ravel(), weights=np.concatenate([release.weights, self.changes])).astype(np.int64)
        return None if (amount < 0).any() else release.cells.count(distinct, amount)


class Walk:
    """The search: where it stands now, and the lowest and highest count of each target in the worlds it passed."""

    def __init__(self, release: Release, knowledge: Knowledge, targets: Ints, *, seed: int) -> None:
        self.release, self.known, self.targets = release, knowledge, targets
        self.random = np.random.default_rng(seed)
        self.low = np.append(knowledge.low, -(1 << 50))
        self.high = np.append(knowledge.high, 1 << 50)
        truth = release.counts
        self.lowest, self.highest = truth[targets].copy(), truth[targets].copy()
        self.low_world: list[int] = [-1] * len(targets)
        self.high_world: list[int] = [-1] * len(targets)
        self.worlds: list[World] = []
        self._block = np.searchsorted(release.cells.offsets, np.arange(release.cells.size), side="right") - 1
        self.start()

    def start(self) -> None:
        """Back to the true file."""
        self.records, self.places = self.release.records, self.release.places
        self.amount = self.release.weights.copy()
        self.index = {row.tobytes(): number for number, row in enumerate(self.records)}
        self.count = np.append(self.release.counts, 0)

    def excursion(self, target: int, value: int, steps: int) -> bool:
        """Walk until a cell has this count and all else that is known holds; True when such a world was reached."""
        kept = self.low[target], self.high[target]
        before = self.amount.copy(), self.count.copy(), len(self.records)
        self.low[target] = self.high[target] = value
        wrong = set() if self.count[target] == value else {target}
        left = steps
        while wrong and left and self._mend(self._pick(wrong), wrong):
            left -= 1
        self.low[target], self.high[target] = kept
        if wrong or not all(fact.holds(self.count) for fact in self.known.linear):
            self.amount, self.count = before[0], before[1]
            self.amount = np.append(self.amount, np.zeros(len(self.records) - before[2], dtype=np.int64))
            return False
        self._note()
        return True

    def _pick(self, wrong: set[int]) -> int:
        every = sorted(wrong)
        return every[int(self.random.integers(len(every)))]

    def _mend(self, cell: int, wrong: set[int]) -> bool:
        """Add or remove the record, of some that would bring this cell nearer, that breaks least elsewhere."""
        rising = bool(self.count[cell] < self.low[cell])
        if rising:
            records = self._newcomers(cell)
            places = self.release.cells.of_records(records)
        else:
            there = np.flatnonzero((self.places[:, self._block[cell]] == cell) & (self.amount > 0))
            if not len(there):
                return False
            chosen = there[self.random.integers(len(there), size=min(CANDIDATES, len(there)))]
            records, places = self.records[chosen], self.places[chosen]
        sign = 1 if rising else -1
        at, low, high = self.count[places], self.low[places], self.high[places]
        worse = ((at >= high) * 1 - (at < low)) if rising else ((at <= low) * 1 - (at > high))
        costs = worse.sum(axis=1) + self.random.random(len(records))
        best = int(self.random.integers(len(costs)) if self.random.random() < WANDER else np.argmin(costs))
        self._change(records[best], places[best], sign, wrong)
        return True

    def _newcomers(self, cell: int) -> Ints:
        """Records in a cell that might be: those of people who are there, moved into it."""
        drawn = self.records[self.random.integers(len(self.records), size=CANDIDATES)].copy()
        for column, (name, variable) in enumerate(self.release.cells.variables.items()):
            node = dict(self.release.cells.key(cell)).get(name)
            if node is not None:
                inside = [n for n, category in enumerate(variable.categories) if category in variable.members(node)]
                outside = ~np.isin(drawn[:, column], inside)
                drawn[outside, column] = self.random.choice(inside, size=int(outside.sum()))
        return drawn

    def _change(self, record: Ints, places: Ints, sign: int, wrong: set[int]) -> None:
        number = self.index.get(record.tobytes())
        if number is None:
            number = len(self.records)
            self.index[record.tobytes()] = number
            self.records = np.vstack([self.records, record])
            self.places = np.vstack([self.places, places])
            self.amount = np.append(self.amount, 0)
        self.amount[number] += sign
        self.count[places] += sign
        at = self.count[places]
        bad = (at < self.low[places]) | (at > self.high[places])
        for place, broken in zip(places.tolist(), bad.tolist(), strict=True):
            (wrong.add if broken else wrong.discard)(place)

    def _note(self) -> None:
        """Keep the world where it is the lowest or the highest for a target so far."""
        at = self.count[self.targets]
        lower, higher = np.flatnonzero(at < self.lowest), np.flatnonzero(at > self.highest)
        if not len(lower) and not len(higher):
            return
        for number in lower.tolist():
            self.low_world[number] = len(self.worlds)
        for number in higher.tolist():
            self.high_world[number] = len(self.worlds)
        self.lowest[lower], self.highest[higher] = at[lower], at[higher]
        self.worlds.append(self.world())

    def world(self) -> World:
        """Where the walk stands now."""
        change = self.amount.copy()
        change[: len(self.release.weights)] -= self.release.weights
        moved = np.flatnonzero(change)
        return World(self.records[moved], change[moved])
