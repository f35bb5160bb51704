"""Where the counter keeps things: an embedded SQLite file, or PostgreSQL. Plain functions, for the settings to call.

Correctness before speed in every setting, because what is lost here is the only word of somebody:

* SQLite takes its lock when a transaction begins (IMMEDIATE): with the default, half of the concurrent writes failed
  when it was measured. `synchronous=FULL`: what was confirmed has reached the disk.
* The write-ahead log only where SQLite no longer has the *WAL-reset* race (two connections that write or checkpoint at
  once can lose a commit): 3.51.3, or the lines in which it was mended.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from loket.site.environment import whole_number
from loket.site.trouble import OLD_TABLES

MENDED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))  # the first of its line with the repair; later lines all have it
JOURNALS = ("WAL", "TRUNCATE", "DELETE")
PREPARED = {"server_side_binding": True, "prepare_threshold": 3}  # a question is prepared when it comes a third time
WAIT = 2  # seconds for a server that does not answer; one that refuses says so at once
GONE = 5_000  # milliseconds after which a server that confirms nothing of what was sent is taken to be gone
KEPT = 3_600  # seconds that a connection is kept: what PostgreSQL remembers for it grows
MOST_PREPARED = 400  # all that the counter asks; the driver keeps a hundred, and begins to count anew beyond that
PRAGMAS = ("synchronous=FULL", "cache_size=-20000", "temp_store=MEMORY", "journal_size_limit=67108864", "mmap_size=0")


def mended(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite can write ahead without the race."""
    return version >= MENDED[0] or any(version[:2] == line[:2] and version >= line for line in MENDED)


def best_journal(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str:
    """WAL where it is safe, otherwise TRUNCATE: slower, and it loses nothing."""
    return "WAL" if mended(version) else "TRUNCATE"


class Private(sqlite3.Connection):
    """A connection that makes a file which is not there readable by its owner only, whatever the umask.

    Its journal takes the mode of the file. That the file cannot be made, SQLite says itself.
    """

    def __init__(self, database: str, *rest: Any, **options: Any) -> None:
        if not database.startswith((":memory:", "file:")) and not os.path.exists(database):
            with contextlib.suppress(OSError):
                make_private(database)
        super().__init__(database, *rest, **options)


def make_private(path: str) -> None:
    """An empty file for its owner only. It gets its name once it is closed: to close a file takes the locks from it
    that SQLite holds in another thread."""
    made = f"{path}.{secrets.token_hex(8)}.new"
    os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        os.link(made, path)
    finally:
        os.unlink(made)


def sqlite(path: Path | str, journal: str = "") -> dict[str, Any]:
    """The settings for an embedded database in this file (a local disk; over a network the locks do not hold)."""
    pragmas = (f"journal_mode={journal or best_journal()}", *PRAGMAS)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,  # a new connection reads every table's definition anew: two milliseconds a page
        "OPTIONS": {
            "factory": Private,
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "; ".join(f"PRAGMA {pragma}" for pragma in pragmas),
        },
    }


def postgresql(environment: Mapping[str, str]) -> dict[str, Any]:
    """The settings for PostgreSQL 15 or newer, from the variables LOKET_DATABASE_*.

    A question that comes again is planned once a connection: planning costs PostgreSQL more than answering most of
    them. So each thread keeps its connection, which also costs a request less than fetching one from a pool does. The
    first question of a request finds out whether it still leads anywhere (a server that was started anew closed it),
    and takes a new one if not. Behind a pooler (`LOKET_DATABASE_POOL=0`, such as for PgBouncer) the next question may
    come to another connection: none is kept, and nothing is prepared.

    A page that has no answer within the seconds of `WAIT` says so: the threads that wait are those of the public pages.
    """
    said = {
        name: environment.get(f"LOKET_DATABASE_{name}", "") for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    }
    kept = whole_number(environment, "LOKET_DATABASE_POOL", 1) > 0
    options: dict[str, Any] = {"connect_timeout": WAIT, "tcp_user_timeout": GONE, **(PREPARED if kept else {})}
    if environment.get("LOKET_DATABASE_SSLMODE"):
        options["sslmode"] = environment["LOKET_DATABASE_SSLMODE"]
    age = {"CONN_MAX_AGE": KEPT if kept else 0, "CONN_HEALTH_CHECKS": kept}
    return {"ENGINE": "django.db.backends.postgresql", **said, **age, "OPTIONS": options}


def from_environment(environment: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """PostgreSQL if LOKET_DATABASE_NAME names one, otherwise the embedded file in this folder."""
    if environment.get("LOKET_DATABASE_NAME"):
        return postgresql(environment)
    return sqlite(folder / "schakel.sqlite3", environment.get("LOKET_SQLITE_JOURNAL", ""))


def live_settings(connection: Any) -> dict[str, str]:
    """What the database itself says about keeping what it confirmed, by name (in its own words)."""
    names = ("journal_mode", "synchronous", "foreign_keys")
    asked = [f"PRAGMA {name}" for name in names]
    if connection.vendor == "postgresql":
        names = ("fsync", "synchronous_commit", "full_page_writes", "server_version_num")
        asked = [f"SHOW {name}" for name in names]
    answers = {}
    with connection.cursor() as cursor:
        for name, question in zip(names, asked, strict=True):
            cursor.execute(question)
            answers[name] = str(cursor.fetchone()[0])
    return answers


def not_durable(vendor: str, live: Mapping[str, str], version: tuple[int, int, int]) -> list[str]:
    """What in the live settings could lose what was confirmed, or lets rows point at nothing; empty if all is well."""
    if vendor == "postgresql":
        wrong = [f"{name} is off" for name in ("fsync", "full_page_writes") if live[name] != "on"]
        wrong += ["synchronous_commit is off"] if live["synchronous_commit"] == "off" else []
        return wrong + (["PostgreSQL is older than 15"] if int(live["server_version_num"]) < 150_000 else [])
    wrong = [] if live["synchronous"] in ("2", "3") else ["synchronous is not FULL"]
    wrong += [] if live["foreign_keys"] == "1" else ["foreign keys are not enforced"]
    journal = live["journal_mode"].upper()
    if journal == "WAL" and not mended(version):
        wrong.append(f"journal mode WAL with SQLite {'.'.join(map(str, version))}, which can lose a commit in it")
    return wrong + ([] if journal in JOURNALS else [f"journal mode {journal} keeps nothing safe"])


def keep_prepared(connection: Any, **_: Any) -> None:
    """Let a new connection keep every question that it prepares (a receiver of `connection_created`)."""
    if connection.vendor == "postgresql" and "prepare_threshold" in connection.settings_dict["OPTIONS"]:
        connection.connection.prepared_max = MOST_PREPARED


def count_anew(connection: Any) -> None:
    """Let SQLite look how its tables are filled, so that it takes the index that leads to the fewest rows.

    Without, it goes through all tasks of an organisation to find those of one person. It reads a sample of each index
    only. PostgreSQL does the same by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")


def tables_are_old() -> bool:
    """Whether `migrate` has something to do. Raises OperationalError if the database does not answer."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def out_of_order() -> list[str]:
    """What keeps this installation from its work, in sentences that name no place; nothing without a database."""
    from django.conf import settings
    from django.db import DatabaseError, connection

    if not settings.DATABASES.get("default", {}).get("ENGINE", "").startswith("django.db.backends."):
        return []
    try:
        wrong = not_durable(connection.vendor, live_settings(connection), sqlite3.sqlite_version_info)
        return [*wrong, OLD_TABLES] if tables_are_old() else wrong
    except DatabaseError:
        return ["the database does not answer"]
