"""What tau-Argus (package pytauargus) makes of a table, run in a process and a folder of its own that is wiped.

The package leaves files with true counts in the folder in which it runs; no other test may run in that folder.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from schakel.disclosure.release import Release

CHILD = """
import json, os, sys
import pandas as pd
import pytauargus
by = sys.argv[1].split(",")
data = pd.read_csv("people.csv", dtype=str, keep_default_na=False)
data["ones"] = 1
done = pytauargus.protect(data, tables=[by], response="ones", safety_rules=sys.argv[2], suppress=sys.argv[3],
                          workdir=os.getcwd())
rows = done.tables[0].rows
audit = {one["cell"]: (one["min"], one["max"]) for one in done.engine.audit(0)}
kept = [dict(categories={name: row[name].strip() for name in by if row[name] != "Total"}, value=row["ones"],
             withheld=row["status"] in "UM", interval=audit.get(place)) for place, row in enumerate(rows)]
print("ANSWER" + json.dumps(kept))
"""


OPTIMAL = "OPT(1,1)"
"""Optimal suppression, with a minute for the solver; without a time the package stops at its first pattern."""


@dataclass(frozen=True)
class Argus:
    """The values that the package prints, by our cell numbers (-1: withheld), and the intervals of its own audit."""

    values: np.ndarray
    intervals: dict[int, tuple[float, float]]


def argus(
    release: Release, data: pd.DataFrame, by: tuple[str, ...], rule: str = "FREQ(5,30)", how: str = OPTIMAL
) -> Argus:
    """Suppression of one table."""
    with tempfile.TemporaryDirectory() as folder:
        data[list(by)].to_csv(Path(folder) / "people.csv", index=False)
        command = [sys.executable, "-c", CHILD, ",".join(by), rule, how]
        answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    cells = json.loads(answer.stdout.partition("ANSWER")[2].splitlines()[0])
    values, intervals = np.where(release.printed, release.counts, -1), {}
    for cell in cells:
        number = release.cells.number(cell["categories"])
        assert round(cell["value"]) == release.counts[number]
        if cell["withheld"]:
            values[number] = -1
            intervals[number] = tuple(cell["interval"])
    return Argus(values, intervals)
