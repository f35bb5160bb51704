"""Server CPU of every page and of every verb, beside the same queries on a bare Django page, and the same rows bare."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import _counter_bare as bare
import _counter_writes as verbs
from _counter import Ask, Server, Watch
from _counter_pages import Guests
from _counter_pages import pages as all_pages
from _tools import cpu_ms, summary

PAGE, WRITE, PLAN, QUERIES = 25.0, 10.0, 40.0, 15
WARM = 8  # a worker that has just begun makes its SQL first


def calmest(read: Callable[..., dict[str, Any]], house: Any, server: Server | None, given: Any) -> dict[str, Any]:
    """Of some readings, for each page or write the one with the lowest median; the yardstick is that of the calmest."""
    readings = [read(house, server, given) for _ in range(given.readings)]
    names = dict.fromkeys(name for one in readings for name in one)
    return {"readings": given.readings,
            **{name: min((one[name] for one in readings if name in one), key=_median) for name in names}}  # fmt: skip


def _median(found: Any) -> float:
    """A reading that went wrong counts as the least calm; the yardstick is a number by itself."""
    return float(found.get("at rest", found.get("median", "inf"))) if isinstance(found, dict) else float(found)


def pages(house: Any, server: Server | None, given: Any) -> dict[str, Any]:
    """Each page: CPU of the site and of PostgreSQL, queries, bytes; beside it the bare page with the same queries."""
    found: dict[str, Any] = {"yardstick, ms": yardstick()}
    for name, make in all_pages(Guests(house), given.items).items():
        if given.match in name:
            asks = make()
            if not asks:
                print(f"{name}: nobody to ask", flush=True)
                continue
            with telling(name, found):
                found[name] = page(name, asks, server, given.rounds)
    return found


@contextmanager
def telling(name: str, found: dict[str, Any]) -> Iterator[None]:
    """A page that did not come as it should is told among the figures, and the others go on."""
    try:
        yield
    except Wrong as error:
        found[name] = {"wrong": str(error)}
        print(f"{name}: WRONG {error}", flush=True)


class Wrong(Exception):
    """Another status than was expected, with the beginning of what the page said."""


def work(count: int) -> None:
    """A fixed piece of Python: what a busy machine adds to every figure shows in it."""
    said: dict[str, int] = {}
    for number in range(count):
        said[str(number % 97)] = len(f"{number} {said.get(str(number % 89), 0)}".split())


def yardstick() -> float:
    """CPU milliseconds of a fixed piece of work."""
    (spent,) = cpu_ms(work, [100_000], 7)
    return round(spent, 1)


class Pace:
    """How much slower the machine was than at rest while something was measured: a little work between the requests.

    At rest 100,000 turns of `work` take 54 ms on this machine (the least of a day); it is twice as slow for minutes on
    end when its neighbours are busy.
    """

    TURNS, AT_REST = 4_000, 54.0 * 4_000 / 100_000

    def __init__(self) -> None:
        self.seen: list[float] = []

    def look(self) -> None:
        began = time.process_time_ns()
        work(self.TURNS)
        self.seen.append((time.process_time_ns() - began) / 1e6)

    def said(self, median: float, *, best: bool = False) -> dict[str, float]:
        """The pace, and the median at that of rest: never more than was measured. `best`: where the least of some
        rounds is told, it was measured at the best pace too."""
        pace = max(1.0, (min if best else statistics.median)(self.seen) / self.AT_REST)
        return {"pace": round(pace, 2), "at rest": round(median / pace, 2)}


def page(name: str, asks: list[Ask], server: Server | None, rounds: int) -> dict[str, Any]:
    """One page, asked of every one of its subjects in some rounds."""
    queries, size = 0, 0
    for one in asks:  # warm, and looked at
        with Watch() as watch:
            status, text = one()
        if status not in (200, 302):
            raise Wrong(f"status {status}: {said(text)}")
        queries, size = max(queries, len(watch.asked)), max(size, len(text))
    before, pace, each = server.cpu() if server else 0.0, Pace(), []
    for _ in range(rounds):
        pace.look()
        each.append(cpu_ms(lambda ask: ask(), asks, 1))
        pace.look()
    spent = summary([min(several) for several in zip(*each, strict=True)])
    database = (server.cpu() - before) * 1e3 / (len(asks) * rounds) if server else None
    beside = bare.beside(asks[0], rounds)
    row = {
        **spent,
        **pace.said(spent["median"], best=True),
        "queries": queries,
        "bytes, packed": size,
        "bare page": beside,
    }
    if database is not None:
        row["PostgreSQL"] = round(database, 2)
    tell(name, row, PAGE)
    return row


def writes(house: Any, server: Server | None, given: Any) -> dict[str, Any]:
    """Each verb, every time on something else; the first few are not counted."""
    found: dict[str, Any] = {"yardstick, ms": yardstick()}
    for name, make in verbs.writes(Guests(house), given.items * 2 + WARM).items():
        if given.match in name:
            asks = make()
            if len(asks) <= WARM:
                print(f"{name}: only {len(asks)} to do it with", flush=True)
                continue
            with telling(name, found):
                found[name] = write(name, asks, server, PLAN if name.startswith("submit") else WRITE)
    if given.match in "submit":
        found["the same rows without plan, log and sealing"] = verbs.same_rows(given.items * 2)
        print("the same rows:", found["the same rows without plan, log and sealing"], flush=True)
    return found


def write(name: str, asks: list[Ask], server: Server | None, limit: float) -> dict[str, Any]:
    spent, queries, pace = [], 0, Pace()
    before = 0.0
    for number, one in enumerate(asks):
        if number == WARM:
            before = server.cpu() if server else 0.0
        with Watch() as watch:
            began = time.process_time_ns()
            status, text = one()
            spent.append((time.process_time_ns() - began) / 1e6)
        if status != 302:
            raise Wrong(f"status {status}: {said(text)}")
        queries = max(queries, len(watch.asked))
        pace.look()
    measured = summary(spent[WARM:])
    row = {**measured, **pace.said(measured["median"]), "statements": queries, "limit": limit}
    if server:
        row["PostgreSQL"] = round((server.cpu() - before) * 1e3 / (len(asks) - WARM), 2)
    tell(name, row, limit)
    return row


def tell(name: str, row: dict[str, Any], limit: float) -> None:
    over = "" if row["at rest"] < limit else f"  OVER {limit}"
    many = "  QUERIES" if row.get("queries", 0) > QUERIES else ""
    print(f"{name:<36} {row}{over}{many}", flush=True)


def said(text: bytes) -> str:
    """What a page says where it should not have come."""
    import gzip
    import re

    plain = (gzip.decompress(text) if text[:2] == b"\x1f\x8b" else text).decode()
    main = plain[plain.find("<main") : plain.find("</main")] or plain
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))[-300:]
