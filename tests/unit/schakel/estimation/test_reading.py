"""From tables to histories: records, histories with counts, strata, draws, clusters; and what is refused."""

from __future__ import annotations

import pandas as pd
import pytest

from schakel.estimation.linked import every_draw, from_clusters, persons
from schakel.estimation.reading import by_strata, histories
from schakel.vocabulary.errors import BadInput

COUNTS = {"A": [1, 0, 1], "B": [0, 1, 1], "count": [5, 7, 2]}


@pytest.mark.parametrize(
    "table",
    [
        COUNTS,
        pd.DataFrame(COUNTS),
        {name: [str(value) for value in values] for name, values in COUNTS.items()},
        {"A": [1.0, 0.0, 1.0], "B": ["0", "1", "1"], "count": [5.0, "7", 2]},
        pd.DataFrame({"A": [True, False, True], "B": [False, True, True], "count": [5, 7, 2]}),
        {"A": [1] * 5 + [0] * 7 + [1] * 2, "B": [0] * 5 + [1] * 7 + [1] * 2},  # records
    ],
    ids=["mapping", "frame", "words", "mixed kinds", "yes-no", "records"],
)
def test_the_same_people_are_the_same_histories_in_any_form(table):
    made = histories(table)
    assert made.lists == ("A", "B")
    assert made.counts.tolist() == [0, 5, 7, 2]
    assert made.notes == ()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"A": [], "B": []}, "no rows"),
        ({"count": [1]}, "no column is a list"),
        ({"A": [1, 2], "B": [1, 1]}, "line 3: column 'A' is no list: it holds '2'"),
        ({"A": [1, None], "B": [1, 1]}, "line 3: column 'A' has an empty value"),
        ({"A": [1, float("nan")], "B": [1, 1]}, "column 'A' has an empty value"),
        (pd.DataFrame({"A": [1, pd.NA], "B": [1, 1]}), "column 'A' has an empty value"),
        ({"A": [1, 0], "B": [1, 0]}, "line 3: there is a row of people on no list"),
        ({"A": [1, 0], "B": [1, 0], "count": [3, 0]}, "on no list"),
        ({"A": [1, 1], "B": [0, 1], "count": [3, -1]}, "line 3: '-1' is no count"),
        ({"A": [1, 1], "B": [0, 1], "count": [3, ""]}, "'' is no count"),
        ({"A": [1, 1], "B": [0, 1], "count": [3, "2,5"]}, "'2,5' is no count"),
        ({"A": [1, 1], "B": [0, 1], "count": [3, "٣"]}, "is no count"),
        ({"A": [1, 1], "B": [0, 0], "count": [3, 2]}, "line 3: the history 1,0 stands twice"),
        ({"A": [1], "count": [3]}, "one list"),
        ({f"L{place}": [1] for place in range(11)}, "11 lists"),
        ({f"L{place}": [1] for place in range(101)}, "more than 100 columns"),
        (pd.DataFrame([[1, 1]], columns=["A", "A"]), "two columns have the name 'A'"),
    ],
)
def test_what_cannot_be_counted_is_told_with_its_line(table, said):
    with pytest.raises(BadInput, match=said) as told:
        histories(table, name="x.csv")
    assert str(told.value).startswith("x.csv")
    assert "regel" in told.value.say("nl") or "line" not in str(told.value)


def test_a_history_that_stands_twice_is_added_up_when_that_is_asked_and_noted():
    made = histories({"A": [1, 1], "B": [0, 0], "count": [3, 2], "C": [1, 1]}, add_up=True)
    assert made.counts[0b101] == 5
    assert "1 rows" in made.notes[0]("en")


def test_strata_are_no_repetition_and_the_whole_is_their_sum():
    table = {"A": [1, 1, 0, 1], "B": [1, 1, 1, 0], "sex": ["v", "m", "m", "m"], "count": [3, 4, 5, 0]}
    parts = by_strata(table, ["sex"])
    assert {key: made.counts.tolist() for key, made in parts.items()} == {("m",): [0, 0, 5, 4], ("v",): [0, 0, 0, 3]}
    assert histories(table, strata=["sex"]).counts.tolist() == [0, 0, 5, 7]
    assert histories(table, ["A", "B"]).counts.tolist() == [0, 0, 5, 7]


def test_a_column_that_is_no_list_must_be_named_as_a_stratum():
    with pytest.raises(BadInput, match="'sex' is no list: it holds 'v'"):
        histories({"A": [1], "B": [1], "sex": ["v"]})


def test_with_some_lists_named_people_of_the_others_are_left_out_and_counted():
    made = histories({"A": [1, 0, 1], "B": [0, 0, 1], "C": [1, 1, 1], "count": [5, 7, 2]}, ["A", "B"])
    assert made.counts.tolist() == [0, 5, 0, 2]
    assert "7 people" in made.notes[0]("en")
    with pytest.raises(BadInput, match="line 3: there is a row of people on no list"):
        histories({"A": [1, 0], "B": [0, 0], "C": [1, 0]}, ["A", "B"])


def test_of_the_draws_of_a_linkage_one_is_taken():
    table = {"A": [1, 1], "B": [0, 1], "count": [3, 2], "draw": [0, 1]}
    assert histories(table, draw=1).counts.tolist() == [0, 0, 0, 2]
    with pytest.raises(BadInput, match="no draw 2"):
        histories(table, draw=2)


CLUSTERS = pd.DataFrame({"record": [1, 2, 3, 4, 5, 1], "person": [10, 10, 10, 11, 12, 77], "draw": [0, 0, 0, 0, 0, 1]})
REGISTRATIONS = pd.DataFrame({
    "record": [1, 2, 3, 4, 5, 6],
    "list": ["Police", "Police", "Care", "Care", "Police", "Care"],
    "sex": ["m", "v", "v", None, "m", "v"],
})  # fmt: skip


def test_clusters_and_registrations_give_histories_and_a_person_counts_once_a_list():
    made = from_clusters(CLUSTERS, REGISTRATIONS)
    assert made.lists == ("Care", "Police")
    assert made.counts.tolist() == [0, 1, 1, 1]
    assert "1 registrations" in made.notes[0]("en")


def test_every_draw_has_its_own_histories_of_the_same_lists():
    again = pd.DataFrame({"record": [1, 2, 3, 4, 5], "person": [1, 1, 2, 2, 3], "draw": 1})
    made = every_draw(pd.concat([CLUSTERS[CLUSTERS["draw"] == 0], again]), REGISTRATIONS)
    assert {draw: one.counts.tolist() for draw, one in made.items()} == {0: [0, 1, 1, 1], 1: [0, 1, 2, 0]}
    assert made[0] == from_clusters(CLUSTERS, REGISTRATIONS)


def test_a_draw_or_a_list_that_is_not_there_is_told():
    with pytest.raises(BadInput, match="no draw 5"):
        from_clusters(CLUSTERS, REGISTRATIONS, draw=5)
    with pytest.raises(BadInput, match="no column 'Shelter'"):
        from_clusters(CLUSTERS, REGISTRATIONS, ["Shelter", "Care"])


def test_a_table_of_persons_has_lists_and_the_stratum_most_of_their_registrations_name():
    table = persons(CLUSTERS, REGISTRATIONS, ["sex"])
    assert table.to_dict("records") == [
        {"Care": 1, "Police": 1, "sex": "v"},
        {"Care": 1, "Police": 0, "sex": ""},
        {"Care": 0, "Police": 1, "sex": "m"},
    ]
    assert histories(table, strata=["sex"]) == from_clusters(CLUSTERS, REGISTRATIONS)
