"""Intervals and trends, held against published tables and against simulation of the same process."""

from __future__ import annotations

import math

import numpy as np
import pytest

from schakel.monitor.series import breaks
from schakel.monitor.trends import change, count_interval, dispersion_alpha, stretches, trends
from schakel.vocabulary.errors import BadInput

# Exact 95 % limits of a Poisson count as printed in statistical tables (two or three decimals).
PRINTED = {0: (0, 3.69), 1: (0.03, 5.57), 5: (1.62, 11.67), 10: (4.80, 18.39), 100: (81.36, 121.63)}


@pytest.mark.parametrize("count", PRINTED)
def test_poisson_limits_are_those_of_the_tables(count):
    found = count_interval(count)
    assert (found.low, found.high) == pytest.approx(PRINTED[count], abs=0.006)
    assert "Garwood" in found.method


def test_overdispersion_widens_and_says_so():
    plain, wide = count_interval(900), count_interval(900, alpha=0.05)
    assert wide.low < plain.low < 900 < plain.high < wide.high
    assert "negative binomial" in wide.method


def test_alpha_is_found_again_in_negative_binomial_counts():
    drawn = np.random.default_rng(7).negative_binomial(10, 10 / 510, 4000)  # mean 500, alpha 0.1
    assert dispersion_alpha(dict(enumerate(drawn.tolist()))) == pytest.approx(0.1, rel=0.1)
    assert dispersion_alpha({1: 100, 2: 100, 3: 100}) == 0


def test_a_change_between_small_counts_is_wide_and_between_large_ones_narrow():
    small, large = change(2, 4), change(958, 668)
    assert small.low < 1 < small.high
    assert large.high < 1
    assert large.low < 668 / 958 < large.high


def test_limits_of_a_change_cover_the_true_ratio():
    drawn = np.random.default_rng(7)
    found = [change(int(a), int(b)) for a, b in zip(drawn.poisson(40, 1000), drawn.poisson(60, 1000), strict=True)]
    assert np.mean([one.low <= 1.5 <= one.high for one in found]) >= 0.935


def test_a_change_from_or_to_nothing():
    assert change(0, 5).high == math.inf
    assert change(5, 0).low == 0
    assert (change(0, 0).low, change(0, 0).high) == (0, math.inf)


def test_a_trend_finds_growth_of_a_tenth_a_year():
    counts = {2010 + year: round(500 * 1.1**year) for year in range(8)}
    (found,) = trends(counts)
    assert found.yearly == pytest.approx(1.1, rel=1e-3)
    assert found.between.low < 1.1 < found.between.high
    assert "t quantiles" in found.between.method


def test_years_that_differ_by_more_than_chance_widen_a_trend():
    (calm,) = trends({2010: 100, 2011: 101, 2012: 99, 2013: 100, 2014: 101})
    (wild,) = trends({2010: 100, 2011: 160, 2012: 60, 2013: 150, 2014: 70})
    assert wild.dispersion > 1 > calm.dispersion
    assert wild.between.high - wild.between.low > 2 * (calm.between.high - calm.between.low)


def test_nothing_is_compared_across_a_break():
    assert stretches([2015, 2016, 2017, 2018, 2019, 2021], [2018]) == [[2015, 2016, 2017], [2018, 2019], [2021]]
    fall = [one.year for one in breaks()]
    (found,) = trends({2015: 900, 2016: 900, 2017: 900, 2018: 300, 2019: 300}, fall)
    assert (found.first, found.last, round(found.yearly, 6)) == (2015, 2017, 1)


@pytest.mark.parametrize("counts", [{}, {2010: 5}, {2010: 5, 2011: 6}, {2010: 0, 2011: 0, 2012: 0}])
def test_too_few_years(counts):
    with pytest.raises(BadInput, match="too few"):
        trends(counts)


@pytest.mark.parametrize("count", [-1, 1.5, True])
def test_what_is_no_count(count):
    with pytest.raises(BadInput, match="no count"):
        count_interval(count)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_what_is_no_level(level):
    with pytest.raises(BadInput, match="confidence level"):
        count_interval(5, level)
