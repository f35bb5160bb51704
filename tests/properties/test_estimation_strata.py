"""What must hold for every stratified table: groups add up, names mean nothing, nothing missing changes nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schakel.estimation.covariates import by_group, fit_covariates
from schakel.estimation.design import main_effects, model_of
from schakel.estimation.incomplete import Incomplete
from schakel.estimation.missing import fit_missing
from schakel.estimation.strata import estimate_strata
from schakel.estimation.stratified import Covariate, Stratified

LISTS = ("A", "B", "C")
SHAPE = (Covariate("sex", ("m", "w")), Covariate("year", ("1", "2", "3")))


@st.composite
def tables(draw, smallest=0):
    counts = draw(st.lists(st.integers(smallest, 40), min_size=42, max_size=42))
    filled = np.zeros((6, 8), dtype=np.int64)
    filled[:, 1:] = np.array(counts).reshape(6, 7)
    assume(filled.sum() > 0)
    return Stratified(LISTS, SHAPE, filled, np.ones((6, 3), dtype=bool))


models = st.lists(
    st.sampled_from([("A", "B"), ("A", "sex"), ("B", "year"), ("sex", "year"), ("A", "B", "sex"), ("B", "C")]),
    max_size=4,
)


@given(tables(), models, st.sampled_from([(), ("sex",), ("year",), ("sex", "year"), ("year", "sex")]))
def test_groups_add_up_to_the_total(table, terms, by):
    fit = fit_covariates(table, model_of(table, terms))
    assume(fit.unseen is not None)
    groups = by_group(table, fit.unseen, by)
    seen = by_group(table, table.counts.sum(1).astype(float), by)
    assert sum(groups.values()) + sum(seen.values()) == pytest.approx(fit.population, rel=1e-12)


@given(tables(smallest=1), st.booleans())
def test_groups_of_an_estimate_add_up_with_any_model(table, search):
    found = estimate_strata(table, model=None if search else "main", by=("year",), resamples=0, seed=1)
    assume(found.population is not None)
    told = found.details["groups"]
    assert sum(group["population"] for group in told) == pytest.approx(found.population, rel=1e-9)
    assert sum(group["observed"] for group in told) == found.observed


@given(tables(), models, st.permutations(range(3)), st.booleans())
def test_the_order_and_names_of_levels_change_nothing(table, terms, order, swap):
    sexes = (1, 0) if swap else (0, 1)
    rows = [sex * 3 + year for sex in sexes for year in order]
    relabelled = Stratified(
        LISTS,
        (Covariate("sex", ("x", "y")), Covariate("year", ("p", "q", "r"))),
        table.counts[rows],
        table.active[rows],
    )
    one, two = fit_covariates(table, model_of(table, terms)), fit_covariates(relabelled, model_of(relabelled, terms))
    assert one.flag == two.flag
    if one.unseen is not None:
        assert two.unseen is not None
        assert two.population == pytest.approx(one.population, rel=1e-6)
        assert two.unseen == pytest.approx(one.unseen[rows], rel=1e-6, abs=1e-6)
        assert two.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-6)


@given(tables(), models)
def test_with_nothing_missing_em_is_the_plain_fit(table, terms):
    model = model_of(table, terms)
    plain, filled = fit_covariates(table, model), fit_missing(Incomplete(table, {}), model)
    assert filled.fit.flag == plain.flag
    if plain.unseen is not None:
        assert filled.population == pytest.approx(plain.population, rel=1e-8)
        assert filled.fit.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-8)
        assert filled.seen == pytest.approx(table.counts.sum(1), rel=1e-9)


@given(tables(smallest=1))
def test_a_level_that_nobody_told_is_the_table_without_it(table):
    """With a covariate unknown for everybody, and nothing known of it, the lists alone are left."""
    lists = table.collapsed(("sex",))
    hidden = {(sex, ""): row for sex, row in zip(("m", "w"), lists.counts, strict=True)}
    one_each = table.with_counts(np.zeros_like(table.counts) + (np.arange(8) > 0))
    people = Incomplete(one_each, hidden)
    # the year spreads as those of whom it is known: one in each cell, so that it hangs on nothing
    found = fit_missing(people, main_effects(table))
    plain = fit_covariates(lists.with_counts(lists.counts + one_each.collapsed(("sex",)).counts), main_effects(lists))
    assert found.fit.flag == plain.flag == 0
    assert found.population == pytest.approx(plain.population, rel=1e-7)


@given(tables(smallest=1), st.integers(2, 9))
def test_scaling_the_counts_scales_the_estimate(table, factor):
    model = model_of(table, [("A", "B"), ("B", "sex")])
    one, more = fit_covariates(table, model), fit_covariates(table.with_counts(table.counts * factor), model)
    assert one.population is not None
    assert more.population == pytest.approx(one.population * factor, rel=1e-8)


@given(tables(smallest=1))
def test_a_list_that_was_never_active_somewhere_takes_no_part_there(table):
    """Independent strata in one model: what is estimated where C is active does not hang on where it is not."""
    counts, active = table.counts.copy(), table.active.copy()
    counts[:3, 4:] = 0
    active[:3, 2] = False
    half = Stratified(LISTS, SHAPE, counts, active)
    everything = [(name, "sex", "year") for name in LISTS]
    fit = fit_covariates(half, model_of(half, everything))
    assert fit.unseen is not None
    a, b, both = counts[0, 1], counts[0, 2], counts[0, 3]
    assert fit.unseen[0] == pytest.approx(a * b / both, rel=1e-6)  # two lists left: Lincoln and Petersen
    alone = fit_covariates(half.only({"sex": "w", "year": "2"}), main_effects(half.only({"sex": "w", "year": "2"})))
    assert alone.unseen is not None
    assert fit.unseen[4] == pytest.approx(alone.unseen[0], rel=1e-6)
