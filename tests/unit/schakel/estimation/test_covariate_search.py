"""Choosing a covariate model: the shortcut against the plain search, and what is never chosen."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation.covariate_search import choose, search_over
from schakel.estimation.covariates import fit_covariates
from schakel.estimation.design import CovariateModel, candidates, main_effects, model_of
from schakel.estimation.stratified import Covariate, Stratified
from tests.unit.schakel.estimation.small import stratified


def plain(table, criterion, order):
    """One term more or less at a time, every neighbour fitted, the best taken: the search in so many words."""
    best = fit_covariates(table, main_effects(table))
    scope = candidates(table, order)
    while True:
        terms = best.model.terms
        near = [best.model.with_term(t) for t in scope if t not in terms and all(t - {f} in terms for f in t)]
        near += [CovariateModel(terms - {t}) for t in scope if t in terms and not any(t < o for o in terms)]
        fits = [fit for fit in (fit_covariates(table, model) for model in near) if not fit.flag]
        better = min(fits, key=lambda fit: fit.criterion(criterion), default=best)
        if better.criterion(criterion) >= best.criterion(criterion) - 1e-9:
            return best
        best = better


def random_table(seed):
    """Three lists, two covariates, with dependence between A and B, and between C and sex."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(2.0, 8.0, (4, 8)))
    counts[:, 0] = 0
    covariates = (Covariate("sex", ("m", "w")), Covariate("age", ("o", "y")))
    return Stratified(("A", "B", "C"), covariates, counts, np.ones((4, 3), dtype=bool))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("criterion", "order"), [("aic", 2), ("bic", 2), ("aic", 3)])
def test_the_search_ends_where_the_plain_one_ends_or_better(seed, criterion, order):
    table = random_table(seed)
    found = choose(search_over(table, criterion=criterion, order=order, tries=1_000), table)
    assert found.criterion(criterion) <= plain(table, criterion, order).criterion(criterion) + 1e-9


def test_a_fit_on_the_way_is_the_fit_of_that_model():
    table = random_table(1)
    found = choose(search_over(table, criterion="aic"), table)
    again = fit_covariates(table, found.model)
    assert found.population == pytest.approx(again.population, rel=1e-9)
    assert found.log_likelihood == pytest.approx(again.log_likelihood, abs=1e-9)


def test_a_model_without_an_estimate_is_never_chosen():
    """All pairs would fit best, but with nobody on all lists it has no estimate."""
    table = stratified((0, 60, 50, 30, 40, 30, 30, 0), levels=("all",))
    found = choose(search_over(table, criterion="aic"), table)
    assert found.flag == 0
    assert fit_covariates(table, model_of(table, [("A", "B"), ("A", "C"), ("B", "C")])).flag == 1


def test_the_scope_bounds_what_comes_in():
    table = random_table(2)
    found = choose(search_over(table, criterion="aic", scope=[frozenset({"A", "sex"})]), table)
    assert found.model.terms <= main_effects(table).terms | {frozenset({"A", "sex"})}
    assert search_over(table).sentence == "10 terms of up to 2 factors, by BIC"


def test_it_may_begin_elsewhere_and_goes_back_from_too_large_a_model():
    table = random_table(3)
    search = search_over(table, criterion="bic")
    from_all = choose(search, table, model_of(table, candidates(table, 2)))
    assert from_all.bic <= fit_covariates(table, model_of(table, candidates(table, 2))).bic
