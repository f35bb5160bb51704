"""Covariates that are missing."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation.covariates import fit_covariates
from schakel.estimation.design import main_effects, model_of
from schakel.estimation.incomplete import Incomplete, read_incomplete
from schakel.estimation.missing import estimate_missing, fit_missing
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.estimation.small import stratified

ROWS = {
    "A": [1, 0, 1, 1, 0, 1, 0, 1],
    "B": [0, 1, 1, 0, 1, 1, 1, 0],
    "sex": ["w", "w", "w", "m", "m", "m", None, ""],
    "count": [30, 40, 12, 50, 20, 8, 6, 4],
}


def hidden(table, history, share):
    """The table in which the sex of a share of the people of one history is unknown."""
    counts, unknown = table.counts.copy(), np.zeros(8, dtype=np.int64)
    for stratum in range(len(counts)):
        gone = int(counts[stratum, history] * share)
        counts[stratum, history] -= gone
        unknown[history] += gone
    return Incomplete(table.with_counts(counts), {("",): unknown})


def test_rows_with_an_empty_level_are_kept_apart():
    people = read_incomplete(ROWS, ["sex"])
    assert people.observed == 170
    assert people.partial[("",)].tolist() == [0, 4, 6, 0]
    assert people.strata_of(("",)).tolist() == [0, 1]
    assert people.strata_of(("w",)).tolist() == [1]


def test_a_covariate_that_is_empty_everywhere_is_refused():
    with pytest.raises(BadInput, match="'sex' has no levels"):
        read_incomplete({**ROWS, "sex": [None] * 8}, ["sex"], add_up=True)


def test_what_is_lost_evenly_comes_back():
    """Half of each history's people without a sex, exactly by share: the estimate is that of the whole table."""
    table = stratified((0, 60, 50, 12, 40, 10, 8, 4), (0, 30, 44, 6, 56, 8, 10, 2))
    model = model_of(table, [("A", "B"), ("C", "sex")])
    half = table.counts // 2
    people = Incomplete(table.with_counts(half), {("",): (table.counts - half).sum(0)})
    whole, found = fit_covariates(table, model), fit_missing(people, model)
    assert found.population == pytest.approx(whole.population, rel=1e-6)


def test_the_fixed_point_is_the_maximum():
    """No small step in any direction has a higher likelihood of what is known."""
    people = hidden(stratified(), 3, 0.5)
    table = people.complete
    model = model_of(table, [("A", "sex"), ("B", "sex")])
    found = fit_missing(people, model)
    assert found.fit.coefficients is not None
    design_height = _height(people, model)
    best = design_height(found.fit.coefficients)
    assert best == pytest.approx(found.fit.log_likelihood, abs=1e-8)
    for place in range(len(found.fit.coefficients)):
        for step in (-1e-3, 1e-3):
            moved = found.fit.coefficients.copy()
            moved[place] += step
            assert design_height(moved) < best


def _height(people, model):
    """The log-likelihood of what is known, in so many words."""
    from scipy.special import gammaln

    from schakel.estimation.design import Design

    design = Design(people.complete)
    matrix, _ = design.matrix(model)

    def height(coefficients):
        expected = np.exp(matrix @ coefficients).reshape(people.complete.counts.shape)
        total = -expected[people.complete.possible].sum()
        for stratum, row in enumerate(people.complete.counts):
            for history in range(1, 8):
                total += row[history] * np.log(expected[stratum, history]) - gammaln(row[history] + 1)
        for key, counts in people.partial.items():
            for history in np.flatnonzero(counts):
                there = expected[people.strata_of(key), history].sum()
                total += counts[history] * np.log(there) - gammaln(counts[history] + 1)
        return total

    return height


def test_a_register_that_keeps_no_sex_still_helps():
    """List C never tells the sex of those on it alone; they are spread as the model says, and nobody is lost."""
    people = hidden(stratified(), 4, 1.0)
    found = estimate_missing(people, "[A*sex,B*sex]", by=["sex"], resamples=20, seed=5)
    assert found.observed == people.observed == stratified().observed
    assert sum(group["observed"] for group in found.details["groups"]) == pytest.approx(found.observed)
    assert sum(group["population"] for group in found.details["groups"]) == pytest.approx(found.population)
    assert found.interval.low < found.population < found.interval.high
    assert any("missing" in sentence("en") for sentence in found.assumptions)


def test_what_the_missing_levels_leave_open_is_not_identifiable():
    """When the sex of nobody on C is known, and nothing else hangs on sex, how C hangs on it cannot be told."""
    table = stratified()
    on_c = np.arange(8) >= 4
    people = Incomplete(
        table.with_counts(np.where(on_c, 0, table.counts)), {("",): np.where(on_c, table.counts, 0).sum(0)}
    )
    assert fit_missing(people, main_effects(table)).fit.flag == 0
    found = estimate_missing(people, "[C*sex]", resamples=0, seed=1)
    assert found.population is None
    assert found.flag == 2
