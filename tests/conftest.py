"""What every test shares: no network beyond this machine, repeatable generated tests, the browser if there is one."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import settings

from tests import offline

# The same examples on every run and every machine, and no test that fails because the machine is slow.
settings.register_profile("house", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Close the network for the whole run, in every worker."""
    offline.close_network()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; where there is none, the test is skipped with the reason."""
    path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is not on this machine: apt-get install chromium, or set CHROMIUM_PATH")
    return path
