"""A back-up in one file, and the way back: PostgreSQL's own dump, or a copy that SQLite makes of itself.

Neither keys nor ledger are in it. After a restore whoever was erased since is erased again, before anybody comes in.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.db import connection, connections


def make(path: Path) -> None:
    """A whole and consistent copy, while others work; readable by its owner only. Raises CommandError in a sentence."""
    if path.exists():
        raise CommandError(f"{path} is there already: choose another name.", returncode=2)
    made = path.with_name(f".{path.name}.{os.getpid()}")
    old = os.umask(0o077)
    try:
        if connection.vendor == "postgresql":
            _run("pg_dump", "--format=custom", f"--file={made}")
        else:
            connections.close_all()
            with sqlite3.connect(connection.settings_dict["NAME"]) as source:
                source.execute("VACUUM INTO ?", [str(made)])
        with made.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(made, path)
    finally:
        os.umask(old)
        made.unlink(missing_ok=True)


def put_back(path: Path) -> None:
    """Replace the database by the back-up. Raises CommandError, and leaves what is there, if it is none."""
    if not path.is_file():
        raise CommandError(f"There is no file {path}.", returncode=2)
    connections.close_all()
    if connection.vendor == "postgresql":
        if path.read_bytes()[:5] != b"PGDMP":
            raise CommandError(f"{path} is no back-up of PostgreSQL.", returncode=2)
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", str(path))
        return
    _check_embedded(path)
    here = Path(str(connection.settings_dict["NAME"]))
    made = here.with_name(f".{here.name}.{os.getpid()}")
    shutil.copyfile(path, made)
    os.chmod(made, 0o600)
    for rest in ("-wal", "-shm", "-journal"):  # what belongs to the file that goes
        here.with_name(here.name + rest).unlink(missing_ok=True)
    os.replace(made, here)


def _check_embedded(path: Path) -> None:
    """Whether it is a whole SQLite file with our tables in it."""
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as copy:
            whole = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            ours = copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'audit_entry'").fetchone()[0]
    except sqlite3.DatabaseError:
        whole, ours = False, 0
    if not (whole and ours):
        raise CommandError(f"{path} is no whole back-up of the embedded database.", returncode=2)


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs, told in the environment where to go, so that no password is in a list."""
    said: dict[str, Any] = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {**os.environ, **{name: str(said[key]) for name, key in names.items() if said.get(key)}}
    where = shutil.which(program)
    if where is None:
        raise CommandError(f"{program} is missing: apt-get install postgresql-client.", returncode=2)
    extra = [f"--dbname={said['NAME']}"] if program == "pg_restore" else []
    done = subprocess.run([where, *extra, *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CommandError(f"{program} stopped: {done.stderr.strip().splitlines()[-1:]}", returncode=2)
