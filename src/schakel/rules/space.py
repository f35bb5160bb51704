"""The space of situations: finite domains, what cannot be together, and which facts that ties.

A situation gives each component a *mask*: bit i is set while value i is still possible. A constraint
is kept as nogoods, each a set of atoms that cannot all hold at once. Components that share a nogood
form an *island*; islands are independent of each other, which is what makes exact answers cheap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_

from schakel.rules.conditions import AnyOf, Condition, Domains, Is
from schakel.rules.grid import Grid, partition

Masks = tuple[int, ...]
Nogood = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Constraint:
    """What can never be together, with the reason in the content under `id`."""

    id: str
    never: Condition


@dataclass(frozen=True)
class Space:
    """Components with their domains and the constraints over them."""

    domains: Domains
    constraints: tuple[Constraint, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(self.domains)

    @cached_property
    def index(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def bits(self) -> dict[tuple[str, str], int]:
        return {(name, value): 1 << bit for name, values in self.domains.items() for bit, value in enumerate(values)}

    @cached_property
    def anything(self) -> Masks:
        """The situation in which nothing is known."""
        return tuple((1 << len(values)) - 1 for values in self.domains.values())

    @cached_property
    def nogoods(self) -> tuple[tuple[Nogood, str], ...]:
        """Each nogood with the id of its constraint."""
        return tuple((nogood, rule.id) for rule in self.constraints for nogood in self.terms(rule.never))

    @cached_property
    def islands(self) -> tuple[tuple[int, ...], ...]:
        """Groups of component indexes that constraints tie together, in order."""
        parent = list(range(len(self.names)))

        def root(number: int) -> int:
            while parent[number] != number:
                number = parent[number]
            return number

        for nogood, _ in self.nogoods:
            first = root(nogood[0][0])
            for number, _mask in nogood[1:]:
                parent[root(number)] = first
        groups: dict[int, list[int]] = {}
        for number in range(len(parent)):
            groups.setdefault(root(number), []).append(number)
        return tuple(tuple(group) for group in groups.values())

    @cached_property
    def island_of(self) -> tuple[int, ...]:
        """For each component the number of its island."""
        home = {number: island for island, group in enumerate(self.islands) for number in group}
        return tuple(home[number] for number in range(len(self.names)))

    def mask(self, name: str, values: Iterable[str]) -> int:
        """The mask of `values` of component `name`."""
        return sum(self.bits[name, value] for value in values)

    def values(self, name: str, mask: int) -> tuple[str, ...]:
        """The values that `mask` leaves possible for component `name`."""
        key = name, mask
        if key not in self._values:
            self._values[key] = tuple(value for bit, value in enumerate(self.domains[name]) if mask >> bit & 1)
        return self._values[key]

    @cached_property
    def _values(self) -> dict[tuple[str, int], tuple[str, ...]]:
        return {}

    def situation(self, possible: Mapping[str, Iterable[str]]) -> Masks:
        """The masks of a situation given as component -> possible values."""
        masks, index, bits = list(self.anything), self.index, self.bits
        for name, values in possible.items():
            mask = 0
            for value in values:
                mask |= bits[name, value]
            masks[index[name]] = mask
        return tuple(masks)

    def terms(self, condition: Condition) -> list[Nogood]:
        """The condition as alternatives, each a conjunction of (component index, mask)."""
        return [tuple(sorted(term.items())) for term in self._terms(condition)]

    def _terms(self, condition: Condition) -> list[dict[int, int]]:
        if isinstance(condition, Is):
            return [{self.index[condition.fact]: self.mask(condition.fact, condition.values)}]
        if isinstance(condition, AnyOf):
            return [term for part in condition.parts for term in self._terms(part)]
        out: list[dict[int, int]] = [{}]
        for part in condition.parts:
            out = [merged for left in out for right in self._terms(part) if (merged := self._merge(left, right))]
        return out

    def _merge(self, left: dict[int, int], right: dict[int, int]) -> dict[int, int] | None:
        merged = dict(left)
        for number, mask in right.items():
            merged[number] = merged.get(number, self.anything[number]) & mask
            if not merged[number]:
                return None
        return merged

    def classes(self, component: int, cuts: Iterable[int]) -> tuple[int, ...]:
        """The values of a component in classes that none of `cuts` tells apart."""
        return partition(self.anything[component], cuts)

    def table(self, components: tuple[int, ...], cuts: Mapping[int, Iterable[int]], owner: str) -> tuple[Grid, int]:
        """The components of one island as a grid fine enough for `cuts`, and the ways that no nogood forbids."""
        nogoods = [nogood for nogood, _ in self.nogoods if nogood[0][0] in components]
        told: dict[int, list[int]] = {component: [*cuts.get(component, ())] for component in components}
        for component, mask in (atom for nogood in nogoods for atom in nogood):
            told[component].append(mask)
        grid = Grid(components, tuple(self.classes(component, told[component]) for component in components), owner)
        axis = {component: number for number, component in enumerate(components)}
        allowed = grid.everything
        for nogood in nogoods:
            allowed &= ~reduce(and_, (grid.where(axis[component], mask) for component, mask in nogood))
        return grid, allowed

    @cached_property
    def _island_tables(self) -> tuple[tuple[Grid, int], ...]:
        tied = {component for nogood, _ in self.nogoods for component, _ in nogood}
        islands = (island for island in self.islands if tied.intersection(island))
        return tuple(self.table(island, {}, "a group of constraints") for island in islands)

    def consistent(self, masks: Masks) -> Masks | None:
        """`masks` without the values that no completion has; None when no completion exists at all."""
        if not all(masks):
            return None
        out = list(masks)
        for grid, allowed in self._island_tables:
            ways = allowed & grid.within(masks)
            if not ways:
                return None
            for axis, component in enumerate(grid.components):
                if masks[component] & (masks[component] - 1):
                    out[component] &= grid.alive(axis, ways)
        return tuple(out)
