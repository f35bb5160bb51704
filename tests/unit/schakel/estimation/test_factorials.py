"""Logarithms of factorials and Poisson tails, against SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import gammaln
from scipy.stats import poisson

from schakel.estimation.factorials import log_factorial, log_tails


def test_log_factorials_are_those_of_scipy():
    numbers = np.concatenate([np.arange(2000), [10**5, 10**7, 10**9]])
    assert log_factorial(numbers) == pytest.approx(gammaln(numbers + 1.0), rel=1e-14, abs=1e-13)


def test_small_tails_are_those_of_scipy_and_large_ones_are_not_computed():
    mean, count = (grid.ravel() for grid in np.meshgrid(np.geomspace(0.001, 3000, 120), [*range(40), 100, 900, 3500]))
    ours = log_tails(count.astype(float), mean)
    upper = np.where(count > mean, poisson.logsf(count - 1, mean), poisson.logcdf(count, mean))
    computed = ours < 0
    with np.errstate(invalid="ignore"):
        reached = computed & np.isfinite(upper) & (upper > -650)  # SciPy's own sum underflows beyond
    assert ours[reached] == pytest.approx(upper[reached], rel=1e-8, abs=1e-10)
    assert upper[~computed].min() > np.log(0.1)  # never near the threshold


def test_a_tail_too_small_for_a_number_still_has_its_logarithm():
    assert log_tails(np.array([5000.0]), np.array([10.0]))[0] < -20_000
    assert log_tails(np.array([0.0]), np.array([2000.0]))[0] == pytest.approx(-2000.0)
