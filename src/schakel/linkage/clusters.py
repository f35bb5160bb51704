"""From pairs to persons: registrations that hang together are one person, on whatever list they stand.

Draw 0 keeps the pairs at or above the threshold. Each further draw keeps every pair with its own probability, so that
what follows (capture histories, an estimate) can be computed once a draw and show how much hangs on the links.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schakel.vocabulary.passing import CLUSTERS, check

if TYPE_CHECKING:
    from numpy.typing import NDArray

Whole = "NDArray[np.int64]"


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


def one_to_one(
    count: int, pairs: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]], once: NDArray[np.int64]
) -> NDArray[np.int64]:
    """As `components`, but a person has at most one registration of a list that holds a person once.

    `once` is the number of such a list for each registration, -1 elsewhere. The surest pair comes first; a pair that
    would bring two registrations of one such list together is left out. Only where the plain answer breaks the rule is
    it worked out anew.
    """
    left, right, weight = pairs
    plain = components(count, left, right)
    keyed = np.flatnonzero(once >= 0)
    taken = pd.Series(plain[keyed]).astype("int64").to_frame("root").assign(list=once[keyed])
    broken = np.unique(taken.loc[taken.duplicated(), "root"].to_numpy())
    if not broken.size:
        return plain
    inside = np.isin(plain[left], broken)
    order = np.lexsort((right[inside], left[inside], -weight[inside]))
    return _greedy(plain, left[inside][order], right[inside][order], once, np.flatnonzero(np.isin(plain, broken)))


def _greedy(
    plain: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    once: NDArray[np.int64],
    members: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The surest pair first, unless both sides already hold a registration of the same list."""
    root = {int(one): int(one) for one in members}
    lists = {int(one): {int(once[one])} - {-1} for one in members}

    def top(one: int) -> int:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        a, b = sorted((top(one), top(other)))
        if a != b and not lists[a] & lists[b]:
            root[b] = a
            lists[a] |= lists.pop(b)
    made = plain.copy()
    made[members] = [top(int(one)) for one in members]
    return made


def clustered(
    records: pd.DataFrame, pairs: pd.DataFrame, *, threshold: float, draws: int = 0, seed: int = 7
) -> pd.DataFrame:
    """The table CLUSTERS: draw 0 at the threshold, and `draws` more in which each kept pair is drawn.

    `records` has `record`, `list` and `once`; `pairs` has `record`, `other` and `probability`.
    """
    index = pd.Index(records["record"].to_numpy())
    left, right = (index.get_indexer(pairs[name]).astype(np.int64) for name in ("record", "other"))
    probability = pairs["probability"].to_numpy(dtype=np.float64)
    lists = pd.factorize(records["list"])[0]
    once = np.where(records["once"].to_numpy(), lists, -1).astype(np.int64)
    tables = []
    for draw, kept in enumerate(_kept(probability, threshold, draws, seed)):
        found = one_to_one(len(index), (left[kept], right[kept], probability[kept]), once)
        person = np.unique(found, return_inverse=True)[1]
        tables.append(pd.DataFrame({"record": index.to_numpy(), "person": person, "draw": draw}))
    return check(pd.concat(tables, ignore_index=True), CLUSTERS)


def _kept(probability: NDArray[np.float64], threshold: float, draws: int, seed: int) -> Iterator[NDArray[np.bool_]]:
    """Which pairs are links: the best draw, and the drawn ones."""
    yield probability >= threshold
    chance = np.random.default_rng(seed)
    for _ in range(draws):
        yield chance.random(len(probability)) < probability
