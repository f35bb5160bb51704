"""Two lists: closed forms, and the doubly robust estimator where one of its two halves is wrong."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest

from schakel.estimation.stratified import Covariate, Stratified
from schakel.estimation.two_lists import (
    doubly_robust,
    feature_matrix,
    influence,
    log_normal,
    multinomial,
    robust,
    two_lists,
)
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.estimation.small import histories, stratified

TWO = ("A", "B")


def test_the_closed_forms():
    table = histories(0, 400, 300, 100, lists=TWO)
    assert two_lists(table, chapman=False).population == 500 * 400 / 100
    found = two_lists(table)
    assert found.population == pytest.approx(501 * 401 / 101 - 1)
    variance = 501 * 401 * 400 * 300 / (101**2 * 102)
    assert found.details["standard_error"] == pytest.approx(sqrt(variance))
    unseen = found.population - 800
    factor = exp(1.959963984540054 * sqrt(log(1 + variance / unseen**2)))
    assert (found.interval.low, found.interval.high) == pytest.approx((800 + unseen / factor, 800 + unseen * factor))


def test_without_overlap_there_is_no_number():
    found = two_lists(histories(0, 4, 3, 0, lists=TWO))
    assert found.population is None
    assert "niemand staat op beide" in found.reason("nl")
    assert doubly_robust(stratified((0, 5, 5, 0), (0, 5, 5, 0), lists=TWO), seed=1).population is None


@pytest.mark.parametrize("method", [two_lists, lambda table: doubly_robust(stratified(), seed=1)])
def test_three_lists_are_refused(method):
    with pytest.raises(BadInput, match="exactly two lists, here are 3"):
        method(histories())


def test_everybody_seen_has_limits_too():
    assert log_normal(10, 9.5, 3.0, 0.95).low == 10


def test_with_a_chance_for_each_stratum_it_is_the_sum_of_lincoln_and_petersen():
    """Saturated chances fitted on the same people: the mean of phi is the stratified estimate, exactly."""
    counts = np.array([[0, 40, 30, 10], [0, 20, 50, 25], [0, 15, 12, 30]])
    captures = np.concatenate([np.repeat([1, 2, 3], row[1:]) for row in counts])
    chances = np.repeat(counts[:, 1:] / counts[:, 1:].sum(1, keepdims=True), counts.sum(1), axis=0)
    found = influence(captures, chances, least=0)
    each = sum((row[1] + row[3]) * (row[2] + row[3]) / row[3] for row in counts)
    assert len(captures) / found.psi == pytest.approx(each)


def test_multinomial_regression_meets_its_margins():
    features = np.array([[1.0, 0], [1, 1]])[np.repeat([0, 1], [60, 90])]
    captures = np.r_[np.repeat([1, 2, 3], [20, 25, 15]), np.repeat([1, 2, 3], [50, 10, 30])]
    weights = multinomial(features, captures, ridge=0)
    assert np.exp(weights[0]) == pytest.approx([20 / 15, (50 / 30) / (20 / 15)], rel=1e-6)


def population(rng, people, wrong_chances=False):
    """People whose chance to be on either list hangs on two characteristics; lists are independent given those."""
    x = rng.integers(0, 2, (people, 2))
    one = rng.random(people) < 1 / (1 + np.exp(1.2 - 1.5 * x[:, 0]))
    two = rng.random(people) < 1 / (1 + np.exp(1.2 - 1.2 * x[:, 0] - 0.5 * x[:, 1]))
    history = one + 2 * two
    counts = np.zeros((4, 4), dtype=np.int64)
    np.add.at(counts, (x[:, 0] * 2 + x[:, 1], history), 1)
    counts[:, 0] = 0
    shape = (Covariate("x", ("0", "1")), Covariate("z", ("0", "1")))
    return Stratified(TWO, shape, counts, np.ones((4, 2), dtype=bool))


def test_covariates_take_away_the_bias_and_the_interval_covers():
    rng = np.random.default_rng(3)
    tables = [population(rng, 3000) for _ in range(25)]
    found = [doubly_robust(table, seed=1) for table in tables]
    plain = [two_lists(histories(*table.collapsed().counts[0], lists=TWO)).population for table in tables]
    assert np.mean([one.population for one in found]) == pytest.approx(3000, rel=0.03)
    assert np.mean(plain) < 2750
    assert np.mean([one.interval.low <= 3000 <= one.interval.high for one in found]) >= 0.9


def test_cross_fitting_is_seeded_and_uses_other_people():
    table = population(np.random.default_rng(5), 2000)
    strata = np.repeat(np.arange(4), table.counts.sum(1))
    captures = np.concatenate([np.repeat([1, 2, 3], row[1:]) for row in table.counts])
    features = feature_matrix(table, "saturated")[strata]
    one, two, other = (robust(captures, features, seed=seed) for seed in (1, 1, 2))
    assert one == two != other
    assert robust(captures, features, folds=1, seed=1).psi == pytest.approx(one.psi, rel=0.02)


def test_chances_near_nothing_are_rounded_up_and_told():
    counts = np.array([[0, 900, 900, 1], [0, 300, 300, 200]])
    found = doubly_robust(stratified(*counts, lists=TWO), seed=1)
    assert found.details["clipped"] > 0.5
    assert "almost nothing" in found.cautions[0]("en")
    assert "invloedsfunctie" in found.summary("nl")


def test_features_by_size():
    table = population(np.random.default_rng(1), 500)
    assert [feature_matrix(table, name).shape for name in ("main", "pairs", "saturated")] == [(4, 3), (4, 4), (4, 4)]
