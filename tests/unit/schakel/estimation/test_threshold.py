"""Thresholding and its sampler: against what can be summed, and what happens to pairs on the threshold."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation.averaging import average
from schakel.estimation.checks import prior_sensitivity
from schakel.estimation.hamiltonian import Target, draw, mode
from schakel.estimation.histories import Histories
from schakel.estimation.sensitivity import averaging_priors, threshold_priors
from schakel.estimation.threshold import threshold
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.estimation.small import histories

# Lists A and B depend on each other; C is by itself.
DEPENDENT = Histories(("A", "B", "C"), np.array([0, 200, 180, 160, 220, 22, 20, 18]))


def test_the_sampler_meets_a_posterior_that_can_be_summed() -> None:
    # One count with a flat prior: exp(b) is Gamma(count); with a normal prior the density is summed on a grid.
    grid = np.linspace(-3, 5, 4_001)
    logs = 5 * grid - np.exp(grid) - 0.5 * 0.8 * grid**2
    share = np.exp(logs - logs.max())
    share /= share.sum()
    target = Target(np.ones((1, 1)), np.array([5.0]), np.array([0.8]))
    found, accepted = draw(target, np.random.default_rng(7), chains=8, draws=800)
    assert accepted > 0.8
    mean = float(grid @ share)
    assert found.mean() == pytest.approx(mean, abs=0.02)
    assert found.std() == pytest.approx(float(np.sqrt((grid - mean) ** 2 @ share)), rel=0.05)


def test_the_mode_is_where_the_slope_is_zero() -> None:
    rng = np.random.default_rng(2)
    design = np.column_stack([np.ones(12), rng.integers(0, 2, (12, 3))]).astype(float)
    target = Target(design, rng.poisson(20, 12).astype(float), np.array([1e-4, 1, 1, 1]))
    middle, factor = mode(target)
    expected = np.exp(design @ middle)
    assert design.T @ (target.counts - expected) == pytest.approx(target.precision * middle, abs=1e-6)
    assert factor @ factor.T == pytest.approx((design.T * expected) @ design + np.diag(target.precision), rel=1e-9)


def test_the_dependence_that_is_there_is_found() -> None:
    found = threshold(DEPENDENT, chains=4, draws=400)
    assert found.details["kept"] == ["A*B"]
    assert found.model == "[A*B,C]"
    assert found.interval is not None
    assert found.interval.low < (found.population or 0) < found.interval.high
    assert found.coefficients["A*B"] > 1
    assert set(found.standard_errors) == set(found.coefficients)
    assert '"status": "internal"' in found.to_json()


def test_under_the_improper_prior_a_pair_that_shares_nobody_is_minus_infinity() -> None:
    apart = Histories(("A", "B", "C", "D"), np.array([0, 60, 55, 0, 70, 20, 18, 0, 40, 12, 11, 0, 14, 6, 5, 0]))
    found = threshold(apart, precision=0.0, chains=4, draws=400)
    assert found.details["minus_infinity"] == ["A*B"]
    assert found.coefficients["A*B"] == -np.inf
    assert found.standard_errors["A*B"] is None
    assert "A*B" in found.model
    found.to_json()


def test_a_pair_on_the_threshold_is_decided_both_ways() -> None:
    at = threshold(DEPENDENT, chains=4, draws=400).details["statistics"]["A*B"]
    found = threshold(DEPENDENT, chains=4, draws=400, threshold=at + 0.03)
    assert found.details["kept"] == []
    # Without A*B, which is strong, the total leaves the interval: no estimate.
    assert found.population is None
    assert found.reason is not None
    assert "A*B" in found.reason("en")
    assert found.details["decided_otherwise"].keys() == {"A*B"}
    assert found.interval is None
    assert "maar net beslist" in found.summary("nl")


def test_a_close_call_that_changes_little_is_a_caution() -> None:
    weak = threshold(histories(), chains=4, draws=400)
    name, at = max(weak.details["statistics"].items(), key=lambda item: item[1])
    found = threshold(histories(), chains=4, draws=400, threshold=at + 0.03)
    assert found.population is not None
    assert any(name in caution("en") for caution in found.cautions)
    assert name in found.details["decided_otherwise"]


def test_chains_that_have_not_drawn_enough_are_refused() -> None:
    found = threshold(DEPENDENT, chains=2, draws=20)
    assert found.population is None
    assert found.reason is not None
    assert "do not tell the same story" in found.reason("en")


def test_two_lists_are_refused() -> None:
    with pytest.raises(BadInput, match="at least 3 lists"):
        threshold(Histories(("A", "B"), np.array([0, 10, 12, 4])))


def test_answers_under_other_priors_stand_side_by_side() -> None:
    averaged = prior_sensitivity(DEPENDENT, averaging_priors(3))
    assert averaged.population == average(DEPENDENT).population
    assert [move.change for move in averaged.moves] == ["delta 0.03125", "delta 0.5", "1 / N^2"]
    drawn = prior_sensitivity(DEPENDENT, threshold_priors(draws=400))
    assert [move.change for move in drawn.moves] == ["precision 0.25", "precision 4", "improper"]
    assert drawn.population is not None


def test_a_run_that_was_stopped_goes_on_with_the_models_it_kept() -> None:
    kept: dict[int, list[float]] = {}

    class Memory:
        def kept(self) -> dict[int, list[float]]:
            return kept

        def keep(self, first: int, values: list[float]) -> None:
            kept[first] = values

    begun: list[int] = []

    def stop(done: int, total: int) -> None:
        begun.append(done)
        if len(kept) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        threshold(DEPENDENT, chains=4, draws=200, progress=stop, keeper=Memory())
    assert list(kept) == [0]
    begun.clear()
    again = threshold(DEPENDENT, chains=4, draws=200, progress=lambda done, _: begun.append(done), keeper=Memory())
    assert begun.count(0) == 1  # the second model only
    assert again == threshold(DEPENDENT, chains=4, draws=200)
