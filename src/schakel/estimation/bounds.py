"""Simple figures beside the methods: lists alike (M0), lists that differ (Mt), Chao's lower bounds, sample coverage.

None of them is an answer. M0 and Mt say what independence would give. Chao's bounds say what is needed at least when
people differ in how easily they are found, as people who are found more than twice show. Sample coverage says how
much of what can be seen was seen. A `Bound` is internal, like everything in this room.

Sources, all recalled: Chao (1987), Biometrics 43, 783-791; Chao and Tsay (1998), JASA 93, 283-293, and Chao, Tsay, Lin,
Shau and Chao (2001), Statistics in Medicine 20, 3123-3157, for sample coverage; Cormack (1992), Biometrics 48, 567-576,
for the profile; Baillargeon and Rivest (2007), Journal of Statistical Software 19, for the models with bounds, whose
figures ours meet (`tests/published`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar
from scipy.special import gammaln, ndtri, xlogy

from schakel.estimation import poisson
from schakel.estimation.bayes_words import bayes_refusal
from schakel.estimation.histories import Histories, refuse_unusable
from schakel.estimation.lattice import sizes

Floats = NDArray[np.float64]

FURTHEST = 1e12  # times the people seen: beyond it there is no upper limit
DRAWS = 1_000
ENOUGH = 0.55  # sample coverage from which Chao et al. take N and not N1


@dataclass(frozen=True)
class Bound:
    """One simple figure: its name, the population, its standard error and limits (None where there are none).

    `deviance`, `parameters`: of the Poisson model behind it; None for figures that have none. `lower`: whether it is
    only a lower bound.
    """

    name: str
    population: float
    standard_error: float
    low: float | None = None
    high: float | None = None
    deviance: float | None = None
    parameters: int | None = None
    lower: bool = False


def model_0(histories: Histories, level: float = 0.95) -> Bound:
    """All lists alike and independent: log mu = g + b times the number of lists; N = seen + exp(g).

    Limits from the profile of the multinomial likelihood, with S registrations on k lists:
    l(N) = lgamma(N+1) - lgamma(N-n+1) + S log p + (kN - S) log(1 - p), p = S / (kN).
    """
    lists, registrations = len(histories.lists), np.array([sum(histories.totals.values())], dtype=np.float64)

    def height(population: float) -> float:
        return _independent(population, histories.observed, registrations, lists * population)

    return _fitted("M0", histories, [_size(histories)], lower=False, profile=height, level=level)


def model_t(histories: Histories, level: float = 0.95) -> Bound:
    """Lists that differ in size and are independent: a term for each list. Limits from the profile likelihood."""
    totals = np.array(list(histories.totals.values()), dtype=np.float64)

    def height(population: float) -> float:
        return _independent(population, histories.observed, totals, population)

    return _fitted("Mt", histories, list(_on(histories).T), lower=False, profile=height, level=level)


def chao_h(histories: Histories, level: float = 0.95) -> Bound:
    """Lower bound when people differ and lists do not: M0 with terms max(0, lists - 2), max(0, lists - 3), ... >= 0."""
    return _fitted("Mh Chao", histories, [_size(histories)], lower=True, level=level)


def chao_th(histories: Histories, level: float = 0.95) -> Bound:
    """Lower bound when both people and lists differ: Mt with the terms of `chao_h`."""
    return _fitted("Mth Chao", histories, list(_on(histories).T), lower=True, level=level)


def chao_1987(histories: Histories, level: float = 0.95) -> Bound:
    """Chao's lower bound from those on one and on two of k lists: N = n + a f1^2 / (2 f2), a = (k - 1) / k.

    With nobody on two lists, f1 (f1 - 1) / 2 takes the place of f1^2 / (2 f2). Variance for r = f1 / f2:
    f2 (a r^2 / 2 + a^2 r^3 + a^2 r^4 / 4); limits on the log scale of the unseen.
    """
    refuse_unusable(histories)
    lists = len(histories.lists)
    found = np.bincount(sizes(lists), weights=histories.counts, minlength=lists + 1)
    once, twice, part = float(found[1]), float(found[2]), (lists - 1) / lists
    if twice:
        ratio = once / twice
        unseen = part * once * ratio / 2
        variance = twice * (part * ratio**2 / 2 + part**2 * ratio**3 + part**2 * ratio**4 / 4)
    else:
        unseen = part * once * (once - 1) / 2
        variance = (
            part * once * (once - 1) / 2
            + part**2 * once * (2 * once - 1) ** 2 / 4
            - part**2 * once**4 / (4 * (histories.observed + unseen))
        )
    low, high = log_normal_limits(histories.observed, unseen, max(variance, 0.0) ** 0.5, level)
    return Bound("Chao 1987", histories.observed + unseen, max(variance, 0.0) ** 0.5, low, high, lower=True)


def coverage(histories: Histories) -> float:
    """Sample coverage: C = 1 - mean over lists of (people on that list only) / (people on that list)."""
    alone = histories.counts[1 << np.arange(len(histories.lists))]
    return float(1 - (alone / np.array(list(histories.totals.values()))).mean())


def sample_coverage(
    histories: Histories, *, seed: int = 7, draws: int = DRAWS, level: float = 0.95
) -> tuple[Bound, ...]:
    """Estimates by sample coverage: N0 = D / C, and for three lists N (high coverage) or N1 (low coverage).

    D is the mean number of people seen when one list is left out. As Chao et al. advise, N is given when C is at least
    0.55; below that it may be any number at all, and N1 is given, a lower bound when lists depend positively. For more
    than three lists N0 only. Standard errors from `draws` multinomial tables of the estimated population; limits on
    the log scale. An estimate that is not above the people seen is left out. At least three lists.
    """
    refuse_unusable(histories)
    lists = len(histories.lists)
    if lists < 3:
        raise bayes_refusal("few-lists", name="sample coverage", fewest=3, count=lists)
    rng = np.random.default_rng(seed)
    points = _covered(histories.counts.astype(np.float64)[None])[0]
    second = {"N": 1} if coverage(histories) >= ENOUGH else {"N1": 2}
    return tuple(
        _with_error(name, place, float(points[place]), histories, rng, draws, level)
        for name, place in ({"N0": 0} | second if lists == 3 else {"N0": 0}).items()
        if points[place] > histories.observed and np.isfinite(points[place])
    )


def log_normal_limits(observed: int, unseen: float, error: float, level: float = 0.95) -> tuple[float, float]:
    """Limits that stay above the people seen: n + u / c and n + u c, c = exp(z sqrt(log(1 + error^2 / u^2)))."""
    if unseen <= 0:
        return float(observed), float(observed)
    factor = np.exp(ndtri((1 + level) / 2) * np.sqrt(np.log1p((error / unseen) ** 2)))
    return float(observed + unseen / factor), float(observed + unseen * factor)


def _on(histories: Histories) -> Floats:
    """For each observable history which lists it is on: shape (2**k - 1, k)."""
    return np.asarray(np.arange(1, len(histories.counts))[:, None] >> np.arange(len(histories.lists)) & 1, dtype=float)


def _size(histories: Histories) -> Floats:
    return sizes(len(histories.lists))[1:].astype(np.float64)


def _fitted(
    name: str, histories: Histories, base: list[Floats], *, lower: bool, level: float,
    profile: Callable[[float], float] | None = None,
) -> Bound:  # fmt: skip
    """Fit the Poisson model; with `lower`, hinges above two lists, the most negative one left out until none is."""
    refuse_unusable(histories)
    counts = histories.counts[1:].astype(np.float64)
    size = _size(histories)
    hinges = [np.maximum(0.0, size - above) for above in range(2, len(histories.lists))] if lower else []
    while True:
        fit = poisson.fit(np.column_stack([np.ones(len(counts)), *base, *hinges]), counts)
        slopes = fit.coefficients[1 + len(base) :]
        if not len(slopes) or slopes.min() >= 0:
            break
        del hinges[int(np.argmin(slopes))]
    unseen = float(np.exp(fit.coefficients[0]))
    error = float(np.sqrt(unseen + unseen**2 * poisson.inverse(fit.information)[0, 0]))
    low, high = (
        _limits(profile, histories.observed, unseen, level)
        if profile
        else log_normal_limits(histories.observed, unseen, error, level)
    )
    return Bound(name, histories.observed + unseen, error, low, high, fit.deviance, len(fit.coefficients), lower)


def _independent(population: float, observed: int, yes: Floats, trials: float) -> float:
    """Log multinomial likelihood of independent lists at a population, the chances at their best."""
    parts = xlogy(yes, yes / trials) + xlogy(trials - yes, 1 - yes / trials)
    return float(gammaln(population + 1) - gammaln(population - observed + 1) + parts.sum())


def _limits(height: Callable[[float], float], observed: int, unseen: float, level: float) -> tuple[float, float | None]:
    """Where the profile has fallen by half a chi-squared quantile; no upper limit when it never does."""

    def at(log_unseen: float) -> float:
        return height(observed + float(np.exp(log_unseen)))

    start = float(np.log(unseen))
    best = minimize_scalar(lambda x: -at(x), bounds=(start - 3, start + 3), method="bounded", options={"xatol": 1e-9})
    floor = -float(best.fun) - ndtri((1 + level) / 2) ** 2 / 2
    bottom, top = float(np.log(1e-9)), float(np.log(FURTHEST * observed))
    low = brentq(lambda x: at(x) - floor, bottom, best.x, xtol=1e-12) if at(bottom) < floor else bottom
    high = brentq(lambda x: at(x) - floor, best.x, top, xtol=1e-12) if at(top) < floor else None
    return observed + float(np.exp(low)), None if high is None else observed + float(np.exp(high))


def _covered(tables: Floats) -> Floats:
    """N0 and, for three lists, N and N1, of each table: shape (tables, 2**k) to (tables, 1 or 3)."""
    cells = np.arange(tables.shape[1])
    lists = tables.shape[1].bit_length() - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        totals = np.stack([tables[:, cells >> place & 1 == 1].sum(axis=1) for place in range(lists)], axis=1)
        alone = tables[:, 1 << np.arange(lists)]
        covered = 1 - (alone / totals).mean(axis=1)
        first = (tables[:, 1:].sum(axis=1) - alone.mean(axis=1)) / covered
        if lists != 3:
            return np.asarray(first[:, None])
        pull, shared = [], []
        for one, other in ((0, 1), (0, 2), (1, 2)):
            both = tables[:, (cells >> one & 1 == 1) & (cells >> other & 1 == 1)].sum(axis=1)
            third = 3 - one - other
            pull.append(sum(tables[:, (cells >> place & 1 == 1) & (cells >> third & 1 == 0)].sum(axis=1)
                            for place in (one, other)))  # fmt: skip
            shared.append(both / (totals[:, one] * totals[:, other]))
        overlap = sum(tables[:, (cells & pair) == pair].sum(axis=1) for pair in (3, 5, 6))
        drag = sum(weight * ratio for weight, ratio in zip(pull, shared, strict=True)) / (3 * covered)
        high = overlap / (3 * covered) / (1 - drag)
        base = first - sum(pull) / (3 * covered)
        low = base + (base + first * drag) * drag
    return np.stack([first, high, low], axis=1)


def _with_error(
    name: str, place: int, point: float, histories: Histories, rng: np.random.Generator, draws: int, level: float
) -> Bound:
    """A coverage estimate with the spread that it has over tables drawn from its own population."""
    whole = round(point)
    shares = histories.counts / whole
    shares[0] = 1 - shares.sum()
    tables = rng.multinomial(whole, np.maximum(shares, 0.0), size=draws).astype(np.float64)
    tables[:, 0] = 0
    found = _covered(tables)[:, place]
    error = float(np.std(found[np.isfinite(found)], ddof=1))
    low, high = log_normal_limits(histories.observed, point - histories.observed, error, level)
    return Bound(f"coverage {name}", point, error, low, high, lower=name == "N1")
