"""Whether several Markov chains tell the same story: rank-normalised split R-hat and effective sample sizes.

A sampler that has not mixed gives a number that looks like an answer. These are the measures by which one is refused.

R-hat compares the spread between halves of chains with the spread within them, on ranks turned to normal scores, once
for where the draws lie and once for how far they are from the middle; the larger counts. The bulk effective sample
size says how many independent draws the middle is worth, the tail one the same for the 5 % and 95 % points.

Sources: Vehtari, Gelman, Simpson, Carpenter and Buerkner (2021), Bayesian Analysis 16, 667-718; Margossian et al.
(2024), Bayesian Analysis, for nested R-hat (both recalled; tested against chains of which the answer is known).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

Floats = NDArray[np.float64]

HIGHEST_RHAT = 1.01
LEAST_EFFECTIVE = 400.0
TAILS = (0.05, 0.95)


@dataclass(frozen=True)
class Mixing:
    """How well chains mixed: the larger R-hat, and what the middle and the tails are worth in independent draws."""

    rhat: float
    bulk: float
    tail: float
    chains: int
    draws: int

    @property
    def good(self) -> bool:
        """Whether figures from these chains may be reported: R-hat at most 1.01, at least 400 draws' worth."""
        return self.rhat <= HIGHEST_RHAT and min(self.bulk, self.tail) >= LEAST_EFFECTIVE


def mixing(draws: Floats, together: int = 1) -> Mixing:
    """Measure chains: `draws`, shape (chains, draws), at least four each. R-hat is infinite where nothing moves.

    With `together` chains that started at one place, R-hat compares such groups (nested R-hat): many short chains need
    not each be worth fifty draws. The effective sizes always take the chains one by one.
    """
    halves = split(draws)
    if np.all(halves == halves[0, 0]):
        return Mixing(float("inf"), 0.0, 0.0, *draws.shape)
    scores = normal_scores(halves)
    folded = normal_scores(np.abs(halves - np.median(halves)))
    tails = [effective((halves <= np.quantile(halves, tail)).astype(np.float64)) for tail in TAILS]
    groups = 2 * len(draws) // together
    apart = max(rhat(one.reshape(groups, -1)) for one in (scores, folded))
    return Mixing(apart, effective(scores), min(tails), *draws.shape)


def split(draws: Floats) -> Floats:
    """Each chain cut in two: shape (2 chains, draws // 2); the middle draw of an odd number is left out."""
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def normal_scores(draws: Floats) -> Floats:
    """Ranks over all chains, ties shared, as normal scores: ndtri((rank - 3/8) / (number + 1/4))."""
    ranks = rankdata(draws, axis=None).reshape(draws.shape)
    return np.asarray(ndtri((ranks - 0.375) / (draws.size + 0.25)))


def rhat(draws: Floats) -> float:
    """sqrt(((n - 1) / n W + B) / W): W the mean variance within chains, B the variance of their means."""
    within = draws.var(axis=1, ddof=1).mean()
    between = draws.mean(axis=1).var(ddof=1)
    if within == 0:
        return 1.0 if between == 0 else float("inf")
    return float(np.sqrt((draws.shape[1] - 1) / draws.shape[1] + between / within))


def effective(draws: Floats) -> float:
    """Effective sample size: m n / (1 + 2 sum of autocorrelations), over Geyer's initial monotone sequence.

    `draws`: shape (m chains, n draws). Autocorrelations combine the chains, so that chains that disagree are worth
    little. Capped at m n log10(m n), as in the source.
    """
    chains, length = draws.shape
    covariance = _autocovariance(draws).mean(axis=0)
    within = covariance[0] * length / (length - 1)
    pooled = within * (length - 1) / length + draws.mean(axis=1).var(ddof=1)
    if pooled == 0:
        return 0.0
    correlation = 1 - (within - covariance * length / (length - 1)) / pooled
    correlation[0] = 1.0
    even = len(correlation) // 2 * 2
    steps = correlation[:even].reshape(-1, 2).sum(axis=1)
    ends = np.flatnonzero(steps < 0)
    steps = np.minimum.accumulate(steps[: ends[0]] if len(ends) else steps)
    total = max(2 * float(steps.sum()) - 1, 1 / np.log10(chains * length))
    return float(chains * length / total)


def _autocovariance(draws: Floats) -> Floats:
    """Autocovariance of each chain at each lag, by Fourier transform: divided by the length, as the source does."""
    length = draws.shape[1]
    centred = draws - draws.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, n=2 * length, axis=1)
    return np.asarray(np.fft.irfft(spectrum * np.conj(spectrum), n=2 * length, axis=1)[:, :length] / length)
