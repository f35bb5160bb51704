"""What must hold for every capture table: names, order and scale change nothing but names, order and scale."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schakel.estimation.bootstrap import draws
from schakel.estimation.choosing import loglinear
from schakel.estimation.choosing_stepwise import stepwise_pairs
from schakel.estimation.existence import flag_of
from schakel.estimation.histories import Histories, from_masks, keep, merge, refuse_unusable
from schakel.estimation.lattice import superset_sums
from schakel.estimation.loglinear import Fit, fit
from schakel.estimation.many import fit_many
from schakel.estimation.selection import rank
from schakel.estimation.stepwise import stepwise
from schakel.estimation.terms import hierarchical_models, model_of, model_of_row
from schakel.vocabulary.errors import BadInput

MODELS = {lists: hierarchical_models(lists, 3, 10_000) for lists in (2, 3, 4, 5)}


@st.composite
def tables(draw, most=5, low=0, high=60):
    """A capture table with somebody on every list."""
    lists = draw(st.integers(2, most))
    counts = np.array(draw(st.lists(st.integers(low, high), min_size=1 << lists, max_size=1 << lists)))
    counts[0] = 0
    counts[[1 << place for place in range(lists)]] += 1
    return Histories(tuple("ABCDE"[:lists]), counts)


def model_for(draw, table):
    holds = MODELS[len(table.lists)]
    return model_of_row(holds[draw(st.integers(0, len(holds) - 1))])


def usable(table):
    """Whether anything can be told from the table."""
    try:
        refuse_unusable(table)
    except BadInput:
        return False
    return True


def moved(mask, order):
    """A set of lists under another order of the lists."""
    return sum(1 << position for position, place in enumerate(order) if mask >> place & 1)


@given(st.data())
@settings(max_examples=60)
def test_relabelling_lists_changes_the_names_only(data):
    table = data.draw(tables())
    model = model_for(data.draw, table)
    order = data.draw(st.permutations(range(len(table.lists))))
    other = keep(table, [table.lists[place] for place in order])
    again = model_of(len(order), [moved(mask, order) for mask in model.masks])
    ours, theirs = fit(model, table.counts), fit(again, other.counts)
    if isinstance(ours, int) or isinstance(theirs, int):
        assert ours == theirs
        return
    assert theirs.population == pytest.approx(ours.population, rel=1e-8)
    assert theirs.bic == pytest.approx(ours.bic, abs=1e-7)
    for mask, value in ours.beta.items():
        assert theirs.beta[moved(mask, order)] == pytest.approx(value, abs=1e-6)


@given(tables(most=4), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_relabelling_lists_changes_no_ranking(table, chance):
    order = list(range(len(table.lists)))
    chance.shuffle(order)
    ours, theirs = rank(table), rank(keep(table, [table.lists[place] for place in order]))
    assert ours.kept == theirs.kept
    assert theirs.bic == pytest.approx(ours.bic, abs=1e-6)


@given(st.data())
@settings(max_examples=60)
def test_scaling_the_counts_scales_the_estimate(data):
    table, times = data.draw(tables()), data.draw(st.integers(2, 50))
    model = model_for(data.draw, table)
    ours, theirs = fit(model, table.counts), fit(model, table.counts * times)
    if isinstance(ours, int) or isinstance(theirs, int):
        assert ours == theirs
        return
    assert theirs.population == pytest.approx(times * ours.population, rel=1e-8)
    assert theirs.deviance == pytest.approx(times * ours.deviance, rel=1e-6, abs=1e-6)
    for mask, error in ours.errors.items():
        if error is not None:
            assert theirs.errors[mask] == pytest.approx(error / math.sqrt(times), rel=1e-5)


@given(tables(most=4, high=200), st.data())
@settings(max_examples=40)
def test_merging_identical_lists_changes_nothing(table, data):
    twin = data.draw(st.integers(0, len(table.lists) - 1))
    masks = np.arange(len(table.counts))
    doubled = from_masks([*table.lists, "twin"], masks | (masks >> twin & 1) << len(table.lists), table.counts)
    with pytest.raises(BadInput, match="is also on"):
        refuse_unusable(doubled)  # two lists that are one tell nothing: that is said, and merging is the remedy
    merged = merge(doubled, [table.lists[twin], "twin"], table.lists[twin])
    assert merged == table
    if usable(table):
        assert stepwise_pairs(merged, interval="none") == stepwise_pairs(table, interval="none")


@given(st.data())
@settings(max_examples=80)
def test_a_fit_meets_the_totals_of_every_term(data):
    """The likelihood equations: expected and observed totals agree, and no likelihood is higher nearby."""
    table = data.draw(tables())
    made = fit(model_for(data.draw, table), table.counts)
    assume(isinstance(made, Fit))
    expected, seen = superset_sums(made.fitted), superset_sums(table.counts.astype(float))
    for mask in made.beta:
        assert expected[mask] == pytest.approx(seen[mask], abs=1e-5)
    assert made.fitted[0] == 0
    assert made.deviance > -1e-9
    assert made.population >= table.observed


@given(tables(most=4, high=4))
@settings(max_examples=40)
def test_many_at_once_have_the_flags_of_each_alone(table):
    holds = MODELS[len(table.lists)]
    together = fit_many(holds, table.counts[:, None])
    assert together.flag[:, 0].tolist() == [flag_of(model_of_row(row), table.counts) for row in holds]
    assert np.isfinite(together.unobserved[together.flag == 0]).all()


@given(tables(most=4, high=3), st.integers(0, 2**32 - 1))
@settings(max_examples=30)
def test_the_stepwise_search_ends_in_a_model_with_an_estimate_for_any_table(table, seed):
    drawn = draws(table.counts, 20, seed)
    made = stepwise(drawn)
    for number in range(20):
        model = made.model(number, len(table.lists))
        finite = bool(np.isfinite(made.unobserved[number]))
        assert finite == (flag_of(model, drawn[:, number]) == 0)


@given(tables(most=4), st.data())
@settings(max_examples=20)
def test_an_answer_is_a_number_with_its_interval_or_a_reason(table, data):
    model = model_for(data.draw, table)
    assume(usable(table))
    made = loglinear(table, model)
    if made.population is None:
        assert made.reason is not None
        assert made.flag in (1, 2, 3)
    else:
        assert made.interval.low <= made.population * (1 + 1e-9)
        assert made.interval.high >= made.population * (1 - 1e-9)
    assert made.to_json()
