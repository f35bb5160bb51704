"""One's own deadlines as a calendar (iCalendar, RFC 5545), without a word about a person or a case.

An event says that there is work with a last day, and nothing else: a calendar lies open on a telephone, and is copied
to servers that nobody here knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from schakel.vocabulary.texts import text

TITLE: Final = text({"nl": "Laatste dag voor iets bij het loket", "en": "Last day for something at the counter"})
NAME: Final = text({"nl": "Loket", "en": "Counter"})
LONGEST_LINE: Final = 75  # bytes, by the standard


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day to keep to. `id` is random and means nothing elsewhere; several tasks of one day are one event."""

    id: str
    due: date


def calendar(deadlines: Iterable[Deadline], now: datetime, lang: str, *, address: str = "") -> str:
    """The calendar: one event a day, on that whole day. `now` is in UTC; `address` leads to one's work."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Schakel//Loket//NL", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(NAME(lang))}", "REFRESH-INTERVAL;VALUE=DURATION:PT4H", "X-PUBLISHED-TTL:PT4H",
    ]  # fmt: skip
    days: dict[date, str] = {}
    for one in deadlines:
        days[one.due] = min(one.id, days.get(one.due, one.id))
    for day, id_ in sorted(days.items()):
        lines += [
            "BEGIN:VEVENT", f"UID:{id_}@schakel.invalid", f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(TITLE(lang))}", *([f"URL:{address}"] if address else []),
            "CLASS:PRIVATE", "TRANSP:TRANSPARENT", "END:VEVENT",
        ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _escaped(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line of at most 75 bytes; what is longer goes on after a line end and a blank."""
    parts: list[str] = []
    now = ""
    for sign in line:
        if len((now + sign).encode()) > LONGEST_LINE - (1 if parts else 0):
            parts.append(now)
            now = ""
        now += sign
    return "\r\n ".join([*parts, now])
