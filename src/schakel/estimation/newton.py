"""Many Poisson log-linear fits at once, in bit masks: Newton's method on batches of models and tables.

For term masks A the predictor of cell c is the sum of β_A over A within c; the score at A is the superset sum of y - μ
at A, and the information at (A, B) the superset sum of μ at A|B. So one Newton step is two passes over the lattice, a
gather and a small solve, for a whole batch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schakel.estimation.existence import Mask
from schakel.estimation.lattice import Floats, Whole, subset_sums, superset_sums

CLOSE = 1e-5  # a Newton step this small is followed by one last, which squares the error,
SURE = 1e-7  # and one this small by none: its square is beyond the digits
MOST_STEPS = 60
BLOCK = 1 << 22  # numbers in one gathered block of information matrices: 32 MB


@dataclass(frozen=True, eq=False)
class Fits:
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
    return _Work(terms, kept, np.zeros(terms.shape)).means(beta)


def _fit(counts: Floats, terms: Whole, kept: Mask, start: Floats) -> Fits:
    """One block. Fits that have settled leave the work when they are a quarter of it."""
    observed, batch = np.where(kept, counts, 0.0), len(terms)
    work = _Work(terms, kept, np.take_along_axis(superset_sums(observed).T, terms, axis=1))
    work.stand(_begun(start, observed, work))
    found = Fits(np.empty(terms.shape), np.empty(batch), np.zeros(batch, dtype=bool))
    number, near, done = np.arange(batch), np.zeros(batch, dtype=bool), np.zeros(batch, dtype=bool)
    for steps in range(1, MOST_STEPS + 1):
        step = _solved(work.pairs(work.sums), work.wanted - work.singles(work.sums))
        _move(work, step)
        size = np.abs(step).max(axis=1)
        done, near = done | near | (size < SURE), size < CLOSE
        if 4 * done.sum() > len(done) or steps == MOST_STEPS:
            leaving = done if steps < MOST_STEPS else np.ones(len(done), dtype=bool)
            left = number[leaving]
            found.beta[left], found.height[left] = work.beta[leaving], work.height[leaving]
            found.settled[left] = near[leaving]
            if leaving.all():
                break
            work, number, near, done = work.only(~leaving), number[~leaving], near[~leaving], done[~leaving]
    return found


class _Work:
    """Fits at work: models of one size, their cells, X'y at their terms (`wanted`), and where each stands.

    beta: shape (batch, p); sums: shape (2^k, batch), the superset sums of μ; height: shape (batch,), as in `Fits`
    """

    beta: Floats
    sums: Floats
    height: Floats

    def __init__(self, terms: Whole, kept: Mask, wanted: Floats) -> None:
        self.terms, self.kept, self.wanted = terms, kept, wanted
        batch = np.arange(len(terms))
        self._singles = terms * len(terms) + batch[:, None]  # where they stand in an array (2^k, batch)
        self._pairs = terms[:, :, None] | terms[:, None, :]
        self._pairs *= len(terms)
        self._pairs += batch[:, None, None]

    def only(self, rest: Mask) -> _Work:
        """The work without what has left it."""
        less = _Work(self.terms[rest], self.kept[:, rest], self.wanted[rest])
        less.beta, less.sums, less.height = self.beta[rest], self.sums[:, rest], self.height[rest]
        return less

    def stand(self, beta: Floats) -> None:
        """Take a place."""
        self.beta, self.sums = beta, superset_sums(self.means(beta))
        with np.errstate(invalid="ignore"):
            self.height = np.vecdot(beta, self.wanted) - self.sums[0]

    def means(self, beta: Floats) -> Floats:
        """μ in the kept cells, 0 elsewhere."""
        spread = np.zeros(self.kept.shape)
        spread.reshape(-1)[self._singles] = beta
        with np.errstate(over="ignore", invalid="ignore"):  # a step too far is halved
            return np.where(self.kept, np.exp(subset_sums(spread)), 0.0)

    def singles(self, values: Floats) -> Floats:
        """Values of an array (2^k, batch) at the terms."""
        return np.asarray(np.take(values.reshape(-1), self._singles))

    def pairs(self, values: Floats) -> Floats:
        """Values of an array (2^k, batch) at the unions of two terms; shape (batch, p, p)."""
        return np.asarray(np.take(values.reshape(-1), self._pairs))


def _solved(information: Floats, score: Floats) -> Floats:
    """The Newton steps; where the information is singular to the eye of the machine, the shortest ones."""
    try:
        return np.asarray(np.linalg.solve(information, score[:, :, None])[:, :, 0])
    except np.linalg.LinAlgError:
        usable = np.isfinite(information).all(axis=(1, 2))
        steps = np.full(score.shape, np.nan)
        steps[usable] = (np.linalg.pinv(information[usable], hermitian=True) @ score[usable, :, None])[:, :, 0]
        return steps


def _begun(start: Floats, observed: Floats, work: _Work) -> Floats:
    """β to begin with: weighted least squares on log(y + 1/10), as usual, where no start was given."""
    cold = np.isnan(start).any(axis=1)
    beta = np.array(start)
    if cold.any():
        part = work if cold.all() else _Work(work.terms[cold], work.kept[:, cold], work.wanted[cold])
        weight = np.where(part.kept, observed[:, cold] + 0.1, 0.0)
        target = superset_sums(weight * np.log(np.where(part.kept, weight, 1.0)))
        beta[cold] = _solved(part.pairs(superset_sums(weight)), part.singles(target))
    return beta


def _move(work: _Work, step: Floats) -> None:
    """One step, halved for those whose likelihood would fall."""
    step = np.where(np.isfinite(step), step, 0.0)
    beta, least = work.beta, work.height - 1e-9 * (1.0 + np.abs(work.height))
    length = np.ones(len(step))
    for _ in range(30):
        work.stand(beta + length[:, None] * step)
        worse = ~(work.height >= least)
        if not worse.any():
            break
        length[worse] /= 2.0
