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
    found = draw(COUNTS, seed=7, sweeps=400, prior=Prior(classes=1), patient=True)
    assert found.mixing.bulk > 1_000
    assert np.quantile(found.population, TOLD) == pytest.approx(exact, rel=0.04)


def test_the_other_slides_leave_the_posterior_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two quite unlike numbers of slides between the same Gibbs steps give the same quantiles."""
    found = []
    for slides in (0, 8):
        monkeypatch.setattr(latent_sampler, "SLIDES_A_SWEEP", slides)
        drawn = draw(COUNTS, seed=7, chains=64, sweeps=300, prior=Prior(classes=2), patient=True)
        found.append(np.quantile(drawn.population, TOLD))
    assert found[1] == pytest.approx(found[0], rel=0.04)
