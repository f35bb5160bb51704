# ruff: noqa: F811  (a fixture is taken by the name it was imported by)
"""Nothing that was confirmed to a user is lost when the server is killed, on either database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import databases, kills
from tests.counter import keys  # noqa: F401

KILLS = 20  # a database; a thousand in benchmarks/bench_kills.py


@pytest.fixture(autouse=True)
def after_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser of another test leaves a loop running in this thread, which Django takes for asynchronous code."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.mark.parametrize("kind", databases.KINDS)
def test_everything_confirmed_is_there_after_each_kill_and_the_log_holds(
    kind: str,
    keys: Path,
    tmp_path: Path,
    django_db_blocker: Any,
) -> None:
    if kind == "postgresql" and databases.programs() is None:
        pytest.skip(databases.NO_POSTGRES)
    from loket.vault.keyfile import ring

    ring()  # the key file is there before the first server looks for it
    with databases.no_blocker(django_db_blocker):
        found = kills.toll(kind, tmp_path, KILLS, seed=7)
    assert (found.kills, found.lost, found.broken) == (KILLS, 0, "")
    assert found.confirmed >= KILLS
    assert found.entries == found.confirmed + found.unsaid


def test_the_look_sees_a_loss(tmp_path: Path, keys: Path, django_db_blocker: Any) -> None:
    found = kills.Toll()
    with databases.no_blocker(django_db_blocker), kills.place("sqlite", tmp_path):
        kills._look(["0-0-0"], 0, found)
    assert (found.confirmed, found.lost) == (1, 1)
