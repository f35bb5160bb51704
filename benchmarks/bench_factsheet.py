"""Claim: a factsheet (PDF, web page, its charts as SVG and PNG) takes less than 2 CPU seconds, starting included.

Each is made by the command in a process of its own: the published one, and one of a release of the synthetic country.
Modules are compiled in the first run and read back in the others, as after an installation.

    python benchmarks/bench_factsheet.py --write [--rounds 5]
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from _tools import keep, options

from schakel.disclosure.files import write_release
from schakel.monitor.factsheet_synthetic import synthetic_release

LIMIT = 2.0
YEAR = 2024


def spent(arguments: list[str], folder: str, number: int) -> float:
    """CPU seconds of one run of the command, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = str(Path(folder) / f"{arguments[1]}-{number}")
    command = [sys.executable, "-c", "import sys; from schakel.cli import main; sys.exit(main())", "factsheet"]
    told = ["--date", "2026-11-26", "--lang", "nl", "--out", out]
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
    subprocess.run([*command, *arguments, *told], check=True, capture_output=True, env=os.environ | compiled)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def main() -> None:
    asked = options(__doc__ or "", rounds=5)
    told: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "release"
        write_release(synthetic_release(YEAR, seed=asked.seed), path)
        runs = {"published": ["--year", "2011"], "release": ["--year", str(YEAR), "--data", str(path)]}
        for name, arguments in runs.items():
            times = sorted(spent(arguments, folder, number) for number in range(asked.rounds))
            told[name] = {"best_cpu_s": round(times[0], 2), "median_cpu_s": round(times[len(times) // 2], 2),
                          "under 2 s": times[0] < LIMIT}  # fmt: skip
    print(json.dumps(told, indent=1), flush=True)
    keep("factsheet", asked.seed, {"claim": (__doc__ or "").splitlines()[0]} | told, write=asked.write)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
