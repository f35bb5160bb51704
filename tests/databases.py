"""Both databases for the tests of the counter: each test finds the tables empty, on either.

PostgreSQL is started from Debian's package (postgresql) as a user that is not root, in a folder of its own, where its
socket is too: it has no port that somebody else could have taken. It is stopped, and the folder removed, when the tests
are done. Nothing of the machine's own clusters is touched. Every worker of xdist has its own.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KINDS = ("sqlite", "postgresql")
TEMPLATE = "template.sqlite3"
PATIENCE = 120  # seconds to wait for a start or a lock: nothing is timed on a busy machine
STAY = {"django_migrations", "django_content_type", "auth_permission"}  # what `migrate` itself fills
NO_POSTGRES = "PostgreSQL is not on this machine: apt-get install postgresql (15 or newer)"


def programs() -> Path | None:
    """The folder with initdb and postgres of the newest version that Debian installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else None


@dataclass
class Postgres:
    """A running server. fsync is off unless durability is what is tested."""

    durable: bool = False
    buffers: str = "16MB"
    folder: Path = field(init=False)
    process: subprocess.Popen[bytes] = field(init=False)

    def __enter__(self) -> Postgres:
        bins = programs()
        assert bins is not None, NO_POSTGRES
        self.folder = Path(tempfile.mkdtemp(prefix="schakel-pg-"))
        if os.getuid() == 0:
            shutil.chown(self.folder, self._user)
        self._run([str(bins / "initdb"), "-D", self._data, "-U", "schakel", "-A", "trust", "-E", "UTF8", "-N",
                   "--no-locale"])  # fmt: skip
        self.start()
        return self

    def start(self) -> None:
        """Start the server and wait until it answers; also after it was killed.

        What a killed server leaves behind for a moment (its processes find out by themselves that it is gone) keeps
        the next one from starting: that is tried again.
        """
        import psycopg

        until = time.monotonic() + PATIENCE
        self._begin()
        while time.monotonic() < until:
            try:
                self.do("SELECT 1")
                return
            except psycopg.OperationalError:  # not yet: it starts, or mends itself after a kill
                time.sleep(0.05)
            if self.process.poll() is not None:
                self._begin()
        raise RuntimeError("PostgreSQL did not start")

    def _begin(self) -> None:
        bins = programs()
        assert bins is not None
        quick = (
            [] if self.durable else ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
        )
        self.process = subprocess.Popen(
            [str(bins / "postgres"), "-D", self._data, "-c", "listen_addresses=",
             "-c", f"unix_socket_directories={self.folder}", "-c", f"shared_buffers={self.buffers}", *quick],
            cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, **self._as_user,
        )  # fmt: skip

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)  # at once: nothing in it is kept
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    @property
    def _user(self) -> str:
        names = {entry.pw_name for entry in pwd.getpwall()}
        return "postgres" if "postgres" in names else "nobody"

    @property
    def _as_user(self) -> dict[str, Any]:
        return {"user": self._user, "extra_groups": []} if os.getuid() == 0 else {}

    def _run(self, command: list[str]) -> None:
        subprocess.run(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, **self._as_user
        )

    def settings(self, name: str) -> dict[str, Any]:
        """As in production, but without its pool, whose connections would outlive a test and a server."""
        from loket.site.databases import PREPARED, postgresql

        said = {"NAME": name, "USER": "schakel", "HOST": str(self.folder), "POOL": "0"}
        made = postgresql({f"LOKET_DATABASE_{key}": value for key, value in said.items()})
        return {**made, "OPTIONS": {**made["OPTIONS"], **PREPARED}}

    def do(self, statement: str) -> None:
        """One statement as the owner of the server, outside any transaction."""
        import psycopg

        with psycopg.connect(host=str(self.folder), user="schakel", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]


def point(settings: Mapping[str, Any]) -> None:
    """Let Django's default database be this one, in every thread."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connections

    connections.close_all()
    connections.settings["default"] = connections.configure_settings({"default": dict(settings)})["default"]
    with contextlib.suppress(AttributeError):
        del connections["default"]
    ContentType.objects.clear_cache()


class Stock:
    """The templates, made when they are first asked for, and the servers they live on.

    Our migrations take seconds, so the embedded template is made once for all workers that share a folder.
    """

    def __init__(self, shared: Path | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="schakel-db-"))
        self.shared = shared or self.folder
        self.postgres: Postgres | None = None
        self.templates: set[str] = set()
        self.made = 0

    def close(self) -> None:
        if self.postgres:
            self.postgres.__exit__()
        shutil.rmtree(self.folder, ignore_errors=True)

    def fresh(self, kind: str) -> dict[str, Any]:
        """The settings of a database with our tables and nothing in them."""
        self.made += 1
        if kind not in self.templates:
            self._make_template(kind)
            self.templates.add(kind)
        if kind == "sqlite":
            path = self.folder / f"{self.made}.sqlite3"
            shutil.copyfile(self.shared / TEMPLATE, path)
            return sqlite(path)
        assert self.postgres
        return self.postgres.settings("schakel")

    def clean(self, settings: Mapping[str, Any]) -> None:
        """Leave nothing of a test: the file goes; the tables on the server are emptied, which is quicker than new ones.

        Triggers are off for this one connection, so that the log can be emptied too; nobody but the owner of the server
        can do that.
        """
        from django.db import connection, connections

        if "sqlite" in settings["ENGINE"]:
            Path(settings["NAME"]).unlink(missing_ok=True)
            return
        names = sorted(set(connection.introspection.table_names()) - STAY)
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("; ".join(f'DELETE FROM "{name}"' for name in names))
        connections.close_all()

    def _make_template(self, kind: str) -> None:
        if kind == "sqlite":
            self._make_embedded()
        else:
            self.postgres = Postgres()
            self.postgres.__enter__()
            self.postgres.do("CREATE DATABASE schakel")
            migrated(self.postgres.settings("schakel"))

    def _make_embedded(self) -> None:
        """Whoever comes first makes it, under another name until it is whole; the others wait for the lock."""
        with (self.shared / f"{TEMPLATE}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (self.shared / TEMPLATE).exists():
                migrated(sqlite(self.folder / TEMPLATE))
                shutil.copyfile(self.folder / TEMPLATE, self.shared / f"{TEMPLATE}.new")
                (self.shared / f"{TEMPLATE}.new").rename(self.shared / TEMPLATE)


def migrated(settings: Mapping[str, Any]) -> None:
    """Point at this database and make our tables in it."""
    from django.core.management import call_command
    from django.db import connections

    point(settings)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()


def sqlite(path: Path) -> dict[str, Any]:
    """As in production, but more patient with a lock."""
    from loket.site.databases import sqlite as embedded

    made = embedded(path)
    return {**made, "OPTIONS": {**made["OPTIONS"], "timeout": PATIENCE}}


@contextlib.contextmanager
def no_blocker(blocker: Any) -> Iterator[None]:
    """pytest-django keeps tests from the database of the settings; ours is another one for each test."""
    with blocker.unblock() if blocker is not None else contextlib.nullcontext():
        yield


def in_threads(count: int, work: Any) -> list[Any]:
    """The same work in threads of its own, each with its own connection; what went wrong is raised here."""
    from django.db import connections

    answers: list[Any] = []

    def run(number: int) -> None:
        try:
            answers.append(work(number))
        except BaseException as error:  # noqa: BLE001  (raised again in the thread of the test)
            answers.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
    return answers
