"""Claim: at 100,000 registrations a page of the counter costs under 25 ms of server CPU and another write under 10 ms.

A registration with its plan costs under 40 ms; a page takes at most 15 queries; and 200 signed-in people, a page or a
write each every ten seconds, are served for ten minutes on two cores without an error. On SQLite and on PostgreSQL,
filled with the same people of the simulation, with the settings and middleware of production.

Pages and writes are read twice, and of each the calmer reading counts: another's work on this machine only adds to it.
Beside what was measured stands what that is *at rest*: divided by how much slower the machine was meanwhile than it is
when nobody else works on it (`_counter_measure.Pace`; 54 ms for its yardstick, on the machine of the kept results). The
claim is held against that; where the two differ much, it was a busy day, and a calm one says more.
CPU is that of this process (for SQLite the database is in it); what PostgreSQL's own processes spend stands apart.
`--only fill|pages|writes|load` does one part, `--registrations`, `--minutes`, `--rounds` make it smaller. With the
variable COUNTER_FOLDER the databases stay in that folder and a next run goes on with them; otherwise everything is
made in a folder that is wiped at the end.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from typing import Any

import _counter as counter
from _tools import RESULTS, keep

KINDS = ("sqlite", "postgresql")
PARTS = ("fill", "pages", "writes", "load")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/results")
    parser.add_argument("--only", choices=PARTS, help="one part only")
    parser.add_argument("--database", choices=KINDS, help="one database only")
    parser.add_argument("--registrations", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--readings", type=int, default=2, help="read pages and writes so often; the calmest counts")
    parser.add_argument("--items", type=int, default=10, help="how many different ones of each page")
    parser.add_argument("--match", default="", help="only pages and writes with this in their name")
    return parser.parse_args()


def main() -> None:
    given = options()
    counter.ready()
    kept = RESULTS / "counter.json"
    figures: dict[str, Any] = json.loads(kept.read_text()) if kept.exists() else {}

    def note(part: str, kind: str, found: Any) -> None:
        """Figures are kept as soon as they are there, so that a run that stops loses little."""
        figures["registrations"] = given.registrations
        figures.setdefault(part, {})[kind] = found
        own = {name: value for name, value in figures.items() if name not in ("date", "seed", "python", "load_average")}
        keep("counter", given.seed, own, write=given.write)

    with counter.Server() as server:
        _filled(given, server, note)
        for kind in KINDS:
            if given.database in (None, kind):
                counter.use(server if kind == "postgresql" else None)
                _measured(given, kind, server if kind == "postgresql" else None, note)
                counter.close()


def _filled(given: argparse.Namespace, server: Any, note: Callable[..., None]) -> None:
    """Both databases with so many registrations, unless they are there from an earlier run."""
    import time

    mark = counter.FOLDER / "filled.json"
    if mark.exists() and json.loads(mark.read_text())["registrations"] == given.registrations:
        return
    from _counter_fill import fill
    from _counter_house import settle
    from django.core.management import call_command

    assert not mark.exists(), f"{counter.FOLDER} was filled with another number: empty it first"
    began, worked = time.monotonic(), time.process_time()
    counter.use(server)
    call_command("migrate", verbosity=0, interactive=False)
    counter.close()
    counter.use(None)
    call_command("migrate", verbosity=0, interactive=False)
    house = settle()
    counter.close()
    rows = fill(given.registrations, given.seed, house, counter.FILE, server.address())
    found = {"registrations": given.registrations, "rows": rows, "minutes": round((time.monotonic() - began) / 60, 1),
             "CPU seconds": round(time.process_time() - worked), "people": len(house.members)}  # fmt: skip
    counter.use(None)
    found["log holds"] = _log_holds()
    counter.close()
    mark.write_text(json.dumps(found))
    note("filled", "both", found)
    print(found, flush=True)


def _log_holds() -> bool:
    """The site itself follows the chain, and opens what was sealed."""
    from loket.audit import queries
    from loket.casework.models import Task

    verdict = queries.verdict()
    assert verdict.holds, verdict
    assert all(one.why for one in Task.objects.select_related("subject").order_by("pk")[:100])
    return True


def _measured(given: argparse.Namespace, kind: str, server: Any, note: Callable[..., None]) -> None:
    import _counter_house
    import _counter_measure as measure
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)  # a folder that an earlier version filled
    house = _counter_house.known()
    if given.only in (None, "pages"):
        note("pages", kind, measure.calmest(measure.pages, house, server, given))
    if given.only in (None, "writes"):
        note("writes", kind, measure.calmest(measure.writes, house, server, given))
    if given.only in (None, "load"):
        import _counter_load as load

        counter.close()
        note("load", kind, load.run(house, server, given))


if __name__ == "__main__":
    main()
