"""The settings of the database, asked of the database itself."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client

from loket.audit.models import Entry
from loket.site import database_checks, databases

OLD, NEW = (3, 40, 1), (3, 51, 3)


@pytest.mark.parametrize(
    ("version", "safe"),
    [((3, 40, 1), False), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 50, 7), True), ((3, 50, 6), False),
     ((3, 44, 6), True), ((3, 45, 0), False), ((3, 52, 0), True), ((4, 0, 0), True)],
)  # fmt: skip
def test_writing_ahead_is_safe_from_the_mended_versions_on(version: tuple[int, int, int], safe: bool) -> None:
    assert databases.mended(version) is safe
    assert databases.best_journal(version) == ("WAL" if safe else "TRUNCATE")


def test_the_live_database_keeps_what_it_confirms(database: Any) -> None:
    live = databases.live_settings(connection)
    if connection.vendor == "sqlite":
        assert (live["synchronous"], live["foreign_keys"]) == ("2", "1")
        assert live["journal_mode"].upper() == databases.best_journal()
        assert databases.not_durable("sqlite", live, sqlite3.sqlite_version_info) == []
        assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]
    else:
        # This server is for tests, quick and forgetful, and the look sees exactly that.
        wrong = databases.not_durable("postgresql", live, OLD)
        assert wrong == ["fsync is off", "full_page_writes is off", "synchronous_commit is off"]
    assert bool(databases.out_of_order()) is (connection.vendor == "postgresql")


SOUND = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
SOUND_PG = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "server_version_num": "150018"}


@pytest.mark.parametrize(
    ("vendor", "live", "version", "part"),
    [("sqlite", SOUND, NEW, ""), ("sqlite", SOUND, OLD, "can lose a commit"),
     ("sqlite", {**SOUND, "synchronous": "1"}, NEW, "not FULL"),
     ("sqlite", {**SOUND, "foreign_keys": "0"}, NEW, "foreign"),
     ("sqlite", {**SOUND, "journal_mode": "off"}, NEW, "keeps nothing safe"), ("postgresql", SOUND_PG, OLD, ""),
     ("postgresql", {**SOUND_PG, "fsync": "off"}, OLD, "fsync is off"),
     ("postgresql", {**SOUND_PG, "server_version_num": "140012"}, OLD, "older than 15")],
)  # fmt: skip
def test_what_could_lose_a_word_is_named(vendor: str, live: dict[str, str], version: Any, part: str) -> None:
    wrong = databases.not_durable(vendor, live, version)
    assert part in "".join(wrong)
    assert bool(wrong) is bool(part)


def test_wal_on_an_old_sqlite_is_an_error_and_not_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_checks.sqlite3, "sqlite_version_info", OLD)
    bare = {"ENGINE": "django.db.backends.sqlite3", "NAME": "x"}
    for made, wrong in (
        (databases.sqlite("x", journal="WAL"), ["loket.E010"]),
        (databases.sqlite("x", journal="TRUNCATE"), []),
        (bare, ["loket.E011", "loket.E012"]),
    ):
        monkeypatch.setattr(settings, "DATABASES", {"default": made})
        assert [message.id for message in database_checks.journal_is_safe()] == wrong


def test_ready_means_that_the_database_answers_and_has_our_tables(database: Any) -> None:
    answer = Client().get("/readyz")
    if connection.vendor == "sqlite":
        assert (answer.status_code, answer.content) == (200, b"ok\n")
    else:
        assert answer.status_code == 503
        assert b"fsync is off" in answer.content


def test_the_variables_name_a_postgresql_whose_connections_are_kept_and_looked_at(tmp_path: Path) -> None:
    said = {"LOKET_DATABASE_NAME": "n", "LOKET_DATABASE_USER": "u", "LOKET_DATABASE_SSLMODE": "require"}
    made = databases.from_environment(said, tmp_path)
    assert (made["ENGINE"], made["NAME"], made["USER"]) == ("django.db.backends.postgresql", "n", "u")
    assert (made["CONN_MAX_AGE"], made["CONN_HEALTH_CHECKS"]) == (databases.KEPT, True)
    assert made["OPTIONS"]["prepare_threshold"] == 3
    assert made["OPTIONS"]["sslmode"] == "require"
    assert made["OPTIONS"]["connect_timeout"] <= 3  # the threads of the public pages wait along
    without = databases.from_environment({**said, "LOKET_DATABASE_POOL": "0"}, tmp_path)
    # The next question may come to another connection: none is kept, nothing is prepared.
    assert (without["CONN_MAX_AGE"], "prepare_threshold" in without["OPTIONS"]) == (0, False)
    assert databases.from_environment({}, tmp_path)["NAME"] == str(tmp_path / "schakel.sqlite3")


def test_a_number_that_is_none_is_a_sentence_that_names_the_variable(tmp_path: Path) -> None:
    for wrong in ("acht", "-1", "1.5", "\u0663"):
        with pytest.raises(ImproperlyConfigured, match="LOKET_DATABASE_POOL is no whole number"):
            databases.from_environment({"LOKET_DATABASE_NAME": "n", "LOKET_DATABASE_POOL": wrong}, tmp_path)


def test_the_embedded_file_and_its_journal_are_for_their_owner_only_whatever_the_umask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = databases.sqlite(tmp_path / "here.sqlite3")
    before = os.umask(0o022)
    try:
        with sqlite3.connect(made["NAME"], factory=made["OPTIONS"]["factory"]) as here:
            here.execute("PRAGMA journal_mode=PERSIST")
            here.execute("CREATE TABLE one (two)")
        here.close()
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"here.sqlite3": 0o600, "here.sqlite3-journal": 0o600}
    # A file that is there is not opened beside SQLite: closing it again would take the locks of another connection.
    monkeypatch.setattr(databases, "make_private", lambda _: pytest.fail("it is there"))
    made["OPTIONS"]["factory"](made["NAME"]).close()
    monkeypatch.setattr(settings, "DATABASES", {"default": made})
    assert database_checks.embedded_file_is_private() == []
    (tmp_path / "here.sqlite3").chmod(0o644)
    assert [message.id for message in database_checks.embedded_file_is_private()] == ["loket.E015"]


def test_a_question_that_comes_again_is_planned_once(database: Any) -> None:
    if connection.vendor == "sqlite":
        return  # sqlite3 keeps its own
    for number in range(6):
        list(Entry.objects.filter(number=number))
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        assert any("audit_entry" in statement for (statement,) in cursor.fetchall())
    assert connection.connection.prepared_max == databases.MOST_PREPARED


def test_nothing_else_is_wrong(database: Any) -> None:
    assert [message for message in run_checks() if message.id != "models.W042"] == []


def test_a_database_that_looked_how_it_is_filled_goes_by_the_person_and_not_by_the_organisation(database: Any) -> None:
    """One organisation has all tasks, each of another person: what is asked of one person must not read them all."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE probe (organisation integer, person integer)")
        cursor.execute("CREATE INDEX probe_organisation ON probe (organisation)")
        cursor.execute("CREATE INDEX probe_person ON probe (person)")
        cursor.executemany("INSERT INTO probe VALUES (%s, %s)", [(1, number) for number in range(500)])
        databases.count_anew(connection)
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN SELECT * FROM probe WHERE organisation = 1 AND person IN (7)")
            assert "probe_person" in cursor.fetchall()[0][3]
        cursor.execute("DROP TABLE probe")
