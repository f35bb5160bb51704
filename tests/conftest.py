"""What every test shares: no network beyond this machine, repeatable generated tests, the browser if there is one."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import offline

HERE = Path(__file__).parent

# The same examples on every run and every machine, and no test that fails because the machine is slow.
settings.register_profile("house", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("house")


CHECK = ("architecture", "unit")  # the folders of the first ring
# Files that take long begin first, so that no worker is left alone with one of them at the end.
LONG = (
    "published/test_figures_spark.py", "published/test_linkage_spark.py", "journeys/test_notebooks.py",
    "journeys/test_counter.py", "journeys/test_kills.py", "journeys/test_lists_to_estimate.py",
    "journeys/test_link_command.py", "journeys/test_wegwijzer.py", "published/test_linkage_febrl.py",
    "published/test_linkage_splink.py", "spec/publications/test_30_publications.py", "properties/test_engine.py",
    "spec/docs/test_docs_run.py",
)  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Close the network for the whole run, in every worker."""
    offline.close_network()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[object]:
    """What is loaded before the first test stays to the end: the collector of garbage need not look at it each time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        gc.set_threshold(10_000, 20, 20)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Which ring a test is in follows from its folder, and what needs a PostgreSQL is always in the second."""
    folder = item.path.relative_to(HERE).parts[0]
    if folder in CHECK and item.get_closest_marker("postgresql") is None:
        item.add_marker("check")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, in the order of the list; the others stay as they came."""
    rank = {HERE / name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path, len(LONG)))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; where there is none, the test is skipped with the reason."""
    path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is not on this machine: apt-get install chromium, or set CHROMIUM_PATH")
    return path
