"""Choosing a covariate model: from main effects, one term at a time, by AIC or BIC, within a stated scope.

The scope is a list of terms that may come in. A step looks at every model that is one term away (a term comes in only
when all its parts are there, and goes out only when no larger one holds it), in the order of the score or Wald
statistic that the present fit gives each, and takes the best of the first `tries` that improves the criterion and has
an estimate. It ends when none does. A model without an estimate is never chosen. Source of the stepwise search by AIC
over covariate models: Cruyff, Van Dijk & Van der Heijden (2017); ordering candidates by their score statistic: Rao
(1948).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from schakel.estimation import poisson
from schakel.estimation.covariates import PENALTY, CovariateFit, Cut, cut, fit_cut
from schakel.estimation.design import CovariateModel, Design, Real, Term, candidates, main_effects
from schakel.estimation.stratified import Stratified

TRIES, LONGEST = 4, 200


@dataclass(frozen=True, eq=False)
class Search:
    """What a search may do. One is made for a table, and used again for each draw of a bootstrap."""

    design: Design
    scope: tuple[Term, ...]
    criterion: str = "bic"
    tries: int = TRIES

    def __post_init__(self) -> None:
        object.__setattr__(self, "_cuts", {})
        object.__setattr__(self, "_columns", {})

    def cut(self, model: CovariateModel) -> Cut:
        """The matrices of a model, kept: draws of a bootstrap walk the same way."""
        kept: dict[CovariateModel, Cut] = self.__dict__["_cuts"]
        if model not in kept:
            if len(kept) > LONGEST:
                kept.clear()
            kept[model] = cut(self.design, model)
        return kept[model]

    def columns(self, term: Term) -> Real:
        """The columns of a term over the seen cells, kept."""
        kept: dict[Term, Real] = self.__dict__["_columns"]
        if term not in kept:
            kept[term] = self.design.columns(term)[0][self.design.seen]
        return kept[term]

    @property
    def sentence(self) -> str:
        """The scope in a word for a receipt: how many terms may come in, of what size."""
        largest = max((len(term) for term in self.scope), default=1)
        return f"{len(self.scope)} terms of up to {largest} factors, by {self.criterion.upper()}"


def search_over(table: Stratified, *, criterion: str = "bic", order: int = 2, scope: Iterable[Term] | None = None,
                tries: int = TRIES) -> Search:  # fmt: skip
    """A search over all terms up to `order` factors, or over the terms given."""
    return Search(
        Design(table), tuple(scope) if scope is not None else tuple(candidates(table, order)), criterion, tries
    )


def choose(search: Search, table: Stratified, begin: CovariateModel | None = None) -> CovariateFit:
    """The model that the search ends with, fitted. Begins from main effects, or from the model given.

    Where not even the first model has an estimate, that is what comes back, with its flag.
    """
    counts = table.counts.ravel()[search.design.seen].astype(float)
    model = begin or main_effects(table)
    best = fit_cut(table, model, search.cut(model), counts)
    if best.flag and begin is not None:
        return choose(search, table)
    for _ in range(LONGEST):
        better = None if best.flag else _step(search, best, counts)
        if better is None:
            break
        best = better
    return best


def _step(search: Search, best: CovariateFit, counts: Real) -> CovariateFit | None:
    """The best neighbour among the most promising ones, if it improves the criterion.

    Once one improves, others are tried as long as they promise at least half of what was gained.
    """
    now = best.criterion(search.criterion)
    found, reached, tried = None, now - 1e-9, 0
    for promise, term, comes in sorted(_promises(search, best, counts), key=lambda one: one[0]):
        if tried >= search.tries or (found is not None and promise > 0.5 * (reached - now)):
            break
        model = best.model.with_term(term) if comes else best.model.without(term)
        fitted = fit_cut(best.table, model, search.cut(model), counts, _carried(search, best, model))
        tried += not fitted.flag  # a model without an estimate does not use up a try
        if fitted.criterion(search.criterion) < reached:
            found, reached = fitted, fitted.criterion(search.criterion)
    return found


def _promises(search: Search, best: CovariateFit, counts: Real) -> Iterable[tuple[float, Term, bool]]:
    """Each neighbour with the change of the criterion that the present fit expects, and whether its term comes or goes.

    With residual r = y - mu and W = diag(mu): the score statistic of columns Z is u'V^-1 u, u = Z'r,
    V = Z'WZ - Z'WX (X'WX)^-1 X'WZ; dropping terms costs their Wald statistic b'(cov_bb)^-1 b.
    """
    penalty = PENALTY[search.criterion](best.table.observed)
    assert best.coefficients is not None  # a fit without a flag has them
    assert best.expected is not None
    matrices = search.cut(best.model)
    live = np.flatnonzero(np.isfinite(best.coefficients))
    part = matrices.seen[:, live]
    weighted = part.T * best.expected
    covariance = poisson.inverse(weighted @ part)
    if coming := _may_come(search.scope, best.model):
        columns = [search.columns(term) for term in coming]
        pool = np.hstack(columns)
        scores, across = pool.T @ (counts - best.expected), weighted @ pool
        spreads = (pool.T * best.expected) @ pool - across.T @ (covariance @ across)
        ends = np.cumsum([one.shape[1] for one in columns])
        for term, one, end in zip(coming, columns, ends, strict=True):
            places = slice(end - one.shape[1], end)
            yield penalty * one.shape[1] - _quadratic(spreads[places, places], scores[places]), term, True
    for term in _may_go(search.scope, best.model):
        gone = [place for place, owner in enumerate(matrices.owners) if owner == term]
        places_live = np.searchsorted(live, gone)
        if np.isin(gone, live).all():  # one at minus infinity: dropping it is never cheap
            spread = covariance[np.ix_(places_live, places_live)]
            yield _quadratic(spread, best.coefficients[gone]) - penalty * len(gone), term, False


def _quadratic(spread: Real, score: Real) -> float:
    """u'V^-1 u, along the directions in which V is not nothing."""
    if len(score) == 1:
        return float(score[0] ** 2 / spread[0, 0]) if spread[0, 0] > 1e-9 else 0.0
    values, vectors = np.linalg.eigh(spread)
    turned = vectors.T @ score
    real = values > 1e-9 * max(1.0, float(values.max()))
    return float((turned[real] ** 2 / values[real]).sum())


def _may_come(scope: Sequence[Term], model: CovariateModel) -> list[Term]:
    """Terms of the scope whose parts are all there."""
    return [
        term for term in scope if term not in model.terms and all(term - {factor} in model.terms for factor in term)
    ]


def _may_go(scope: Sequence[Term], model: CovariateModel) -> list[Term]:
    """Terms of the scope that no larger term holds."""
    return [term for term in scope if term in model.terms and not any(term < other for other in model.terms)]


def _carried(search: Search, best: CovariateFit, model: CovariateModel) -> Real:
    """The coefficients of the present fit under the names of another model; 0 for what is new."""
    assert best.coefficients is not None
    known = dict(zip(best.names, best.coefficients.tolist(), strict=True))
    start = np.array([known.get(name, 0.0) for name in search.cut(model).names])
    return np.where(np.isfinite(start), start, 0.0)
