"""A linkage from registrations to persons: right, repeatable, resumable, and honest about what it left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from schakel.linkage.linking import Linked, LinkOptions, link
from schakel.linkage.quality import cluster_quality, truth_of
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.passing import CLUSTERS, check
from tests.unit.schakel.linkage.conftest import SEED

Country = tuple[pd.DataFrame, pd.DataFrame]


def test_persons_are_found_without_labels(linked: Linked, country: Country) -> None:
    best = linked.clusters[linked.clusters["draw"] == 0].reset_index(drop=True)
    found = cluster_quality(best["person"], truth_of(best, country[1]).reset_index(drop=True))
    assert found.precision > 0.98
    assert found.recall > 0.8


def test_the_model_knows_how_precise_it_is(linked: Linked, country: Country) -> None:
    truth = country[1].set_index("record")["person"]
    kept = linked.pairs[linked.pairs["probability"] >= 0.5]
    right = (truth.loc[kept["record"]].to_numpy() == truth.loc[kept["other"]].to_numpy()).mean()
    assert kept["probability"].mean() == pytest.approx(right, abs=0.05)


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_a_seed_that_cannot_be_used_is_one_sentence(country: Country, seed: int) -> None:
    with pytest.raises(BadInput, match=f"the seed '{seed}' cannot be used"):
        link(country[0], seed=seed)


def test_registrations_too_much_alike_to_compare_are_not_told_as_different() -> None:
    alike = {"list": "a", "given_names": "Jan", "surname": "Jansen", "birth_date": "1990-02-03"}
    rows = pd.DataFrame({"record": range(400), **alike, "sex": None, "nationality": None})
    with pytest.raises(
        BadInput, match=r"too many registrations are alike .*: 400 share birth_day .*rows that stand twice"
    ):
        link(rows, seed=1)


def test_nothing_is_dropped_silently(linked: Linked, country: Country) -> None:
    rows = country[0]
    assert len(linked.registrations) + len(linked.unlinkable) == len(rows)
    nameless = rows[rows["given_names"].isna() & rows["surname"].isna()]
    assert set(linked.unlinkable["record"]) == set(nameless["record"])
    assert set(linked.clusters["record"]) == set(linked.registrations["record"])


def test_clusters_have_the_form_that_estimation_takes(linked: Linked) -> None:
    check(linked.clusters, CLUSTERS)
    assert sorted(linked.clusters["draw"].unique()) == [0, 1, 2, 3]


def test_what_was_scored_is_not_scored_again(linked: Linked, country: Country, folder: Path) -> None:
    told: list[str] = []
    again = link(country[0], linked.options, seed=SEED, folder=folder, tell=lambda stage, *_: told.append(stage))
    assert again.reused
    assert "train" not in told
    pd.testing.assert_frame_equal(again.clusters, linked.clusters)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"threshold": 1.0}, "between 0 and 1"),
        ({"threshold": float("nan")}, "between 0 and 1"),
        ({"draws": -1}, "no number of draws"),
        ({"once": ("polcie",)}, "no list 'polcie'. The lists are: care_coordinators"),
        ({"exact": ("postcode",)}, "no column 'postcode'"),
    ],
)
def test_options_that_cannot_be_are_refused(country: Country, change: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        link(country[0], replace(LinkOptions(), **change), seed=1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows.drop(columns="surname"), "no column 'surname'"),
        (lambda rows: rows.iloc[:1], "usable registrations"),
        (lambda rows: rows.assign(given_names=None, surname=None), "0 usable registrations"),
        (lambda rows: pd.concat([rows, rows]), "same record"),
        (lambda rows: rows.assign(birth_date=[1.5] * len(rows)), "birth_date"),
    ],
)
def test_tables_that_cannot_be_linked_are_refused(country: Country, change: object, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        link(change(country[0]), seed=1)
