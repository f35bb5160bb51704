"""One small country for all tests of this room, its extract, its figures and one release of it; never changed."""

from __future__ import annotations

import pandas as pd
import pytest

from schakel.disclosure.protected import ProtectedRelease
from schakel.mechanism.content import load
from schakel.monitor.engines import on_duckdb
from schakel.monitor.extract import clusters_of_truth, make_extract
from schakel.monitor.figures import InternalFigure, compute
from schakel.monitor.release import make, release_spec
from schakel.simulation.simulate import simulate
from schakel.simulation.simulated import Simulated
from schakel.vocabulary.texts import text

TITLE = text({"nl": "Synthetische proef", "en": "Synthetic trial"})
FIGURES = ("victims-by-sex-and-age", "victims-by-group", "dutch-by-age")


@pytest.fixture(scope="session")
def country() -> Simulated:
    return simulate(seed=7)


@pytest.fixture(scope="session")
def extract(country: Simulated) -> pd.DataFrame:
    return make_extract(country.registrations, clusters_of_truth(country.truth), load().places, seed=1)


@pytest.fixture(scope="session")
def figures(extract: pd.DataFrame) -> dict[str, InternalFigure]:
    with on_duckdb() as engine:
        return compute(engine, extract)


@pytest.fixture(scope="session")
def release(extract: pd.DataFrame) -> ProtectedRelease:
    spec = release_spec(FIGURES, range(2022, 2025), name="trial", title=TITLE)
    with on_duckdb() as engine:
        protected, _ = make(spec, engine, extract, seed=3)
    return protected
