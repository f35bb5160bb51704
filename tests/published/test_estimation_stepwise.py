"""Stepwise choices, jackknife and bootstrap beside MultipleSystemsEstimation 1.2.0 and SparseMSE 2.0.1.

The same model; N relative 1e-8 (1e-6 with minus infinity and N above 1e5); acceleration 1e-8. Bootstraps differ by
chance: percentiles within three, BCa limits within five Monte Carlo standard deviations of the difference, which we
measure by doing the bootstrap a dozen times with as many resamples as the reference took.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from schakel.estimation.bootstrap import Resampled, acceleration, draws, jackknife_tables, resample
from schakel.estimation.stepwise import stepwise
from tests.published.choices import STEPWISE
from tests.published.tables import TABLES

TIMES = 12
CASES = [pytest.param(*key, id="-".join(map(str, key))) for key in STEPWISE]


@cache
def chosen(name: str) -> tuple[float, str, float]:
    """Population, model and acceleration of a table."""
    histories = TABLES[name]
    made = stepwise(histories.counts[:, None])
    single = stepwise(jackknife_tables(histories.counts)).unobserved
    bend = acceleration(histories.observed - 1 + single, histories.counts[histories.counts > 0])
    return histories.observed + float(made.unobserved[0]), made.model(0, len(histories.lists)).words(), bend


@cache
def pool(name: str) -> np.ndarray:
    """The populations of a dozen bootstraps, each of as many resamples as the largest reference has."""
    histories, largest = TABLES[name], max(resamples for _, of, resamples in STEPWISE if of == name)
    return histories.observed + stepwise(draws(histories.counts, TIMES * largest, 7)).unobserved


def limits(name: str, resamples: int, kind: str, share: float) -> np.ndarray:
    population, _, bend = chosen(name)
    parts = pool(name)[: TIMES * resamples].reshape(TIMES, resamples)
    return np.array([Resampled(population, np.sort(part), bend).limit(kind, share) for part in parts])


@pytest.mark.parametrize(("package", "name", "resamples"), CASES)
def test_model_population_and_acceleration_are_the_same(package, name, resamples):
    model, population, bend = STEPWISE[package, name, resamples][:3]
    ours = chosen(name)
    assert ours[1] == model
    assert ours[0] == pytest.approx(population, rel=1e-6 if population > 1e5 else 1e-8)
    assert ours[2] == pytest.approx(bend, abs=1e-8)


@pytest.mark.parametrize(("package", "name", "resamples"), CASES)
@pytest.mark.parametrize(("kind", "place", "within"), [("percentile", 4, 3.0), ("bca", 3, 5.0)])
def test_the_limits_differ_by_chance_only(package, name, resamples, kind, place, within):
    for share, theirs in STEPWISE[package, name, resamples][place].items():
        ours = limits(name, resamples, kind, share)
        spread = float(ours.std(ddof=1)) * np.sqrt(2.0)  # of the difference of two runs
        assert abs(theirs - ours.mean()) <= within * spread, share


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    counts = TABLES["UKdat_5"].counts
    dark = float(stepwise(counts[:, None]).unobserved[0])

    def drawn(seed: int) -> Resampled:
        return resample(counts, dark, lambda tables: stepwise(tables).unobserved, resamples=50, seed=seed)

    assert drawn(7).interval("bca") == drawn(7).interval("bca")
    assert drawn(7).interval("bca") != drawn(8).interval("bca")
