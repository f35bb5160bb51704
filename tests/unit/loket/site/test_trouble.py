"""What is wrong around the site, as one sentence: the database's own reason, and nothing that it keeps."""

from __future__ import annotations

import json
import logging
import sqlite3
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DataError, IntegrityError, OperationalError, ProgrammingError
from django.test import Client, override_settings

from loket.site import trouble
from loket.site.log import BareLine
from loket.vault import checks, keyfile

BREAKS = override_settings(ROOT_URLCONF="tests.unit.loket.site.urls_with_rooms")
SOCKET = """connection failed: connection to server on socket "/x/.s.PGSQL.5432" failed: No such file or directory
\tIs the server running locally and accepting connections on that socket?"""


def wrapped(kind: type[Exception], cause: Exception) -> Exception:
    """An error of the driver, as Django hands it on."""
    made = kind(*cause.args)
    made.__cause__ = cause
    return made


@pytest.mark.parametrize(
    ("error", "part"),
    [(wrapped(OperationalError, psycopg.OperationalError(SOCKET)), "5432\" failed: No such file or directory. "),
     (wrapped(OperationalError, psycopg.errors.AdminShutdown("terminating connection")), "terminating connection. "),
     (wrapped(OperationalError, psycopg.errors.DeadlockDetected("row (worker 1)")), "used: DeadlockDetected. "),
     (wrapped(ProgrammingError, psycopg.errors.UndefinedTable('relation "x"')), "`loket migrate`"),
     (wrapped(OperationalError, sqlite3.OperationalError("no such table: x")), "`loket migrate`"),
     (PermissionError(13, "Permission denied", "/x"), "/x: Permission denied. ")],
)  # fmt: skip
def test_a_sentence_says_what_is_wrong_and_what_to_do(error: Exception, part: str) -> None:
    told = trouble.sentence(error)
    assert part in told
    assert "worker 1" not in told
    assert "\n" not in told


def test_sqlite_says_why_a_file_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError) as raised:
        sqlite3.connect(tmp_path / "nowhere" / "file")
    told = trouble.sentence(wrapped(OperationalError, raised.value))
    assert told.startswith("The database cannot be used: unable to open database file. ")


def test_a_fault_of_ours_keeps_its_trace() -> None:
    for error in (DataError("worker 1"), IntegrityError("worker 1"), ProgrammingError("worker 1"), OSError("x")):
        assert trouble.sentence(error) == ""


@BREAKS
@pytest.mark.parametrize(
    ("path", "sentence"),
    [("/nl/away", "even niet te bereiken"), ("/en/away", "cannot be reached"), ("/api/away", "niet te bereiken")],
)
def test_a_page_says_when_to_try_again_while_the_database_is_away(
    client: Client, path: str, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get(f"{path}?said=why")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert sentence in answer.content.decode()
    (line,) = [json.loads(BareLine().format(one)) for one in caplog.records if one.name == "loket.errors"]
    assert (line["event"], line["level"]) == ("the database does not answer", "ERROR")


def logged(error: Exception, where: str) -> dict[str, str]:
    """What the log says of this exception, raised in a file of this name."""
    try:
        exec(compile("raise error", where, "exec"), {"error": error})
    except type(error):
        made = logging.LogRecord("django.request", logging.ERROR, "x.py", 1, "m", (), sys.exc_info())
    line: dict[str, str] = json.loads(BareLine().format(made))
    return line


def test_our_own_sentence_about_a_setting_is_logged_whole_and_no_other() -> None:
    ours, theirs = keyfile.__file__, "/usr/lib/django/conf.py"
    assert logged(ImproperlyConfigured("There is no key file x."), ours)["why"] == "There is no key file x."
    assert "why" not in logged(ImproperlyConfigured("worker 1"), theirs)
    assert "why" not in logged(ValueError("worker 1"), ours)


def test_a_key_file_that_cannot_be_read_is_a_sentence_and_the_site_is_not_ready(
    keys: Path, database: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = keys / "keys.txt"
    where.mkdir(parents=True)
    with pytest.raises(ImproperlyConfigured, match=r"cannot be read \(Is a directory\): give it to the user"):
        keyfile.ring()
    assert "loket.E022" in [message.id for message in checks.keys_are_there_and_safe()]
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"the keys cannot be read" in answer.content
    assert str(keys).encode() not in answer.content

    def closed(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied", str(where))

    monkeypatch.setattr("os.stat", closed)
    monkeypatch.setattr(Path, "stat", closed)
    assert "loket.E022" in [message.id for message in checks.keys_are_there_and_safe()]


def test_a_statement_that_is_wrong_is_no_database_that_is_away() -> None:
    with sqlite3.connect(":memory:") as db, pytest.raises(sqlite3.OperationalError) as raised:
        db.execute("SELECT nothing FROM nowhere")
    assert not trouble.is_away(wrapped(OperationalError, raised.value))
    assert trouble.is_away(wrapped(OperationalError, psycopg.errors.AdminShutdown("terminating connection")))
    assert not trouble.is_away(wrapped(ProgrammingError, psycopg.errors.UndefinedColumn("x")))
    assert not trouble.is_away(None)
