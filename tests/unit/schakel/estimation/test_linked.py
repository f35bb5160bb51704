"""What a linkage hands to estimation: who is counted, and who is left out because there is nothing to link by."""

from __future__ import annotations

import pandas as pd
import pytest

from schakel.estimation.linked import counted, without_person
from schakel.vocabulary.errors import BadInput

CLUSTERS = pd.DataFrame({"record": [1, 2, 3, 4, 5], "person": [10, 10, 11, 12, 13], "draw": 0})
REGISTRATIONS = pd.DataFrame({
    "record": range(1, 10),
    "list": ["Police", "Care", "Police", "Care", "Police", "Care", "Care", "Police", "Care"],
    "sex": ["v", "v", "m", "v", "m", "v", "m", "v", None],
})  # fmt: skip


def test_who_is_in_no_cluster_is_noted_and_told_by_list_and_stratum():
    found = counted(CLUSTERS, REGISTRATIONS, ["sex"])
    assert {key: made.counts.tolist() for key, made in found.histories.items()} == {
        ("m",): [0, 0, 2, 0],
        ("v",): [0, 1, 0, 1],
    }
    for made in found.histories.values():
        assert made.notes[0]("en") == "4 registrations without identity could be linked to nobody and do not count."
        assert made.notes[0]("nl").startswith("4 registraties zonder identiteit")
    assert {(one.name, *one.group): (one.registrations, one.unidentified) for one in found.shares} == {
        ("Care", ""): (1, 1), ("Care", "m"): (1, 1), ("Care", "v"): (3, 1),
        ("Police", "m"): (2, 0), ("Police", "v"): (2, 1),
    }  # fmt: skip


def test_without_them_there_is_no_note():
    found = counted(CLUSTERS, REGISTRATIONS.head(5))
    assert found.histories[()].notes == ()
    assert [one.unidentified for one in found.shares] == [0, 0]


@pytest.mark.parametrize(
    ("scenario", "counts"), [("known", [0, 1, 2, 1]), ("new", [0, 4, 3, 1]), ("elsewhere", [0, 1, 0, 4])]
)
def test_they_are_counted_as_the_people_that_a_scenario_says(scenario, counts):
    found = counted(CLUSTERS, REGISTRATIONS, unidentified=scenario).histories[()]
    assert found.counts.tolist() == counts
    assert "4 registrations without identity are counted, on the supposition: they are" in found.notes[0]("en")


def test_one_in_a_stratum_without_persons_is_told_apart():
    found = counted(CLUSTERS, REGISTRATIONS, ["sex"], unidentified="new")
    assert sum(made.observed for made in found.histories.values()) == 4 + 3
    said = [note("en") for note in found.histories[("v",)].notes]
    assert said[0].startswith("3 registrations without identity are counted")
    assert said[1] == "1 registrations without identity are of a stratum without persons and do not count."


def test_only_the_lists_that_take_part_are_told():
    more = pd.concat([REGISTRATIONS, pd.DataFrame({"record": [20, 21], "list": "Youth", "sex": "m"})])
    clusters = pd.concat([CLUSTERS, pd.DataFrame({"record": [20], "person": [11], "draw": 0})])
    found = counted(clusters, more, lists=["Police", "Care"])
    assert {one.name for one in found.shares} == {"Police", "Care"}


def test_each_draw_has_its_own_and_one_that_is_not_there_is_refused():
    assert without_person(CLUSTERS, REGISTRATIONS).tolist() == [False] * 5 + [True] * 4
    with pytest.raises(BadInput, match="no draw 3"):
        counted(CLUSTERS, REGISTRATIONS, draw=3)
