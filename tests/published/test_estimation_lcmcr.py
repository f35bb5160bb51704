"""Latent classes beside the R package LCMCR 0.4.14.

LCMCR: 10 classes, a_alpha = b_alpha = 0.25, four chains of 20,000 sweeps of burn-in and 10,000 draws at every tenth
sweep. Tolerances where its chains agree (R-hat below 1.02): median 3 %, limits 8 %, for both are sampled. Elsewhere
(R-hat 1.05 to 7) ours must refuse, unless they agree among themselves. On `UKdat` and `UKdat_5` they do, with those
chains of the peer that were not left behind in a hump of their own (`benchmarks/results/latent.json`); not on the
Dutch tables.
"""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation.latent import draw, latent_classes
from tests.published.tables import QUANTILES, TABLES

# Table, 2.5, 10, 50, 90 and 97.5 % points of the population, sweeps of ours once the chains have grown up.
AGREED = (
    ("UKdat_4", (10_145.975, 10_769, 12_010, 13_544, 14_655.025), 100),  # R-hat 1.017
    ("NewOrl_5_185", (571, 644, 835, 1_133, 1_373), 100),  # R-hat 1.0002
    ("Kosovo", (9_116, 9_526, 10_480, 12_375, 14_241), 200),  # R-hat 1.008
)


@pytest.mark.parametrize(("name", "quantiles", "sweeps"), AGREED)
def test_where_the_chains_of_the_peer_agree_ours_say_the_same(
    name: str, quantiles: tuple[float, ...], sweeps: int
) -> None:
    found = draw(TABLES[name].counts, seed=7, sweeps=sweeps, patient=True)
    ours = np.quantile(found.population, QUANTILES)
    assert ours[2] == pytest.approx(quantiles[2], rel=0.03)
    assert ours == pytest.approx(np.array(quantiles), rel=0.08)


@pytest.mark.parametrize("name", ["Ned_5", "Ned"])  # R-hat of the peer: 7.08, 2.89
def test_where_the_chains_of_the_peer_disagree_ours_refuse(name: str) -> None:
    found = latent_classes(TABLES[name], seed=7, chains=256, sweeps=100, moves=3)
    assert found.population is None
    assert found.interval is None
    assert found.reason is not None
    assert "do not tell the same story" in found.reason("en")
    medians = found.details["median_of_each_chain"]
    assert max(medians) > 1.2 * min(medians)  # and it shows why
