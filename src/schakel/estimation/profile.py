"""The interval of one fixed model from its profile likelihood (Cormack 1992).

Say the population were N. Then N less those seen are on no list, and the model can be fitted to the complete table.
The multinomial log-likelihood of that fit, ℓ(N) = log N! - log (N-n)! + Σ y log p + (N-n) log p0, is largest at the
best N; the interval holds every N for which twice its shortfall stays below the quantile of chi-squared with one
degree of freedom. It takes the model as given: it is too short for a model that was chosen.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np

from schakel.estimation.certainty import Interval
from schakel.estimation.existence import kept_cells
from schakel.estimation.lattice import Whole, superset_sums
from schakel.estimation.loglinear import Fit
from schakel.estimation.newton import fit as newton
from schakel.estimation.newton import means

LARGEST = 1e9  # above it the data set no upper limit
CLOSE = 1e-9


def profile_interval(made: Fit, counts: Whole, level: float = 0.95) -> Interval:
    """The profile interval of a fitted model. `high` is infinite where no population is too large for the data."""
    likelihood = _profile(made, counts)
    observed = made.observed
    best = _highest(likelihood, math.log(max(made.unobserved, 1e-3)))
    wanted = likelihood(best) - NormalDist().inv_cdf((1.0 + level) / 2.0) ** 2 / 2.0
    low = _crossing(likelihood, wanted, best, -1.0, math.log(1e-6))
    high = _crossing(likelihood, wanted, best, 1.0, math.log(LARGEST))
    return Interval(observed + (math.exp(low) if low is not None else 0.0),
                    observed + (math.exp(high) if high is not None else math.inf), level, "profile")  # fmt: skip


def _profile(made: Fit, counts: Whole) -> Callable[[float], float]:
    """ℓ as a function of the logarithm of the dark figure; each fit starts from the last."""
    people = counts.astype(np.float64)
    overlaps = superset_sums(people)
    kept = kept_cells(made.model, overlaps)
    kept[0] = True  # the complete table
    finite = [mask for mask in made.model.masks if overlaps[mask] > 0]
    terms = np.array(finite, dtype=np.int64)[None, :]
    last = {"beta": np.array([[made.beta[mask] for mask in finite]])}

    def at(log_dark: float) -> float:
        dark = math.exp(log_dark)
        people[0] = dark
        result = newton(people[:, None], terms, kept[:, None], last["beta"])
        last["beta"] = result.beta
        total = made.observed + dark
        shares = np.where(kept, means(result.beta, terms, kept[:, None])[:, 0], 1.0) / total
        combinations = math.lgamma(total + 1.0) - math.lgamma(dark + 1.0)
        return combinations + float((people * np.log(shares)).sum())

    return at


def _highest(function: Callable[[float], float], start: float) -> float:
    """Where a function with one top is highest: by golden section, from a bracket around the start."""
    low, high = start - 1.0, start + 1.0
    while function(low) > function(low + 0.5) and low > -20:
        low -= 1.0
    while function(high) > function(high - 0.5) and high < math.log(LARGEST):
        high += 1.0
    ratio = (math.sqrt(5.0) - 1.0) / 2.0
    while high - low > 1e-7:
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if function(left) < function(right):
            low = left
        else:
            high = right
    return (low + high) / 2.0


def _crossing(function: Callable[[float], float], wanted: float, best: float, way: float, end: float) -> float | None:
    """Where the function falls to `wanted` on one side of its top; None where it does not before `end`."""
    inside, step = best, 0.1
    outside = best + way * step
    while function(outside) > wanted:
        if (outside - end) * way > 0:
            return None
        inside, step = outside, step * 1.6
        outside = inside + way * step
    while abs(outside - inside) > CLOSE:
        middle = (inside + outside) / 2.0
        inside, outside = (middle, outside) if function(middle) > wanted else (inside, middle)
    return (inside + outside) / 2.0
