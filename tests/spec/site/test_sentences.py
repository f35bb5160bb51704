"""What is wrong with the settings is one sentence and exit code 2, soon: for every command, gunicorn and the worker."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.spec.site.test_commands import PRODUCTION, loket

COUNTER = {**PRODUCTION, "DJANGO_SETTINGS_MODULE": "loket.site.settings.production_counter", "LOKET_MAIL_HOST": "mail"}


@pytest.fixture
def counter(tmp_path: Path) -> dict[str, str]:
    """The settings of a counter with its embedded database."""
    return {**COUNTER, "LOKET_DATA": str(tmp_path), "LOKET_STATIC_ROOT": str(tmp_path / "static")}


@pytest.fixture(scope="module")
def server() -> Iterator[databases.Postgres]:
    """A server that asks everybody but its owner for a password."""
    if databases.programs() is None:
        pytest.skip(databases.NO_POSTGRES)
    with databases.Postgres() as made:
        (made.folder / "data" / "pg_hba.conf").write_text("local all schakel trust\nlocal all all scram-sha-256\n")
        made.do("CREATE ROLE loket LOGIN PASSWORD 'right'")
        made.do("SELECT pg_reload_conf()")
        yield made


def refused(done: subprocess.CompletedProcess[str], *parts: str, code: int = 2) -> None:
    """It ended with this code and one line, in which these parts stand."""
    assert done.returncode == code, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for part in parts:
        assert part in done.stderr


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("said", "part"),
    [({"USER": "loket", "PASSWORD": "wrong"}, 'password authentication failed for user "loket"'),
     ({"USER": "schakel", "NAME": "nowhere"}, 'database "nowhere" does not exist'),
     ({"USER": "schakel", "HOST": "/nowhere"}, "No such file or directory"),
     ({"USER": "schakel", "HOST": "127.0.0.1", "PORT": "1"}, "refused"),
     ({"USER": "schakel", "SSLMODE": "hardly"}, "sslmode")],
)  # fmt: skip
def test_a_database_that_cannot_be_reached_is_told_in_its_own_words(
    server: databases.Postgres, counter: dict[str, str], said: dict[str, str], part: str
) -> None:
    where = {"NAME": "postgres", "HOST": str(server.folder), **said}
    done = loket("migrate", **counter, **{f"LOKET_DATABASE_{name}": value for name, value in where.items()})
    refused(done, part, "LOKET_DATABASE_NAME, _USER")
    assert said.get("PASSWORD", "?") not in done.stderr


@pytest.mark.parametrize(
    ("command", "said", "part"),
    [(["check"], {"LOKET_DATABASE_NAME": "x", "LOKET_DATABASE_POOL": "acht"}, "LOKET_DATABASE_POOL is no whole number"),
     (["check"], {"DJANGO_SETTINGS_MODULE": "loket.site.settings.mine"}, "loket.site.settings.mine, which is not"),
     (["check"], {"LOKET_MAIL_PORT": "post"}, "LOKET_MAIL_PORT is no whole number"),
     (["worker"], {"LOKET_DATABASE_NAME": "x", "LOKET_DATABASE_HOST": "/nowhere"}, "The database cannot be used"),
     (["worker"], {}, "run `loket migrate`"),
     (["migrate"], {"LOKET_DATA": "/nowhere/at/all"}, "unable to open database file"),
     (["keys", "status"], {}, "There is no key file"),
     (["keys", "new"], {"LOKET_KEY_FILE": "/dev/null/x"}, "/dev/null"),
     (["keys", "status"], {"LOKET_KEY_FILE": "/proc"}, "cannot be read (Is a directory)")],
)  # fmt: skip
def test_a_setting_that_is_wrong_is_one_sentence(
    counter: dict[str, str], command: list[str], said: dict[str, str], part: str
) -> None:
    refused(loket(*command, **{**counter, **said}), part)


def test_keys_that_cannot_be_read_are_among_what_check_says(counter: dict[str, str], tmp_path: Path) -> None:
    done = loket("check", "--deploy", **{**counter, "LOKET_KEY_FILE": str(tmp_path)})
    assert done.returncode == 1
    assert "loket.E022" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("loading", [["--preload"], []])
def test_gunicorn_without_its_secret_says_so_and_ends(
    counter: dict[str, str], tmp_path: Path, loading: list[str]
) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOKET_", "DJANGO_"))}
    command = [sys.executable, "-m", "gunicorn", "loket.site.wsgi", "--bind", f"unix:{tmp_path}/socket", *loading,
               "--log-level", "critical", "--no-control-socket"]  # fmt: skip
    environment = {**kept, **counter, "LOKET_SECRET_KEY": ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode not in (0, 1)
    assert done.stderr.splitlines()[0].startswith("The environment variable LOKET_SECRET_KEY is empty")
    assert "Traceback" not in done.stderr
