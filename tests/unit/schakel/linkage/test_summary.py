"""What is told of a linkage holds what was left out, list by list."""

from __future__ import annotations

import pandas as pd

from schakel.linkage.linking import Linked
from schakel.linkage.summary import explanation, summary

NONE = pd.DataFrame(columns=["file", "line", "reason"])


def test_registrations_without_identity_are_told_list_by_list(
    linked: Linked, country: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    told, rows = summary(linked, NONE)["without_identity"], country[0]
    assert {one["list"]: one["registrations"] for one in told} == rows["list"].value_counts().to_dict()
    nameless = rows[rows["given_names"].isna() & rows["surname"].isna()]
    assert len(nameless)
    found = {one["list"]: one["without_identity"] for one in told if one["without_identity"]}
    assert found == nameless["list"].value_counts().to_dict()
    assert all(one["share"] == one["without_identity"] / one["registrations"] for one in told)


def test_an_explanation_as_data_adds_up(linked: Linked) -> None:
    pair = linked.pairs.sort_values("probability").iloc[-1]
    told = explanation(linked.explain(int(pair["record"]), int(pair["other"])))
    assert told["one_person"]
    assert abs(told["before"] + sum(one["weight"] for one in told["evidence"]) - pair["weight"]) < 1e-9
    assert told["evidence"][0]["says"]["nl"].startswith("voornamen: ")
