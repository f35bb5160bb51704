"""Intervals from resamples: quantiles of type 8, BCa, what happens where there is no estimate."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from schakel.estimation.bootstrap import (
    Resampled,
    acceleration,
    draws,
    jackknife_tables,
    quantile,
    resample,
)
from schakel.estimation.stepwise import stepwise
from schakel.vocabulary.errors import BadInput

COUNTS = np.array([0, 40, 30, 6, 20, 5, 4, 1])


@pytest.mark.parametrize("share", [0.0, 0.001, 0.025, 1 / 3, 0.5, 0.9, 0.975, 1.0])
def test_quantiles_are_of_type_8(share):
    values = np.sort(np.random.default_rng(1).normal(size=57))
    assert quantile(values, share) == pytest.approx(float(np.quantile(values, share, method="median_unbiased")))


def test_a_quantile_among_resamples_without_estimate_is_infinite():
    values = np.array([1.0, 2.0, 3.0, math.inf, math.inf])
    assert quantile(values, 0.3) == pytest.approx(1.9333333, abs=1e-6)
    assert math.isinf(quantile(values, 0.95))
    assert math.isnan(quantile(values, math.nan))


def test_without_bias_and_acceleration_bca_is_the_percentile():
    values = np.arange(1.0, 1001.0)
    made = Resampled(500.5, values, 0.0)
    for share in (0.025, 0.5, 0.975):
        assert made.limit("bca", share) == pytest.approx(made.limit("percentile", share))


def test_bca_follows_its_formula():
    values = np.sort(np.random.default_rng(2).gamma(3.0, size=999))
    made = Resampled(2.0, values, 0.07)
    bias = norm.ppf((values < 2.0).mean())
    moved = bias + norm.ppf(0.975)
    share = norm.cdf(bias + moved / (1 - 0.07 * moved))
    assert made.limit("bca", 0.975) == pytest.approx(float(np.quantile(values, share, method="median_unbiased")))


@pytest.mark.parametrize(
    "made", [Resampled(0.5, np.arange(1.0, 50.0), 0.1), Resampled(25.0, np.arange(50.0), math.nan)]
)
def test_where_bca_cannot_say_there_is_no_interval(made):
    assert made.interval("bca") is None
    assert made.interval("percentile") is not None


def test_an_interval_without_upper_limit_says_so():
    values = np.array([*range(90, 180), *([math.inf] * 10)], dtype=float)
    made = Resampled(130.0, values, 0.0)
    assert made.without == 10
    interval = made.interval("percentile")
    assert interval is not None
    assert interval.endless
    assert "no upper limit" in interval.words("en")


def test_resamples_hold_as_many_people_and_only_histories_that_were_seen():
    drawn = draws(np.array([0, 5, 0, 3]), 50, 7)
    assert drawn.shape == (4, 50)
    assert (drawn.sum(axis=0) == 8).all()
    assert (drawn[[0, 2]] == 0).all()


def test_the_jackknife_takes_one_person_from_each_history():
    tables = jackknife_tables(COUNTS)
    assert tables.shape == (8, 7)
    assert (COUNTS.sum() - tables.sum(axis=0) == 1).all()


def test_acceleration_is_that_of_the_jackknife_person_by_person():
    populations, people = np.array([10.0, 12.0, 9.0]), np.array([3, 1, 2])
    single = np.repeat(populations, people)
    distance = single.mean() - single
    assert acceleration(populations, people) == pytest.approx((distance**3).sum() / (6 * (distance**2).sum() ** 1.5))
    assert acceleration(np.array([5.0, 5.0]), np.array([1, 1])) == 0.0
    assert math.isnan(acceleration(np.array([5.0, math.inf]), np.array([1, 1])))


@pytest.mark.parametrize("number", [0, -1, 19, 10**6])
def test_too_few_or_too_many_resamples_are_refused(number):
    with pytest.raises(BadInput, match="resamples cannot be used"):
        resample(COUNTS, 100.0, lambda tables: np.zeros(tables.shape[1]), resamples=number, seed=7)


def test_a_resample_without_estimate_counts_as_one_without_upper_limit():
    dark = float(stepwise(COUNTS[:, None]).unobserved[0])

    def every_tenth_fails(tables: np.ndarray) -> np.ndarray:
        found = stepwise(tables).unobserved.copy()
        found[::10] = np.nan
        return found

    made = resample(COUNTS, dark, every_tenth_fails, resamples=100, seed=7)
    assert made.without > 0
    assert math.isnan(made.acceleration)
