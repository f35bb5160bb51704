"""Periods in days, both ends included; an open end is None."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, other: Period) -> bool:
        """Whether the two share at least one day."""
        starts_late = self.first is not None and other.last is not None and self.first > other.last
        ends_early = self.last is not None and other.first is not None and self.last < other.first
        return not (starts_late or ends_early)


def cuts(periods: Iterable[Period]) -> tuple[date, ...]:
    """The first days on which something is different from the day before, in order."""
    days = set()
    for period in periods:
        if period.first is not None:
            days.add(period.first)
        if period.last is not None:
            days.add(period.last + ONE_DAY)
    return tuple(sorted(days))


def intervals(days: Iterable[date], begin: date, end: date | None = None) -> tuple[Period, ...]:
    """The stretches between `days` from `begin` to `end`, within which nothing changes."""
    starts = [begin, *(day for day in sorted(set(days)) if day > begin and (end is None or day <= end))]
    ends: list[date | None] = [start - ONE_DAY for start in starts[1:]]
    return tuple(Period(first, last) for first, last in zip(starts, [*ends, end], strict=True))
