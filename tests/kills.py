"""Killing a server while it writes: everything that it confirmed must be there, and the log must hold.

A *nest* is a process with Django ready; each *round* it hatches a server of its own process group, in which threads
admit organisations (one row, and its entry in the log) and say each on a pipe after it was confirmed. At a moment that
chance chooses the whole group gets SIGKILL, and sometimes PostgreSQL itself too. Then we look.

SIGKILL is no power cut: what the operating system was given survives. That the database waits for the disk is asserted
from its live settings beside this (`databases.not_durable`).
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.databases import PATIENCE, Postgres, migrated, point, sqlite

ROOT = Path(__file__).parents[1]
THREADS = 3
SERVER_TOO = 0.25  # of the kills take the database server along
LONGEST = 0.2  # seconds that a server may live after its first confirmed write


@dataclass
class Toll:
    """What came of the rounds."""

    kills: int = 0
    confirmed: int = 0
    lost: int = 0
    unsaid: int = 0  # there, though the kill came before it was confirmed: no harm
    entries: int = 0
    broken: str = ""


@contextmanager
def place(kind: str, folder: Path) -> Iterator[tuple[dict[str, Any], Postgres | None]]:
    """A durable database of this kind with our tables."""
    with Postgres(durable=True) if kind == "postgresql" else _nothing() as server:
        if server:
            server.do("CREATE DATABASE kills")
        settings = server.settings("kills") if server else sqlite(folder / "kills.sqlite3")
        migrated(settings)
        yield settings, server


@contextmanager
def _nothing() -> Iterator[None]:
    yield None


def toll(kind: str, folder: Path, kills: int, seed: int) -> Toll:
    """So many kills on a fresh database, and what was lost."""
    from django.conf import settings as django_settings
    from django.db import connection, connections

    from loket.site.databases import live_settings, not_durable

    chance, found = random.Random(seed), Toll()
    with place(kind, folder) as (settings, server):
        wrong = not_durable(connection.vendor, live_settings(connection), sqlite3.sqlite_version_info)
        assert wrong == [], wrong
        connections.close_all()
        # The class that makes a new file private: the file is there.
        said = {name: value for name, value in settings["OPTIONS"].items() if name != "factory"}
        environment = {**os.environ, "SCHAKEL_KEYS": django_settings.LOKET_KEY_FILE, "PYTHONPATH": str(ROOT),
                       "SCHAKEL_DATABASE": json.dumps({**settings, "OPTIONS": said})}  # fmt: skip
        nest = subprocess.Popen(
            [sys.executable, "-m", "tests.kills"], env=environment, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        try:
            for number in range(kills):
                _round(nest, number, chance, found, server)
        finally:
            nest.kill()
            nest.wait()
            for pipe in (nest.stdin, nest.stdout):
                if pipe:
                    pipe.close()
            connections.close_all()
    return found


def _round(
    nest: subprocess.Popen[str], number: int, chance: random.Random, found: Toll, server: Postgres | None
) -> None:
    """One server: hatched, left to write, killed, and what it confirmed looked for."""
    assert nest.stdin
    assert nest.stdout
    nest.stdin.write(f"{number}\n")
    nest.stdin.flush()
    group = int(nest.stdout.readline())
    said: list[str] = []
    first = threading.Event()

    def listen() -> None:
        for line in nest.stdout or ():
            if line == "dead\n":  # the nest says so when the server's end of the pipe is closed
                return
            said.append(line.strip())
            first.set()

    ear = threading.Thread(target=listen)
    ear.start()
    first.wait(PATIENCE)
    time.sleep(chance.uniform(0, LONGEST))
    os.killpg(group, signal.SIGKILL)
    if server and chance.random() < SERVER_TOO:
        os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait()
        server.start()
    ear.join()
    _look(said, number, found)


def _look(said: list[str], number: int, found: Toll) -> None:
    """What was confirmed, beside what is there."""
    from django.db import connections

    from loket.accounts.models import Organisation
    from loket.audit import queries
    from loket.audit.models import Entry

    connections.close_all()
    there = set(Organisation.objects.filter(name__startswith=f"{number}-").values_list("name", flat=True))
    verdict = queries.verdict()
    found.kills += 1
    found.confirmed += len(said)
    found.lost += len(set(said) - there)
    found.unsaid += len(there - set(said))
    found.entries = Entry.objects.count()
    if not verdict.holds or found.entries != Organisation.objects.count():
        found.broken = found.broken or f"kill {number}: {verdict.why or 'rows and entries differ'}"
    connections.close_all()


def main() -> None:
    """The nest: for every line that comes in, a server that writes until it is killed."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "loket.site.settings.test"
    django.setup()
    from django.conf import settings

    settings.LOKET_KEY_FILE = os.environ["SCHAKEL_KEYS"]
    point(json.loads(os.environ["SCHAKEL_DATABASE"]))
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setsid()
            serve(line.strip())
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


def serve(number: str) -> None:
    """Write until killed; a name is said after the transaction was confirmed."""
    from loket.accounts.actions import admit_organisation

    os.write(1, f"{os.getpid()}\n".encode())

    def write(thread: int) -> None:
        count = 0
        while True:
            name = f"{number}-{thread}-{count}"
            admit_organisation(by=None, name=name, kind="shelter")
            os.write(1, f"{name}\n".encode())
            count += 1

    threads = [threading.Thread(target=write, args=(thread,)) for thread in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
