"""Values of what was read, where a database has no ids, moments and truths of its own (SQLite).

Django asks each converter of each column for each row. A page reads hundreds of ids and moments, and those take a
fraction of that when they are read column by column. What comes out is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

Reader = Callable[[Any], Any]


def quickly(done: list[Any]) -> Reader | None:
    """How a value becomes what these converters of Django make of it; None: they are not among those known here."""
    known: dict[str, Reader] = {
        "convert_uuidfield_value": UUID, "convert_datetimefield_value": _moment, "convert_booleanfield_value": bool,
    }  # fmt: skip
    name = getattr(done[0], "__name__", "") if len(done) == 1 else ""
    ours = done == [getattr(connection.ops, name, None)] and connection.timezone is UTC
    return known.get(name) if ours else None


def _moment(value: Any) -> datetime:
    one: datetime = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return one if one.tzinfo else one.replace(tzinfo=UTC)


def values_of(rows: Iterable[Any], readers: Mapping[int, Reader]) -> list[list[Any]]:
    """Rows with these columns read; an id that stands in many rows is read once, and is the same object in each."""
    ids: dict[str, UUID] = {}
    found = [list(row) for row in rows]
    for place, read in readers.items():
        for row in found:
            value = row[place]
            if value is None:
                continue
            if read is UUID:
                if value not in ids:
                    ids[value] = UUID(value)
                row[place] = ids[value]
            else:
                row[place] = read(value)
    return found
