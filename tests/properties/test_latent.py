"""Latent classes as a whole: against a posterior summed by hand, and with few or many slides between Gibbs steps."""

from __future__ import annotations

from math import lgamma

import numpy as np
import pytest

from schakel.estimation import latent_sampler
from schakel.estimation.latent import draw
from schakel.estimation.latent_state import Prior

TOLD = (0.025, 0.1, 0.5, 0.9, 0.975)  # shares
COUNTS = np.array([0, 60, 50, 12, 40, 9, 8, 3])


def test_with_one_class_the_posterior_is_that_of_independent_lists() -> None:
    # p(unseen) ~ N! / unseen! / N * product over lists of B(on it + 1, not on it + 1): summed by hand.
    seen_people, totals = int(COUNTS.sum()), [84, 73, 60]
    unseen = np.arange(0, 3_000)
    logs = np.array([
        lgamma(seen_people + u) - lgamma(u + 1)
        + sum(lgamma(t + 1) + lgamma(seen_people + u - t + 1) - lgamma(seen_people + u + 2) for t in totals)
        for u in unseen.tolist()
    ])  # fmt: skip
    share = np.exp(logs - logs.max())
    exact = seen_people + np.searchsorted(np.cumsum(share / share.sum()), TOLD)
    found = draw(COUNTS, seed=7, sweeps=100, prior=Prior(classes=1), patient=True)
    assert found.mixing.bulk > 1_000
    assert np.quantile(found.population, TOLD) == pytest.approx(exact, rel=0.04)


def test_the_other_slides_leave_the_posterior_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quite unlike numbers of slides between the same Gibbs steps give the same quantiles."""
    found = []
    for slides in (0, 8):
        monkeypatch.setattr(latent_sampler, "SLIDES_A_SWEEP", slides)
        drawn = draw(COUNTS, seed=7, chains=256, sweeps=100, prior=Prior(classes=2), patient=True)
        found.append(np.quantile(drawn.population, TOLD))
    assert found[1] == pytest.approx(found[0], rel=0.04)


def test_with_three_classes_the_posterior_is_that_of_weighing_draws_from_the_prior() -> None:
    """A small table: a million draws from the prior, weighed by how likely it is under each, know the answer."""
    counts = np.array([0, 6, 5, 1, 4, 1, 1, 0])
    rng, many, prior = np.random.default_rng(11), 400_000, Prior(classes=3)
    alpha = rng.gamma(prior.shape, 1 / prior.rate, many)
    left = np.exp(np.log(rng.random((2, many))) / alpha)  # 1 - V for V ~ Beta(1, alpha)
    weights = np.stack([1 - left[0], left[0] * (1 - left[1]), left[0] * left[1]])
    chances = rng.random((3, 3, many))
    cells = np.arange(8)[:, None] >> np.arange(3) & 1
    by_cell = np.array([
        (weights * np.where(cell[:, None, None] == 1, chances, 1 - chances).prod(axis=0)).sum(axis=0) for cell in cells
    ])  # fmt: skip
    logs = counts[1:] @ np.log(by_cell[1:]) - counts.sum() * np.log(1 - by_cell[0])
    share = np.exp(logs - logs.max())
    share /= share.sum()
    assert 1 / (share**2).sum() > 5_000
    unseen = rng.poisson(rng.gamma(counts.sum(), 1, many) * by_cell[0] / (1 - by_cell[0]))
    order = np.argsort(unseen)
    exact = counts.sum() + unseen[order][np.searchsorted(share[order].cumsum(), TOLD)]
    found = draw(counts, seed=7, sweeps=200, prior=prior, patient=True)
    assert np.quantile(found.population, TOLD) == pytest.approx(exact, rel=0.06)
