"""Logarithms of factorials and of Poisson tails, for whole arrays, with NumPy alone.

SciPy has both; loading its `special` costs more than a thousand bootstraps of five lists.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from schakel.estimation.lattice import Floats

TABLE = 256
_SMALL = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1.0, TABLE)))])
SURE = 0.1  # within one standard deviation of the mean no tail of a Poisson law is below this (tested against SciPy)
TINY, ROUND = 1e-17, 8  # of a sum, and terms between two looks at who is done


def log_factorial(number: Any) -> Floats:
    """log(n!) of whole numbers of any shape: a table below 256, Stirling's series above (error 1e-15)."""
    n = np.asarray(number, dtype=np.float64)
    large = np.maximum(n, TABLE)
    inverse = 1.0 / large
    series = inverse * (1 / 12 - inverse**2 * (1 / 360 - inverse**2 / 1260))
    stirling = (large + 0.5) * np.log(large) - large + 0.5 * np.log(2.0 * np.pi) + series
    return np.asarray(np.where(n < TABLE, _SMALL[np.minimum(n, TABLE - 1).astype(np.int64)], stirling))


def log_tails(count: Floats, mean: Floats, largest: float = SURE) -> Floats:
    """log P(X ≥ count) where count > mean, else log P(X ≤ count), for X Poisson with that mean; same shapes, 1-D.

    Only tails below `largest` are asked for. Up to 0.1, what lies within one standard deviation of the mean is
    therefore not computed: the answer there is 0 (p = 1).
    Upper: pmf(m) (1 + λ/(m+1) + λ²/((m+1)(m+2)) + ...); lower: pmf(m) (1 + m/λ + m(m-1)/λ² + ...).
    """
    far = np.flatnonzero(np.abs(count - mean) > (np.sqrt(mean) if largest <= SURE else 0.0))
    found = np.zeros(len(count))
    m, rate = count[far], mean[far]
    with np.errstate(divide="ignore", invalid="ignore"):
        head = np.where(m > 0, m * np.log(rate), 0.0) - rate - log_factorial(m)
    found[far] = head + np.log(_series(m, rate))
    return found


def _series(m: Floats, rate: Floats) -> Floats:
    """The sum in brackets of `log_tails`. Those whose terms no longer count leave the work, every few terms."""
    total = np.ones(len(m))
    at_work, sums, term, place = np.arange(len(m)), np.ones(len(m)), np.ones(len(m)), 0
    while len(at_work):
        for _ in range(ROUND):
            term = term * np.where(m > rate, rate / (m + 1 + place), np.maximum(m - place, 0.0) / rate)
            sums = sums + term
            place += 1
        total[at_work] = sums
        more = term > TINY * sums
        at_work, sums, term, m, rate = at_work[more], sums[more], term[more], m[more], rate[more]
    return total
