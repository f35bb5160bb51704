"""Quality where it is known who is who."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schakel.linkage.linking import Linked
from schakel.linkage.quality import (
    Quality,
    best_pairs,
    by_group,
    cluster_quality,
    pair_quality,
    truth_of,
    usual_groups,
)
from schakel.vocabulary.errors import BadInput


def test_clusters_are_judged_by_their_pairs() -> None:
    found = cluster_quality(pd.Series([1, 1, 1, 2]), pd.Series([7, 7, 8, 8]))
    assert found == Quality(true=2, found=3, right=1)
    assert (found.precision, found.recall) == (pytest.approx(1 / 3), 0.5)
    assert found.f1 == pytest.approx(2 / 5)


def test_nothing_found_and_nothing_to_find_is_no_error() -> None:
    assert Quality(0, 0, 0).f1 == Quality(0, 0, 0).precision == Quality(0, 0, 0).recall == 1


def test_pairs_are_judged_at_a_threshold_and_at_their_best() -> None:
    truth = pd.Series([1, 1, 1, 2], index=[10, 11, 12, 13])
    pairs = pd.DataFrame({"record": [10, 10, 11], "other": [11, 13, 12], "probability": [0.9, 0.8, 0.7]})
    assert pair_quality(pairs, truth, 0.85) == Quality(3, 1, 1)
    threshold, best = best_pairs(pairs, truth)
    assert threshold == 0.7
    assert best == Quality(3, 3, 2)


def test_missed_links_by_group_count_each_registration_of_a_pair() -> None:
    truth, person = pd.Series([1, 1, 2, 2]), pd.Series([1, 1, 2, 3])
    table = by_group(person, truth, {"sex": pd.Series(["f", "m", "f", None])})
    rows = table.set_index("value")
    assert rows.loc["f", ["registrations", "true", "found"]].tolist() == [2, 2, 1]
    assert rows.loc["f", "missed"] == 0.5
    assert rows.loc["", "missed"] == 1


def test_a_truth_that_lacks_somebody_is_refused() -> None:
    with pytest.raises(BadInput, match="does not say who 1 of"):
        truth_of(pd.DataFrame({"record": [1, 2]}), pd.DataFrame({"record": [1], "person": [5]}))


@pytest.mark.parametrize(
    ("truth", "said"),
    [
        ({"foo": [1]}, "no column 'record'"),
        ({"record": [1, 2, 2], "person": [5, 6, 7]}, "same record"),
        ({"record": ["R1", "R2"], "person": [5, 6]}, "column 'record'"),
    ],
)
def test_a_truth_that_is_none_is_one_sentence(truth: dict[str, list[object]], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        truth_of(pd.DataFrame({"record": [1, 2]}), pd.DataFrame(truth))


def test_missed_links_are_not_spread_evenly(linked: Linked, country: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """Who has no known birth day is missed more often: the reason why quality is told by group."""
    best = linked.clusters[linked.clusters["draw"] == 0].reset_index(drop=True)
    rows = linked.registrations.set_index("record").loc[best["record"]].reset_index()
    known = truth_of(best, country[1])
    table = by_group(best["person"], known, usual_groups(rows))
    assert set(table["group"]) == {"list", "sex", "age", "nationality", "birth_date"}
    missed = table[table["group"] == "birth_date"].set_index("value")["missed"]
    assert missed["not known"] > missed["day"]
    everyone = table[table["group"] == "sex"]
    assert everyone["registrations"].sum() == len(best)
    assert np.all((table["missed"].dropna() >= 0) & (table["missed"].dropna() <= 1))
