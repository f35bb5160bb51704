"""From a stratified table to an estimate by group, with intervals."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from schakel.estimation.bootstrap import Resampled, acceleration
from schakel.estimation.covariate_search import choose, search_over
from schakel.estimation.covariates import fit_covariates
from schakel.estimation.design import main_effects
from schakel.estimation.strata import estimate_strata
from schakel.estimation.strata_bootstrap import limits, resample
from schakel.estimation.stratified import Covariate, Stratified, with_active
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import text
from tests.unit.schakel.estimation.small import FIRST, SECOND, stratified


def test_an_estimate_tells_groups_that_add_up_and_hold_their_intervals():
    found = estimate_strata(stratified(), model="main", by=["sex"], resamples=40, seed=7)
    groups = found.details["groups"]
    assert [group["group"] for group in groups] == [{"sex": "m"}, {"sex": "w"}]
    assert sum(group["population"] for group in groups) == pytest.approx(found.population)
    assert [group["observed"] for group in groups] == [sum(FIRST), sum(SECOND)]
    for told in (*(group["interval"] for group in groups), {"low": found.interval.low, "high": found.interval.high}):
        assert told["low"] < told["high"]
    assert found.interval.low < found.population < found.interval.high


def test_the_same_seed_gives_the_same_limits_and_another_seed_others():
    given = {"model": "main", "resamples": 20}
    one, two, other = (estimate_strata(stratified(), seed=seed, **given).interval for seed in (1, 1, 2))
    assert one == two != other


def test_it_goes_to_json_and_is_internal():
    data = json.loads(estimate_strata(stratified(), resamples=20, seed=1).to_json())
    assert data["status"] == "internal"
    assert data["details"]["resamples_without_estimate"] == 0.0
    assert data["receipt"]["options"]["scope"] == "6 terms of up to 2 factors, by BIC"


def test_no_estimate_is_a_reason_and_not_a_number():
    apart = (0, 40, 30, 6, 20, 0, 0, 0)  # nobody on C stands on another list
    found = estimate_strata(stratified(apart, apart), model="[A*B]", seed=1)
    assert found.population is None
    assert found.flag == 1
    assert "Er is geen schatting" in found.reason("nl")


def test_lists_that_were_not_active_are_told():
    table = with_active(stratified((*FIRST[:4], 0, 0, 0, 0), SECOND), {"C": {"sex": ["w"]}})
    found = estimate_strata(table, model="main", resamples=0, seed=1)
    assert "C" in found.about("en")
    assert any("not active" in sentence("en") for sentence in found.assumptions)


@pytest.mark.parametrize("by", [["organisation"], ["shelter_name"], ["Ethnicity"]])
def test_no_estimate_for_one_organisation_or_community(by):
    table = stratified()
    named = Stratified(table.lists, (table.covariates[0].__class__(by[0], ("m", "w")),), table.counts, table.active)
    with pytest.raises(BadInput, match="one organisation or one community"):
        estimate_strata(named, by=by, resamples=0, seed=1)
    assert estimate_strata(named, resamples=0, seed=1).population  # in the model it may stand


def test_no_estimate_for_a_group_that_one_list_saw():
    table = stratified(FIRST, (0, 40, 0, 0, 0, 0, 0, 0))
    with pytest.raises(BadInput, match="seen by one list only"):
        estimate_strata(table, by=["sex"], resamples=0, seed=1)


def test_resamples_without_an_estimate_have_no_upper_limit():
    values = np.r_[np.linspace(100, 200, 98), np.nan, np.nan]
    low, high = limits(values, 50)
    assert low == pytest.approx(np.quantile(values[:98], 0.025, method="median_unbiased"))
    assert 195 < high <= 200  # two in a hundred without one: the limit comes from nearer the top of the rest
    assert limits(np.r_[values, np.nan, np.nan], 50)[1] == np.inf
    assert limits(np.full(5, np.nan), 50) == (50, np.inf)


def test_a_bootstrap_draws_people_and_reports_progress():
    table = stratified()
    seen: list[tuple[int, int]] = []
    fit = fit_covariates(table, main_effects(table))
    drawn = resample(table, fit, None, seed=3, resamples=30, progress=lambda done, all_: seen.append((done, all_)))
    assert seen[-1] == (30, 30)
    assert drawn.seen.shape == drawn.unseen.shape == (30, 2)
    assert drawn.seen.sum(1).std() > 0  # how many are seen is chance too
    assert drawn.seen.sum(1).mean() == pytest.approx(table.observed, rel=0.1)


def test_a_quick_bootstrap_begins_at_the_chosen_model_and_says_so():
    found = estimate_strata(stratified(), resamples=20, quick=True, seed=3)
    assert found.receipt.options["quick"] is True
    assert found.interval.low < found.population < found.interval.high
    assert "quick" not in estimate_strata(stratified(), resamples=0, seed=3).receipt.options


def test_every_second_draw_is_searched_by_the_other_criterion():
    table = stratified((0, 60, 50, 21, 40, 9, 8, 4), (0, 30, 45, 16, 55, 7, 10, 3))
    bic, aic = (search_over(table, criterion=one) for one in ("bic", "aic"))
    fit = choose(bic, table)
    given = {"seed": 3, "resamples": 12}
    both, one, other = (resample(table, fit, bic, beside=aic, **given), resample(table, fit, bic, **given),
                        resample(table, fit, aic, **given))  # fmt: skip
    assert both.unseen[::2].tolist() == one.unseen[::2].tolist()
    assert both.unseen[1::2].tolist() == other.unseen[1::2].tolist()
    assert one.unseen.tolist() != other.unseen.tolist()
    assert both.seen.tolist() == one.seen.tolist() == other.seen.tolist()


def test_percentile_limits_of_a_search_hold_the_doubt_about_the_criterion_and_others_do_not():
    searched = estimate_strata(stratified(), resamples=20, seed=3)
    assert searched.receipt.options["scope"] == "6 terms of up to 2 factors, by BIC"
    assert searched.receipt.options["every_second_draw"] == "6 terms of up to 2 factors, by AIC"
    for plain in ({"model": "main"}, {"interval": "bca"}, {"resamples": 0}):
        found = estimate_strata(stratified(), **{"resamples": 20, "seed": 3} | plain)
        assert "every_second_draw" not in found.receipt.options


def test_bca_limits_come_from_the_jackknife_of_every_group():
    table = stratified()
    fit = fit_covariates(table, main_effects(table))
    drawn = resample(table, fit, None, seed=3, resamples=60, jackknife=True)
    assert drawn.left.people.sum() == table.observed
    assert (drawn.left.seen.sum(1) == table.observed - 1).all()
    for chosen in (np.array([0]), np.array([0, 1])):
        population = float(table.counts[chosen].sum() + fit.unseen[chosen].sum())
        ordered = np.sort((drawn.seen + drawn.unseen)[:, chosen].sum(1))
        bend = acceleration((drawn.left.seen + drawn.left.unseen)[:, chosen].sum(1), drawn.left.people)
        by_hand = Resampled(population, ordered, bend).interval("bca")
        assert drawn.limits(chosen, population, 0, 0.95) == (by_hand.low, by_hand.high)
        assert by_hand.low < population < by_hand.high


def test_a_group_in_which_nobody_was_seen_is_told_of_by_the_model_alone():
    both = (Covariate("sex", ("m", "w")), Covariate("year", ("1", "2")))
    counts = np.array([FIRST, SECOND, np.zeros(8, dtype=np.int64), SECOND])
    table = Stratified(("A", "B", "C"), both, counts, np.ones((4, 3), dtype=bool))
    found = estimate_strata(table, model="main", by=["sex", "year"], resamples=0, seed=1)
    assert found.details["groups"][2]["observed"] == 0
    assert found.details["groups"][2]["population"] > 0
    assert any("sex=w, year=1" in caution("en") for caution in found.cautions)
    assert not estimate_strata(table, model="main", by=["sex"], resamples=0, seed=1).cautions


@pytest.mark.parametrize("by", [["list"], ["lijsten"], ["organisaties"], ["melders"], ["shelters"], ["etnische groep"]])
def test_the_same_in_the_plural_and_in_dutch(by):
    table = stratified()
    named = Stratified(table.lists, (table.covariates[0].__class__(by[0], ("m", "w")),), table.counts, table.active)
    with pytest.raises(BadInput, match="one organisation or one community"):
        estimate_strata(named, by=by, resamples=0, seed=1)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (((0, 60, 0, 12, 40, 9, 0, 3), (0, 30, 0, 6, 55, 7, 0, 2)), "everybody on list 'B' is also on 'A'"),
        (((0, 60, 50, 12, 0, 0, 0, 0), (0, 30, 45, 6, 0, 0, 0, 0)), "list 'C' holds nobody"),
        (((0, 60, 50, 0, 40, 0, 0, 0), (0, 30, 45, 0, 55, 0, 0, 0)), "no person stands on two lists"),
    ],
)
def test_what_nothing_can_be_told_from_is_refused_with_strata_too(rows, why):
    with pytest.raises(BadInput, match=why):
        estimate_strata(stratified(*rows), resamples=0, seed=1)


@pytest.mark.parametrize("asked", [{"seed": -1}, {"seed": 1, "resamples": -5}, {"seed": 1, "resamples": 10**9}])
def test_draws_that_cannot_be_are_refused(asked):
    with pytest.raises(BadInput, match="cannot be used"):
        estimate_strata(stratified(), **asked)


def test_what_was_done_to_the_table_is_told():
    note = text({"nl": "Er is iets gedaan.", "en": "Something was done."})
    found = estimate_strata(replace(stratified(), notes=(note,)), resamples=0, seed=1)
    assert note in found.cautions


def test_a_verdict_by_group_is_not_asked_for_in_vain():
    found = estimate_strata(stratified(), by=["sex"], resamples=0, seed=1)
    assert "without --strata" in found.summary("en")
