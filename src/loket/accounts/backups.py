"""A back-up in one file, and the way back: PostgreSQL's own dump, or a copy that SQLite makes of itself.

Neither keys nor ledger are in it. After a restore whoever was erased since is erased again, before anybody comes in.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.db import connection, connections

# What our tables and their functions are in PostgreSQL; what belongs to an extension stays.
EMPTY = """
SET LOCAL client_min_messages = warning;
DO $$
DECLARE one text;
BEGIN
    FOR one IN
        SELECT format('DROP %s IF EXISTS %I.%I CASCADE',
                      CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END,
                      current_schema(), relname)
        FROM pg_class AS c WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
        AND NOT EXISTS (SELECT FROM pg_depend
                        WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype IN ('e', 'i', 'a'))
    LOOP EXECUTE one; END LOOP;
    FOR one IN
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)
        FROM pg_proc AS p WHERE pronamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend
                        WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
    LOOP EXECUTE one; END LOOP;
END $$;
"""


def make(path: Path) -> None:
    """A whole and consistent copy, while others work; readable by its owner only. Raises CommandError in a sentence."""
    if path.exists():
        raise CommandError(f"{path} is there already: choose another name.", returncode=2)
    if not path.absolute().parent.is_dir() or not os.access(path.absolute().parent, os.W_OK):
        raise CommandError(f"{path.parent} is no folder that this user can write in: choose another.", returncode=2)
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
        _restore(path)
        return
    _check_embedded(path)
    here = Path(str(connection.settings_dict["NAME"]))
    made = here.with_name(f".{here.name}.{os.getpid()}")
    made.touch(mode=0o600, exist_ok=False)
    shutil.copyfile(path, made)
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
    """One of PostgreSQL's own programs. Raises CommandError with what it says is wrong."""
    command = [_program(program), *arguments]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603
    _done(program, done.returncode, done.stderr)


def _restore(path: Path) -> None:
    """Empty the schema and fill it from the back-up, in one transaction: all of it or nothing.

    A database of today has tables that an older back-up knows nothing of, and that lean on those it does know: they go
    first. `pg_restore` writes down what is to be done and `psql` does it. COMMIT is said only once all of it came
    across, so whichever of the two, or this command, is ended before that: nothing was changed.
    """
    reading = [_program("pg_restore"), "--no-owner", "--file=-", str(path)]
    doing = [_program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"]
    pipe, where = subprocess.PIPE, _environment()
    with (
        tempfile.TemporaryFile("w+") as read, tempfile.TemporaryFile("w+") as did,
        subprocess.Popen(reading, env=where, stdout=pipe, stderr=read) as source,  # noqa: S603
        subprocess.Popen(doing, env=where, stdin=pipe, stdout=subprocess.DEVNULL, stderr=did) as goal,  # noqa: S603
    ):  # fmt: skip
        assert source.stdout
        assert goal.stdin
        with contextlib.suppress(BrokenPipeError):  # psql stopped, and says why
            goal.stdin.write(f"BEGIN;\n{EMPTY}".encode())
            shutil.copyfileobj(source.stdout, goal.stdin)
            if source.wait() == 0:
                goal.stdin.write(b"\nCOMMIT;\n")
        with contextlib.suppress(BrokenPipeError):
            goal.stdin.close()
        source.stdout.close()
        for program, process, said in (("psql", goal, did), ("pg_restore", source, read)):
            process.wait()
            said.seek(0)
            _done(program, process.returncode, said.read())


def _program(name: str) -> str:
    where = shutil.which(name)
    if where is None:
        raise CommandError(f"{name} is missing: apt-get install postgresql-client.", returncode=2)
    return where


def _environment() -> dict[str, str]:
    """Where PostgreSQL's programs go, as the settings say; in the environment, so that no password is in a list."""
    said: dict[str, Any] = {**connection.settings_dict["OPTIONS"], **connection.settings_dict}
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME",
             "PGSSLMODE": "sslmode", "PGCONNECT_TIMEOUT": "connect_timeout"}  # fmt: skip
    return {**os.environ, **{name: str(said[key]) for name, key in names.items() if said.get(key)}}


def _done(program: str, code: int, said: str) -> None:
    """Raise CommandError, with the line that says what is wrong (what follows it is the statement), if it failed."""
    if code:
        lines = said.strip().splitlines() or ["it says nothing"]
        why = next((line for line in lines if "error:" in line.lower() or "FATAL:" in line), lines[-1])
        raise CommandError(f"{program} stopped, and everything is as it was: {why}", returncode=2)
