import pandas as pd
import pytest

from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.passing import CLUSTERS, REGISTRATIONS, TRUTH, Column, Passing, check

CLUSTER = pd.DataFrame({"record": [1, 2], "person": [7, 7], "draw": [0, 0]})


def test_a_table_that_keeps_its_form_passes_as_it_is():
    assert check(CLUSTER, CLUSTERS) is CLUSTER


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (CLUSTER.drop(columns="person"), "no column 'person'"),
        (CLUSTER.assign(person=["a", "b"]), "'person' does not hold whole"),
        (CLUSTER.assign(person=[1.5, 2]), "'person' does not hold whole"),
        (CLUSTER.assign(record=1), "1 rows have the same record, draw"),
        (CLUSTER.assign(more=1), "'more' is not a column of this table"),
    ],
)
def test_a_wrong_table_is_told_with_table_and_column(table, said):
    with pytest.raises(BadInput, match=said) as told:
        check(table, CLUSTERS)
    assert told.value.where == "clusters"


def test_a_column_that_may_be_there_is_of_its_kind_where_it_is():
    form = Passing("x", (Column("a", "words", ""),), may=(Column("b", "number", ""),))
    check(pd.DataFrame({"a": ["x"]}), form)
    check(pd.DataFrame({"a": ["x", "y"], "b": [1, None]}), form)
    check(pd.DataFrame({"a": ["x"], "b": [None]}), form)
    with pytest.raises(BadInput, match="'b' does not hold number"):
        check(pd.DataFrame({"a": ["x"], "b": ["one"]}), form)


def test_missing_values_pass_only_where_they_may():
    form = Passing("x", (Column("a", "words", ""), Column("b", "words", "", missing=True)))
    check(pd.DataFrame({"a": ["x"], "b": [None]}), form)
    with pytest.raises(BadInput, match="column 'a' misses 1 values"):
        check(pd.DataFrame({"a": [None, "y"], "b": ["x", "y"]}), form)


@pytest.mark.parametrize("value", ["Ömer", None])
def test_days_words_and_other_columns_are_read_as_pandas_gives_them(value):
    day = pd.to_datetime(["2019-05-03"])
    row = {"record": [1], "list": ["police"], "registered_on": day, "given_names": [value], "surname": ["x"]}
    row |= {"birth_date": ["1999"], "sex": ["woman"], "nationality": ["NLD"], "municipality": ["GM0363"]}
    check(pd.DataFrame(row), REGISTRATIONS)


def test_an_empty_table_passes():
    check(pd.DataFrame({"record": [], "person": []}), TRUTH)
