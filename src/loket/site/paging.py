"""A long list in pages: some rows, which page it is, and how many there are in all as far as it is worth counting.

A count stops at a thousand: counting everything at every look would cost more than the page itself, and "more than
1,000" says enough. Which page and which part of a list is open stands in the address; nothing about anybody does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from django.db.models import IntegerField, QuerySet, Subquery, Value
from django.http import HttpRequest

Row = TypeVar("Row")
SIZE: Final = 25
COUNTED: Final = 1_000
FURTHEST: Final = 9_999


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list. `total` is more than COUNTED where the count stopped, and less than 0 where it is not told.

    `more`: there is a page after this.
    """

    rows: tuple[Row, ...] = ()
    number: int = 1
    total: int = 0
    more: bool = False
    size: int = SIZE
    looked: int = 0  # where rows are picked out of those that were gone through: how many these were

    @property
    def first(self) -> int:
        """The number of the first row in the whole list."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        return self.first + (self.looked or len(self.rows)) - 1

    @property
    def before(self) -> int:
        """The page before this one; 0 where there is none."""
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1 if self.more else 0

    @property
    def many(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > COUNTED

    def holding(self, rows: Sequence[Any]) -> Page[Any]:
        """The same page with these rows: what was read, made ready to be shown."""
        return Page(tuple(rows), self.number, self.total, self.more, self.size)


def asked(request: HttpRequest, name: str = "bladzijde") -> int:
    """Which page is asked for; the first for what is no number."""
    typed = request.GET.get(name, "")
    return min(max(int(typed), 1), FURTHEST) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


def cut(rows: Sequence[Row], number: int, size: int = SIZE) -> Page[Row]:
    """A page of what is at hand."""
    start = (number - 1) * size
    return Page(tuple(rows[start : start + size]), number, len(rows), len(rows) > start + size, size)


def read(rows: QuerySet[Any], number: int, total: int | None = None, size: int = SIZE) -> Page[Any]:
    """A page of a query, in its order. Without `total` it is counted, unless the page itself tells."""
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return of(found, number, count(rows) if total is None and (start or len(found) > size) else total, size)


def of(found: Sequence[Row], number: int, total: int | None, size: int = SIZE) -> Page[Row]:
    """A page of rows that were read with one more than it shows."""
    start = (number - 1) * size
    return Page(tuple(found[:size]), number, start + len(found) if total is None else total, len(found) > size, size)


def count(rows: QuerySet[Any]) -> int:
    """How many there are; COUNTED + 1 says that there are more."""
    return rows.order_by()[: COUNTED + 1].count()


class Counted(Subquery):
    """How many rows of a query there are, up to COUNTED + 1, as a column."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any]) -> None:
        one = Value(1)  # no column: an index alone then tells
        super().__init__(rows.order_by().annotate(counted=one).values("counted")[: COUNTED + 1])


def totals(anchor: QuerySet[Any], parts: Mapping[str, Sequence[QuerySet[Any]]]) -> QuerySet[Any]:
    """How many rows each query of each part of a list has: one row, of which `summed` makes totals.

    `anchor`: any query that finds exactly one row. It only holds the columns.
    """
    return anchor.values_list(*(Counted(rows) for several in parts.values() for rows in several))


def summed(parts: Mapping[str, int], numbers: Sequence[int]) -> dict[str, int]:
    """The total of each part, which consists of so many queries without overlap."""
    left = iter(numbers)
    return {part: min(sum(next(left) for _ in range(many)), COUNTED + 1) for part, many in parts.items()}


def merged(parts: Sequence[QuerySet[Any]], order: str, number: int, size: int = SIZE) -> QuerySet[Any]:
    """Ids, each with the column of the order, on a page of several queries together; one more than the page holds.

    Each query can then be read in this order from an index of its own, which no `OR` allows.
    """
    start = (number - 1) * size
    return together(parts, order)[start : start + size + 1]


def together(parts: Sequence[QuerySet[Any]], order: str) -> QuerySet[Any]:
    """All of them, in that order."""
    first, *others = (rows.order_by().values_list("pk", order.removeprefix("-")) for rows in parts)
    rows = first.union(*others, all=True) if others else first
    return rows.order_by(order, "pk")
