"""The stratified table: its shape, its words, its doors."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation.stratified import Covariate, Stratified, read_stratified, with_active
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.estimation.small import FIRST, LISTS, SECOND, stratified

ROWS = {
    "A": [1, 0, 1, 1, 0],
    "B": [0, 1, 1, 0, 1],
    "sex": ["w", "w", "m", "m", "m"],
    "year": ["2014", "2015", "2014", "2015", "2015"],
    "count": [3, 4, 5, 6, 7],
}


def test_a_table_is_read_by_stratum():
    table = read_stratified(ROWS, ["sex", "year"])
    assert table.lists == ("A", "B")
    assert table.covariates == (Covariate("sex", ("m", "w")), Covariate("year", ("2014", "2015")))
    assert table.counts.tolist() == [[0, 0, 0, 5], [0, 6, 7, 0], [0, 3, 0, 0], [0, 0, 4, 0]]
    assert table.label(2) == "sex=w, year=2014"
    assert table.observed == 25


def test_an_empty_level_is_refused_and_says_where_to_go():
    with pytest.raises(BadInput, match=r"'sex' is empty on 1 rows.*missing"):
        read_stratified({**ROWS, "sex": ["w", None, "m", "m", "m"]}, ["sex", "year"])


def test_groups_number_the_strata_and_keep_the_order_asked_for():
    keys, number = read_stratified(ROWS, ["sex", "year"]).groups(["year"])
    assert keys == [("2014",), ("2015",)]
    assert number.tolist() == [0, 1, 0, 1]


def test_a_collapsed_table_holds_the_same_people():
    table = read_stratified(ROWS, ["sex", "year"])
    assert table.collapsed(["year"]).counts.tolist() == [[0, 3, 0, 5], [0, 6, 11, 0]]
    assert table.collapsed().counts.tolist() == [[0, 9, 11, 5]]
    assert table.only({"sex": "w"}).counts.tolist() == [[0, 3, 0, 0], [0, 0, 4, 0]]


def test_a_list_that_is_not_active_has_no_cells_there():
    table = with_active(stratified((*FIRST[:4], 0, 0, 0, 0), SECOND), {"C": {"sex": ["w"]}})
    assert table.possible.sum(1).tolist() == [3, 7]
    assert not table.possible[:, 0].any()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"active": np.array([[True, True, False], [True, True, True]])}, "not active there"),
        ({"counts": -np.ones((2, 8), dtype=np.int64)}, "a count is negative"),
        ({"counts": np.ones((2, 8), dtype=np.int64)}, "on no list at all"),
        ({"counts": np.zeros((2, 8), dtype=np.int64)}, "nobody in the table"),
        ({"counts": np.zeros((2, 4), dtype=np.int64)}, "do not fit"),
        ({"lists": ("A", "B", "sex")}, "stands twice: sex"),
        ({"lists": ("A", "B", "C*D")}, "holds one of"),
        ({"covariates": (Covariate("sex", ("m", "m")),)}, "one that stands twice"),
    ],
)
def test_what_cannot_be_a_table_of_people_is_refused(change, words):
    table = stratified()
    given = {"lists": LISTS, "covariates": table.covariates, "counts": table.counts, "active": table.active}
    with pytest.raises(BadInput, match=words):
        Stratified(**(given | change))


@pytest.mark.parametrize(
    ("active", "words"),
    [({"D": {"sex": ["m"]}}, "no column 'D'"), ({"A": {"age": ["m"]}}, "no covariate 'age'"),
     ({"A": {"sex": ["x"]}}, "no level 'x'")],
)  # fmt: skip
def test_an_unknown_list_covariate_or_level_is_refused(active, words):
    with pytest.raises(BadInput, match=words):
        with_active(stratified(), active)


def test_too_many_strata_are_refused_before_they_are_made():
    people = 3_000
    rows = {"A": [1, 0, 1] * 1000, "B": [0, 1, 1] * 1000, "file": [str(one) for one in range(people)],
            "name": [str(one) for one in range(people)]}  # fmt: skip
    with pytest.raises(BadInput, match="9000000 strata of 2 lists, more than 65536"):
        read_stratified(rows, ["file", "name"])


def test_a_refusal_speaks_dutch_too():
    with pytest.raises(BadInput) as caught:
        stratified().only({"age": "x"})
    assert caught.value.say("nl") == "er is geen kenmerk 'age'. Kies een van: sex."


@pytest.mark.parametrize("unknown", [None, "", "NA", float("nan"), " nan "])
def test_a_level_that_says_it_is_not_known_is_none(unknown):
    with pytest.raises(BadInput, match=r"'sex' is empty on 2 rows"):
        read_stratified({**ROWS, "sex": ["w", unknown, unknown, "m", "m"], "year": ["2014"] * 5}, ["sex", "year"])


def test_a_history_that_stands_twice_in_one_stratum_is_refused_or_added_up_and_noted():
    rows = {**ROWS, "A": [1, 1, 1, 1, 0], "B": [0, 0, 1, 0, 1], "sex": ["w", "w", "m", "m", "m"], "year": ["2014"] * 5}
    with pytest.raises(BadInput, match="line 3: the history 1,0 stands twice"):
        read_stratified(rows, ["sex", "year"])
    table = read_stratified(rows, ["sex", "year"], add_up=True)
    assert table.counts.tolist() == [[0, 6, 7, 5], [0, 7, 0, 0]]
    assert [note("en") for note in table.notes] == [
        "1 rows had a history that stood there already; their counts were added up."
    ]


def test_who_stands_on_other_lists_only_is_noted():
    rows = {**ROWS, "C": [1, 0, 0, 0, 1], "A": [0, 0, 1, 1, 1]}
    rows["B"] = [0, 1, 1, 0, 1]
    table = with_active(read_stratified(rows, ["sex"], ["A", "B"]), {"A": {"sex": ["m", "w"]}})
    assert [note("en") for note in table.notes] == [
        "3 people stood only on a list that does not take part, and do not count."
    ]


def test_nobody_at_all_is_refused():
    with pytest.raises(BadInput, match="nobody in the table"):
        read_stratified({**ROWS, "count": [0] * 5}, ["sex", "year"])
