"""All methods as one answer: what each makes of the population, mixed with equal weights.

No method's interval holds the doubt about the method: a bootstrap repeats the choices of its own method, a posterior
averages over its own models. Side by side on the same table they lie a factor of two apart, each with an interval that
leaves the others out. The linear opinion pool (Stone 1961) is the mixture of their distributions,

    F(N) = 1/m (F_1(N) + ... + F_m(N)),

so that the pool is as wide as the methods together, and no wider than each where they agree. F_i is the posterior or
the bootstrap distribution of method i (by the interval that it was asked for; percentiles where BCa cannot be had),
straight in the logarithm of N between the quantiles at `SHARES`. What a method holds to have no upper limit has none in
the pool. Equal weights, because nothing in the data says which
method is right. A method takes part if its distribution holds the doubt about its own choices: thresholding takes the
pairs that it kept as certain, the two baselines their model, so that these are answers without a place in the pool.
Source: Stone (1961), Annals of Mathematical Statistics 32, 1339-1342 (recalled).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from schakel.estimation import sentences
from schakel.estimation.bootstrap import quantile
from schakel.estimation.certainty import Interval
from schakel.estimation.estimate import Estimate
from schakel.estimation.lattice import Floats
from schakel.estimation.parts import SHARES, quantiles
from schakel.estimation.showing import beyond
from schakel.vocabulary.texts import Text

BASELINES = frozenset({"main", "pairs"})  # models that choose nothing: shown to compare with, and no answer
CERTAIN = BASELINES | {"threshold"}  # methods whose distribution takes the model as given
POINTS = 2_000  # of each method's distribution
LEVEL = 0.95


def together(results: Sequence[Estimate]) -> Estimate:
    """The pool of the methods that have a distribution: median, and central interval of 95 %.

    `results` are of the same people; those that are `CERTAIN` of their model take no part. Without a
    population where no method has a distribution, or where more than half of the pool is beyond all numbers.
    """
    parts = pooled(results)
    whole = np.sort(np.concatenate([points(_told(one)) for one in parts])) if parts else np.full(1, math.inf)
    middle = quantile(whole, 0.5)
    first = parts[0] if parts else results[0]
    answer = Estimate(
        method="together", population=None, observed=first.observed, assumptions=_shared(parts or results),
        receipt=first.receipt._replace(options={"methods": ", ".join(one.method for one in parts)}),
        reason=sentences.NO_POOL, flag=None, about=first.about,
    )  # fmt: skip
    if beyond(middle):
        return answer
    low, high = (quantile(whole, share) for share in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    found = {share: quantile(whole, share) for share in SHARES}
    return replace(answer, population=middle, reason=None, interval=Interval(low, high, LEVEL, "pool"),
                   details={"methods": [one.method for one in parts], "quantiles": quantiles(found)})  # fmt: skip


def pooled(results: Sequence[Estimate]) -> list[Estimate]:
    """Those that have a part in the pool: an estimate with a distribution that holds the doubt about its choices."""
    return [one for one in results if one.method not in CERTAIN and one.population is not None and _told(one)]


def points(told: Mapping[str, float | None]) -> Floats:
    """A distribution as `POINTS` points of equal weight, from its quantiles by share; a quantile of None is infinite.

    Below the first share and beyond the last quantile that is a number the distribution is taken to stop: half a per
    cent on either side.
    """
    shares = np.array([float(share) for share in told])
    values = np.array([math.inf if value is None else math.log(value) for value in told.values()])
    at = (np.arange(POINTS) + 0.5) / POINTS
    known = np.isfinite(values)
    if not known.any():
        return np.full(POINTS, math.inf)
    found = np.exp(np.interp(at, shares[known], values[known]))
    if not known.all():
        found[at > shares[known][-1]] = math.inf
    return np.asarray(found)


def _told(one: Estimate) -> Mapping[str, float | None]:
    """The quantiles that a method tells of."""
    found: Mapping[str, float | None] = one.details.get("quantiles") or {}
    return found


def _shared(results: Sequence[Estimate]) -> tuple[Text, ...]:
    """What all of them assume."""
    return tuple(one for one in results[0].assumptions if all(one in each.assumptions for each in results))
