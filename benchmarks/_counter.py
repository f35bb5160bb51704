"""The counter as it runs in production, inside this process: its settings, its two databases, and people who ask pages.

Import this first: it makes Django ready with the settings of `production_counter`, in the folder that COUNTER_FOLDER
names (or one that is thrown away at the end).
"""

from __future__ import annotations

import atexit
import io
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django
from _tools import ROOT  # noqa: F401  (puts the tests on the path: their databases are ours)

HOST = "schakel.example"
GIVEN = os.environ.get("COUNTER_FOLDER", "")
FOLDER = Path(GIVEN or tempfile.mkdtemp(prefix="schakel-counter-"))
if not GIVEN:
    atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "loket.site.settings.production_counter", "LOKET_SECRET_KEY": "measured" * 8,
    "LOKET_HOSTS": HOST, "LOKET_STATIC_ROOT": str(FOLDER / "static"), "LOKET_DATA": str(FOLDER / "data"),
    "LOKET_KEY_FILE": str(FOLDER / "data" / "keys.txt"), "LOKET_BEHIND_PROXY": "1",
}  # fmt: skip
os.environ |= ENVIRONMENT
(FOLDER / "data").mkdir(parents=True, exist_ok=True)
FOLDER.chmod(0o711)  # the user of PostgreSQL goes through it to its own folder
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, connections  # noqa: E402

from loket.accounts.models import User  # noqa: E402
from loket.accounts.sessions import SessionStore  # noqa: E402
from loket.site.databases import postgresql, sqlite  # noqa: E402
from loket.vault import keyfile  # noqa: E402
from tests import databases  # noqa: E402

FILE = FOLDER / "data" / "schakel.sqlite3"
TOKEN = "a" * 32
_application: Callable[..., Any] | None = None


def ready() -> None:
    """Static files collected, keys made, and log lines written to nowhere (they are made, as in production)."""
    if not (FOLDER / "static").exists():
        call_command("collectstatic", verbosity=0, interactive=False)
    if not Path(settings.LOKET_KEY_FILE).exists():
        from datetime import date

        keyfile.make(Path(settings.LOKET_KEY_FILE), date.today())  # noqa: DTZ011
    application()  # which configures logging anew
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  (for the whole run)


@dataclass
class Server(databases.Postgres):
    """PostgreSQL in our own folder, that may have been filled by an earlier run; it keeps what it confirmed."""

    durable: bool = True
    buffers: str = "512MB"

    def __enter__(self) -> Server:
        self.folder = FOLDER / "postgresql"
        bins = databases.programs()
        assert bins is not None, databases.NO_POSTGRES
        made = (self.folder / "data").exists()
        if not made:
            self.folder.mkdir(exist_ok=True)
            if os.getuid() == 0:
                shutil.chown(self.folder, self._user)
            self._run([str(bins / "initdb"), "-D", self._data, "-U", "schakel", "-A", "trust", "-E", "UTF8",
                       "--no-locale"])  # fmt: skip
        self.start()
        if not made:
            self.do("CREATE DATABASE schakel")
        return self

    def __exit__(self, *_: object) -> None:
        """Stopped in order, so that a next run finds it whole."""
        self.process.send_signal(2)
        self.process.wait(60)

    def environment(self) -> dict[str, str]:
        said = {"NAME": "schakel", "USER": "schakel", "HOST": str(self.folder)}
        return {f"LOKET_DATABASE_{name}": value for name, value in said.items()}

    def address(self) -> str:
        return f"host={self.folder} user=schakel dbname=schakel"

    def cpu(self) -> float:
        """CPU seconds of every process of this server so far (those that ended are not counted)."""
        spent = 0.0
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rsplit(")", 1)[1].split()
                if int(fields[1]) == self.process.pid:
                    spent += int((path.parent / "schedstat").read_text().split()[0]) / 1e9
            except (FileNotFoundError, ProcessLookupError):
                continue
        return spent


def use(server: Server | None) -> None:
    """Let Django's database be this one, with the settings that production gives it."""
    databases.point(postgresql(server.environment()) if server else sqlite(FILE))


def close() -> None:
    connections.close_all()


class Visitor:
    """Somebody who is signed in with both factors, in one role; asks pages of the site in this process."""

    def __init__(self, member: Any) -> None:
        user, session, now = User.objects.get(pk=member.user), SessionStore(), int(time.time())
        session.update({
            SESSION_KEY: member.user, BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[1],
            HASH_SESSION_KEY: user.get_session_auth_hash(), "two_factors": True, "hat": member.membership,
            "began": now, "seen": now,
        })  # fmt: skip
        session.set_expiry(timedelta(hours=8))
        session.create()
        self.member = member
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"

    def get(self, path: str) -> Ask:
        return Ask(self, path)

    def post(self, path: str, **said: Any) -> Ask:
        return Ask(self, path, {"csrfmiddlewaretoken": TOKEN, **said})


@dataclass(frozen=True)
class Ask:
    """One request. `said`: the fields of a form; None: a page."""

    who: Visitor
    path: str
    said: dict[str, Any] | None = None

    def __call__(self, site: Callable[..., Any] | None = None) -> tuple[int, bytes]:
        """Status and body of the answer, of the site or of another application in this process."""
        body = urlencode(self.said, doseq=True).encode() if self.said is not None else b""
        path, _, query = self.path.partition("?")
        answer: list[int] = []
        environ = {
            "REQUEST_METHOD": "GET" if self.said is None else "POST", "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": HOST, "SERVER_PORT": "443", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": HOST,
            "HTTP_X_FORWARDED_PROTO": "https", "HTTP_REFERER": f"https://{HOST}{path}", "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": self.who.cookie, "REMOTE_ADDR": "127.0.0.1", "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "SCRIPT_NAME": "", "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.multithread": True,
            "wsgi.multiprocess": True, "wsgi.run_once": False, "wsgi.version": (1, 0),
        }  # fmt: skip
        result = (site or application())(environ, lambda status, headers, info=None: answer.append(int(status[:3])))
        text = b"".join(result)
        result.close()
        return answer[0], text


def application() -> Callable[..., Any]:
    global _application
    if _application is None:
        _application = get_wsgi_application()
    return _application


CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET ")


class Watch:
    """What goes to the database while it watches: statements on data, and those that only hold a transaction."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.control = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.upper().startswith(CONTROL):
            self.control += 1
        else:
            self.asked.append(sql)
        return execute(sql, params, many, context)

    def __enter__(self) -> Watch:
        self.inside = connection.execute_wrapper(self)
        self.inside.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self.inside.__exit__(*error)
