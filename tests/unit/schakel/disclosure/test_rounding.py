"""Controlled rounding: multiples of the base, every sum, less than one base, drawn with a secret seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from schakel.disclosure.audit import WITNESSED, audit
from schakel.disclosure.near import near_witnesses
from schakel.disclosure.optimal import optimal_reader, smallest_change
from schakel.disclosure.readers import Output, knowledge
from schakel.disclosure.release import Release, make_release
from schakel.disclosure.rounding import round_release
from schakel.disclosure.spec import Policy, VariableSpec
from tests.unit.schakel.disclosure.small import CATEGORIES, counted, release, spec


@pytest.mark.parametrize("base", [3, 5, 10])
def test_a_rounding_is_of_the_base_additive_and_near(base):
    made = release(70, ("sex", "age", "form"), ("year", "sex"), policy=Policy(base=base))
    rounding = round_release(made, seed=3)
    assert rounding is not None
    assert rounding.steps == 1
    assert (rounding.values[made.printed] % base == 0).all()
    assert np.abs(rounding.values - made.counts)[made.printed].max() < base
    for equation in made.equations:
        if made.printed[[equation.total, *equation.parts]].all():
            assert rounding.values[equation.total] == rounding.values[list(equation.parts)].sum()


def test_a_count_of_one_is_never_printed():
    made = make_release(spec(("sex", "age")), counted({("woman", "0-17"): 1}, ("sex", "age")))
    rounding = round_release(made, seed=1)
    assert rounding is not None
    assert set(rounding.values[made.printed]) <= {0, 5}


def test_the_total_change_is_within_the_allowance_and_not_below_the_smallest():
    made = release(90, ("sex", "age", "form"))
    for seed in range(6):
        rounding = round_release(made, seed=seed)
        assert rounding is not None
        assert rounding.smallest <= rounding.change <= rounding.allowed


def test_the_smallest_change_is_the_smallest_of_all_roundings():
    """Against trying every rounding of a table with its totals."""
    table = {("woman", "0-17"): 3, ("woman", "18-23"): 1, ("man", "0-17"): 2, ("man", "18-23"): 8}
    made = make_release(spec(("sex", "age")), counted(table, ("sex", "age")))
    rounding = round_release(made, seed=1)
    assert rounding is not None
    best = min(change for ups in np.ndindex(2, 2, 2, 2) if (change := _change([3, 1, 2, 8], ups)) is not None)
    assert rounding.smallest == best


def _change(counts: list[int], ups: tuple[int, ...]) -> int | None:
    """The total change of a 2 x 3 table whose last column is empty; None where a total moves too far."""
    rounded = [5 * (count // 5 + up) for count, up in zip(counts, ups, strict=True)]
    groups = [[0], [1], [2], [3], [0, 1], [2, 3], [0, 2], [1, 3], [0, 1, 2, 3]]
    apart = [abs(sum(rounded[i] - counts[i] for i in group)) for group in groups]
    return sum(apart) if max(apart) < 5 else None


def test_another_seed_draws_another_rounding_and_the_same_one_the_same():
    made = release(90, ("sex", "age", "form"))
    drawn = [round_release(made, seed=seed) for seed in (1, 1, 2, 3, 4)]
    values = [tuple(r.values.tolist()) for r in drawn if r is not None]
    assert values[0] == values[1]
    assert len(set(values)) > 1


def test_a_value_that_was_printed_before_is_kept_where_the_sums_allow():
    made = release(60, ("sex", "age"))
    first = round_release(made, seed=1)
    assert first is not None
    cells = np.flatnonzero(made.printed).tolist()
    kept = {cell: int(first.values[cell]) for cell in cells}
    again = round_release(made, seed=99, agreed=kept)
    assert again is not None
    assert (again.values == first.values).all()


def test_an_earlier_value_never_makes_a_rounding_impossible():
    made = release(30, ("sex", "age"))
    rounding = round_release(made, seed=1, agreed=dict.fromkeys(np.flatnonzero(made.printed).tolist(), 0))
    assert rounding is not None
    assert rounding.steps == 1


ONES = [[[1, 0, 1], [0, 0, 1], [1, 1, 0]], [[0, 1, 1], [0, 1, 0], [0, 0, 1]], [[1, 1, 0], [0, 0, 1], [0, 0, 0]]]


def test_where_no_ordinary_rounding_exists_the_second_nearest_is_allowed_and_told():
    """A three-way table of ones that no rounding to twos by less than two can meet (found by trying tables)."""
    names = ("age", "form", "year")
    table = {
        tuple(CATEGORIES[name][place] for name, place in zip(names, places, strict=True)): int(count)
        for places, count in np.ndenumerate(np.array(ONES))
    }
    made = make_release(spec(names, policy=Policy(base=2)), counted(table, names))
    rounding = round_release(made, seed=1)
    assert rounding is not None
    assert rounding.steps == 2
    assert rounding.reach == 3
    assert np.abs(rounding.values - made.counts)[made.printed].max() <= rounding.reach
    assert (rounding.values[made.printed] >= 0).all()
    for equation in made.equations:
        assert rounding.values[equation.total] == rounding.values[list(equation.parts)].sum()


def test_who_knows_that_the_rounding_is_near_the_smallest_finds_nothing():
    table = {("woman", "0-17"): 1, ("woman", "18-23"): 12, ("man", "0-17"): 7, ("man", "18-23"): 2}
    asked = spec(("sex", "age"))
    asked = replace(asked, variables={**asked.variables, "age": VariableSpec("age", ("0-17", "18-23"))})
    made = make_release(asked, counted(table, ("sex", "age")))
    for seed in range(5):
        rounding = round_release(made, seed=seed)
        assert rounding is not None
        reader = optimal_reader(made, rounding)
        assert reader is not None
        assert reader.narrow == {}


def test_without_an_allowance_that_reader_finds_out():
    made = make_release(spec(("sex",)), counted({("woman",): 1, ("man",): 20}, ("sex",)))
    strict = replace(made, spec=replace(made.spec, policy=Policy(percent=0, bases=0)))
    rounding = round_release(strict, seed=1, bases=0)
    assert rounding is not None
    reader = optimal_reader(strict, rounding)
    assert reader is not None
    assert reader.narrow


@pytest.mark.parametrize("tables", [(("sex", "age", "form"),), (("sex", "age"), ("sex", "form"), ("age", "form"))])
@pytest.mark.parametrize("seed", [1, 2])
def test_eight_combinations_at_base_five_are_shown_to_be_safe_from_that_reader(seed, tables):
    """Too many tables to try them all; two possible ones are shown for every cell that may be small."""
    counts = np.random.default_rng(seed).integers(0, 7, size=8).tolist()
    made = linked(counts, tables=tables)
    rounding = round_release(made, seed=seed)
    assert rounding is not None
    output = Output(rounding.values, rounding.reach)
    assert optimal_reader(made, rounding) is None
    assert near_witnesses(made, rounding, knowledge(made, output))
    assert audit(made, output, rounding=rounding).optimal == WITNESSED


@pytest.mark.parametrize("counts", [[1, 2, 0, 0, 2, 4, 1, 0], [0, 1, 1, 1, 0, 0, 0, 2], [3, 3, 1, 2, 0, 2, 1, 1]])
@pytest.mark.parametrize("bases", [0, 1, 2, 4])
def test_what_is_shown_is_never_found_by_trying_every_table(counts, bases):
    """The convex bound against all tables: where it shows every cell, that reader finds nothing."""
    made = linked(counts, base=3)
    made = replace(made, spec=replace(made.spec, policy=replace(made.spec.policy, percent=0, bases=bases)))
    rounding = round_release(made, seed=1, bases=bases)
    assert rounding is not None
    reader = optimal_reader(made, rounding)
    assert reader is not None
    if near_witnesses(made, rounding, knowledge(made, Output(rounding.values, rounding.reach))):
        assert reader.narrow == {}
    else:
        assert bases < 4


LINKED = (("sex", "age"), ("sex", "form"), ("age", "form"))


def linked(counts: list[int], base: int = 5, tables: Sequence[Sequence[str]] = LINKED) -> Release:
    """Three tables over eight combinations of people: none of them prints the combinations themselves."""
    names, two = ("sex", "age", "form"), {name: CATEGORIES[name][:2] for name in ("sex", "age", "form")}
    table = dict(zip(product(*(two[name] for name in names)), counts, strict=True))
    asked = spec(*tables, policy=Policy(base=base))
    variables = {name: VariableSpec(name, two[name]) for name in names}
    return make_release(replace(asked, variables={**asked.variables, **variables}), counted(table, names))


@pytest.mark.parametrize("counts", [[1, 2, 0, 0, 2, 4, 1, 0], [0, 1, 1, 1, 0, 0, 0, 2]])
def test_that_reader_is_tried_on_linked_tables_too(counts: list[int]) -> None:
    made = linked(counts, base=3)
    rounding = round_release(made, seed=1)
    assert rounding is not None
    reader = optimal_reader(made, rounding)
    assert reader is not None
    assert reader.tables > 1
    assert reader.narrow == {}


@pytest.mark.parametrize("counts", [[1, 3, 4, 0, 2, 6, 1, 2], [5, 0, 7, 9, 1, 1, 1, 13], [2, 2, 2, 2, 2, 2, 2, 2]])
def test_the_smallest_change_that_the_reader_works_out_is_that_of_the_solver(counts: list[int]) -> None:
    made = linked(counts)
    rounding = round_release(made, seed=1)
    assert rounding is not None
    found = smallest_change(made, made.counts[:, None], 5)
    assert found is not None
    assert found.tolist() == [rounding.smallest]
