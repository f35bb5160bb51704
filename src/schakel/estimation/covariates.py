"""Lists, covariates, strata and years in one log-linear model: how many are unseen, in every stratum at once.

    log mu(h, s) = sum of the terms of lists and covariates that hold in history h and stratum s
    unseen(s)    = mu(no list, s);  population = observed + sum over s of unseen(s)

Counts are Poisson over the cells in which somebody could be counted; a list that is not active in a stratum has no
cells there. Groups are sums of strata, so they add up to the total. Assumptions: a closed population within a stratum,
perfect links, lists and covariates depend on each other only by the terms of the model. Sources: Van der Heijden et
al. (2012); Cruyff, Van Dijk & Van der Heijden (2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from schakel.estimation import poisson
from schakel.estimation.design import CovariateModel, Design, Real, Term
from schakel.estimation.stratified import Stratified

PENALTY = {"aic": lambda people: 2.0, "bic": lambda people: float(np.log(people))}


@dataclass(frozen=True, eq=False)
class Cut:
    """A model over a table: the matrix of its seen and of its unseen cells, made once for many counts."""

    seen: Real
    unseen: Real
    names: tuple[str, ...]
    owners: tuple[Term, ...]
    """The term of each parameter."""


@dataclass(frozen=True, eq=False)
class CovariateFit:
    """A model fitted to a table. `flag` 0: fine; 1: no estimate; 2: not identifiable; 3: both. With a flag nothing is
    fitted.

    unseen: (strata,) expected people on no list. coefficients and standard_errors by parameter; minus infinity (error
    NaN) where nobody has the combination; aliased parameters are left out. parameters counts those at minus infinity.
    """

    table: Stratified
    model: CovariateModel
    flag: int
    names: tuple[str, ...] = ()
    coefficients: Real | None = None
    unseen: Real | None = None
    expected: Real | None = None
    log_likelihood: float = float("nan")
    deviance: float = float("nan")
    parameters: int = 0
    errors: Real | None = None
    matrices: Cut | None = None

    @cached_property
    def standard_errors(self) -> Real | None:
        """Those that were given, or from the information X'WX of the fit: made when asked for, searches never do."""
        if self.errors is not None or self.matrices is None or self.coefficients is None or self.expected is None:
            return self.errors
        live = np.isfinite(self.coefficients)
        part = self.matrices.seen[:, live]
        errors = np.full(len(self.names), np.nan)
        errors[live] = np.sqrt(np.diag(poisson.inverse(poisson.information(part, self.expected))))
        return errors

    @property
    def bracket(self) -> str:
        return self.model.bracket(self.table.names)

    @property
    def population(self) -> float | None:
        """Observed people and the expected unseen ones; None where there is no estimate."""
        return None if self.unseen is None else float(self.table.observed + self.unseen.sum())

    @cached_property
    def aic(self) -> float:
        return self.criterion("aic")

    @cached_property
    def bic(self) -> float:
        """With the number of observed people, not of cells."""
        return self.criterion("bic")

    def criterion(self, name: str) -> float:
        """-2 log L + penalty * parameters; infinite where there is no estimate."""
        if self.flag:
            return float("inf")
        return -2 * self.log_likelihood + PENALTY[name](self.table.observed) * self.parameters


def cut(design: Design, model: CovariateModel) -> Cut:
    """The matrices of a model."""
    matrix, names = design.matrix(model)
    return Cut(matrix[design.seen], matrix[design.unseen], tuple(names), tuple(design.owners(model)))


def fit_covariates(table: Stratified, model: CovariateModel, design: Design | None = None) -> CovariateFit:
    """Fit one model, existence and identifiability first."""
    design = design or Design(table)
    return fit_cut(table, model, cut(design, model), table.counts.ravel()[design.seen].astype(float))


def fit_cut(
    table: Stratified, model: CovariateModel, matrices: Cut, counts: Real, start: Real | None = None
) -> CovariateFit:
    """As `fit_covariates`, for matrices that were made before and counts (fractions too) of the seen cells.

    start: coefficients of all parameters to begin from, such as those of a neighbouring model.
    """
    looked = poisson.ground(matrices.seen, counts, matrices.unseen)
    if looked.flag:
        return CovariateFit(table, model, looked.flag, matrices.names)
    rows, columns = looked.rows, looked.columns
    begin = start[columns] if start is not None and np.isfinite(start[columns]).all() else None
    whole = len(rows) == len(counts) and len(columns) == len(matrices.names)
    part = matrices.seen if whole else np.ascontiguousarray(matrices.seen[np.ix_(rows, columns)])
    done = poisson.fit(part, counts[rows], begin)
    coefficients = np.full(len(matrices.names), np.nan)
    coefficients[columns], coefficients[looked.infinite] = done.coefficients, -np.inf
    expected = np.zeros(len(counts))
    expected[rows] = done.expected
    unseen = np.where(looked.empty, 0.0, np.exp(matrices.unseen[:, columns] @ done.coefficients))
    return CovariateFit(table, model, 0, matrices.names, coefficients, unseen, expected, done.log_likelihood,
                        done.deviance, len(columns) + len(looked.infinite), matrices=matrices)  # fmt: skip


def by_group(table: Stratified, values: NDArray[np.float64], by: Sequence[str]) -> dict[tuple[str, ...], float]:
    """Sums over strata of a value per stratum, by some covariates; without any, the total."""
    keys, number = table.groups(by)
    return dict(zip(keys, np.bincount(number, weights=values, minlength=len(keys)).tolist(), strict=True))
