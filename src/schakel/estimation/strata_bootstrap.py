"""The bootstrap of a covariate model: people drawn anew, everything done again, limits for any group of strata.

    n* ~ Binomial(N, n/N), histories by stratum multinomial with n* and the observed shares, model chosen anew,
    population* by group; percentile limits are quantiles (type 8) of population*, BCa limits are moved quantiles.

A resample without an estimate counts as one without an upper limit. For BCa the acceleration comes from the jackknife:
one person less in each history of each stratum, weighted by how many have it, the model chosen anew too. Sources:
Norris & Pollock (1996) for drawing n*; Buckland, Burnham & Augustin (1997) for choosing anew in each resample (both
recalled); Efron (1987) for BCa.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from schakel.estimation import bootstrap
from schakel.estimation.covariate_search import Search, choose
from schakel.estimation.covariates import CovariateFit, cut, fit_cut
from schakel.estimation.design import Design, Real
from schakel.estimation.lattice import Whole
from schakel.estimation.running import Keeper, Progress
from schakel.estimation.stratified import Stratified

LEVEL: Final = 0.95
BCA, PERCENTILE, NONE = "bca", "percentile", "none"
INTERVALS: Final = (PERCENTILE, BCA, NONE)


@dataclass(frozen=True, eq=False)
class Left:
    """A jackknife: (histories, strata) people seen and unseen with one person less; (histories,) how many have it."""

    seen: Real
    unseen: Real
    people: Whole


@dataclass(frozen=True, eq=False)
class Resampled:
    """What a bootstrap gave: (resamples, strata) people seen and unseen; NaN where a resample had no estimate.

    same: (resamples,) whether the model was the same; left: the jackknife, where BCa limits are wanted.
    """

    seen: Real
    unseen: Real
    same: Real
    left: Left | None = None

    def limits(self, chosen: Whole, population: float, observed: float, level: float) -> tuple[float, float] | None:
        """The limits of a group of strata (their places): BCa with a jackknife, else percentiles.

        Never below who was seen; None where the bootstrap cannot give BCa limits.
        """
        values = (self.seen + self.unseen)[:, chosen].sum(1)
        if self.left is None:
            return limits(values, observed, level)
        without = (self.left.seen + self.left.unseen)[:, chosen].sum(1)
        bend = bootstrap.acceleration(without, self.left.people)
        ordered = np.sort(np.where(np.isnan(values), np.inf, values))
        found = bootstrap.Resampled(population, ordered, bend).interval(BCA, level)
        return None if found is None else (max(observed, found.low), max(observed, found.high))


def limits(values: Real, observed: float, level: float = LEVEL) -> tuple[float, float]:
    """Type-8 quantiles of estimates of which NaN is one without an upper limit; never below who was seen."""
    tail = (1 - level) / 2
    finite = values[np.isfinite(values)]
    if not len(finite):
        return observed, float("inf")
    low = max(observed, float(np.quantile(finite, tail, method="median_unbiased")))
    missing = 1 - len(finite) / len(values)
    if missing >= tail:
        return low, float("inf")
    return low, max(low, float(np.quantile(finite, (1 - tail) / (1 - missing), method="median_unbiased")))


def resample(table: Stratified, fit: CovariateFit, search: Search | None, *, seed: int, resamples: int,
             quick: bool = False, jackknife: bool = False, beside: Search | None = None, progress: Progress = None,
             keeper: Keeper | None = None) -> Resampled:  # fmt: skip
    """Draw people anew from the table and estimate anew; with a search the model is chosen anew in every draw.

    beside: a search that chooses in every second draw, so that half of the draws are by either (an equal mixture).
    quick: each search begins at the chosen model and not at main effects. On large tables that is several times
    faster; it may stay near that model, so that intervals may come out somewhat narrower.
    jackknife: for BCa limits. keeper: keeps what each draw gave; a run that was stopped draws again, and estimates
    only what is not kept.
    """
    again = [_again(table, fit, one, quick) for one in (search, beside or search)]
    cells = np.argwhere(table.counts) if jackknife else np.zeros((0, 2), dtype=np.int64)
    total = len(cells) + resamples
    seen, unseen = np.zeros((total, len(table.counts))), np.full((total, len(table.counts)), np.nan)
    same = np.zeros(total)
    kept = keeper.kept() if keeper else {}
    for number, counts in enumerate(_tables(table, fit, cells, seed, resamples)):
        seen[number] = counts.sum(1)
        done = kept.get(number)
        if done is None or len(done) != len(table.counts) + 1:
            turn = (number - len(cells)) % 2 if number >= len(cells) else 0
            done = again[turn](table.with_counts(counts))
            if keeper:
                keeper.keep(number, done)
        unseen[number], same[number] = done[:-1], done[-1]
        if progress:
            progress(number + 1, total)
    ends = len(cells)
    left = Left(seen[:ends], unseen[:ends], table.counts[cells[:, 0], cells[:, 1]]) if jackknife else None
    return Resampled(seen[ends:], unseen[ends:], same[ends:], left)


def _tables(table: Stratified, fit: CovariateFit, cells: Whole, seed: int, resamples: int) -> Iterator[Whole]:
    """The counts with one person less in each of `cells`, then those of the draws."""
    for stratum, history in cells:
        counts = table.counts.copy()
        counts[stratum, history] -= 1
        yield counts
    assert fit.population is not None
    rng = np.random.default_rng(seed)
    shares = table.counts.ravel() / table.observed
    for _ in range(resamples):
        people = max(1, int(rng.binomial(round(fit.population), table.observed / fit.population)))
        yield rng.multinomial(people, shares).reshape(table.counts.shape)


def _again(table: Stratified, fit: CovariateFit, search: Search | None, quick: bool
           ) -> Callable[[Stratified], list[float]]:  # fmt: skip
    """From a table to the unseen of each stratum, NaN without an estimate, and whether the model is still the same."""
    matrices = None if search else cut(Design(table), fit.model)

    def done(drawn: Stratified) -> list[float]:
        if search:
            found = choose(search, drawn, fit.model if quick else None)
        else:
            assert matrices is not None
            found = fit_cut(drawn, fit.model, matrices, drawn.counts[drawn.possible].astype(float))
        unseen = np.full(len(drawn.counts), np.nan) if found.unseen is None else found.unseen
        return [*unseen.tolist(), float(found.model == fit.model)]

    return done
