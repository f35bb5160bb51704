"""A database that goes and comes: no visitor meets a connection that leads nowhere, and the worker waits for it."""

from __future__ import annotations

import io
import json
import logging
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory, override_settings

from loket.casework import worker
from loket.site.databases import postgresql
from loket.site.log import BareLine
from tests import databases

pytestmark = pytest.mark.postgresql
COOKIE = "sessionid=" + "a" * 32


@pytest.fixture(scope="module")
def running() -> Iterator[databases.Postgres]:
    """A server of our own, that a test may stop."""
    if databases.programs() is None:
        pytest.skip(databases.NO_POSTGRES)
    with databases.Postgres() as made:
        made.do("CREATE DATABASE schakel")
        yield made


@pytest.fixture
def server(
    running: databases.Postgres, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[databases.Postgres]:
    """The same, with our tables, and asked over the connections of production."""
    from django.db import connections

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    kept = override_settings(
        LOKET_KEY_FILE=str(tmp_path / "keys.txt"), LOKET_LEDGER=str(tmp_path / "l"), LOKET_KEYS_MADE_WHEN_MISSING=True
    )
    with databases.no_blocker(django_db_blocker), kept:
        if running.process.poll() is not None:
            running.start()
        said = {"NAME": "schakel", "USER": "schakel", "HOST": str(running.folder)}
        databases.migrated(postgresql({f"LOKET_DATABASE_{name}": value for name, value in said.items()}))
        yield running
        connections.close_all()


def stop(server: databases.Postgres) -> None:
    server.process.send_signal(signal.SIGINT)  # whoever is connected is sent away
    server.process.wait(databases.PATIENCE)


def asked(path: str) -> tuple[int, str]:
    """Status and text, as an application server asks: with the signals around a request, which a test client leaves
    out."""
    environ = (
        RequestFactory()
        .get(path, headers={"host": "testserver", "cookie": COOKIE, "authorization": "Bearer x"})
        .environ
    )
    status: list[int] = []
    answer = WSGIHandler()({**environ, "wsgi.input": io.BytesIO()}, lambda line, _: status.append(int(line[:3])))
    text = b"".join(answer).decode()
    answer.close()
    return status[0], text


def test_after_a_restart_no_visitor_meets_a_connection_that_was_closed(server: databases.Postgres) -> None:
    from django.db import connection

    def page(number: int) -> list[int]:
        first = asked("/nl/loket/")[0]
        together.wait(databases.PATIENCE)  # each thread keeps a connection
        if number == 0:
            stop(server)
            server.start()
        together.wait(databases.PATIENCE)
        return [first, asked("/nl/loket/")[0], asked("/nl/loket/inloggen/")[0]]

    together = threading.Barrier(3)
    assert databases.in_threads(3, page) == [[302, 302, 200]] * 3  # to the sign-in
    assert asked("/nl/loket/")[0] == 302
    before = connection.connection
    assert asked("/nl/loket/")[0] == 302
    assert connection.connection is before  # it is kept: to plan every question anew costs more than to ask it


def test_while_the_database_is_away_the_counter_says_so_at_once_and_comes_back_by_itself(
    server: databases.Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    assert asked("/nl/loket/")[0] == 302
    stop(server)
    for _ in range(2):
        status, text = asked("/nl/loket/")
        assert status == 503
        assert "De gegevens zijn even niet te bereiken" in text
    status, text = asked("/api/v1/registrations")
    assert (status, json.loads(text)["status"]) == (503, 503)
    assert asked("/readyz") == (503, "the database does not answer\n")
    assert asked("/healthz")[0] == asked("/nl/")[0] == 200
    told = [json.loads(BareLine().format(one)) for one in caplog.records if one.name == "loket.errors"]
    assert "No such file or directory" in told[0]["why"]  # PostgreSQL's own words
    server.start()
    assert asked("/nl/loket/")[0] == 302


def test_the_worker_waits_longer_each_time_and_goes_on_when_the_database_is_back(
    server: databases.Postgres, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, "loket.worker")
    waited: list[float] = []

    def rest(seconds: float, *_: Any) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            server.start()

    monkeypatch.setattr(worker, "_rest", rest)
    looks = iter([False] * 5 + [True])
    rounds = worker.work
    monkeypatch.setattr(worker, "work", lambda: (not waited and stop(server)) or rounds())
    worker.run(lambda: next(looks), pause=0.01)
    assert waited == [0.02, 0.04, 0.08]
    events = [one.getMessage() for one in caplog.records if one.name == "loket.worker"]
    assert events == ["the database does not answer"] * 3 + ["tidied", "the database answers again"]


def test_who_stops_the_worker_does_not_wait_until_it_tries_again() -> None:
    looks = iter([False, True])
    worker._rest(3_600, 0.01, lambda: next(looks))
