"""Poisson log-linear models over any cells: does the estimate exist, is it identified, and what is it.

log mu = X b. Cells of an empty margin (no one has that combination) get mu = 0: their parameter is minus infinity, the
extended maximum likelihood of Fienberg & Rinaldo (2012). What remains must be identified, and must have a finite
estimate, or there is none: flag 1 no (extended) maximum-likelihood estimate, 2 not identifiable, 3 both, 0 fine (Chan,
Silverman & Vincent 2021).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dpotrf, dpotrs
from scipy.optimize import linprog
from scipy.special import gammaln, xlogy

Real = NDArray[np.float64]
Places = NDArray[np.int64]
STEPS, HALVINGS, SLOW = 200, 40, 0.1
SURE, NOTHING = 1e-6, 1e-12  # eigenvalues beyond and below which there is no doubt whether they are zero
CLOSE = 1e-11  # of the largest margin: Newton doubles its digits, so the fit is then good to the last one


@dataclass(frozen=True, eq=False)
class Ground:
    """The part of a problem on which it is decided: which cells and columns are left, and whether they will do.

    rows: seen cells that are left. columns: parameters that are left. unseen: the rows of X for unseen cells; `empty`
    says which of them are zero by an empty margin. flag: 0 fine, 1 no estimate, 2 not identifiable, 3 both.
    infinite: parameters at minus infinity; aliased: parameters that no cell can tell from others.
    """

    rows: Places
    columns: Places
    empty: NDArray[np.bool_]
    infinite: Places
    aliased: Places
    flag: int


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted model: coefficients of the columns of its matrix, and expected counts of the rows."""

    matrix: Real
    coefficients: Real
    expected: Real
    log_likelihood: float
    deviance: float

    @cached_property
    def information(self) -> Real:
        """X' diag(mu) X, the inverse of the covariance; made when it is asked for, which a search never does."""
        return information(self.matrix, self.expected)


def ground(matrix: Real, counts: Real, unseen: Real) -> Ground:
    """Look before fitting. matrix: (cells, p) of the seen cells; counts: (cells,); unseen: (strata, p)."""
    margins = counts @ matrix
    reached = matrix.any(0)
    infinite = np.flatnonzero(reached & (margins == 0))
    rows = np.flatnonzero(~matrix[:, infinite].any(1))
    empty = unseen[:, infinite].any(1)
    columns = np.flatnonzero(matrix[rows].any(0))
    people = matrix[np.ix_(rows[counts[rows] > 0], columns)]
    if len(columns) + len(infinite) == matrix.shape[1] and _full(people):  # the usual case: people fix every parameter
        return Ground(rows, columns, np.asarray(empty), infinite, infinite[:0], 0)
    lost = np.setdiff1d(np.arange(matrix.shape[1]), np.union1d(columns, infinite))
    columns, aliased = _independent(matrix[rows], columns)
    unknown = bool(len(lost) or len(aliased)) and _beyond(matrix[rows], unseen[~empty])
    flag = 2 * unknown + _without_estimate(matrix[np.ix_(rows, columns)], counts[rows])
    return Ground(rows, columns, np.asarray(empty), infinite, np.union1d(lost, aliased), flag)


def _independent(matrix: Real, columns: Places) -> tuple[Places, Places]:
    """Columns that are left when those that depend on earlier ones are taken out, and those."""
    part = matrix[:, columns]
    if _full(part):
        return columns, columns[:0]
    kept: list[int] = []
    basis = np.zeros((len(part), 0))
    for place, column in zip(columns, part.T, strict=True):
        rest = column - basis @ (basis.T @ column)
        rest -= basis @ (basis.T @ rest)
        if np.linalg.norm(rest) > 1e-8 * np.linalg.norm(column):
            basis = np.column_stack([basis, rest / np.linalg.norm(rest)])
            kept.append(int(place))
    left = np.array(kept, dtype=np.int64)
    return left, np.setdiff1d(columns, left)


def _beyond(seen: Real, unseen: Real) -> bool:
    """Whether some unseen cell cannot be told from what is seen: its row is no combination of rows that are seen."""
    return _rank(np.vstack([seen, unseen])) > _rank(seen)


def _without_estimate(part: Real, counts: Real) -> bool:
    """Whether the likelihood rises for ever: a direction d with X d = 0 where people are and X d <= 0 elsewhere.

    Where the cells with people fix all parameters there is none. In one dimension the signs say it; in more a linear
    programme does.
    """
    full, zero = part[counts > 0], part[counts == 0]
    if not len(zero):
        return False
    space = _null_space(full, part.shape[1])
    if not space.shape[1]:
        return False
    reach = zero @ space
    reach[np.abs(reach) < 1e-9] = 0.0
    if space.shape[1] == 1:
        return bool((reach >= 0).all() or (reach <= 0).all())
    answer = linprog(
        -np.ones(len(reach)) @ -reach, A_ub=reach, b_ub=np.zeros(len(reach)), bounds=(-1, 1), method="highs"
    )
    return bool(answer.fun < -1e-7)


