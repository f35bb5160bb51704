"""What every benchmark needs: its options, CPU time, a summary of it, and results kept with date and seed."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
T = TypeVar("T")

if str(ROOT) not in sys.path:  # what makes random situations is shared with the tests
    sys.path.insert(0, str(ROOT))


def options(claim: str, **defaults: int | str) -> argparse.Namespace:
    """`--seed`, `--write`, and one option for each of `defaults`: a whole number, or words."""
    parser = argparse.ArgumentParser(description=claim, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/results")
    for name, value in defaults.items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    return parser.parse_args()


def cpu_ms(
    work: Callable[[T], object], items: list[T], rounds: int = 5, before: Callable[[], object] | None = None
) -> list[float]:
    """CPU milliseconds of this process for `work` on each item: the best of some rounds.

    What else the machine does slows a process down without being its work; the best round shows the least of that.
    `before` is done before each measurement and not counted.
    """
    best = [float("inf")] * len(items)
    for _ in range(rounds):
        for number, item in enumerate(items):
            if before:
                before()
            began = time.process_time_ns()
            work(item)
            best[number] = min(best[number], (time.process_time_ns() - began) / 1e6)
    return best


def summary(spent: list[float]) -> dict[str, float]:
    """Median, 95th percentile and mean of CPU times, in milliseconds."""
    ordered = sorted(spent)
    return {
        "median": round(statistics.median(ordered), 2),
        "p95": round(ordered[int(len(ordered) * 0.95)], 2),
        "mean": round(statistics.fmean(ordered), 2),
    }


def rate(work: Callable[[T], object], items: list[T], rounds: int = 5) -> float:
    """How many items a second of CPU, in the best of some rounds."""
    (spent,) = cpu_ms(lambda every: [work(item) for item in every], [items], rounds)
    return len(items) / spent * 1e3


def keep(name: str, seed: int, figures: dict[str, Any], *, write: bool) -> None:
    """Write figures to results/<name>.json, with what they depend on."""
    if not write:
        return
    made = {"date": datetime.now(UTC).date().isoformat(), "seed": seed, "python": platform.python_version(),
            "load_average": round(os.getloadavg()[0], 1)}  # fmt: skip
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(made | figures, indent=1) + "\n", encoding="utf-8")
