"""All hierarchical models by BIC, and the bootstrap over the choice, beside MultipleSystemsEstimation 1.2.0.

The number of models that have an estimate and the order of the best 25 are the same; BIC within 1e-5, N relative 1e-6.
Limits of the bootstrap over the best `top` models: within five Monte Carlo standard deviations of the difference.
Profile limits beside Rcapture 1.4-4: relative 1e-3.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from schakel.estimation.bootstrap import Resampled, acceleration, draws, jackknife_tables
from schakel.estimation.loglinear import Fit, fit
from schakel.estimation.profile import profile_interval
from schakel.estimation.selection import Ranking, choosing_among, rank
from schakel.estimation.terms import parse_model
from tests.published.choices import RANKINGS, TOPS
from tests.published.tables import TABLES

TIMES = 6
# Rcapture 1.4-4, `closedpCI.t`: best model by BIC among those with pairs, lower and upper limit at 95 %.
PROFILES = {
    "UKdat_5": ("[12,13,23,25,34]", 17990.9508902138, 30141.9042300142),
    "UKdat_4": ("[12,13,4]", 10507.3608054902, 13780.6001984421),
    "Ned_5": ("[12,15,23,24,25,35,45]", 42184.9995539675, 55075.4598918723),
    "NewOrl_5_185": ("[1,2,3,4,5]", 665.582500562833, 1762.03077486011),
    "Kosovo": ("[12,13,14,23,34]", 12525.1859609224, 16542.8353581098),
}


@cache
def ranked(name: str, order: int) -> Ranking:
    return rank(TABLES[name], order)


@pytest.mark.parametrize(("name", "order"), RANKINGS)
def test_the_best_models_are_the_same_in_the_same_order(name, order):
    kept, best = RANKINGS[name, order]
    ours = ranked(name, order)
    assert ours.kept == kept
    for place, (model, bic, population) in enumerate(best):
        assert ours.model(place).words() == model
        assert ours.bic[place] == pytest.approx(bic, abs=1e-5)
        assert TABLES[name].observed + ours.unobserved[place] == pytest.approx(population, rel=1e-6)


def test_five_lists_up_to_order_three_are_6212_models_of_which_6084_have_an_estimate():
    ours = ranked("UKdat_5", 3)
    assert (ours.tried, ours.kept, ours.everything) == (6212, 6084, True)


@pytest.mark.parametrize(("name", "order", "resamples", "top"), [key for key in TOPS if key[3] <= 20])
def test_the_limits_of_the_bootstrap_over_models_differ_by_chance_only(name, order, resamples, top):
    counts, seen = TABLES[name].counts, TABLES[name].observed
    ranking = ranked(name, order)
    refit = choosing_among(ranking.holds[:top])
    bend = acceleration(seen - 1 + refit(jackknife_tables(counts)), counts[counts > 0])
    drawn = (seen + refit(draws(counts, TIMES * resamples, 7))).reshape(TIMES, resamples)
    best = seen + float(ranking.unobserved[0])
    for share, theirs in TOPS[name, order, resamples, top].items():
        ours = np.array([Resampled(best, np.sort(part), bend).limit("bca", share) for part in drawn])
        assert abs(theirs - ours.mean()) <= 5.0 * np.sqrt(2.0) * ours.std(ddof=1) + 1e-3 * theirs, share


@pytest.mark.parametrize("name", PROFILES)
def test_profile_limits_are_those_of_rcapture(name):
    model, low, high = PROFILES[name]
    made = fit(parse_model(model, TABLES[name].lists), TABLES[name].counts)
    assert isinstance(made, Fit)
    ours = profile_interval(made, TABLES[name].counts)
    assert (ours.low, ours.high) == pytest.approx((low, high), rel=1e-3)


def test_the_best_model_of_rcapture_without_an_estimate_is_not_ranked():
    ranking = ranked("Artificial_3", 2)
    assert "[12,3]" not in [ranking.model(place).words() for place in range(ranking.kept)]
