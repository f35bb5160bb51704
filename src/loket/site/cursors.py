"""One cursor a connection, for statements whose rows are read at once.

Making a cursor takes Django and the driver about as long as asking a small question, and a page asks a dozen.
"""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


def database() -> Any:
    """The connection itself: what Django calls `connection` looks it up anew at each word that is asked of it."""
    return connections[DEFAULT_DB_ALIAS]


def cursor(db: Any) -> Any:
    """The cursor of this connection. Read what was asked before the next statement; it is never closed by hand.

    It goes with the connection: a new one (after an error, or an hour) has a cursor of its own. Where
    statements are being written down (tests, DEBUG) Django makes the cursor that does so. Before the first statement
    of a request Django asks whether the connection that was kept still leads anywhere; so does this.
    """
    db.close_if_health_check_failed()
    db.ensure_connection()
    if db.queries_logged:
        return db.cursor()
    known = db.__dict__.get("_loket_cursor")
    if known is None or known[0] is not db.connection:
        known = db.__dict__["_loket_cursor"] = (db.connection, db.cursor())
    return known[1]
