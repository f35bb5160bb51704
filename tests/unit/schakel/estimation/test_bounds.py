"""Simple models and bounds: against formulas worked out by hand, and on populations of which the size is known."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation.bounds import (
    chao_1987,
    chao_h,
    chao_th,
    coverage,
    log_normal_limits,
    model_0,
    model_t,
    sample_coverage,
)
from schakel.estimation.histories import Histories
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.estimation.small import histories


def population(size: int, chances: np.ndarray, seed: int) -> Histories:
    """People drawn on lists: `chances`, shape (people or 1, lists)."""
    rng = np.random.default_rng(seed)
    on = rng.random((size, chances.shape[1])) < chances
    counts = np.bincount(on @ (1 << np.arange(chances.shape[1])), minlength=1 << chances.shape[1])
    counts[0] = 0
    return Histories(tuple(f"L{place}" for place in range(chances.shape[1])), counts)


def test_chao_1987_by_hand() -> None:
    found = chao_1987(histories())  # 150 on one list, 29 on two, of three lists
    assert found.population == pytest.approx(182 + 2 / 3 * 150**2 / (2 * 29))
    assert found.lower
    assert found.low is not None
    assert found.low > 182


def test_chao_1987_without_anybody_on_two_lists() -> None:
    counts = np.array([0, 10, 8, 0, 6, 0, 0, 2])
    found = chao_1987(Histories(("A", "B", "C"), counts))
    assert found.population == pytest.approx(26 + 2 / 3 * 24 * 23 / 2)
    assert found.standard_error > 0


def test_on_independent_lists_all_models_find_the_population() -> None:
    made = population(20_000, np.array([[0.2, 0.25, 0.15, 0.3]]), seed=4)
    for model in (model_t, chao_th):
        assert model(made).population == pytest.approx(20_000, rel=0.03)
    found = model_t(made)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 20_000 < found.high


def test_when_people_differ_the_bound_lies_above_independence_and_below_the_truth() -> None:
    rng = np.random.default_rng(9)
    made = population(20_000, rng.beta(0.8, 4, (20_000, 1)) * np.ones(5), seed=5)
    assert model_0(made).population < chao_h(made).population < 20_000
    assert (chao_h(made).parameters or 0) > 2  # some term above two lists is positive


def test_scaling_the_counts_scales_the_bounds() -> None:
    once, ten = histories(), Histories(("A", "B", "C"), histories().counts * 10)
    for model in (model_0, model_t, chao_h, chao_th):
        assert model(ten).population == pytest.approx(10 * model(once).population, rel=1e-9)


def test_limits_on_the_log_scale_stay_above_the_people_seen() -> None:
    low, high = log_normal_limits(100, 50, 200)
    assert 100 < low < 150 < high
    assert log_normal_limits(100, 0, 10) == (100, 100)


def test_coverage_is_the_mean_share_that_another_list_knows() -> None:
    assert coverage(histories()) == pytest.approx(1 - (60 / 84 + 50 / 73 + 40 / 60) / 3)


def test_sample_coverage_of_four_lists_gives_the_first_estimate_only() -> None:
    made = population(5_000, np.array([[0.3, 0.35, 0.25, 0.4]]), seed=6)
    (found,) = sample_coverage(made, seed=1, draws=100)
    assert found.name == "coverage N0"
    assert found.population == pytest.approx(5_000, rel=0.05)
    again = sample_coverage(made, seed=1, draws=100)[0]
    assert found == again


def test_three_lists_of_high_coverage_get_the_estimate_that_allows_for_dependence() -> None:
    made = population(3_000, np.array([[0.6, 0.55, 0.65]]), seed=8)
    first, second = sample_coverage(made, seed=1, draws=100)
    assert (first.name, second.name) == ("coverage N0", "coverage N")
    assert second.population == pytest.approx(3_000, rel=0.04)
    assert second.low is not None
    assert made.observed < second.low < second.population < (second.high or 0)


def test_a_table_with_hardly_any_overlap_gets_no_runaway_number() -> None:
    sparse = Histories(("A", "B", "C"), np.array([0, 40, 30, 1, 20, 0, 0, 0]))
    assert [bound.name for bound in sample_coverage(sparse, draws=50)] == ["coverage N0", "coverage N1"]
    assert all(bound.population < 10_000 for bound in sample_coverage(sparse, draws=50))


def test_two_lists_have_no_sample_coverage() -> None:
    with pytest.raises(BadInput, match="at least 3 lists"):
        sample_coverage(Histories(("A", "B"), np.array([0, 10, 12, 4])))
