"""Many Poisson log-linear fits at once, in bit masks: Newton's method on batches of models and tables.

For term masks A the predictor of cell c is the sum of β_A over A within c; the score at A is the superset sum of y - μ
at A, and the information at (A, B) the superset sum of μ at A|B. So one Newton step is two passes over the lattice, a
gather and a small solve, for a whole batch.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from schakel.estimation.lattice import Floats, Mask, Whole, subset_sums, superset_sums

CLOSE = 1e-5  # a Newton step this small is followed by one last, which squares the error,
SURE = 1e-7  # and one this small by none: its square is beyond the digits
LEFT = 1e-11  # nor where less is left: as many times its square as the step before it had left
MOST_STEPS = 60
BLOCK = 1 << 22  # numbers in one gathered block of information matrices: 32 MB


class Fits(NamedTuple):
    """A batch of fits.

    beta: shape (batch, p)
    height: shape (batch,), the part of the log-likelihood that β decides, Σ y log μ - Σ μ
    settled: shape (batch,), whether Newton's method came to rest
    """

    beta: Floats
    height: Floats
    settled: Mask


def fit(counts: Floats, terms: Whole, kept: Mask, start: Floats | None = None) -> Fits:
    """Maximum likelihood fits of `terms` to `counts` over the `kept` cells.

    counts: shape (2^k, batch), people in each cell
    terms: shape (batch, p), the masks of the terms, none of them at minus infinity, the intercept (0) included
    kept: shape (2^k, batch), the observable cells that no empty term took away
    start: shape (batch, p), or None; where it is NaN, or None, the start is made from the counts themselves

    A fit that does not settle from its start is done again from the counts; what then has not settled says so.
    Each model must have passed `existence`; then the likelihood is strictly concave, and Newton's method with halving
    finds its one maximum.
    """
    begin = np.full(terms.shape, np.nan) if start is None else start
    size = max(1, BLOCK // (terms.shape[1] ** 2 + 4 * len(counts)))
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # a step too far is halved
        parts = [_fit(counts[:, part], terms[part], kept[:, part], begin[part])
                 for part in (slice(first, first + size) for first in range(0, max(1, len(terms)), size))]  # fmt: skip
    found = parts[0] if len(parts) == 1 else Fits(
        np.concatenate([part.beta for part in parts]),
        np.concatenate([part.height for part in parts]),
        np.concatenate([part.settled for part in parts]),
    )  # fmt: skip
    again = np.flatnonzero(~found.settled & ~np.isnan(begin[:, 0]))
    if len(again):  # a start too far away
        better = fit(counts[:, again], terms[again], kept[:, again])
        found.beta[again], found.height[again], found.settled[again] = better.beta, better.height, better.settled
    return found


def means(beta: Floats, terms: Whole, kept: Mask) -> Floats:
    """μ of each cell, shape (2^k, batch): 0 where a cell is not kept. Shapes as in `fit`."""
    work = _Work(terms, kept.astype(np.float64), np.zeros(kept.shape))
    with np.errstate(over="ignore", invalid="ignore"):
        return work.means(beta)


def _fit(counts: Floats, terms: Whole, kept: Mask, start: Floats) -> Fits:
    """One block. Fits that have settled leave the work when they are a quarter of it.

    They leave with their last step, which is so small that half of score times step is what the likelihood gains by it.
    """
    batch, cells = len(terms), kept.astype(np.float64)
    work = _Work(terms, cells, counts * cells)
    work.stand(_begun(start, work))
    found = Fits(np.empty(terms.shape), np.empty(batch), np.zeros(batch, dtype=bool))
    number, before = np.arange(batch), np.full(batch, np.nan)
    near = done = np.zeros(batch, dtype=bool)
    for steps in range(1, MOST_STEPS + 1):
        score = work.wanted - work.singles(work.sums)
        step = _solved(work.pairs(work.sums), score)
        size = np.abs(step).max(axis=1)
        sure = near | (size < SURE) | (size * (size / before) ** 2 < LEFT)
        before, near = size, size < CLOSE
        done = done | sure & near
        if 4 * np.count_nonzero(done) > len(done) or steps == MOST_STEPS:
            leaving = np.flatnonzero(done) if steps < MOST_STEPS else np.arange(len(done))
            left = number[leaving]
            found.beta[left] = (work.beta + step)[leaving]
            found.height[left] = (work.height + np.vecdot(score, step) / 2.0)[leaving]
            found.settled[left] = near[leaving]
            if len(left) == len(number):
                break
            rest = np.flatnonzero(~done)
            work, step, number = work.only(rest), step[rest], number[rest]
            before, near, done = before[rest], near[rest], done[rest]
        _move(work, step)
    return found


class _Work:
    """Fits at work: models of one size, their cells, X'y at their terms (`wanted`), and where each stands.

    kept: shape (2^k, batch), 1 or 0; observed: shape (2^k, batch), people in the kept cells
    beta: shape (batch, p); sums: shape (batch, 2^k), the superset sums of μ; height: shape (batch,), as in `Fits`
    """

    beta: Floats
    sums: Floats
    height: Floats

    def __init__(self, terms: Whole, kept: Floats, observed: Floats) -> None:
        self.terms, self.kept, self.observed = terms, kept, observed
        # Where the terms stand in an array (batch, 2^k): 2^k is a power of two, so unions of places are places too.
        self._singles = terms | (np.arange(len(terms)) * len(kept))[:, None]
        self.wanted = self.singles(_above(observed))

    def only(self, rest: Whole) -> _Work:
        """The work without what has left it."""
        less = _Work(self.terms[rest], self.kept[:, rest], self.observed[:, rest])
        less.beta, less.sums, less.height = self.beta[rest], self.sums[rest], self.height[rest]
        return less

    def stand(self, beta: Floats) -> None:
        """Take a place."""
        self.beta, self.sums = beta, _above(self.means(beta))
        self.height = np.vecdot(beta, self.wanted) - self.sums[:, 0]

    def means(self, beta: Floats) -> Floats:
        """μ in the kept cells, 0 elsewhere, shape (2^k, batch); infinite or NaN after a step too far."""
        spread = np.zeros(self.kept.T.shape)
        spread.reshape(-1)[self._singles] = beta
        made = subset_sums(spread.T)
        np.exp(made, out=made)
        made *= self.kept
        return made

    def singles(self, values: Floats) -> Floats:
        """Values of an array (batch, 2^k) at the terms."""
        return np.asarray(values.reshape(-1).take(self._singles))

    def pairs(self, values: Floats) -> Floats:
        """Values of an array (batch, 2^k) at the unions of two terms; shape (batch, p, p)."""
        return np.asarray(values.reshape(-1).take(self._pairs))

    @cached_property
    def _pairs(self) -> Whole:
        """Where the unions of two terms stand in an array (batch, 2^k)."""
        return self._singles[:, :, None] | self._singles[:, None, :]


def _above(values: Floats) -> Floats:
    """The superset sums of an array (2^k, batch), one row for each of the batch."""
    return np.ascontiguousarray(superset_sums(values).T)


def _solved(information: Floats, score: Floats) -> Floats:
    """The Newton steps; where the information is singular to the eye of the machine, the shortest ones."""
    try:
        return np.asarray(np.linalg.solve(information, score[:, :, None])[:, :, 0])
    except np.linalg.LinAlgError:
        usable = np.isfinite(information).all(axis=(1, 2))
        steps = np.full(score.shape, np.nan)
        steps[usable] = (np.linalg.pinv(information[usable], hermitian=True) @ score[usable, :, None])[:, :, 0]
        return steps


def _begun(start: Floats, work: _Work) -> Floats:
    """β to begin with: weighted least squares on log(y + 1/10), as usual, where no start was given."""
    cold = np.flatnonzero(np.isnan(start).any(axis=1))
    beta = np.array(start)
    if len(cold):
        part = work if len(cold) == len(start) else _Work(work.terms[cold], work.kept[:, cold], work.observed[:, cold])
        weight = (part.observed + 0.1) * part.kept
        target = weight * np.log(np.where(weight > 0, weight, 1.0))
        beta[cold] = _solved(part.pairs(_above(weight)), part.singles(_above(target)))
    return beta


def _move(work: _Work, step: Floats) -> None:
    """One step, halved for those whose likelihood would fall."""
    beta, least = work.beta, work.height - 1e-9 * (1.0 + np.abs(work.height))
    work.stand(beta + step)
    if (work.height >= least).all():
        return
    step, length = np.where(np.isfinite(step), step, 0.0), np.ones((len(step), 1))
    for _ in range(30):
        worse = ~(work.height >= least)
        if not worse.any():
            break
        length[worse] /= 2.0
        work.stand(beta + length * step)
