"""How far the estimate could have been from itself: the bootstrap that repeats the whole choice, and its intervals.

A resample draws as many people as were seen, from the histories that were seen. Whatever chose the model chooses anew
in every resample: an interval for one chosen model alone is too short. Sources: Efron (1987) for BCa; DiCiccio & Efron
(1996); Chan, Silverman & Vincent (2021) for its use here; Hyndman & Fan (1996) for quantiles of type 8.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from schakel.estimation.certainty import Interval
from schakel.estimation.lattice import Floats, Whole
from schakel.estimation.refusals import refusal
from schakel.estimation.running import Keeper, Progress, in_blocks

FEWEST, MOST = 20, 100_000  # resamples: fewer cannot hold a tail of 5 %
LEVEL = 0.95

# From tables, shape (2^k, batch), to the dark figure of each; NaN or inf where there is no estimate.
Refit = Callable[[Whole], Floats]


@dataclass(frozen=True, eq=False)
class Resampled:
    """A bootstrap and a jackknife of one estimate.

    population: the estimate itself
    resamples: the population in each resample, in ascending order; inf where a resample has no estimate
    acceleration: of BCa; NaN where it cannot be computed
    """

    population: float
    resamples: Floats
    acceleration: float

    @property
    def without(self) -> int:
        """How many resamples have no estimate."""
        return int(np.isinf(self.resamples).sum())

    def interval(self, kind: str, level: float = LEVEL) -> Interval | None:
        """The `bca` or `percentile` interval; None where the bootstrap cannot give it."""
        tail = (1.0 - level) / 2.0
        limits = [self.limit(kind, share) for share in (tail, 1.0 - tail)]
        if not all(limit == limit for limit in limits) or math.isinf(limits[0]):
            return None
        return Interval(limits[0], limits[1], level, kind)

    def limit(self, kind: str, share: float) -> float:
        """One limit: the population below which `share` of the certainty lies; NaN where BCa cannot say."""
        if kind == "percentile":
            return quantile(self.resamples, share)
        return quantile(self.resamples, self._bca_share(share))

    def _bca_share(self, share: float) -> float:
        """Which quantile BCa takes: Φ(z0 + (z0 + z) / (1 - a (z0 + z))), z0 = Φ⁻¹(share of resamples below)."""
        below = float((self.resamples < self.population).mean())
        if not 0.0 < below < 1.0 or math.isnan(self.acceleration):
            return math.nan
        from statistics import NormalDist  # loads fractions and decimals, which a run without this interval need not

        normal = NormalDist()
        moved = normal.inv_cdf(below) + normal.inv_cdf(share)
        return normal.cdf(normal.inv_cdf(below) + moved / (1.0 - self.acceleration * moved))


def resample(
    counts: Whole,
    unobserved: float,
    refit: Refit,
    *,
    resamples: int,
    seed: int,
    progress: Progress = None,
    keeper: Keeper | None = None,
) -> Resampled:
    """Bootstrap and jackknife an estimate.

    counts: shape (2^k,), whole numbers
    unobserved: the dark figure of these counts
    refit: gives the dark figures of any tables, the choice of model included

    Raises `BadInput` for too few resamples, or too many. Repeatable: the same seed gives the same resamples, however
    they are divided.
    """
    if not FEWEST <= resamples <= MOST:
        raise refusal("resamples", value=resamples, least=FEWEST, most=MOST)
    observed = int(counts.sum())
    drawn = draws(counts, resamples, seed)
    tables = np.concatenate([jackknife_tables(counts), drawn], axis=1)
    dark = in_blocks(lambda begin, end: refit(tables[:, begin:end]), tables.shape[1], len(tables), progress, keeper)
    dark = np.where(np.isnan(dark), np.inf, dark)
    single = tables.shape[1] - resamples
    return Resampled(
        observed + unobserved,
        np.sort(observed + dark[single:]),
        acceleration(observed - 1 + dark[:single], counts[counts > 0]),
    )


def draws(counts: Whole, resamples: int, seed: int) -> Whole:
    """Multinomial resamples of the people seen, shape (2^k, resamples). Nobody draws a history that nobody has."""
    generator = np.random.default_rng(seed)
    observed = int(counts.sum())
    return np.ascontiguousarray(generator.multinomial(observed, counts / observed, size=resamples).T)


def jackknife_tables(counts: Whole) -> Whole:
    """The tables with one person less in each history that somebody has; shape (2^k, histories)."""
    seen = np.flatnonzero(counts)
    tables = np.repeat(counts[:, None], len(seen), axis=1)
    tables[seen, np.arange(len(seen))] -= 1
    return tables


def acceleration(populations: Floats, people: Whole) -> float:
    """The acceleration a = Σ w d³ / (6 (Σ w d²)^1.5), d the mean of the jackknife less each of its estimates.

    populations: shape (h,), the estimate without one person of each history; people: shape (h,), how many have it.
    NaN where one of them has no estimate.
    """
    if not np.isfinite(populations).all():
        return math.nan
    distance = np.average(populations, weights=people) - populations
    spread = float((people * distance**2).sum())
    return float((people * distance**3).sum()) / (6.0 * spread**1.5) if spread > 0 else 0.0


def quantile(ordered: Floats, share: float) -> float:
    """The quantile of type 8 of values in ascending order: place (n + 1/3) p + 1/3, between the two nearest.

    NaN for a share that is no number; inf where the quantile lies among resamples without an estimate.
    """
    if math.isnan(share):
        return math.nan
    place = min(max((len(ordered) + 1 / 3) * share + 1 / 3, 1.0), float(len(ordered)))
    low = int(place + 4 * np.finfo(float).eps)
    rest = place - low
    first, second = float(ordered[low - 1]), float(ordered[min(low, len(ordered) - 1)])
    return first if rest < 1e-12 or first == second else first + rest * (second - first)
