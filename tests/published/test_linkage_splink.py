"""Checked against Splink itself: clusters at a threshold, and the score of a pair from the same m and u."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from schakel.linkage.linking import Linked, LinkOptions, link
from schakel.simulation.country import SMALL
from schakel.simulation.simulate import simulate


@pytest.fixture(scope="module")
def linked() -> Linked:
    made = simulate(replace(SMALL, people=4_000), seed=5)
    return link(made.registrations.drop(columns="number"), LinkOptions(), seed=5)


@pytest.mark.parametrize("threshold", [0.3, 0.95])
def test_what_hangs_together_is_what_splink_finds(linked: Linked, threshold: float) -> None:
    """Before the two limits of `grouped`, which Splink does not have."""
    from splink import DuckDBAPI
    from splink.clustering import cluster_pairwise_predictions_at_threshold

    from schakel.linkage.clusters import components

    records = linked.registrations[["record"]]
    index, kept = pd.Index(records["record"]), linked.pairs[linked.pairs["probability"] >= threshold]
    left, right = (index.get_indexer(kept[name]).astype("int64") for name in ("record", "other"))
    ours = records.assign(person=components(len(index), left, right))
    api = DuckDBAPI()
    theirs = cluster_pairwise_predictions_at_threshold(
        nodes=api.register(records),
        edges=api.register(linked.pairs.rename(columns={"probability": "match_probability"})),
        db_api=api,
        node_id_column_name="record",
        edge_id_column_name_left="record",
        edge_id_column_name_right="other",
        threshold_match_probability=threshold,
    ).as_pandas_dataframe()
    both = ours.merge(theirs, on="record")
    assert len(both) == len(records)
    assert both.groupby("person")["cluster_id"].nunique().max() == 1
    assert both.groupby("cluster_id")["person"].nunique().max() == 1


def test_a_probability_is_that_of_its_weight(linked: Linked) -> None:
    weight = linked.pairs["weight"].clip(-60, 60)
    pd.testing.assert_series_equal(linked.pairs["probability"], 1 / (1 + 2.0**-weight), check_names=False, rtol=1e-9)


def test_the_parts_of_a_pair_add_up_to_what_splink_scored(linked: Linked) -> None:
    for _, pair in linked.pairs.iloc[::97].iterrows():
        made = linked.explain(int(pair["record"]), int(pair["other"]))
        assert made.weight == pytest.approx(pair["weight"], abs=1e-9)
