"""Registrations without identity: their share, and what they can do to an estimate."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schakel.estimation.identity import bounds, scenario, shares
from schakel.estimation.two_lists import two_lists
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.estimation.small import histories

TWO = ("A", "B")
TABLE = pd.DataFrame({
    "list": ["A", "A", "A", "B", "B"],
    "year": [2017, 2018, 2018, 2018, 2018],
    "given_names": ["x", None, "x", "", "x"],
    "surname": ["y", None, None, None, None],
    "birth_date": ["1999", "1999", "2001-01-01", None, None],
})  # fmt: skip


def test_shares_by_list_and_year():
    told = {(one.name, *one.group): (one.registrations, one.unidentified) for one in shares(TABLE, ("year",))}
    assert told == {("A", "2017"): (1, 0), ("A", "2018"): (2, 1), ("B", "2018"): (2, 2)}
    assert [round(one.share, 2) for one in shares(TABLE)] == [0.33, 1.0]


def test_after_linkage_those_of_no_person_are_without_identity_and_an_empty_group_has_no_word():
    told = shares(TABLE.assign(sex=["v", None, float("nan"), "v", "v"]), ("sex",), [False, True, False, True, False])
    assert [(one.name, one.group, one.registrations, one.unidentified) for one in told] == [
        ("A", ("",), 2, 1), ("A", ("v",), 1, 0), ("B", ("v",), 2, 1),
    ]  # fmt: skip


def test_a_table_without_any_column_of_an_identity_is_not_told_as_people_without_one():
    with pytest.raises(BadInput, match="no column 'given_names'"):
        shares(TABLE[["list", "year"]])


def test_a_column_that_is_not_there_is_refused():
    with pytest.raises(BadInput, match="no column 'region'"):
        shares(TABLE, ("region",))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("known", [0, 400, 300, 100]), ("new", [0, 400, 420, 100]), ("elsewhere", [0, 280, 300, 220]),
     ("alike", [0, 370, 390, 130])],
)  # fmt: skip
def test_each_scenario_moves_people_as_it_says(name, expected):
    assert scenario(histories(0, 400, 300, 100, lists=TWO), {"B": 120}, name).counts.tolist() == expected


def test_whole_people_are_made_and_none_gets_lost():
    table = histories(0, 1, 1, 1, 1, 1, 1, 1, lists=("A", "B", "C"))
    for number in range(1, 4):
        assert scenario(table, {"A": number}, "elsewhere").observed == table.observed


def test_more_of_them_than_there_are_others_are_new_people():
    assert scenario(histories(0, 40, 30, 10, lists=TWO), {"B": 100}, "elsewhere").counts.tolist() == [0, 0, 90, 50]


def test_two_lists_are_bounded_by_new_and_elsewhere():
    found = bounds(histories(0, 400, 300, 100, lists=TWO), {"B": 120}, two_lists)
    assert found.low == found.scenarios["elsewhere"].population
    assert found.high == found.scenarios["new"].population
    assert found.low < found.scenarios["known"].population < found.high
    assert "het zijn mensen die op geen andere lijst staan: 2.5" in found.words("nl")


def test_no_estimate_in_one_scenario_is_no_upper_bound():
    found = bounds(histories(0, 400, 300, 0, lists=TWO), {"B": 20}, two_lists)
    assert found.high is None
    assert "geen schatting" in found.words("nl")


def test_all_lists_may_have_them_and_nobody_is_lost():
    table = histories()
    after = scenario(table, {"A": 30, "C": 12}, "alike")
    lists = lambda counts: [int(counts[[m for m in range(8) if m >> p & 1]].sum()) for p in range(3)]  # noqa: E731
    assert np.subtract(lists(after.counts), lists(table.counts)) == pytest.approx([30, 0, 12], abs=3)


def test_a_negative_number_is_refused():
    with pytest.raises(BadInput, match="negative"):
        bounds(histories(), {"A": -1}, two_lists)
