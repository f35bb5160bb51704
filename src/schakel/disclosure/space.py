"""The variables of a release: their categories, the groups above those, and where each record falls.

A *node* of a variable is a set of its categories: one category, a named group, or a set that a condition names
(`where`, or an earlier release). The total is the absence of the variable. Nodes stand in *tiers*: the nodes of one
tier share no category, so that a record falls in at most one node of each tier.

Categories that an author merged are printed as one. Where an earlier release printed them apart, a reader knows them
apart: they then stay categories, in a tier that is not printed, under the joined one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from schakel.disclosure.refusals import refusal

Ints = npt.NDArray[np.int64]
LEAVES = 0


@dataclass(frozen=True)
class Variable:
    """A variable: its categories, its named groups (nested), and further sets of categories that conditions name."""

    name: str
    categories: tuple[str, ...]
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    joined: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Merged categories whose parts stay apart because an earlier release printed these."""

    @property
    def visible(self) -> tuple[str, ...]:
        """The categories as they are printed: joined ones in the place of their parts."""
        return tuple(dict.fromkeys(self.shown(category) for category in self.categories))

    @property
    def hidden(self) -> tuple[str, ...]:
        """The categories that are printed only as part of a joined one."""
        return tuple(category for category in self.categories if self.shown(category) != category)

    def shown(self, node: str) -> str:
        """What a category is printed as; any other node is itself."""
        return next((name for name, members in self.joined.items() if node in members), node)

    def knows(self, node: str) -> bool:
        """Whether this is a category, a joined one, or a named group."""
        return node in self.categories or node in self.joined or node in self.groups

    @property
    def tiers(self) -> tuple[tuple[str, ...], ...]:
        """The names of the nodes by tier: categories as printed, groups from the widest inward, one tier for each set,
        and last the categories that are not printed by themselves."""
        depth = {name: sum(members < other for other in self.groups.values()) for name, members in self.groups.items()}
        grouped = [tuple(n for n, d in depth.items() if d == level) for level in sorted(set(depth.values()))]
        hidden = [self.hidden] if self.joined else []
        return (self.visible, *grouped, *((name,) for name in self.sets), *hidden)

    @property
    def printed_tiers(self) -> range:
        """The tiers that a table over this variable prints: categories and named groups."""
        return range(len(self.tiers) - len(self.sets) - bool(self.joined))

    @property
    def set_tiers(self) -> range:
        """The tiers of sets that conditions and earlier releases name."""
        first = len(self.printed_tiers)
        return range(first, first + len(self.sets))

    def members(self, node: str) -> frozenset[str]:
        """The categories in a node."""
        for named in (self.groups, self.joined, self.sets):
            if node in named:
                return named[node]
        return frozenset({node})

    def codes(self, tier: int) -> Ints:
        """For each category the number of the node of this tier that holds it, -1 where none does."""
        found = np.full(len(self.categories), -1, dtype=np.int64)
        place = {category: number for number, category in enumerate(self.categories)}
        for number, node in enumerate(self.tiers[tier]):
            found[[place[category] for category in self.members(node)]] = number
        return found

    def children(self, node: str | None) -> tuple[tuple[int, int], ...]:
        """(tier, number) of the nodes that together make up a node (None: the total), the widest groups first.

        A set that a condition named is made of categories only: it may cut through groups.
        """
        inside = frozenset(self.categories) if node is None else self.members(node)
        groups = {} if node in {**self.sets, **self.joined} else {n: m for n, m in self.groups.items() if m < inside}
        widest = {n: m for n, m in groups.items() if not any(m < other for other in groups.values())}
        left = inside - frozenset().union(*widest.values())
        joined = {} if node in self.joined else {n: m for n, m in self.joined.items() if m <= left}
        left -= frozenset().union(*joined.values())
        names = [*widest, *joined, *(c for c in self.categories if c in left)]
        where = {name: (tier, number) for tier, nodes in enumerate(self.tiers) for number, name in enumerate(nodes)}
        return tuple(where[name] for name in names)

    def with_set(self, members: Iterable[str]) -> tuple[Variable, str | None]:
        """The variable with a node for these categories, and that node's name; None for all of them: the total."""
        wanted = frozenset(members)
        for member in sorted(wanted - frozenset(self.categories)):
            raise refusal("unknown-category", "", value=member, name=self.name)
        if wanted == frozenset(self.categories):
            return self, None
        if len(wanted) == 1:
            return self, next(iter(wanted))
        for name, known in {**self.groups, **self.joined, **self.sets}.items():
            if known == wanted:
                return self, name
        label = "{" + "|".join(c for c in self.categories if c in wanted) + "}"
        return replace(self, sets={**self.sets, label: wanted}), label


def nested(
    variable: str, groups: Mapping[str, Iterable[str]], categories: Iterable[str], where: str = ""
) -> Mapping[str, frozenset[str]]:
    """The groups of a variable as sets of categories; a group may name other groups as its members.

    Raises `BadInput` for an unknown member, a group that has the name of a category, and groups that do not nest.
    """
    known = frozenset(categories)
    made: dict[str, frozenset[str]] = {}
    waiting = {name: tuple(members) for name, members in groups.items()}
    for name in waiting:
        if name in known:
            raise refusal("twice", where, name=name)
    while waiting:
        ready = [name for name, members in waiting.items() if all(m in known or m in made for m in members)]
        if not ready:
            name, members = next(iter(waiting.items()))
            missing = next(m for m in members if m not in known and m not in made)
            raise refusal("unknown-category", where, value=missing, name=variable)
        for name in ready:
            made[name] = frozenset().union(*(made.get(m, frozenset({m})) for m in waiting.pop(name)))
    for (first, one), (second, other) in combinations(made.items(), 2):
        if one & other and not (one < other or other < one):
            raise refusal("not-nested", where, first=first, second=second, name=variable)
    return made
