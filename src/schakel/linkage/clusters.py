"""From pairs to persons: registrations that hang together are one person, on whatever list they stand.

A chain of links is not enough: where the pairs between two groups speak against it on average, one link between them
does not make them one person. Without that, one common name ties hundreds of people together in a long list.

Draw 0 keeps the pairs at or above the threshold. Each further draw keeps every pair with its own probability, so that
what follows (capture histories, an estimate) can be computed once a draw and show how much hangs on the links.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from schakel.vocabulary.passing import CLUSTERS, check

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNKEPT: Final = 0.01
"""What a pair counts for that was not kept, or never compared: the probability below which pairs are not kept."""
AGAINST: Final = 0.05
"""Two groups stay apart when the average pair between them says so as surely as a link (0.95) says the opposite."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Kept pairs by position: `left` and `right` of the registrations, `odds` = log2(probability / (1 - it))."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    odds: NDArray[np.float64]

    def where(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Pairs:
        return Pairs(self.left[chosen], self.right[chosen], self.odds[chosen])


def log_odds(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """log2 of the odds; a probability of 0 or 1 counts as the nearest that can be written."""
    clipped = np.clip(probability, 1e-15, 1 - 1e-15)
    found: NDArray[np.float64] = np.log2(clipped / (1 - clipped))
    return found


def components(count: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each of `count` registrations the lowest position that it hangs together with.

    Every round each pair pulls the higher of its two roots to the lower, then paths are shortened; it ends when all
    pairs lie under one root. Work: a few passes over the pairs.
    """
    root = np.arange(count)
    while True:
        one, other = root[left], root[right]
        apart = one != other
        if not apart.any():
            return root
        left, right = left[apart], right[apart]
        low, high = np.minimum(one[apart], other[apart]), np.maximum(one[apart], other[apart])
        np.minimum.at(root, high, low)
        while True:
            shorter = root[root]
            if np.array_equal(shorter, root):
                break
            root = shorter


def grouped(count: int, pairs: Pairs, linked: NDArray[np.bool_], once: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each of `count` registrations the lowest position of the person that it belongs to.

    `linked` says which pairs are links; `once` is the number of a list that holds a person once, -1 elsewhere. The
    surest link comes first. It is left out when it would bring two registrations of one such list together, or when
    the pairs between the two groups weigh less than AGAINST on average (log-odds; what was not kept counts as UNKEPT).
    Only where hanging together can break one of the two rules is it worked out link by link.
    """
    plain = components(count, pairs.left[linked], pairs.right[linked])
    doubtful = _incomplete(plain, pairs) | _twice(plain, once)
    if not doubtful.any():
        return plain
    root, other = plain[pairs.left], plain[pairs.right]
    inside = (root == other) & doubtful[root]
    return _link_by_link(plain, doubtful, pairs.where(inside), linked[inside], once)


def _incomplete(plain: NDArray[np.int64], pairs: Pairs) -> NDArray[np.bool_]:
    """Which groups, by their lowest position, hold a pair that weighs less than AGAINST, or none at all."""
    size = np.bincount(plain, minlength=len(plain))
    good = (plain[pairs.left] == plain[pairs.right]) & (pairs.odds >= log_odds(np.array(AGAINST)))
    held = np.bincount(plain[pairs.left[good]], minlength=len(plain))
    incomplete: NDArray[np.bool_] = held < size * (size - 1) // 2
    return incomplete


def _twice(plain: NDArray[np.int64], once: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which groups hold two registrations of a list that holds a person once."""
    keyed = np.flatnonzero(once >= 0)
    taken = pd.DataFrame({"root": plain[keyed], "list": once[keyed]})
    found = np.zeros(len(plain), dtype=bool)
    found[taken.loc[taken.duplicated(), "root"].to_numpy()] = True
    return found


def _link_by_link(
    plain: NDArray[np.int64],
    doubtful: NDArray[np.bool_],
    pairs: Pairs,
    linked: NDArray[np.bool_],
    once: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The surest link first, unless a rule forbids it; other groups keep what they are."""
    members = np.flatnonzero(doubtful[plain]).tolist()
    groups = _Groups(members, pairs, once)
    links = pairs.where(linked)
    order = np.lexsort((links.right, links.left, -links.odds))
    for one, other in zip(links.left[order].tolist(), links.right[order].tolist(), strict=True):
        groups.join(one, other)
    made = plain.copy()
    made[members] = groups.lowest(members)
    return made


class _Groups:
    """Groups of registrations that grow: who is in which, on which lists it stands, how much lies between two."""

    def __init__(self, members: list[int], pairs: Pairs, once: NDArray[np.int64]) -> None:
        self.group = {one: one for one in members}
        self.held = {one: [one] for one in members}
        self.lists = {one: {int(once[one])} - {-1} for one in members}
        self.unkept, self.against = (float(log_odds(np.array(value))) for value in (UNKEPT, AGAINST))
        self.between: dict[int, dict[int, float]] = {one: {} for one in members}
        """Between two groups: the sum over kept pairs of what each weighs more than a pair that was not kept."""
        more = (pairs.odds - self.unkept).tolist()
        for one, other, extra in zip(pairs.left.tolist(), pairs.right.tolist(), more, strict=True):
            if one != other:
                self.between[one][other] = self.between[other][one] = extra

    def join(self, one: int, other: int) -> None:
        a, b = self.group[one], self.group[other]
        if a == b or self.lists[a] & self.lists[b]:
            return
        if self.between[a].get(b, 0.0) / (len(self.held[a]) * len(self.held[b])) + self.unkept < self.against:
            return
        if len(self.held[a]) < len(self.held[b]):
            a, b = b, a
        for moved in self.held[b]:
            self.group[moved] = a
        self.held[a] += self.held.pop(b)
        self.lists[a] |= self.lists.pop(b)
        for third, extra in self.between.pop(b).items():
            del self.between[third][b]
            if third != a:
                self.between[a][third] = self.between[third][a] = self.between[a].get(third, 0.0) + extra

    def lowest(self, members: list[int]) -> list[int]:
        """The lowest position in the group of each."""
        lowest = {name: min(held) for name, held in self.held.items()}
        return [lowest[self.group[one]] for one in members]


def clustered(
    records: pd.DataFrame, pairs: pd.DataFrame, *, threshold: float, draws: int = 0, seed: int = 7
) -> pd.DataFrame:
    """The table CLUSTERS: draw 0 at the threshold, and `draws` more in which each kept pair is drawn.

    `records` has `record`, `list` and `once`; `pairs` has `record`, `other` and `probability`.
    """
    index = pd.Index(records["record"].to_numpy())
    left, right = (index.get_indexer(pairs[name]).astype(np.int64) for name in ("record", "other"))
    probability = pairs["probability"].to_numpy(dtype=np.float64)
    placed = Pairs(left, right, log_odds(probability))
    lists = pd.factorize(records["list"])[0]
    once = np.where(records["once"].to_numpy(), lists, -1).astype(np.int64)
    tables = []
    for draw, linked in enumerate(_kept(probability, threshold, draws, seed)):
        person = np.unique(grouped(len(index), placed, linked, once), return_inverse=True)[1]
        tables.append(pd.DataFrame({"record": index.to_numpy(), "person": person, "draw": draw}))
    return check(pd.concat(tables, ignore_index=True), CLUSTERS)


def _kept(probability: NDArray[np.float64], threshold: float, draws: int, seed: int) -> Iterator[NDArray[np.bool_]]:
    """Which pairs are links: the best draw, and the drawn ones."""
    yield probability >= threshold
    chance = np.random.default_rng(seed)
    for _ in range(draws):
        yield chance.random(len(probability)) < probability
