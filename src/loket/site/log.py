"""Log lines that cannot say anything about a visitor or a situation."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime


class BareLine(logging.Formatter):
    """One JSON object a line: when, level, logger, and for our own loggers the event with its fields.

    The words of other loggers are left out on purpose: Django and the application server put paths, queries, host names
    and addresses in theirs. Of an exception only its class and place are written, because its message may quote a form.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        line: dict[str, object] = {"at": at, "level": record.levelname, "logger": record.name}
        if record.name.split(".")[0] == "loket":
            line |= {"event": record.getMessage(), **getattr(record, "fields", {})}
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "where": place(record)}
        return json.dumps(line, ensure_ascii=False)


def place(record: logging.LogRecord) -> str:
    """Module file and line of the innermost frame, without the folder it is installed in."""
    frames = traceback.extract_tb(record.exc_info[2]) if record.exc_info else []
    return f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "unknown"
