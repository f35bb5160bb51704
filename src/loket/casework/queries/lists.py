"""Lists of referrals and of requests for a place: in groups by what is waited for, each in pages.

A group is put together from the two sides on which an organisation stands and the states on each side, so that each
part is read from one index in the order in which it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from loket.accounts.models import Organisation
from loket.accounts.people import Member
from loket.site import paging
from loket.site.prepared import Prepared, prepared

Row = TypeVar("Row")
Parts = Mapping[str, Sequence[QuerySet[Any]]]
FEW: Final = paging.SIZE  # with no more than this, all groups stand on one page


@dataclass(frozen=True)
class Group(Generic[Row]):
    """One group of a list: its name, how many it holds, and its page; empty where another group is open."""

    name: str
    total: int
    page: paging.Page[Row]


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """A list in groups. `open` is the one that is shown in pages; empty: there are so few that all are shown."""

    groups: tuple[Group[Row], ...]
    open: str

    @property
    def any(self) -> bool:
        return bool(self.groups)

    @property
    def shown(self) -> tuple[Group[Row], ...]:
        """The groups whose rows stand on the page."""
        return tuple(one for one in self.groups if self.open in ("", one.name))


def sides(
    rows: QuerySet[Any], organisation: UUID, receiver: str, groups: Mapping[str, Sequence[tuple[str, str]]]
) -> dict[str, list[QuerySet[Any]]]:
    """The parts of each group; `receiver` is the column of the other side, a pair is a side and a state."""
    sent = rows.filter(sender=organisation)
    got = rows.filter(**{receiver: organisation}).exclude(sender=organisation)
    return {name: [(sent if side == "sender" else got).filter(state=state) for side, state in pairs]
            for name, pairs in groups.items()}  # fmt: skip


class Groups:
    """A list in groups, of which the SQL is made once for each group, page and kind of member.

    `make` gives the queries of each group for an organisation, and for whether it is the registration point that asks;
    `orders` the column in which each group is shown.
    """

    def __init__(self, make: Callable[[UUID, bool], Parts], orders: Mapping[str, str]) -> None:
        self.make, self.orders = make, orders
        self.many = lru_cache(
            lambda registrar: {name: len(rows) for name, rows in make(UUID(int=0), registrar).items()}
        )
        self.asked = lru_cache(maxsize=512)(self._prepared)

    def _prepared(self, registrar: bool, name: str, number: int, size: int) -> Prepared:
        if not name:
            return prepared(lambda organisation: paging.totals(
                Organisation.objects.filter(pk=organisation), self.make(organisation, registrar)))  # fmt: skip
        return prepared(lambda organisation: paging.merged(
            self.make(organisation, registrar)[name], self.orders[name], number, size))  # fmt: skip

    def totals(self, by: Member) -> dict[str, int]:
        """How many each group holds, as far as it is counted: one question."""
        registrar = by.role == "registrar"
        return paging.summed(self.many(registrar), self.asked(registrar, "", 0, 0)(UUID(by.organisation))[0])

    def ids(self, by: Member, name: str, number: int = 1, size: int = paging.SIZE) -> list[Any]:
        """The ids on a page of one group, and one more where there is a page after it."""
        found = self.asked(by.role == "registrar", name, number, size)(UUID(by.organisation))
        return [pk for pk, _ in found]

    def every(self, by: Member, number: int, size: int) -> list[Any]:
        """The ids on a page of all groups together, one group after the other, and one more where another page follows:
        for a program, which may go through all of them."""
        skip, found = (number - 1) * size, list[Any]()
        for name, rows in self.make(UUID(by.organisation), by.role == "registrar").items():
            total = sum(one.order_by().count() for one in rows)
            found += [pk for pk, _ in paging.together(rows, self.orders[name])[skip : skip + size + 1 - len(found)]]
            skip = max(skip - total, 0)
            if len(found) > size:
                break
        return found

    def listed(
        self, by: Member, asked: str, number: int, shown: Callable[[list[Any]], Mapping[Any, Row]]
    ) -> Listed[Row]:
        """The groups with something in them, and the rows of the one that is asked for; where there are few, of all.

        `shown` makes rows of ids.
        """
        totals = {name: total for name, total in self.totals(by).items() if total}
        few = sum(totals.values()) <= FEW and not asked
        opened = "" if few else asked if asked in totals else next(iter(totals), "")
        number = 1 if few else number
        found = {name: self.ids(by, name, number) for name in totals if few or name == opened}
        rows = shown([pk for ids in found.values() for pk in ids[: paging.SIZE]])
        pages = {name: _page(ids, rows, number, totals[name]) for name, ids in found.items()}
        return Listed(
            tuple(Group(name, total, pages.get(name, paging.Page())) for name, total in totals.items()), opened
        )


def _page(ids: list[Any], rows: Mapping[Any, Row], number: int, total: int) -> paging.Page[Row]:
    here = tuple(rows[pk] for pk in ids[: paging.SIZE] if pk in rows)
    return paging.Page(here, number, total, more=len(ids) > paging.SIZE)
