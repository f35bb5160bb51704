"""Trends with honest uncertainty: intervals of counts, changes between years, a slope between breaks. No forecasts.

A registered count is all that was registered; its interval says how far the process that gave it could have given
another by chance alone. It says nothing about those whom nobody saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from schakel.monitor.refusals import refusal

FEWEST_YEARS: Final = 3
LEVEL: Final = 0.95
EXACT_POISSON: Final = "exact Poisson (Garwood)"
NEGATIVE_BINOMIAL: Final = "negative binomial, on the logarithm"
EXACT_RATIO: Final = "exact conditional binomial (Clopper-Pearson) for the ratio of two Poisson counts"
QUASI_POISSON: Final = "log-linear Poisson, variance times Pearson dispersion where that is above 1, t quantiles"
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Between:
    """Limits at `level`, by a method that is named."""

    low: float
    high: float
    level: float
    method: str


@dataclass(frozen=True)
class Trend:
    """The change a year within one stretch of years without a break, as a factor, with its limits.

    `dispersion` is Pearson's: 1 for a Poisson process, more where years differ by more than chance.
    """

    first: int
    last: int
    yearly: float
    between: Between
    dispersion: float


def count_interval(count: int, level: float = LEVEL, *, alpha: float = 0.0) -> Between:
    """Limits for the mean of the process behind a count.

    alpha = 0: exact Poisson, chi2(a/2; 2n)/2 and chi2(1-a/2; 2n+2)/2 (Garwood 1936). alpha > 0: variance
    n + alpha n^2, n exp(+-z sqrt(1/n + alpha)); a count of 0 falls back on Poisson. Raises `BadInput` for a count that
    is negative or no whole number, and for a level that is none.
    """
    _check(count, level)
    tail = (1 - level) / 2
    if alpha > 0 and count > 0:
        wide = float(stats.norm.ppf(1 - tail)) * (1 / count + alpha) ** 0.5
        return Between(count * float(np.exp(-wide)), count * float(np.exp(wide)), level, NEGATIVE_BINOMIAL)
    low = float(stats.chi2.ppf(tail, 2 * count)) / 2 if count else 0.0
    return Between(low, float(stats.chi2.ppf(1 - tail, 2 * count + 2)) / 2, level, EXACT_POISSON)


def change(before: int, after: int, level: float = LEVEL) -> Between:
    """Limits for after / before as the ratio of two Poisson means; from 0, or without an upper limit, where one is 0.

    Given the sum, `after` is binomial with p = r / (1 + r); limits of p by Clopper-Pearson give those of r. Years that
    are overdispersed vary more than this says.
    """
    _check(before, level)
    _check(after, level)
    tail, both = (1 - level) / 2, before + after
    low = float(stats.beta.ppf(tail, after, before + 1)) if after else 0.0
    high = float(stats.beta.ppf(1 - tail, after + 1, before)) if before else 1.0
    ratio = (low / (1 - low) if both else 0.0, high / (1 - high) if high < 1 else float("inf"))
    return Between(*ratio, level, EXACT_RATIO)


def trends(counts: Mapping[int, int], breaks: Iterable[int] = (), level: float = LEVEL) -> tuple[Trend, ...]:
    """The yearly change in each stretch between breaks that has at least three years; others are left out.

    A break year begins a new stretch: nothing is compared across it. Raises `BadInput` where no stretch is long
    enough, and for counts that are none.
    """
    for count in counts.values():
        _check(count, level)
    found = [_trend(years, counts, level) for years in stretches(counts, breaks) if len(years) >= FEWEST_YEARS]
    if not found:
        raise refusal("too-few-years", count=len(counts), least=FEWEST_YEARS)
    return tuple(found)


def stretches(years: Iterable[int], breaks: Iterable[int]) -> list[list[int]]:
    """Consecutive years, cut before each break and at each year that is missing."""
    cuts, found = set(breaks), list[list[int]]()
    for year in sorted(set(years)):
        if not found or year in cuts or year != found[-1][-1] + 1:
            found.append([])
        found[-1].append(year)
    return found


def dispersion_alpha(counts: Mapping[int, int]) -> float:
    """alpha of variance mu + alpha mu^2 by moments about the mean, never below 0 (for `count_interval`)."""
    numbers = np.array(list(counts.values()), dtype=float)
    if len(numbers) < FEWEST_YEARS or not numbers.sum():
        raise refusal("too-few-years", count=len(numbers), least=FEWEST_YEARS)
    mean = numbers.mean()
    return max(0.0, float((numbers.var(ddof=1) - mean) / mean**2))


def _trend(years: list[int], counts: Mapping[int, int], level: float) -> Trend:
    time = np.array(years, dtype=float) - float(np.mean(years))
    numbers = np.array([counts[year] for year in years], dtype=float)
    slope, variance, dispersion = _slope(time, numbers)
    wide = float(stats.t.ppf((1 + level) / 2, len(years) - 2)) * (variance * max(dispersion, 1.0)) ** 0.5
    limits = Between(float(np.exp(slope - wide)), float(np.exp(slope + wide)), level, QUASI_POISSON)
    return Trend(years[0], years[-1], float(np.exp(slope)), limits, dispersion)


def _slope(time: Numbers, numbers: Numbers) -> tuple[float, float, float]:
    """Slope of log mean on time by Newton, its Poisson variance, and Pearson's dispersion."""
    numbers = np.maximum(numbers, 0.0)
    if not numbers.sum():
        raise refusal("too-few-years", count=0, least=FEWEST_YEARS)
    design = np.column_stack([np.ones_like(time), time])
    found = np.array([np.log(numbers.mean()), 0.0])
    for _ in range(100):
        mean = np.exp(design @ found)
        step = np.linalg.solve(design.T @ (design * mean[:, None]), design.T @ (numbers - mean))
        found = found + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-12:
            break
    mean = np.exp(design @ found)
    variance = np.linalg.inv(design.T @ (design * mean[:, None]))[1, 1]
    pearson = float(((numbers - mean) ** 2 / mean).sum()) / (len(time) - 2)
    return float(found[1]), float(variance), pearson


def _check(count: int, level: float) -> None:
    if isinstance(count, bool) or int(count) != count or count < 0:
        raise refusal("not-a-count", value=count, name="count", least=0)
    if not 0 < level < 1:
        raise refusal("level", value=level)
