"""One small synthetic country, linked once for all tests of this room."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from schakel.linkage.linking import Linked, LinkOptions, link
from schakel.simulation.country import SMALL
from schakel.simulation.simulate import simulate

SEED = 7


@pytest.fixture(scope="session")
def country() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Registrations without national numbers, and the truth beside them."""
    made = simulate(replace(SMALL, people=4_000), seed=SEED)
    return made.registrations.drop(columns="number"), made.truth[["record", "person"]]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("linkage") / "out"


@pytest.fixture(scope="session")
def linked(country: tuple[pd.DataFrame, pd.DataFrame], folder: Path) -> Linked:
    return link(country[0], LinkOptions(draws=3), seed=SEED, folder=folder)
