"""Claim: a million registrations of a synthetic country take less than a minute of CPU on two cores, within 2 GiB.

Counted is the CPU time of the whole process, start and imports included, and its highest memory; first without writing
anything, then what writing the tables to Parquet takes on top. Beside it the two other sizes. There is no peer beside
it: the packages that make such records (pseudopeople, gecko) make one error-ridden table, not lists with people behind
them.
"""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

from _tools import keep, options

from schakel.simulation.country import SIZES
from schakel.simulation.files import write
from schakel.simulation.simulate import simulate
from schakel.simulation.simulated import Simulated

LIMIT_SECONDS, LIMIT_MIB = 60, 2048


def memory() -> int:
    """The most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def made(size: str, seed: int) -> tuple[Simulated, float]:
    """A country, and the CPU seconds that it took."""
    began = time.process_time()
    country = simulate(SIZES[size], seed=seed)
    return country, round(time.process_time() - began, 2)


def main() -> None:
    chosen = options(__doc__ or "")
    small, demo = (made(size, chosen.seed)[1] for size in ("small", "demo"))
    before = time.process_time()
    large, seconds = made("large", chosen.seed)
    peak = memory()
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        files = write(large, Path(folder))
        size = sum(path.stat().st_size for path in files) // 2**20
    writing = round(time.process_time() - began, 2)
    figures = {
        "claim": "a million registrations in less than 60 CPU seconds and 2048 MiB",
        "registrations": len(large.registrations),
        "people on a list": len(large.people),
        "people": large.country.people,
        "CPU seconds": seconds,
        "CPU seconds, start and the smaller countries before it": round(before, 2),
        "highest memory, MiB": peak,
        "CPU seconds to write Parquet": writing,
        "highest memory after writing, MiB": memory(),
        "MiB on disk": size,
        "CPU seconds, size small": small,
        "CPU seconds, size demo": demo,
    }
    for name, figure in figures.items():
        print(f"{name}: {figure}")
    assert len(large.registrations) >= 1_000_000
    assert before + seconds < LIMIT_SECONDS
    assert peak < LIMIT_MIB
    keep("simulation", chosen.seed, figures, write=chosen.write)


if __name__ == "__main__":
    main()
