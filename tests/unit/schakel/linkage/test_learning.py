"""Expectation maximisation finds m without labels, and the prior is a fixed point."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.linkage.learning import Learnt, mixture, together
from schakel.linkage.training import fixed_point

M = [np.array([0, 0.9, 0.1]), np.array([0, 0.85, 0.15]), np.array([0, 0.8, 0.2])]
U = [np.array([0, 0.1, 0.9]), np.array([0, 0.2, 0.8]), np.array([0, 0.3, 0.7])]


def drawn(share: float, count: int = 200_000) -> tuple[np.ndarray, np.ndarray]:
    """Patterns of three comparisons, a tenth of them missing, of a mixture with this share of matches."""
    chance = np.random.default_rng(11)
    match = chance.random(count) < share
    levels = [
        np.where(chance.random(count) < 0.1, 0, np.where(chance.random(count) < np.where(match, m[1], u[1]), 1, 2))
        for m, u in zip(M, U, strict=True)
    ]
    return np.unique(np.stack(levels, axis=1), axis=0, return_counts=True)


@pytest.mark.parametrize("share", [0.15, 0.3, 0.8])
def test_m_and_the_share_of_matches_are_found(share: float) -> None:
    patterns, counts = drawn(share)
    start = [np.array([0, 0.75, 0.25])] * 3
    m, found = mixture(patterns, counts.astype(float), start, U)
    assert found == pytest.approx(share, abs=0.03)
    assert np.allclose(np.stack(m), np.stack(M), atol=0.05)


def test_a_missing_level_has_no_share() -> None:
    patterns, counts = drawn(0.3)
    m, _ = mixture(patterns, counts.astype(float), [np.array([0, 0.75, 0.25])] * 3, U)
    assert [values[0] for values in m] == [0, 0, 0]
    assert np.allclose([values.sum() for values in m], 1)


def test_lessons_count_by_their_matches() -> None:
    key = ("sex", "equal")
    assert together([Learnt({key: 0.9}, 300), Learnt({key: 0.5}, 100), Learnt({}, 50)]) == {key: pytest.approx(0.8)}


def test_the_prior_is_where_expected_and_assumed_agree() -> None:
    weights = np.array([30.0] * 50 + [-30.0] * 1_000)
    assert fixed_point(weights, 1e6, 1e-3) == pytest.approx(50 / 1e6, rel=1e-3)


def test_the_prior_stays_a_probability() -> None:
    assert fixed_point(np.zeros(0), 100.0, 1e-4) == pytest.approx(0.01)
