"""What keeps a command or a page from its work, as one sentence: the database does not answer, a file is not ours.

The words of the database are repeated only where they are about the connection: of a statement they may quote a row.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import Error, InterfaceError, OperationalError

LOST = (OperationalError, InterfaceError)  # it does not answer now: nothing is wrong with what was asked
OLD_TABLES = "The tables are not those of this version: run `loket migrate`."
# Classes of SQLSTATE that PostgreSQL answers to somebody who wants to come in, or sends away whoever is in.
AT_THE_DOOR = ("08", "28", "3D", "53", "57P")
BEFORE = re.compile(r"^(connection (failed|is bad): )+")  # what the driver says first says nothing
LOOK = {
    "postgresql": "See whether PostgreSQL runs, and LOKET_DATABASE_NAME, _USER, _PASSWORD, _HOST, _PORT, _SSLMODE.",
    "sqlite": "Look at LOKET_DATA: the folder must be there, and this user must be able to write in it.",
}


def reason(error: BaseException) -> str:
    """Why the database does not answer, in one line: its own words, or the name of the error where those may quote."""
    cause: Any = error.__cause__ or error
    state, name = getattr(cause, "sqlstate", None), getattr(cause, "sqlite_errorname", "")
    quiet = name == "SQLITE_ERROR" or bool(state and not state.startswith(AT_THE_DOOR))
    lines = [] if quiet else str(cause).strip().splitlines()
    return " ".join(BEFORE.sub("", lines[0]).split()).rstrip(".") if lines else type(cause).__name__


def is_away(error: BaseException | None) -> bool:
    """Whether the database does not answer now, or is in the way of itself (locked, full): to try again may help.

    SQLite calls a statement that is wrong by the same class; that is a fault of ours.
    """
    cause: Any = error and (error.__cause__ or error)
    return isinstance(error, LOST) and getattr(cause, "sqlite_errorname", "") != "SQLITE_ERROR"


def no_such_table(error: BaseException) -> bool:
    """Whether this is a database that the tables were not made in, or not those of this version."""
    cause: Any = error.__cause__ or error
    state = getattr(cause, "sqlstate", "")
    return state in ("42P01", "42703") or str(cause).startswith(("no such table", "no such column"))


def sentence(error: BaseException) -> str:
    """What is wrong, where, and what to do next; empty for what is a fault of ours, which needs its trace."""
    if isinstance(error, Error) and no_such_table(error):
        return OLD_TABLES
    if is_away(error):
        from django.db import connection

        return f"The database cannot be used: {reason(error)}. {LOOK[connection.vendor]}"
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}. Choose another place, or let this user in there."
    return ""
