"""Persons are what hangs together, and at most one registration of a list that holds a person once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from schakel.linkage.clusters import Pairs, clustered, components, grouped, log_odds


def table(lists: str, once: str = "") -> pd.DataFrame:
    """Registrations 10, 11, ... on the lists named by letters."""
    return pd.DataFrame(
        {"record": range(10, 10 + len(lists)), "list": list(lists), "once": [name in once for name in lists]}
    )


def pairs(*edges: tuple[int, int, float]) -> pd.DataFrame:
    return pd.DataFrame(edges, columns=["record", "other", "probability"])


def persons(found: pd.DataFrame, draw: int = 0) -> list[list[int]]:
    rows = found[found["draw"] == draw]
    return sorted(sorted(group) for group in rows.groupby("person")["record"].apply(list))


def test_a_chain_is_one_person_however_long() -> None:
    count = 1_000
    order = np.random.default_rng(1).permutation(count - 1)
    found = components(count + 1, order, order + 1)
    assert set(found[:count]) == {0}
    assert found[count] == count


def test_no_pairs_leave_everybody_alone() -> None:
    empty = np.zeros(0, dtype=np.int64)
    assert components(3, empty, empty).tolist() == [0, 1, 2]


def test_pairs_below_the_threshold_link_nobody() -> None:
    found = clustered(table("abc"), pairs((10, 11, 0.96), (11, 12, 0.94)), threshold=0.95)
    assert persons(found) == [[10, 11], [12]]


def test_the_surest_pair_goes_first_where_a_list_holds_a_person_once() -> None:
    edges = pairs((10, 11, 0.97), (10, 12, 0.99))
    assert persons(clustered(table("abb"), edges, threshold=0.9)) == [[10, 11, 12]]
    assert persons(clustered(table("abb", once="b"), edges, threshold=0.9)) == [[10, 12], [11]]


def test_a_way_round_brings_no_two_of_such_a_list_together() -> None:
    edges = pairs((10, 11, 0.99), (11, 12, 0.98), (12, 13, 0.97))
    found = clustered(table("baab", once="b"), edges, threshold=0.9)
    assert persons(found) == [[10, 11, 12], [13]]


def test_other_persons_are_left_as_they_are() -> None:
    edges = pairs((10, 11, 0.99), (11, 12, 0.98), (13, 14, 0.97))
    assert persons(clustered(table("babaa", once="b"), edges, threshold=0.9)) == [[10, 11], [12], [13, 14]]


def test_draws_keep_pairs_by_their_probability() -> None:
    records = table("a" * 4_000)
    edges = pairs(*((10 + 2 * number, 11 + 2 * number, 0.7) for number in range(2_000)))
    found = clustered(records, edges, threshold=0.95, draws=2, seed=3)
    counts = found.groupby("draw")["person"].nunique()
    assert counts[0] == 4_000
    assert np.allclose(4_000 - counts[1:], 1_400, atol=3 * np.sqrt(2_000 * 0.21))
    assert counts[1] != counts[2]


def test_the_same_seed_gives_the_same_draws() -> None:
    edges = pairs((10, 11, 0.5), (11, 12, 0.5))
    one, two = (clustered(table("abc"), edges, threshold=0.9, draws=20, seed=5) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)


def test_grouping_equals_hanging_together_where_no_rule_is_broken() -> None:
    odds = log_odds(np.array([0.9, 0.8]))
    found = grouped(4, Pairs(np.array([0, 2]), np.array([1, 3]), odds), np.ones(2, dtype=bool), np.array([0, 1, 0, 1]))
    assert found.tolist() == components(4, np.array([0, 2]), np.array([1, 3])).tolist()


def test_one_link_does_not_make_two_groups_one_when_all_else_speaks_against() -> None:
    """Two people of one common name, three registrations each, and one link between them that is chance."""
    inside = [
        (one, other, 0.999) for group in ((10, 11, 12), (13, 14, 15)) for one in group for other in group if one < other
    ]
    assert persons(clustered(table("abcabc"), pairs(*inside, (10, 13, 0.96)), threshold=0.95)) == [
        [10, 11, 12],
        [13, 14, 15],
    ]


def test_a_registration_that_knows_little_is_held_by_the_one_it_fits() -> None:
    """A chain of three: the ends were never compared, or say little of each other."""
    edges = pairs((10, 11, 0.999), (11, 12, 0.97))
    assert persons(clustered(table("abc"), edges, threshold=0.95)) == [[10, 11, 12]]
