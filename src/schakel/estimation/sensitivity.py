"""Other priors for the Bayesian methods: what `checks.prior_sensitivity` takes, the usual prior first.

A number that moves with the prior was not in the data. Averaging is done with a quarter and with four times the prior
count of each cell, and with a prior of N that falls faster; thresholding with a wider and a narrower prior of the
pairs, and without one. The choices are ours, a factor of four either way; they have no source.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from schakel.estimation.averaging import average
from schakel.estimation.estimate import Estimate
from schakel.estimation.histories import Histories
from schakel.estimation.threshold import DRAWS, PRECISION, threshold

Method = Callable[[Histories], Estimate]

FACTORS = (0.25, 4.0)
PRIOR = "delta "  # how the name of a prior begins that holds a number


def averaging_priors(lists: int) -> dict[str, Method]:
    """By words for the prior, averaging over graphs of so many lists under it."""
    cell = 2.0**-lists
    others = {f"{PRIOR}{factor * cell:g}": partial(average, delta=factor * cell) for factor in FACTORS}
    return {f"{PRIOR}{cell:g}, 1 / N": average, **others, "1 / N^2": partial(average, power=2.0)}


def threshold_priors(seed: int = 7, draws: int = DRAWS) -> dict[str, Method]:
    """By words for the prior, thresholding under it; `draws` are kept from each chain."""
    given = (PRECISION, *[factor * PRECISION for factor in FACTORS])
    proper = {f"precision {value:g}": partial(threshold, seed=seed, draws=draws, precision=value) for value in given}
    return {**proper, "improper": partial(threshold, seed=seed, draws=draws, precision=0.0)}
