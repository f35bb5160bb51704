"""What `loket check` says about the database: SQLite that could lose a commit is an error, not a note."""

from __future__ import annotations

import os
import sqlite3
import stat
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connection

from loket.site.databases import JOURNALS, live_settings, mended, not_durable
from loket.site.trouble import sentence


def embedded() -> str:
    """The opening statements of an embedded database, in capitals; empty if there is none."""
    default = settings.DATABASES.get("default", {})
    if not str(default.get("ENGINE", "")).endswith("sqlite3"):
        return ""
    return str(default.get("OPTIONS", {}).get("init_command", "-")).upper()


@register(Tags.compatibility)
def journal_is_safe(**_: Any) -> list[CheckMessage]:
    """No write-ahead log before the versions in which its race was mended, and the lock at the start."""
    said = embedded()
    if not said:
        return []
    found: list[CheckMessage] = []
    if "JOURNAL_MODE=WAL" in said and not mended(sqlite3.sqlite_version_info):
        text = f"SQLite {sqlite3.sqlite_version} can lose a commit in WAL mode (mended in 3.51.3, 3.50.7 and 3.44.6)."
        found.append(Error(text, hint="Leave LOKET_SQLITE_JOURNAL empty: TRUNCATE is then used.", id="loket.E010"))
    if not any(f"JOURNAL_MODE={journal}" in said for journal in JOURNALS) or "SYNCHRONOUS=FULL" not in said:
        text = "The embedded database does not wait until what it confirms is on the disk."
        found.append(Error(text, hint="Make the settings with loket.site.databases.sqlite.", id="loket.E011"))
    if settings.DATABASES["default"].get("OPTIONS", {}).get("transaction_mode") != "IMMEDIATE":
        text = "Transactions do not take their lock at the start: about half of the concurrent writes would fail."
        found.append(Error(text, hint="Make the settings with loket.site.databases.sqlite.", id="loket.E012"))
    return found


@register(Tags.security, deploy=True)
def live_database_is_durable(**_: Any) -> list[CheckMessage]:
    """What the database itself says: settings in a file are a wish."""
    if not str(settings.DATABASES.get("default", {}).get("ENGINE", "")).startswith("django.db.backends."):
        return []
    try:
        wrong = not_durable(connection.vendor, live_settings(connection), sqlite3.sqlite_version_info)
    except DatabaseError as error:
        return [Error(sentence(error) or "The database cannot be used: start it.", id="loket.E013")]
    return [Error(f"The database: {one}.", id="loket.E014") for one in wrong]


@register(Tags.security, deploy=True)
def embedded_file_is_private(**_: Any) -> list[CheckMessage]:
    """The file, and the journal that takes its mode, are made for their owner only; an older one may not be."""
    name = str(settings.DATABASES.get("default", {}).get("NAME", ""))
    if not embedded() or not os.path.isfile(name) or not os.stat(name).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    return [Error(f"Others than its owner can read {name}: chmod 600 it.", id="loket.E015")]
