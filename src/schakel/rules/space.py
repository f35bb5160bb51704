"""The space of situations: finite domains, what cannot be together, and which facts that ties.

A situation gives each component a *mask*: bit i is set while value i is still possible. A constraint
is kept as nogoods, each a set of atoms that cannot all hold at once. Components that share a nogood
form an *island*; islands are independent of each other, which is what makes exact answers cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from schakel.rules.conditions import AnyOf, Condition, Domains, Is

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
        return tuple(value for bit, value in enumerate(self.domains[name]) if mask >> bit & 1)

    def situation(self, possible: Mapping[str, Iterable[str]]) -> Masks:
        """The masks of a situation given as component -> possible values."""
        masks = list(self.anything)
        for name, values in possible.items():
            masks[self.index[name]] = self.mask(name, values)
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

    def consistent(self, masks: Masks) -> Masks | None:
        """`masks` without the values that no completion has; None when no completion exists at all."""
        out = list(masks)
        for number, island in enumerate(self.islands):
            if len(island) == 1:
                if not out[island[0]]:
                    return None
                continue
            pruned = self._prune(number, tuple(out[component] for component in island))
            if pruned is None:
                return None
            for component, mask in zip(island, pruned, strict=True):
                out[component] = mask
        return tuple(out)

    @cached_property
    def _prune(self) -> Callable[[int, Masks], Masks | None]:
        return lru_cache(maxsize=65_536)(self._prune_island)

    def _prune_island(self, number: int, masks: Masks) -> Masks | None:
        """Per component the values that some completion of the island has; None without completion."""
        left = [0] * len(masks)
        for place, mask in enumerate(masks):
            for bit in single_bits(mask):
                if left[place] & bit:
                    continue
                found = self._complete(number, (*masks[:place], bit, *masks[place + 1 :]))
                if found is not None:
                    left = [have | new for have, new in zip(left, found, strict=True)]
        return tuple(left) if all(left) else None

    @cached_property
    def _island_nogoods(self) -> tuple[tuple[Nogood, ...], ...]:
        """Per island its nogoods, with component indexes counted inside the island."""
        place = [{component: spot for spot, component in enumerate(island)} for island in self.islands]
        out: list[list[Nogood]] = [[] for _ in self.islands]
        for nogood, _ in self.nogoods:
            home = self.island_of[nogood[0][0]]
            out[home].append(tuple((place[home][component], mask) for component, mask in nogood))
        return tuple(tuple(group) for group in out)

    def _complete(self, number: int, masks: Sequence[int]) -> Masks | None:
        """One completion of an island within `masks` (each mask a single bit), or None."""
        nogoods = self._island_nogoods[number]
        pending = [list(masks)]
        while pending:
            trial = pending.pop()
            if not _propagate(trial, nogoods):
                continue
            split = next((place for place, mask in enumerate(trial) if mask & (mask - 1)), None)
            if split is None:
                return tuple(trial)
            low = trial[split] & -trial[split]
            pending.append([*trial[:split], trial[split] ^ low, *trial[split + 1 :]])
            pending.append([*trial[:split], low, *trial[split + 1 :]])
        return None

    def meets(self, masks: Masks, term: Nogood) -> bool:
        """Whether some completion of `masks` (already consistent) lies in the conjunction `term`."""
        narrowed = list(masks)
        touched = set()
        for number, mask in term:
            narrowed[number] &= mask
            if not narrowed[number]:
                return False
            touched.add(self.island_of[number])
        for home in touched:
            island = self.islands[home]
            if len(island) > 1 and self._prune(home, tuple(narrowed[number] for number in island)) is None:
                return False
        return True


def single_bits(mask: int) -> Iterable[int]:
    """The bits of a mask one by one, lowest first."""
    while mask:
        low = mask & -mask
        yield low
        mask ^= low


def _propagate(masks: list[int], nogoods: tuple[Nogood, ...]) -> bool:
    """Narrow `masks` in place by unit propagation; False on a conflict."""
    changed = True
    while changed:
        changed = False
        for nogood in nogoods:
            open_at = -1
            for place, mask in nogood:
                have = masks[place]
                if not have & mask:
                    break
                if have & ~mask:
                    if open_at >= 0:
                        break
                    open_at, open_mask = place, mask
            else:
                if open_at < 0:
                    return False
                masks[open_at] &= ~open_mask
                changed = True
    return all(masks)
