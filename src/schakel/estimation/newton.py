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

CLOSE = 1e-5  # a Newton step this small is followed by one last, which squares the error
MOST_STEPS = 60
BLOCK = 1 << 22  # numbers in one gathered block of information matrices: 32 MB


@dataclass(frozen=True)
class Fits:
    """A batch of fits: `beta` (batch, p), `fitted` (2^k, batch), `settled` (batch,) whether Newton came to rest."""

    beta: Floats
    fitted: Floats
    settled: Mask


def fit(counts: Floats, terms: Whole, kept: Mask, start: Floats | None = None) -> Fits:
    """Maximum likelihood fits of `terms` to `counts` over the `kept` cells.

    counts: shape (2^k, batch), people in each cell
    terms: shape (batch, p), the masks of the terms, none of them at minus infinity, the intercept (0) included
    kept: shape (2^k, batch), the observable cells that no empty term took away
    start: shape (batch, p), or None for a start from the counts themselves

    A fit that does not settle from its start is done again from the counts; what then has not settled says so.
    Each model must have passed `existence`; then the likelihood is strictly concave, and Newton's method with halving
    finds its one maximum.
    """
    if not len(terms):
        return Fits(np.zeros(terms.shape), np.zeros(counts.shape), np.zeros(0, dtype=bool))
    size = max(1, BLOCK // (terms.shape[1] ** 2 + 4 * len(counts)))
    parts = [
        _fit(counts[:, part], terms[part], kept[:, part], None if start is None else start[part])
        for part in (slice(begin, begin + size) for begin in range(0, len(terms), size))
    ]
    found = parts[0] if len(parts) == 1 else Fits(
        np.concatenate([part.beta for part in parts]),
        np.concatenate([part.fitted for part in parts], axis=1),
        np.concatenate([part.settled for part in parts]),
    )  # fmt: skip
    again = np.flatnonzero(~found.settled)
    if start is not None and len(again):  # a start too far away
        better = fit(counts[:, again], terms[again], kept[:, again])
        found.beta[again], found.fitted[:, again] = better.beta, better.fitted
        found.settled[again] = better.settled
    return found


def _fit(counts: Floats, terms: Whole, kept: Mask, start: Floats | None) -> Fits:
    """One block. A fit that has settled takes one last step; when half of those at work are done, they leave."""
    observed = np.where(kept, counts, 0.0)
    work = _Work(np.arange(len(terms)), terms, kept, superset_sums(observed))
    beta = _first(observed, kept, work.where) if start is None else np.array(start)
    fitted = _means(beta, kept, work.where)
    found = Fits(np.empty_like(beta), np.empty_like(observed), np.zeros(len(terms), dtype=bool))
    settled = np.zeros(len(terms), dtype=bool)
    for steps in range(1, MOST_STEPS + 1):
        sums = superset_sums(fitted)
        step = _solved(work.where.pairs(sums), work.wanted - work.where.terms(sums))
        beta, fitted = _moved(beta, fitted, step, work)
        done, settled = settled, np.abs(step).max(axis=1) < CLOSE
        if 2 * done.sum() > len(done) or steps == MOST_STEPS:
            leaving = done if steps < MOST_STEPS else np.ones(len(done), dtype=bool)
            number = work.number[leaving]
            found.beta[number], found.fitted[:, number] = beta[leaving], fitted[:, leaving]
            found.settled[number] = settled[leaving]
            if leaving.all():
                break
            work = work.only(~leaving)
            beta, fitted, settled = beta[~leaving], fitted[:, ~leaving], settled[~leaving]
    return found


class _Work:
    """What is still to be fitted: which of the batch, its terms and cells, and X'y at its terms."""

    def __init__(self, number: Whole, terms: Whole, kept: Mask, sums: Floats) -> None:
        self.number, self.all_terms, self.kept, self.sums = number, terms, kept, sums
        self.where = _Places(terms, len(kept))
        self.wanted = self.where.terms(sums)

    def only(self, rest: Mask) -> _Work:
        return _Work(self.number[rest], self.all_terms[rest], self.kept[:, rest], self.sums[:, rest])


class _Places:
    """Where the terms of each model of a batch, and their unions two by two, stand in an array (2^k, batch)."""

    def __init__(self, terms: Whole, cells: int) -> None:
        batch = np.arange(len(terms))
        self.shape = (cells, len(terms))
        self.flat = terms * len(terms) + batch[:, None]
        self.flat_pairs = (terms[:, :, None] | terms[:, None, :]) * len(terms) + batch[:, None, None]

    def terms(self, values: Floats) -> Floats:
        return np.asarray(np.take(values.reshape(-1), self.flat))

    def pairs(self, values: Floats) -> Floats:
        return np.asarray(np.take(values.reshape(-1), self.flat_pairs))

    def spread(self, beta: Floats) -> Floats:
        """The predictor of every cell."""
        spread = np.zeros(self.shape)
        spread.reshape(-1)[self.flat] = beta
        return subset_sums(spread)


def _means(beta: Floats, kept: Mask, where: _Places) -> Floats:
    """μ in the kept cells, 0 elsewhere."""
    with np.errstate(over="ignore", invalid="ignore"):  # a step too far is halved
        return np.asarray(np.where(kept, np.exp(where.spread(beta)), 0.0))


def _solved(information: Floats, score: Floats) -> Floats:
    """The Newton steps; where the information is singular to the eye of the machine, the shortest ones."""
    try:
        return np.asarray(np.linalg.solve(information, score[:, :, None])[:, :, 0])
    except np.linalg.LinAlgError:
        usable = np.isfinite(information).all(axis=(1, 2))
        steps = np.full(score.shape, np.nan)
        steps[usable] = (np.linalg.pinv(information[usable], hermitian=True) @ score[usable, :, None])[:, :, 0]
        return steps


def _first(observed: Floats, kept: Mask, where: _Places) -> Floats:
    """A first β: weighted least squares on log(y + 1/10), the usual start of iterated reweighting."""
    weight = np.where(kept, observed + 0.1, 0.0)
    target = superset_sums(weight * np.log(np.where(kept, weight, 1.0)))
    sums = superset_sums(weight)
    return _solved(where.pairs(sums), where.terms(target))


def _moved(beta: Floats, fitted: Floats, step: Floats, work: _Work) -> tuple[Floats, Floats]:
    """One step, halved for those whose likelihood would fall. Log-likelihood: the sum of β·X'y less the sum of μ."""
    wanted = work.wanted
    step = np.where(np.isfinite(step), step, 0.0)
    before = (beta * wanted).sum(axis=1) - fitted.sum(axis=0)
    slack = 1e-9 * (1.0 + np.abs(before))
    length = np.ones(len(beta))
    for _ in range(30):
        new = beta + length[:, None] * step
        means = _means(new, work.kept, work.where)
        with np.errstate(invalid="ignore"):
            worse = ~((new * wanted).sum(axis=1) - means.sum(axis=0) >= before - slack)
        if not worse.any():
            break
        length[worse] /= 2.0
    return new, means
