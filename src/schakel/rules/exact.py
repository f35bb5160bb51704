"""One rule decided exactly over its own facts: its truth table, and the ties that constraints lay between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from schakel.rules.conditions import All, Condition, Is, atoms
from schakel.rules.grid import Grid
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY, MAY_APPLY, Outcome
from schakel.rules.space import Masks, Space

_APPLIES = Outcome(APPLIES)
_DOES_NOT_APPLY = Outcome(DOES_NOT_APPLY)


@dataclass(frozen=True)
class Tie:
    """An island that holds two or more components of a rule: the first `own` axes of its grid."""

    grid: Grid
    allowed: int
    own: int

    @cached_property
    def components(self) -> tuple[int, ...]:
        return self.grid.components[: self.own]

    def binds(self, masks: Masks) -> bool:
        """Whether more than one of the rule's components is open; for one alone the pruned mask says all."""
        return sum(masks[component] & (masks[component] - 1) != 0 for component in self.components) > 1

    def ways(self, masks: Masks) -> int:
        """The ways to fill in the rule's components of this island that extend to the whole island."""
        ways = self.allowed & self.grid.within(masks)
        for axis in reversed(range(self.own, len(self.grid.components))):
            ways = self.grid.fold(ways, axis)
        return ways


@dataclass(frozen=True)
class Table:
    """A rule as a truth table over its components, those of one tie side by side."""

    space: Space
    name: str
    rule: Condition
    besides: tuple[int, ...] = ()
    """Components that the rule no longer names and still may hang on: a constraint ties them to what it names."""

    @cached_property
    def own(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys((*(self.space.index[atom.fact] for atom in atoms(self.rule)), *self.besides)))

    @cached_property
    def scope(self) -> tuple[int, ...]:
        """All components that can bear on the rule: its own, and the rest of the islands that tie them."""
        tied = (component for tie in self.ties for component in tie.grid.components)
        return tuple(dict.fromkeys((*self.own, *tied)))

    @cached_property
    def cuts(self) -> dict[int, list[int]]:
        """Per component the sets of values that the rule or (inside a tie) a constraint tells apart."""
        out: dict[int, list[int]] = {component: [] for component in self.own}
        for atom in atoms(self.rule):
            out[self.space.index[atom.fact]].append(self.space.mask(atom.fact, atom.values))
        return out

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """The ties, the largest first: its block lies lowest in the grid and needs no spreading."""
        shared: dict[int, list[int]] = {}
        for component in self.own:
            shared.setdefault(self.space.island_of[component], []).append(component)
        ties = [self._tie(island, own) for island, own in shared.items() if len(own) > 1]
        return tuple(sorted(ties, key=lambda tie: tie.grid.strides[tie.own], reverse=True))

    def _tie(self, island: int, own: list[int]) -> Tie:
        others = [component for component in self.space.islands[island] if component not in own]
        grid, allowed = self.space.table((*own, *others), self.cuts, self.name)
        return Tie(grid, allowed, len(own))

    @cached_property
    def grid(self) -> Grid:
        tied = {component: values for tie in self.ties
                for component, values in zip(tie.components, tie.grid.classes, strict=False)}  # fmt: skip
        free = {component: self.space.classes(component, self.cuts[component])
                for component in self.own if component not in tied}  # fmt: skip
        return Grid((*tied, *free), (*tied.values(), *free.values()), self.name)

    @cached_property
    def truth(self) -> int:
        axis = {self.space.names[component]: axis for axis, component in enumerate(self.grid.components)}
        return self._ways(self.rule, axis)

    def _ways(self, rule: Condition, axis: dict[str, int]) -> int:
        if isinstance(rule, Is):
            return self.grid.where(axis[rule.fact], self.space.mask(rule.fact, rule.values))
        ways = self.grid.everything if isinstance(rule, All) else 0
        for part in rule.parts:
            ways = ways & self._ways(part, axis) if isinstance(rule, All) else ways | self._ways(part, axis)
        return ways

    def worlds(self, masks: Masks) -> int:
        """The ways to fill in the rule's components that extend to a completion of the situation."""
        ways, first = self.grid.within(masks), 0
        for tie in self.ties:
            if tie.binds(masks):
                ways &= self.grid.spread(tie.ways(masks), first, first + tie.own)
            first += tie.own
        return ways

    def outcome(self, masks: Masks) -> Outcome:
        """The status, for masks that `Space.consistent` has pruned, and what it hangs on."""
        worlds = self.worlds(masks)
        true = worlds & self.truth
        if true == worlds:
            return _APPLIES
        if not true:
            return _DOES_NOT_APPLY
        return Outcome(MAY_APPLY, frozenset(self._hangs_on(masks, true, worlds ^ true)))

    def _hangs_on(self, masks: Masks, true: int, false: int) -> Iterator[str]:
        for axis, component in enumerate(self.grid.components):
            if masks[component] & (masks[component] - 1) and self._matters(axis, true, false):
                yield self.space.names[component]

    def _matters(self, axis: int, true: int, false: int) -> bool:
        """Whether a value decides the rule, or two worlds that differ in this component alone disagree."""
        stride = self.grid.strides[axis]
        true_rest = false_rest = shift = 0
        for part in self.grid.slices[axis]:
            with_it, against = true & part, false & part
            if (with_it == 0) != (against == 0):
                return True
            true_rest |= with_it >> shift
            false_rest |= against >> shift
            if true_rest & false_rest:
                return True
            shift += stride
        return False
