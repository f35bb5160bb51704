"""Decomposable graphs: how many there are, and that their terms make a table whole again."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from schakel.estimation.graphs import Graphs, decomposable, pairs


def plain_chordal(points: int, edges: set[tuple[int, int]]) -> bool:
    """As a textbook has it: no circle of four or more without a chord, by taking away simplicial points."""
    left = set(range(points))
    joined = {point: {b if a == point else a for a, b in edges if point in (a, b)} for point in left}
    while left:
        for point in sorted(left):
            around = joined[point] & left
            if all(other in joined[one] for one, other in combinations(sorted(around), 2)):
                left.remove(point)
                break
        else:
            return False
    return True


@pytest.mark.parametrize(("points", "number"), [(2, 2), (3, 8), (4, 61), (5, 822), (6, 18_154)])
def test_the_number_of_decomposable_graphs_is_the_known_one(points: int, number: int) -> None:
    assert len(decomposable(points).edges) == number


def test_they_are_the_graphs_that_the_plain_way_finds() -> None:
    names = pairs(4)
    for mask in range(1 << len(names)):
        edges = {pair for place, pair in enumerate(names) if mask >> place & 1}
        assert plain_chordal(4, edges) == (mask in decomposable(4).edges), edges


@pytest.mark.parametrize("points", [3, 4, 5])
def test_cliques_less_separators_count_every_point_once(points: int) -> None:
    terms = decomposable(points).terms.astype(int)
    for point in range(points):
        with_it = np.arange(1 << points) >> point & 1 == 1
        assert (terms[:, with_it].sum(axis=1) == 1).all()


def test_cliques_of_a_chain_and_of_the_graph_without_edges() -> None:
    found: Graphs = decomposable(3)
    chain = next(place for place, edges in enumerate(found.edges) if edges == 0b011)  # 12 and 13
    assert found.cliques(chain) == (0b011, 0b101)
    assert found.terms[chain, 0b001] == -1  # list 1 separates them
    assert found.cliques(0) == (0b001, 0b010, 0b100)


def test_what_is_remembered_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        decomposable(3).terms[0, 0] = 1
