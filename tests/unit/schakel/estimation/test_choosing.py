"""The log-linear answers and their intervals; profile limits against a likelihood written out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from schakel.estimation import profile, selection
from schakel.estimation.choosing import loglinear, main, pairs
from schakel.estimation.choosing_bic import best_by_bic
from schakel.estimation.choosing_stepwise import stepwise_pairs
from schakel.estimation.histories import Histories, from_masks
from schakel.estimation.loglinear import Fit, fit
from schakel.estimation.profile import profile_interval
from schakel.estimation.selection import rank
from schakel.estimation.terms import main_effects, parse_model
from schakel.vocabulary.errors import BadInput

TABLE = Histories(("A", "B", "C"), np.array([0, 1400, 1300, 160, 1200, 150, 140, 50]))


@pytest.mark.parametrize("kind", ["profile", "bca", "percentile"])
def test_every_interval_of_a_given_model_holds_the_estimate(kind):
    made = loglinear(TABLE, parse_model("[12,3]", TABLE.lists), interval=kind, resamples=100)
    assert made.interval is not None
    assert made.interval.kind == kind
    assert made.interval.low < made.population < made.interval.high
    assert made.model == "[12,3]"


def test_the_profile_of_two_lists_is_that_of_the_likelihood_written_out():
    """ℓ(N) of two independent lists: the hypergeometric form, N! / (N-n)! times the shares, maximised by hand."""
    counts = np.array([0, 60, 30, 15])
    first, second, seen = 75, 45, 105

    def likelihood(total: float) -> float:
        missed = total - seen
        shares = [first / total, second / total]
        told = sum(number * math.log(share) + (total - number) * math.log(1 - share)
                   for number, share in zip((first, second), shares, strict=True))  # fmt: skip
        return math.lgamma(total + 1) - math.lgamma(missed + 1) + told

    made = fit(main_effects(2), counts)
    assert isinstance(made, Fit)
    limits = profile_interval(made, counts)
    grid = np.linspace(seen + 0.01, 1200, 40_000)
    heights = np.vectorize(likelihood)(grid)
    inside = grid[heights > heights.max() - 1.959963984540054**2 / 2]
    assert (limits.low, limits.high) == pytest.approx((inside[0], inside[-1]), abs=0.1)


def test_a_profile_that_does_not_fall_before_the_largest_population_is_endless(monkeypatch):
    counts = np.array([0, 60, 30, 1])
    made = fit(main_effects(2), counts)
    assert isinstance(made, Fit)
    assert not profile_interval(made, counts).endless
    monkeypatch.setattr(profile, "LARGEST", 3000.0)
    assert profile_interval(made, counts).endless


def test_the_best_by_bic_tells_what_it_was_chosen_from():
    made = best_by_bic(TABLE, resamples=40, top=5)
    assert made.details["models_tried"] == 8
    assert made.details["best"][0]["model"] == made.model
    assert made.bic == pytest.approx(made.details["best"][0]["bic"])
    assert made.interval is not None


def test_an_order_of_one_leaves_independent_lists_only():
    assert best_by_bic(TABLE, order=1, interval="none").model == "[1,2,3]"


def test_with_many_lists_the_search_goes_pair_by_pair_and_says_so():
    generator = np.random.default_rng(5)
    on = generator.random((4000, 7)) < 0.15
    on[:, 1] |= on[:, 0] & (generator.random(4000) < 0.5)
    seen = on[on.any(axis=1)]
    table = from_masks("ABCDEFG", (seen << np.arange(7)).sum(axis=1))
    ranking = rank(table)
    assert not ranking.everything
    assert "12" in ranking.model(0).words()
    assert ranking.unobserved[0] == pytest.approx(4000 - len(seen), rel=0.15)
    told = best_by_bic(table, interval="none")
    assert any("Not all models were compared" in one("en") for one in told.cautions)


def test_the_search_finds_the_best_of_all_where_all_can_be_compared(monkeypatch):
    everything = rank(TABLE)
    monkeypatch.setattr(selection, "MOST_LISTS", 2)
    assert rank(TABLE).model(0) == everything.model(0)


@pytest.mark.parametrize("method", [main, pairs, stepwise_pairs, best_by_bic])
def test_histories_that_tell_nothing_are_refused_by_every_method(method):
    with pytest.raises(BadInput, match="no person stands on two lists"):
        method(Histories(("A", "B", "C"), np.array([0, 5, 5, 0, 5, 0, 0, 0])))


def test_an_interval_that_a_method_cannot_have_is_refused():
    with pytest.raises(BadInput, match="'profile' cannot be made for the method 'stepwise'"):
        stepwise_pairs(TABLE, interval="profile")


def test_where_without_one_person_there_is_no_estimate_the_bootstrap_gives_no_interval():
    table = Histories(("A", "B"), np.array([0, 60, 30, 1]))
    made = main(table, interval="bca", resamples=50)
    assert made.interval is None
    assert any("bootstrap gives no interval" in one("en") for one in made.cautions)
    assert made.details["resamples_without_estimate"] > 0
    drawn = main(table, interval="percentile", resamples=50)
    assert drawn.interval is not None
    assert drawn.interval.endless


def test_an_estimate_outside_its_own_interval_is_warned_of():
    """110 people in a chain of overlaps: the model of all data is rarely that of a resample."""
    counts = np.zeros(16, dtype=np.int64)
    counts[[1, 2, 4, 8, 5, 10, 12]] = 9, 8, 40, 40, 6, 6, 1
    found = best_by_bic(Histories(("A", "B", "C", "D"), counts), resamples=100, seed=7)
    assert not found.interval.low <= found.population <= found.interval.high
    assert any("outside its own interval" in one("en") for one in found.cautions)
    calm = best_by_bic(TABLE, resamples=100, seed=7)
    assert calm.interval.low <= calm.population <= calm.interval.high
    assert not any("outside its own interval" in one("en") for one in calm.cautions)