def _rank(part: Real) -> int:
    """How many columns are independent: by the eigenvalues of X'X, or of X itself where those leave a doubt."""
    if not part.size:
        return 0
    values = np.linalg.eigvalsh(part.T @ part)
    large = int((values > SURE * values[-1]).sum())
    return large if large == int((values > NOTHING * values[-1]).sum()) else int(np.linalg.matrix_rank(part))


def _full(part: Real) -> bool:
    """Whether all columns are independent."""
    return bool(len(part) >= part.shape[1] and _rank(part) == part.shape[1])


def _null_space(full: Real, size: int) -> Real:
    """The directions in which X d = 0, (size, how many)."""
    if _full(full):
        return np.zeros((size, 0))
    _, vectors = np.linalg.eigh(full.T @ full)
    return np.asarray(vectors[:, : size - _rank(full)])


def fit(matrix: Real, counts: Real, start: Real | None = None) -> Fit:
    """Newton's method on log mu = X b for a matrix of full column rank that has an estimate (see `ground`).

    Each step solves X'WX d = X'(y - mu), W = diag(mu), and is halved while the likelihood falls. X'WX is kept from
    step to step as long as each makes the gradient ten times smaller: from a good start most steps then cost no
    product of matrices. `counts` may be fractions (the expected counts of an EM step). The last step is taken once
    more than needed: flat likelihoods are off in the ninth digit without it.
    """
    coefficients = _first(matrix, counts) if start is None else start.copy()
    eta = matrix @ coefficients
    expected = np.exp(np.minimum(eta, 50.0))
    height = _height(counts, eta, expected)
    limit = CLOSE * max(1.0, float(counts.sum()))
    done, before, solver = False, np.inf, None
    for _ in range(STEPS):
        gradient = matrix.T @ (counts - expected)
        size = float(np.abs(gradient).max())
        if size < limit and done:
            break
        done = size < limit
        if solver is None or size > SLOW * before:
            solver = Solver((matrix.T * expected) @ matrix)
        before = size
        step = solver(gradient)
        for _ in range(HALVINGS):
            eta = matrix @ (coefficients + step)
            trial = np.exp(np.minimum(eta, 50.0))
            reached = _height(counts, eta, trial)
            if reached >= height - 1e-9 * abs(height):
                break
            step = step / 2
        coefficients, expected, height = coefficients + step, trial, reached
    return Fit(matrix, coefficients, expected, log_likelihood(counts, expected), deviance(counts, expected))


def _first(matrix: Real, counts: Real) -> Real:
    """A start: weighted least squares on log(y + 1/2)."""
    weight = counts + 0.5
    return solve((matrix.T * weight) @ matrix, matrix.T @ (weight * np.log(weight)))


def _height(counts: Real, eta: Real, expected: Real) -> float:
    return float(counts @ eta - expected.sum())


class Solver:
    """Solves a symmetric positive system for one right side after another; by least squares where near singular."""

    def __init__(self, square: Real) -> None:
        self.square = square
        self.factor, self.failed = dpotrf(square)  # thin calls, for there are thousands of small systems

    def __call__(self, right: Real) -> Real:
        if self.failed:
            return np.asarray(np.linalg.lstsq(self.square, right, rcond=None)[0], dtype=np.float64)
        return np.asarray(dpotrs(self.factor, right)[0], dtype=np.float64)


def solve(square: Real, right: Real) -> Real:
    """The solution of one symmetric positive system."""
    return Solver(square)(right)


def inverse(square: Real) -> Real:
    """The inverse of an information matrix."""
    return solve(square, np.eye(len(square)))


def information(matrix: Real, expected: Real) -> Real:
    """X' diag(mu) X: the inverse of the covariance of the coefficients."""
    return (matrix.T * expected) @ matrix


def log_likelihood(counts: Real, expected: Real) -> float:
    """Poisson log-likelihood, factorial terms kept; cells with mu = 0 and nobody in them add nothing."""
    return float((xlogy(counts, expected) - expected - gammaln(counts + 1)).sum())


def deviance(counts: Real, expected: Real) -> float:
    """Twice the distance of the log-likelihood to that of the table itself."""
    return float(
        2 * (xlogy(counts, counts) - xlogy(counts, np.where(counts > 0, expected, 1.0)) - counts + expected).sum()
    )
