"""Does a log say something about somebody? Each line is one JSON object with fields that are known, and no more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

FIELDS = {"at", "level", "logger", "event", "method", "route", "status", "error", "where"}
# What no line may hold: an id, an address of a page, a mail address, a day of birth, a session, words with a capital
# in the middle of a sentence (names); the moment itself is taken out first.
TELLS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}|/(nl|en)/|@|\d{4}-\d{2}-\d{2}|csrf|sessionid|[A-Z][a-z]+ [A-Z][a-z]+")


def personal(lines: Iterable[str]) -> list[str]:
    """Why lines say too much, at most five; empty if none does. What such a line said is not repeated."""
    found = []
    for number, line in enumerate(lines, 1):
        why = too_much(line)
        if why:
            found.append(f"line {number}: {why}")
    return found[:5]


def too_much(line: str) -> str:
    try:
        said = json.loads(line)
    except ValueError:
        return "is no JSON"
    if not isinstance(said, dict) or set(said) - FIELDS:
        return "has fields that are not known"
    rest = json.dumps({name: value for name, value in said.items() if name != "at"})
    hit = TELLS.search(rest)
    return f"holds what looks like a {'name' if hit[0][:1].isupper() else 'trace'}" if hit else ""
