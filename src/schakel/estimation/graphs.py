"""Decomposable graphs: the models of dependence between lists for which the unseen can be summed out by hand.

A point is a list, an edge says that two lists depend on each other given the rest. A graph is decomposable when its
points can be taken away one by one, each time a point whose remaining neighbours are all joined to one another. Taking
point v away with neighbours B contributes the chance of v given B, so that any function of a table over the whole
graph is a sum over points of f(B + v) - f(B): cliques come out with +1 and separators with minus how often they occur.
That sum is all that is kept of a graph here, as one row of small numbers over the 2**k sets of lists.

There are 8 such graphs of three lists, 61 of four, 822 of five and 18,154 of six. For seven there are 617,675: too many
to average over in memory, so that six is the limit.

Source: Madigan and York (1997), Biometrika 84, 19-31; Lauritzen (1996), Graphical Models, on perfect elimination
(recalled, as is the count of graphs; both counts are tested up to six points).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

FEWEST, MOST = 3, 6


@dataclass(frozen=True)
class Graphs:
    """All decomposable graphs of `lists` points.

    `edges`, shape (graphs,): a bit for each pair of lists, in the order of `pairs(lists)`.
    `terms`, shape (graphs, 2**lists): for each set of lists (bit i is list i) +1 for a clique, minus the number of
    times it separates cliques, 0 for all other sets.
    """

    lists: int
    edges: NDArray[np.int64]
    terms: NDArray[np.int8]

    def cliques(self, graph: int) -> tuple[int, ...]:
        """The cliques of one graph, as sets of lists in bits: the largest first."""
        found = [int(clique) for clique in np.flatnonzero(self.terms[graph] > 0) if clique]
        return tuple(sorted(found, key=lambda clique: (-clique.bit_count(), clique)))


def pairs(lists: int) -> tuple[tuple[int, int], ...]:
    """The pairs of lists, in the order in which `Graphs.edges` numbers them."""
    return tuple(combinations(range(lists), 2))


@lru_cache(maxsize=MOST)
def decomposable(lists: int) -> Graphs:
    """Every decomposable graph of `lists` points, found by taking points away from all graphs at once."""
    joined = _neighbours(lists)
    graphs = joined.shape[1]
    left = np.full(graphs, (1 << lists) - 1)
    terms = np.zeros((graphs, 1 << lists), dtype=np.int8)
    for _ in range(lists):
        taken = np.zeros(graphs, dtype=bool)
        for point in range(lists):
            around = joined[point] & left
            now = np.flatnonzero((left >> point & 1).astype(bool) & ~taken & _all_joined(around, joined))
            terms[now, around[now] | 1 << point] += 1
            terms[now, around[now]] -= 1
            left[now] &= ~(1 << point)
            taken[now] = True
    good = left == 0
    kept = terms[good]
    kept[:, 0] = 0  # the empty set separates for free
    kept.flags.writeable = False  # it is remembered, and shared
    return Graphs(lists, np.flatnonzero(good), kept)


def _neighbours(lists: int) -> NDArray[np.int64]:
    """For each point and each graph the neighbours in bits: shape (lists, graphs)."""
    every = np.arange(1 << len(pairs(lists)))
    joined = np.zeros((lists, len(every)), dtype=np.int64)
    for bit, (one, other) in enumerate(pairs(lists)):
        edge = every >> bit & 1
        joined[one] |= edge << other
        joined[other] |= edge << one
    return joined


def _all_joined(around: NDArray[np.int64], joined: NDArray[np.int64]) -> NDArray[np.bool_]:
    """For each graph whether the points `around` are all neighbours of one another."""
    good = np.ones(len(around), dtype=bool)
    for point, neighbours in enumerate(joined):
        good &= (around >> point & 1 == 0) | (around & ~neighbours & ~(1 << point) == 0)
    return good
