"""The cells of a release, each keyed by its categories, so that the same cell is the same wherever it is printed.

Cells stand in *blocks*: one block holds all cells over the same variables at the same tiers. A record falls in at most
one cell of each block, so that a whole file is one matrix: a row for each distinct record, a column for each block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

import numpy as np

from schakel.disclosure.space import Ints, Variable

Level = tuple[tuple[str, int], ...]
"""The variables of a block, in the order of the release, each with its tier; () is the grand total."""
Key = tuple[tuple[str, str], ...]
"""The categories of a cell: (variable, node) for each variable that it is not the total of."""

FAR_OUT: Final = -(1 << 40)


@dataclass(frozen=True)
class Equation:
    """`total` is the sum of `parts`, all cell numbers."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Cells:
    """All cells over some blocks. Cell numbers run through the blocks in order; `size` stands for "in no cell"."""

    variables: Mapping[str, Variable]
    levels: tuple[Level, ...]

    @cached_property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(len(self._tiers[name][tier]) for name, tier in level) for level in self.levels)

    @cached_property
    def offsets(self) -> Ints:
        return np.cumsum([0, *(int(np.prod(shape)) for shape in self.shapes)])

    @cached_property
    def size(self) -> int:
        return int(self.offsets[-1])

    @cached_property
    def block(self) -> Mapping[Level, int]:
        return {level: number for number, level in enumerate(self.levels)}

    @cached_property
    def _tiers(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        return {name: variable.tiers for name, variable in self.variables.items()}

    @cached_property
    def _codes(self) -> Mapping[tuple[str, int], Ints]:
        return {(name, tier): self.variables[name].codes(tier) for level in self.levels for name, tier in level}

    @cached_property
    def _steps(self) -> list[Ints]:
        """For each variable (categories × blocks): how far a category moves a record within each block.

        The place in a block is a sum over the variables; a category outside a block's nodes pushes the sum below 0.
        """
        found = []
        for name, variable in self.variables.items():
            steps = np.zeros((len(variable.categories), len(self.levels)), dtype=np.int64)
            for number, (level, shape) in enumerate(zip(self.levels, self.shapes, strict=True)):
                for axis, (other, tier) in enumerate(level):
                    if other == name:
                        code, stride = self._codes[name, tier], int(np.prod(shape[axis + 1 :]))
                        steps[:, number] = np.where(code < 0, FAR_OUT, code * stride)
            found.append(steps)
        return found

    def of_records(self, records: Ints) -> Ints:
        """For records (n × variables, category numbers) the cell in each block: n × blocks, `size` for none."""
        found = np.tile(self.offsets[:-1], (len(records), 1))
        for number, steps in enumerate(self._steps):
            found += steps[records[:, number]]
        found[found < 0] = self.size
        return found

    def count(self, records: Ints, weights: Ints) -> Ints:
        """The true count of every cell."""
        places = self.of_records(records)
        each = np.repeat(weights, places.shape[1])
        return np.bincount(places.ravel(), weights=each, minlength=self.size + 1).astype(np.int64)[: self.size]

    def key(self, cell: int) -> Key:
        """The categories of a cell."""
        number = int(np.searchsorted(self.offsets, cell, side="right")) - 1
        level, shape = self.levels[number], self.shapes[number]
        places = np.unravel_index(cell - int(self.offsets[number]), shape) if shape else ()
        return tuple(
            (name, self._tiers[name][tier][int(place)]) for (name, tier), place in zip(level, places, strict=True)
        )

    def keys(self, number: int) -> Iterator[Key]:
        """The keys of one block, in the order of its cells."""
        level = self.levels[number]
        names = [[(name, node) for node in self._tiers[name][tier]] for name, tier in level]
        return product(*names)

    @cached_property
    def numbers(self) -> Mapping[Key, int]:
        """The number of each cell by its key."""
        found: dict[Key, int] = {}
        for number in range(len(self.levels)):
            start = int(self.offsets[number])
            found.update((key, start + place) for place, key in enumerate(self.keys(number)))
        return found

    def number(self, categories: Mapping[str, str]) -> int:
        """The number of the cell with these categories; KeyError where no block has it."""
        return self.numbers[tuple((name, categories[name]) for name in self.variables if name in categories)]

    def equations(self) -> Iterator[Equation]:
        """Every sum between cells that both stand in blocks: a total or group, and the nodes directly under it."""
        for level in self.levels:
            present = {name for name, _ in level}
            for name, variable in self.variables.items():
                if name not in present:
                    yield from self._sums(level, name, variable, None)
            for name, tier in level:
                variable, rest = self.variables[name], tuple(part for part in level if part[0] != name)
                for place, node in enumerate(self._tiers[name][tier]):
                    if node not in variable.categories:
                        yield from self._sums(rest, name, variable, (tier, place), node)

    def _sums(
        self, rest: Level, name: str, variable: Variable, top: tuple[int, int] | None, node: str | None = None
    ) -> Iterator[Equation]:
        children = variable.children(node)
        tiers = {tier for tier, _ in children}
        if not all(self._with(rest, name, tier) in self.block for tier in tiers):
            return
        parts = np.stack([self.at(rest, name, tier, place) for tier, place in children], axis=1)
        whole = self.at(rest, name, *top) if top else self.of_block(self.block[rest])
        for total, row in zip(whole.tolist(), parts.tolist(), strict=True):
            yield Equation(total, tuple(row))

    def has(self, rest: Level, name: str, tier: int) -> bool:
        """Whether there is a block of `rest` together with a variable at this tier."""
        return self._with(rest, name, tier) in self.block

    def _with(self, rest: Level, name: str, tier: int) -> Level:
        both = {**dict(rest), name: tier}
        return tuple((each, both[each]) for each in self.variables if each in both)

    def of_block(self, number: int) -> Ints:
        """The cells of a block."""
        return np.arange(self.offsets[number], self.offsets[number + 1])

    def at(self, rest: Level, name: str, tier: int, place: int) -> Ints:
        """The cells of the block of `rest` with `name` at one node, in the order of the block of `rest`."""
        level = self._with(rest, name, tier)
        number = self.block[level]
        grid = self.of_block(number).reshape(self.shapes[number])
        return np.asarray(np.take(grid, place, axis=[n for n, _ in level].index(name)).ravel())


def printed_levels(variables: Mapping[str, Variable], by: Iterable[str], fixed: Mapping[str, str]) -> list[Level]:
    """The blocks that a table prints: every variable at every printed tier or in total, within a fixed condition."""
    where = {
        name: next(tier for tier, nodes in enumerate(variables[name].tiers) if node in nodes)
        for name, node in fixed.items()
    }
    wanted = set(by)
    choices = [
        [(name, tier) for tier in variables[name].printed_tiers] + [None]
        for name in variables
        if name in wanted and name not in where
    ]
    found = []
    for chosen in product(*choices):
        tiers = {**dict(part for part in chosen if part), **where}
        found.append(tuple((name, tiers[name]) for name in variables if name in tiers))
    return found
