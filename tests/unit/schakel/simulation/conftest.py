"""One small country for all tests of this room; it is never changed."""

from __future__ import annotations

import pytest

from schakel.simulation.simulate import simulate
from schakel.simulation.simulated import Simulated


@pytest.fixture(scope="session")
def small() -> Simulated:
    return simulate(seed=7)
