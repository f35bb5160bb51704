"""Pairs chosen one by one: the batched search against the rule written out for one table."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import poisson

from schakel.estimation.lattice import masks_of_size, superset_sums
from schakel.estimation.loglinear import Fit, fit
from schakel.estimation.stepwise import stepwise
from schakel.estimation.terms import model_of

FOUR = np.array([0, 54, 464, 15, 106, 19, 62, 1, 703, 3, 19, 1, 76, 0, 4, 1])


def plain(counts: np.ndarray, threshold: float) -> tuple[list[int], float] | None:
    """The rule for one table, one fit a step: which pairs, and the dark figure; None without any estimate."""
    lists = len(counts).bit_length() - 1
    taken: list[int] = []
    made = fit(model_of(lists, taken), counts)
    if isinstance(made, int):
        return None
    while True:
        shared, expected = superset_sums(counts.astype(float)), superset_sums(made.fitted)
        tails = {}
        for pair in masks_of_size(lists, 2):
            if pair not in taken and expected[pair] > 0:
                more = shared[pair] > expected[pair]
                tails[pair] = (poisson.logsf(shared[pair] - 1, expected[pair]) if more
                               else poisson.logcdf(shared[pair], expected[pair]))  # fmt: skip
        for pair in sorted(tails, key=lambda pair: tails[pair]):
            larger = fit(model_of(lists, [*taken, pair]), counts) if tails[pair] < np.log(threshold) else 1
            if isinstance(larger, Fit):
                taken, made = [*taken, pair], larger
                break
        else:
            return taken, made.unobserved


@pytest.mark.parametrize("threshold", [0.02, 0.3])
def test_the_batch_chooses_for_each_table_what_the_rule_chooses(threshold):
    tables = np.random.default_rng(11).poisson(FOUR[:, None] / 4, size=(16, 40))
    tables[0] = 0
    made = stepwise(tables, threshold)
    for number in range(40):
        expected = plain(tables[:, number], threshold)
        if expected is None:
            assert np.isnan(made.unobserved[number])
            continue
        order = np.argsort(np.where(made.taken[number] > 0, made.taken[number], 99))
        taken = [made.pairs[place] for place in order if made.taken[number][place]]
        assert (taken, made.unobserved[number]) == (expected[0], pytest.approx(expected[1], rel=1e-8))


def test_an_empty_pair_can_come_in_at_minus_infinity():
    counts = np.array([0, 400, 300, 60, 200, 0, 40, 0])
    made = stepwise(counts[:, None])
    assert made.model(0, 3).words() == "[13,2]"


def test_a_table_without_any_estimate_gives_no_number():
    tables = np.array([[0, 0], [5, 5], [5, 5], [0, 2], [5, 5], [0, 2], [0, 2], [0, 0]])
    made = stepwise(tables)
    assert np.isnan(made.unobserved[0])
    assert np.isfinite(made.unobserved[1])


def test_two_lists_have_no_pair_that_can_come_in():
    made = stepwise(np.array([[0], [60], [30], [15]]))
    assert made.model(0, 2).words() == "[1,2]"
    assert made.unobserved[0] == pytest.approx(120.0)
