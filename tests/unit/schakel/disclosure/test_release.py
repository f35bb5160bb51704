"""The release: cells keyed by their categories, the sums between them, groups, conditions, what is left."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from schakel.disclosure.release import make_release
from schakel.disclosure.space import Variable, nested
from schakel.disclosure.spec import TableSpec
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.disclosure.small import CATEGORIES, people, spec


def test_the_same_cell_is_one_cell_in_every_table():
    made = make_release(spec(("sex", "age"), ("sex", "form")), people(50))
    cell = made.cells.number({"sex": "woman"})
    assert cell in made.tables["sex-age"]
    assert cell in made.tables["sex-form"]
    assert made.counts[cell] == (people(50)["sex"] == "woman").sum()


def test_every_cell_has_its_true_count():
    data = people(80)
    made = make_release(spec(("sex", "age", "form")), data)
    for cell in made.tables["sex-age-form"].tolist():
        rows = np.ones(len(data), dtype=bool)
        for name, category in made.cells.key(cell):
            rows &= (data[name] == category).to_numpy()
        assert made.counts[cell] == rows.sum()


def test_every_equation_holds_for_the_truth_and_every_total_has_one():
    made = make_release(spec(("sex", "age"), ("age", "form")), people(60))
    assert all(made.counts[e.total] == made.counts[list(e.parts)].sum() for e in made.equations)
    totals = {e.total for e in made.equations}
    coarse = [c for c in range(made.cells.size) if len(made.cells.key(c)) < 2]
    assert totals == set(coarse)


def test_a_group_stands_between_its_categories_and_the_total():
    groups = {"age": {"young": ("0-17", "18-23")}}
    data = people(60)
    made = make_release(spec(("sex", "age"), groups=groups), data)
    young = made.cells.number({"age": "young"})
    assert made.counts[young] == data["age"].isin(["0-17", "18-23"]).sum()
    parts = {e.total: set(e.parts) for e in made.equations}
    every = made.cells.number({})
    assert parts[young] == {made.cells.number({"age": age}) for age in ("0-17", "18-23")}
    sums = [set(e.parts) for e in made.equations if e.total == every]
    assert {young, made.cells.number({"age": "24+"})} in sums


def test_a_condition_prints_only_its_own_cells_and_attacks_what_is_left():
    asked = spec(("sex", "age"), ("sex",))
    asked = replace(asked, tables=(asked.tables[0], TableSpec("young", ("sex",), {"age": ("0-17", "18-23")})))
    data = people(60)
    made = make_release(asked, data)
    for cell in made.tables["young"].tolist():
        assert dict(made.cells.key(cell))["age"] == "{0-17|18-23}"
    left = made.cells.number({"sex": "man", "age": "24+"})
    assert made.counts[left] == ((data["sex"] == "man") & (data["age"] == "24+")).sum()


def test_what_a_single_category_leaves_out_is_attacked_too():
    asked = replace(
        spec(("sex",)), tables=(TableSpec("all", ("sex",)), TableSpec("minors", ("sex",), {"age": ("0-17",)}))
    )
    made = make_release(asked, people(60))
    keys = {made.cells.key(cell) for cell in made.implied.tolist()}
    assert (("sex", "woman"), ("age", "{18-23|24+}")) in keys
    for equation in made.equations:
        assert made.counts[equation.total] == made.counts[list(equation.parts)].sum()


def test_small_counts_are_the_targets():
    made = make_release(spec(("sex", "age", "form")), people(40))
    small = {c for c in range(made.cells.size) if 0 < made.counts[c] < 5}
    assert set(made.targets.tolist()) == small


def test_three_levels_of_groups_add_up():
    groups = nested(
        "age", {"young": ("0-17", "18-23"), "all but other": ("young", "24+")}, ("0-17", "18-23", "24+", "?")
    )
    variable = Variable("age", ("0-17", "18-23", "24+", "?"), groups)
    names = [node for tier, place in variable.children(None) for node in [variable.tiers[tier][place]]]
    assert names == ["all but other", "?"]


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ({"a": ("0-17", "18-23"), "b": ("18-23", "24+")}, "overlap"),
        ({"a": ("0-17", "nobody")}, "no category"),
        ({"0-17": ("18-23",)}, "twice"),
        ({"a": ("b",), "b": ("a",)}, "no category"),
    ],
)
def test_a_hierarchy_that_does_not_nest_is_refused(groups, words):
    with pytest.raises(BadInput, match=words):
        make_release(spec(("age",), groups={"age": groups}), people(10))


def test_a_category_outside_the_declared_list_is_refused():
    data = pd.concat([people(5), people(1).assign(sex="elf")])
    with pytest.raises(BadInput, match="'elf' is no category of 'sex'"):
        make_release(spec(("sex", "age")), data)


def test_a_variable_that_the_data_do_not_have_is_refused():
    with pytest.raises(BadInput, match="no variable 'sex'"):
        make_release(spec(("sex",)), people(5).drop(columns="sex"))


def test_nobody_is_no_release():
    with pytest.raises(BadInput, match="nobody in the data"):
        make_release(spec(("sex",)), people(0))


def test_an_empty_value_is_a_category_of_its_own():
    data = people(10)
    data.loc[0, "sex"] = ""
    data.loc[1, "sex"] = None
    asked = replace(spec(("sex",)), variables={}, tables=(TableSpec("t", ("sex",)),))
    made = make_release(asked, data)
    assert made.counts[made.cells.number({"sex": "unknown"})] == 2


def grouped(totals: bool) -> pd.DataFrame:
    rows = [("woman", "0-17", 3), ("woman", "18-23", 4), ("man", "0-17", 5), ("man", "18-23", 6)]
    if totals:
        rows += [("woman", "T", 7), ("man", "T", 11), ("T", "0-17", 8), ("T", "18-23", 10), ("T", "T", 18)]
    return pd.DataFrame(rows, columns=["sex", "age", "n"])


def test_counts_a_row_are_people_a_row():
    asked = spec(("sex", "age"), count="n")
    made = make_release(asked, grouped(totals=False))
    assert made.counts[made.cells.number({})] == 18
    assert made.counts[made.cells.number({"sex": "man"})] == 11


def test_given_totals_are_checked_and_not_counted_twice():
    made = make_release(spec(("sex", "age"), count="n", total="T"), grouped(totals=True))
    assert made.counts[made.cells.number({})] == 18


def test_a_missing_total_is_named():
    data = grouped(totals=True)
    with pytest.raises(BadInput, match="1 are missing, such as sex=man"):
        make_release(spec(("sex", "age"), count="n", total="T"), data.drop(index=5))


def test_a_total_that_does_not_add_up_is_refused():
    data = grouped(totals=True)
    data.loc[8, "n"] = 19
    with pytest.raises(BadInput, match="is 19, but its parts add up to 18"):
        make_release(spec(("sex", "age"), count="n", total="T"), data)


@pytest.mark.parametrize("count", [-1, 2.5, "many"])
def test_a_count_that_is_none_is_refused(count):
    data = grouped(totals=False).astype({"n": object})
    data.loc[0, "n"] = count
    with pytest.raises(BadInput, match="is no count"):
        make_release(spec(("sex", "age"), count="n"), data)


def test_too_much_detail_is_told_with_what_can_be_given():
    data = pd.DataFrame({name: [str(n) for n in range(40)] for name in "abc"})
    asked = replace(spec(("sex",)), variables={}, tables=(TableSpec("t", ("a", "b", "c")),))
    with pytest.raises(BadInput, match="Leave out 'a'") as refused:
        make_release(asked, data)
    assert "asks for 68921 cells for 40 people" in str(refused.value)


def test_what_can_be_given_instead_is_never_too_much_itself():
    sizes = zip("abcd", (40, 30, 20, 3), strict=True)
    data = pd.DataFrame({name: [str(n % size) for n in range(40)] for name, size in sizes})
    asked = replace(spec(("sex",)), variables={}, tables=(TableSpec("t", ("a", "b", "c", "d")),))
    with pytest.raises(BadInput, match=r"Leave out 'a', 'b': 84 cells then remain"):
        make_release(asked, data)


def test_categories_are_in_the_order_they_were_declared():
    made = make_release(spec(("age",)), people(30))
    keys = [dict(key)["age"] for key in made.cells.keys(made.cells.block[(("age", 0),)])]
    assert tuple(keys) == CATEGORIES["age"]
