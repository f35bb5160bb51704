"""Birth dates as lists write them: a day, a year only, an age, a placeholder, or nothing.

1 January is what a register writes when day and month are not known. It is read as "that year, day not known", never
as a day: two people with 1 January are not alike for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

PLACEHOLDERS: Final = ("01-01",)
EARLIEST, LATEST = 1000, 2100
_FORMS: Final = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})[-/. ](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<y>\d{4})(?:[-/.](?P<m>\d{1,2}))?"),
    re.compile(r"\D*(?P<y>\d{4})\D*"),
)


@dataclass(frozen=True)
class Birth:
    """What a list says of a birth: the day where it is known, the year, and whether the writing could be read."""

    day: str | None = None
    year: int | None = None
    turned: str | None = None
    """The same day with day and month exchanged, where that is a day too."""
    read: bool = True


def birth(written: str, placeholders: tuple[str, ...] = PLACEHOLDERS) -> Birth:
    """A birth date as it was written. What is no date at all gives `read=False`; nothing is guessed."""
    text = written.strip()
    if not text:
        return Birth()
    for form in _FORMS:
        if found := form.fullmatch(text):
            parts = {name: int(value) for name, value in found.groupdict().items() if value}
            return _of(parts, placeholders)
    return Birth(read=False)


def _of(parts: dict[str, int], placeholders: tuple[str, ...]) -> Birth:
    year, month, day = parts["y"], parts.get("m", 0), parts.get("d", 0)
    if not EARLIEST <= year <= LATEST:
        return Birth(read=False)
    if not (month and day):
        return Birth(year=year)
    found, turned = _day(year, month, day), _day(year, day, month)
    if found is None:
        # A month of 13 is a day that stands in the wrong place; 31 February is a year and nothing more.
        found, turned = turned, None
    if found is None or found[5:] in placeholders:
        return Birth(year=year)
    return Birth(found, year, turned if turned != found else None)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
