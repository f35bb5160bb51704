"""A list in pages whose SQL is made once for each page: `loket.site.paging` with prepared questions."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet, Value

from loket.site import paging
from loket.site.prepared import Prepared, prepared


class Pages:
    """`make` gives the rows in their order, for ids and other values as a prepared question takes them."""

    def __init__(self, make: Callable[..., QuerySet[Any]], size: int = paging.SIZE) -> None:
        self.make, self.size = make, size
        self.page = functools.lru_cache(maxsize=256)(self._page)
        self.counted = prepared(self._like(lambda rows: rows.order_by().annotate(one=Value(1)).values_list("one"),
                                           0, paging.COUNTED + 1))  # fmt: skip

    def read(self, number: int, *given: Any) -> paging.Page[Any]:
        """One page. How many there are is counted where the page itself does not tell."""
        found = self.page(number)(*given)
        alone = number == 1 and len(found) <= self.size
        return paging.of(found, number, None if alone else len(self.counted(*given)), self.size)

    def _page(self, number: int) -> Prepared:
        start = (number - 1) * self.size
        return prepared(self._like(lambda rows: rows, start, start + self.size + 1))

    def _like(self, turn: Callable[..., QuerySet[Any]], start: int, end: int) -> Callable[..., QuerySet[Any]]:
        """The question as it was given, turned and cut: with its arguments, which say what is an id."""

        @functools.wraps(self.make)
        def rows(*given: Any) -> QuerySet[Any]:
            return turn(self.make(*given))[start:end]

        return rows
