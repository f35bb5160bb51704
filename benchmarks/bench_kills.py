"""Claim: a thousand kills of the server under write load lose nothing that it confirmed, on either database.

Each kill is a SIGKILL of the whole server, and for PostgreSQL in a quarter of them of the database server too; then
every confirmed write is looked for and the log is followed from its start. Can be stopped and started again: kills are
counted in `results/kills.json` in steps of fifty, each with a seed of its own.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path

import django
from _tools import RESULTS, keep, options

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings.test")
django.setup()

from django.conf import settings  # noqa: E402

from tests import databases, kills  # noqa: E402

STEP = 50


def main() -> None:
    chosen = options(__doc__ or "", kills=1_000)
    kept = RESULTS / "kills.json"
    figures = json.loads(kept.read_text())["databases"] if chosen.write and kept.exists() else {}
    for kind in databases.KINDS:
        if kind == "postgresql" and databases.programs() is None:
            print(databases.NO_POSTGRES)
            continue
        done = figures.setdefault(kind, {"kills": 0, "confirmed": 0, "lost": 0, "unsaid": 0, "broken": ""})
        while done["kills"] < chosen.kills:
            found = step(kind, min(STEP, chosen.kills - done["kills"]), chosen.seed + done["kills"])
            done |= {name: done[name] + asdict(found)[name] for name in ("kills", "confirmed", "lost", "unsaid")}
            done["broken"] = done["broken"] or found.broken
            print(kind, done)
            keep("kills", chosen.seed, {"databases": figures}, write=chosen.write)
        assert (done["lost"], done["broken"]) == (0, ""), done


def step(kind: str, count: int, seed: int) -> kills.Toll:
    """Some kills on a database of their own, with keys of their own."""
    with tempfile.TemporaryDirectory() as folder:
        settings.LOKET_KEY_FILE = str(Path(folder) / "keys.txt")
        settings.LOKET_KEYS_MADE_WHEN_MISSING = True
        from loket.vault.keyfile import ring

        ring()
        return kills.toll(kind, Path(folder), count, seed)


if __name__ == "__main__":
    main()
