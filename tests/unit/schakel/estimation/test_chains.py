"""R-hat and effective sample size on chains of which the answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation.chains import Mixing, effective, mixing, normal_scores, rhat, split

RNG = np.random.default_rng(7)


def autoregressive(chains: int, draws: int, keep: float) -> np.ndarray:
    """x_t = keep x_(t-1) + noise: worth a share (1 - keep) / (1 + keep) of its draws."""
    rng = np.random.default_rng(11)
    found = np.zeros((chains, draws))
    for at in range(1, draws):
        found[:, at] = keep * found[:, at - 1] + rng.standard_normal(chains)
    return found


def test_independent_draws_are_worth_their_number() -> None:
    measured = mixing(RNG.standard_normal((4, 1_000)))
    assert measured.rhat < 1.01
    assert measured.bulk == pytest.approx(4_000, rel=0.1)
    assert measured.good


@pytest.mark.parametrize("keep", [0.5, 0.9])
def test_a_sticky_chain_is_worth_what_theory_says(keep: float) -> None:
    assert effective(autoregressive(4, 8_000, keep)) == pytest.approx(32_000 * (1 - keep) / (1 + keep), rel=0.12)


def test_draws_that_swing_are_worth_more_than_their_number() -> None:
    assert effective(autoregressive(4, 4_000, -0.5)) > 30_000


@pytest.mark.parametrize("spoil", ["shift", "spread", "drift"])
def test_chains_that_disagree_are_caught(spoil: str) -> None:
    draws = np.random.default_rng(5).standard_normal((4, 1_000))
    if spoil == "shift":
        draws[0] += 1
    elif spoil == "spread":
        draws[0] *= 4
    else:
        draws += np.linspace(0, 2, 1_000)  # all chains alike, and all still on their way
    measured = mixing(draws)
    assert measured.rhat > 1.05
    assert not measured.good


def test_many_short_chains_are_compared_by_where_they_started() -> None:
    draws = autoregressive(32, 400, 0.9)
    one_by_one, nested = mixing(draws), mixing(draws, together=8)
    assert one_by_one.rhat > 1.03  # each half chain is worth ten draws only
    assert nested.rhat < 1.01
    assert nested.bulk == one_by_one.bulk
    draws[:8] += 3  # all that started at one place
    assert mixing(draws, together=8).rhat > 1.1
    spoiled = autoregressive(32, 400, 0.9)
    spoiled[5] += 12  # a single chain: the effective size tells
    assert not mixing(spoiled, together=8).good


def test_ranks_make_it_deaf_to_a_change_of_scale() -> None:
    draws = np.abs(RNG.standard_normal((4, 500))) + 0.1
    one, other = mixing(draws), mixing(np.exp(draws * 3))
    assert one.bulk == pytest.approx(other.bulk, rel=1e-9)
    assert one.tail == pytest.approx(other.tail, rel=1e-9)


def test_chains_that_never_move_are_worth_nothing() -> None:
    assert mixing(np.ones((4, 100))) == Mixing(float("inf"), 0.0, 0.0, 4, 100)
    assert rhat(np.array([[1.0, 1.0], [2.0, 2.0]])) == float("inf")
    assert rhat(np.ones((2, 4))) == 1.0


def test_a_chain_is_cut_in_the_middle() -> None:
    assert split(np.arange(5)[None]).tolist() == [[0, 1], [3, 4]]
    scores = normal_scores(np.array([[3.0, 1.0], [2.0, 2.0]]))
    assert scores[1, 0] == scores[1, 1] == pytest.approx(0)
    assert scores[0, 0] == -scores[0, 1]
