"""The release: all that is published together over one set of people, as cells, equations and true counts.

This is the author's side: a `Release` holds true counts and never leaves the house.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from schakel.disclosure.cells import Cells, Equation, Key, Level, printed_levels
from schakel.disclosure.earlier import Earlier, named_by, placed
from schakel.disclosure.intake import Records, take_in
from schakel.disclosure.refusals import refusal
from schakel.disclosure.space import Ints, Variable
from schakel.disclosure.spec import AVERAGE, Spec, TableSpec

if TYPE_CHECKING:
    import pandas as pd

MOST_CELLS: Final = 200_000
MOST_CELLS_A_PERSON: Final = 50
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Release:
    """A specification met by data: `counts[cell]` is the true count, `printed[cell]` whether a table prints it."""

    spec: Spec
    cells: Cells
    records: Ints = field(repr=False)
    weights: Ints = field(repr=False)
    counts: Ints = field(repr=False)
    tables: Mapping[str, Ints] = field(repr=False)
    implied: Ints = field(repr=False)
    """Cells that nobody prints and that follow by subtraction: all but those in a condition or an earlier release, and
    the parts of a merged category that an earlier release printed apart."""
    undeclared: tuple[str, ...] = ()
    earlier: tuple[Earlier, ...] = ()

    @cached_property
    def printed(self) -> Bools:
        found = np.zeros(self.cells.size, dtype=bool)
        for cells in self.tables.values():
            found[cells] = True
        return found

    @cached_property
    def places(self) -> Ints:
        """The cell of each distinct record in each block."""
        return self.cells.of_records(self.records)

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """Every sum between cells, those that nobody prints included."""
        return tuple(dict.fromkeys([*self.cells.equations(), *_remainders(self.cells)]))

    @cached_property
    def targets(self) -> Ints:
        """The cells whose true count is small: these must not be found out."""
        attacked = self.printed.copy()
        attacked[self.implied] = True
        small = (self.counts > 0) & (self.counts < self.spec.policy.small)
        return np.flatnonzero(attacked & small)

    def keys(self, cells: Sequence[int] | Ints) -> list[Key]:
        return [self.cells.key(int(cell)) for cell in cells]


def make_release(spec: Spec, data: pd.DataFrame, earlier: Sequence[Earlier] = ()) -> Release:
    """The release that a specification asks of data: one row a person, or one row a combination with its count.

    Raises `BadInput` for what the two do not have in common, for an empty table, and for too much detail.
    """
    taken = take_in(spec, data, named_by(earlier))
    variables = dict(taken.variables)
    fixed = {table.name: _fix(variables, table.condition, table.where) for table in spec.tables}
    sharing = []
    for before in earlier:
        now, variables = placed(before, spec, variables)
        sharing += [now] if now is not None else []
    _bearable(spec, taken, variables)
    levels = _levels(spec, variables, fixed, sharing)
    cells = Cells(variables, tuple(levels))
    tables = {table.name: _printed(cells, table, fixed[table.name]) for table in spec.tables}
    implied = [number for number, level in enumerate(cells.levels) if _follows(cells, level)]
    followed = [np.arange(cells.offsets[number], cells.offsets[number + 1]) for number in implied]
    return Release(
        spec, cells, taken.records, taken.weights, cells.count(taken.records, taken.weights), tables,
        np.concatenate(followed) if followed else np.zeros(0, dtype=np.int64), taken.undeclared, tuple(sharing),
    )  # fmt: skip


def _fix(variables: dict[str, Variable], condition: Mapping[str, Sequence[str]], where: str) -> dict[str, str]:
    """The node of each variable in a condition; a set that has no node yet gets one, and so does what it leaves out."""
    fixed = {}
    for name, members in condition.items():
        wanted = frozenset().union(*(_members(variables[name], member, where) for member in members))
        variables[name], node = variables[name].with_set(wanted)
        if node is not None:
            fixed[name] = node
            variables[name], _ = variables[name].with_set(frozenset(variables[name].categories) - wanted)
    return fixed


def _members(variable: Variable, node: str, where: str) -> frozenset[str]:
    if not variable.knows(node):
        raise refusal("unknown-category", where, value=node, name=variable.name)
    return variable.members(node)


def _levels(
    spec: Spec, variables: Mapping[str, Variable], fixed: Mapping[str, Mapping[str, str]], earlier: Sequence[Earlier]
) -> list[Level]:
    """All blocks: printed ones, those of earlier releases and figures beside, and what follows by subtraction."""
    found: dict[Level, None] = {}
    for table in spec.tables:
        found.update(dict.fromkeys(printed_levels(variables, table.by, fixed[table.name])))
    for figure in spec.beside:
        for key in (figure.of, figure.per):
            found[_level(variables, key, figure.where)] = None
        if figure.kind == AVERAGE:
            of = {**figure.of, figure.over: variables[figure.over].visible[0]}
            found[_level(variables, of, figure.where)] = None
    for before in earlier:
        found.update(dict.fromkeys(_level(variables, dict(key), before.name) for key in before.cells))
    for level in list(found):
        for name, tier in level:
            for other, (opposite, _) in remainders(variables[name]).items():
                if opposite == tier:
                    found[tuple((n, other if n == name else t) for n, t in level)] = None
    return list(found)


def _level(variables: Mapping[str, Variable], key: Mapping[str, str], where: str) -> Level:
    tiers = {}
    for name, node in key.items():
        if name not in variables:
            raise refusal("no-variable", where, name=name, allowed=", ".join(variables))
        holding = [tier for tier, nodes in enumerate(variables[name].tiers) if node in nodes]
        if not holding:
            raise refusal("unknown-category", where, value=node, name=name)
        tiers[name] = holding[0]
    return tuple((name, tiers[name]) for name in variables if name in tiers)


def remainders(variable: Variable) -> dict[int, tuple[int, int]]:
    """For each tier that is a set of categories: (tier, number) of the node that holds exactly all others."""
    nodes = {
        variable.members(node): (tier, place)
        for tier, names in enumerate(variable.tiers)
        for place, node in enumerate(names)
    }
    every = frozenset(variable.categories)
    left = {tier: every - variable.members(variable.tiers[tier][0]) for tier in variable.set_tiers}
    return {tier: nodes[members] for tier, members in left.items() if members in nodes}


def _follows(cells: Cells, level: Level) -> bool:
    """Whether a block is not printed and may follow: what a set leaves out, and the parts of what was merged."""
    for name, tier in level:
        variable = cells.variables[name]
        if tier in remainders(variable) or tier not in (*variable.printed_tiers, *variable.set_tiers):
            return True
    return False


def _remainders(cells: Cells) -> list[Equation]:
    """total = node + all that the node leaves out."""
    found = []
    for level in cells.levels:
        for name, tier in level:
            opposite = remainders(cells.variables[name]).get(tier)
            rest = tuple(part for part in level if part[0] != name)
            if opposite is not None and cells.has(rest, name, opposite[0]) and rest in cells.block:
                parts = (cells.at(rest, name, tier, 0), cells.at(rest, name, *opposite))
                whole = cells.of_block(cells.block[rest])
                for total, one, other in zip(whole.tolist(), parts[0].tolist(), parts[1].tolist(), strict=True):
                    found.append(Equation(total, (min(one, other), max(one, other))))
    return found


def _printed(cells: Cells, table: TableSpec, fixed: Mapping[str, str]) -> Ints:
    """The numbers of the cells that a table prints, finest first."""
    found: list[Ints] = []
    for level in printed_levels(cells.variables, table.by, fixed):
        number = cells.block[level]
        grid = np.arange(cells.offsets[number], cells.offsets[number + 1]).reshape(cells.shapes[number])
        for axis, (name, tier) in enumerate(level):
            if name in fixed:
                place = cells.variables[name].tiers[tier].index(fixed[name])
                grid = np.take(grid, [place], axis=axis)
        found.append(grid.ravel())
    return np.concatenate(found)


def _bearable(spec: Spec, taken: Records, variables: Mapping[str, Variable]) -> None:
    """Refuse a table with so many cells that no protection leaves anything to read, and say what can be given."""
    people = int(taken.weights.sum())
    most = min(MOST_CELLS, max(1000, MOST_CELLS_A_PERSON * people))
    for table in spec.tables:
        sizes = {
            name: 1 + sum(len(variables[name].tiers[t]) for t in variables[name].printed_tiers) for name in table.by
        }
        count = int(np.prod([float(size) for size in sizes.values()]))
        if count > most:
            raise refusal(
                "too-much-detail", table.where, name=table.name, count=count, people=people, most=most,
                instead=_instead(sizes, most),
            )  # fmt: skip


def _instead(sizes: Mapping[str, int], most: int) -> Mapping[str, str]:
    """What can be given: the table without its widest variables, as few as are needed."""
    out: list[str] = []
    left = math.prod(sizes.values())
    for name in sorted(sizes, key=lambda each: -sizes[each]):
        if left > most:
            out.append(f"'{name}'")
            left //= sizes[name]
    names = ", ".join(out)
    return {
        "en": f"Leave out {names}: {left} cells then remain; or merge categories",
        "nl": f"Laat {names} weg: dan blijven er {left} cellen over; of voeg categorieën samen",
    }
