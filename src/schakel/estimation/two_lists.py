"""Two lists: Lincoln-Petersen and Chapman, and the doubly robust estimator that allows for covariates.

With two lists nothing in the data can show that one depends on the other; the estimate stands or falls with their
independence, with covariates: independence among people with the same covariates.

    Lincoln-Petersen   N = n1 n2 / m                      Chapman   N = (n1 + 1)(n2 + 1)/(m + 1) - 1
    doubly robust      1/psi = mean of phi,  phi = (q1 q2/q12) (Y1/q1 + Y2/q2 - Y1 Y2/q12),  N = n / psi

q1, q2, q12: the chance, for somebody seen with covariates x, to be on list 1, on list 2, on both. They are fitted on
other people than those they are used for (cross-fitting). phi is the efficient influence function, not centred; the
limits are N +- z sqrt(N (psi var(phi) + (1 - psi)/psi)). Sources: Chapman (1951), Seber (1970) for its variance, Chao
(1987) for limits of the unseen on a log scale; Das, Kennedy & Jewell (2023) for the doubly robust estimator.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import exp, log, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from schakel.estimation.certainty import Interval
from schakel.estimation.design import Real
from schakel.estimation.estimate import Estimate
from schakel.estimation.histories import Histories
from schakel.estimation.parts import Receipt
from schakel.estimation.poisson import solve
from schakel.estimation.population import about
from schakel.estimation.sentences import COMMON, POPULATION
from schakel.estimation.strata import fingerprint
from schakel.estimation.strata_refusals import refusal
from schakel.estimation.stratified import Stratified
from schakel.vocabulary.texts import text
from schakel.vocabulary.version import VERSION

LEVEL: Final = 0.95
FOLDS, RIDGE, LEAST = 5, 1e-3, 5e-3

INDEPENDENT: Final = text({
    "nl": "De twee lijsten zijn onafhankelijk: op de ene staan maakt op de andere komen niet waarschijnlijker. "
          "De gegevens kunnen dat niet laten zien.",
    "en": "The two lists are independent: being on one makes being on the other no more likely. The data cannot "
          "show whether that is so.",
})  # fmt: skip
GIVEN: Final = text({
    "nl": "Onder mensen met dezelfde kenmerken zijn de twee lijsten onafhankelijk. De gegevens kunnen dat niet "
          "laten zien.",
    "en": "Among people with the same covariates the two lists are independent. The data cannot show whether that "
          "is so.",
})  # fmt: skip
NOBODY_TWICE: Final = text({
    "nl": "Er is geen schatting: niemand staat op beide lijsten. Voeg lijsten of jaren samen.",
    "en": "There is no estimate: nobody is on both lists. Merge lists or years.",
})  # fmt: skip
CLIPPED: Final = text({
    "nl": "Voor een deel van de mensen is de kans om op beide lijsten te staan bijna nul; die is naar boven afgerond, "
          "en de schatting is daar te laag.",
    "en": "For some people the chance of being on both lists is almost nothing; it was rounded up, and the estimate "
          "is too low there.",
})  # fmt: skip


def two_lists(histories: Histories, *, chapman: bool = True, level: float = LEVEL, seed: int | None = None) -> Estimate:
    """Chapman's estimate (or Lincoln-Petersen's) from two lists, with log-normal limits for the unseen.

    var = (n1+1)(n2+1)(n1-m)(n2-m) / ((m+1)^2 (m+2)). Without overlap Lincoln-Petersen has no estimate, and Chapman's
    number rests on nobody: neither is given.
    """
    if len(histories.lists) != 2:
        raise refusal("two-lists", count=len(histories.lists))
    first, second, both = (int(value) for value in histories.counts[1:])
    one, two = first + both, second + both
    receipt = Receipt(histories.fingerprint, VERSION, seed, {"chapman": chapman, "level": level})
    name = "chapman" if chapman else "lincoln-petersen"
    assumed = (*COMMON, INDEPENDENT)
    if not both:
        return Estimate(name, None, histories.observed, receipt, assumed, reason=NOBODY_TWICE, about=POPULATION,
                        flag=None)  # fmt: skip
    number = (one + 1) * (two + 1) / (both + 1) - 1 if chapman else one * two / both
    spread = (one + 1) * (two + 1) * first * second / ((both + 1) ** 2 * (both + 2))
    interval = log_normal(histories.observed, number, spread, level)
    return Estimate(name, max(number, float(histories.observed)), histories.observed, receipt, assumed,
                    interval=interval, model="[1,2]", about=POPULATION, flag=None,
                    details={"standard_error": sqrt(spread)})  # fmt: skip


def log_normal(observed: int, population: float, variance: float, level: float) -> Interval:
    """Limits in which the unseen are log-normal: observed + u / c and observed + u c, c = exp(z sqrt(log(1 +
    v/u^2))).
    """
    unseen = population - observed
    if unseen <= 0:
        return Interval(observed, max(population, observed), level, "log-normal")
    factor = exp(float(norm.ppf((1 + level) / 2)) * sqrt(log(1 + variance / unseen**2)))
    return Interval(observed + unseen / factor, observed + unseen * factor, level, "log-normal")


@dataclass(frozen=True)
class Robust:
    """psi: chance of being seen; variance of phi among the seen; clipped: share of people whose q12 was rounded up."""

    psi: float
    spread: float
    clipped: float


def doubly_robust(table: Stratified, *, features: str = "pairs", folds: int = FOLDS, level: float = LEVEL, seed: int,
                  least: float = LEAST) -> Estimate:  # fmt: skip
    """The doubly robust estimate from two lists with covariates.

    features: what the chances may hang on: `main` (each covariate by itself), `pairs` (two together), `saturated`.
    folds: people are divided at random; chances for one part are fitted on the others. least: the smallest q12 taken.
    """
    if len(table.lists) != 2:
        raise refusal("two-lists", count=len(table.lists))
    receipt = Receipt(fingerprint(table), VERSION, seed, {"features": features, "folds": folds, "least": least})
    assumed = (*COMMON, GIVEN)
    if not table.counts[:, 3].any():
        return Estimate(
            "doubly-robust", None, table.observed, receipt, assumed, reason=NOBODY_TWICE, about=about(table), flag=None
        )
    strata = np.repeat(np.arange(len(table.counts)), table.counts.sum(1))
    captures = np.concatenate([np.repeat([1, 2, 3], row[1:]) for row in table.counts])
    found = robust(captures, feature_matrix(table, features)[strata], folds=folds, seed=seed, least=least)
    observed = table.observed
    number = observed / found.psi
    margin = float(norm.ppf((1 + level) / 2)) * sqrt(number * (found.psi * found.spread + (1 - found.psi) / found.psi))
    low = max(float(observed), number - margin)
    interval = Interval(low, max(low, number + margin), level, "influence")
    return Estimate("doubly-robust", max(number, float(observed)), observed, receipt, assumed, interval=interval,
                    model=f"[1,2 | {features}]", about=about(table), flag=None,
                    cautions=(CLIPPED,) if found.clipped else (),
                    details={"capture_probability": found.psi, "clipped": found.clipped})  # fmt: skip


def robust(
    captures: NDArray[np.int64], features: Real, *, folds: int = FOLDS, seed: int, least: float = LEAST
) -> Robust:
    """psi from people. captures: (n,) 1 only on the first list, 2 only on the second, 3 on both; features: (n, d)."""
    rng = np.random.default_rng(seed)
    fold = rng.permutation(np.arange(len(captures)) % folds)
    chances = np.empty((len(captures), 3))
    for part in range(folds):
        inside = fold == part
        weights = multinomial(features[~inside], captures[~inside]) if folds > 1 else multinomial(features, captures)
        chances[inside] = _chances(features[inside], weights)
    return influence(captures, chances, least)


def influence(captures: NDArray[np.int64], chances: Real, least: float = LEAST) -> Robust:
    """psi and the variance of phi from captures and the chances of (only 1, only 2, both), (n, 3)."""
    both = np.maximum(chances[:, 2], least)
    one, two = np.maximum(chances[:, 0] + chances[:, 2], both), np.maximum(chances[:, 1] + chances[:, 2], both)
    on_one, on_two = (captures & 1).astype(float), (captures >> 1).astype(float)
    phi = one * two / both * (on_one / one + on_two / two - on_one * on_two / both)
    mean = max(1.0, float(phi.mean()))  # nobody is seen with more than certainty
    return Robust(1 / mean, float(phi.var(ddof=1)), float((chances[:, 2] < least).mean()))


def feature_matrix(table: Stratified, features: str) -> Real:
    """(strata, d): a one, an indicator of each level but the first, and products of those of 2 or all covariates."""
    columns = [[(table.levels[:, place] == level).astype(float) for level in range(1, len(one.levels))]
               for place, one in enumerate(table.covariates)]  # fmt: skip
    largest = {"main": 1, "pairs": 2, "saturated": len(columns)}[features]
    made = [np.ones(len(table.counts))]
    for size in range(1, largest + 1):
        for chosen in combinations(columns, size):
            products = [np.ones(len(table.counts))]
            for choice in chosen:
                products = [left * right for left in products for right in choice]
            made += products
    return np.array(made).T


def multinomial(features: Real, captures: NDArray[np.int64], ridge: float = RIDGE) -> Real:
    """Coefficients (2, d) of multinomial logistic regression of the capture, "on both" being the baseline.

    Newton's method with a ridge of `ridge` on all but the constant, so that a level in which nobody is on both lists
    has small chances and not none.
    """
    size = features.shape[1]
    weights = np.zeros((2, size))
    penalty = np.tile(np.r_[0.0, np.full(size - 1, ridge)], 2)
    wanted = np.stack([captures == 1, captures == 2], axis=1).astype(float)
    for _ in range(50):
        chances = _chances(features, weights)[:, :2]
        gradient = ((wanted - chances).T @ features).ravel() - penalty * weights.ravel()
        if np.abs(gradient).max() < 1e-8 * len(captures):
            break
        blocks = [
            [(features.T * (chances[:, a] * ((a == b) - chances[:, b]))) @ features for b in (0, 1)] for a in (0, 1)
        ]
        step = solve(np.block(blocks) + np.diag(penalty + 1e-12), gradient)
        weights = weights + (step * min(1.0, 5.0 / max(1e-12, float(np.abs(step).max())))).reshape(2, size)
    return weights


def _chances(features: Real, weights: Real) -> Real:
    """(n, 3): chances of only list 1, only list 2, both."""
    scores = np.column_stack([features @ weights.T, np.zeros(len(features))])
    scores = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(scores / scores.sum(1, keepdims=True))
