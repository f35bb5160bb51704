"""Log lines that cannot say anything about a visitor or a situation."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

LOKET = Path(__file__).parents[1]


class BareLine(logging.Formatter):
    """One JSON object a line: when, level, logger, and for our own loggers the event with its fields.

    The words of other loggers are left out on purpose: Django and the application server put paths, queries, host names
    and addresses in theirs. Of an exception only its class and place are written, because its message may quote a form;
    but what we ourselves say about a setting is written whole: it holds nothing of anybody, and who runs this needs it.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        line: dict[str, object] = {"at": at, "level": record.levelname, "logger": record.name}
        if record.name.split(".")[0] == "loket":
            line |= {"event": record.getMessage(), **getattr(record, "fields", {})}
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "where": place(record), **about_settings(record)}
        return json.dumps(line, ensure_ascii=False)


def place(record: logging.LogRecord) -> str:
    """Module file and line of the innermost frame, without the folder it is installed in."""
    frames = traceback.extract_tb(record.exc_info[2]) if record.exc_info else []
    return f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "unknown"


def about_settings(record: logging.LogRecord) -> dict[str, str]:
    """Our own sentence about a setting that is wrong; nothing for any other exception."""
    error = record.exc_info[1] if record.exc_info else None
    frames = traceback.extract_tb(record.exc_info[2]) if record.exc_info else []
    ours = isinstance(error, ImproperlyConfigured) and frames and Path(frames[-1].filename).is_relative_to(LOKET)
    return {"why": str(error)} if ours else {}
