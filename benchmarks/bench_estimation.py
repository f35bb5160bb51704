"""Claim: `schakel estimate`, the whole process beyond the start of `schakel --version`, takes few CPU seconds.

At most: 1,000 stepwise bootstraps with jackknife and BCa: 0.4 for UKdat_5, 0.7 for UKdat and Ned. All 1,024 pair models
of five lists by BIC: 0.1. All models to order three (6,084 of 6,212 have an estimate): 0.5. And ten lists at all.

Each command runs in a process of its own with one thread, its Python compiled beforehand as an installation has it, one
command after the other; user and system time of the child, the least of some rounds, less the least of `schakel
--version` in the same rounds. (What a processor has at hand of the libraries differs with what ran before: a command is
therefore run in turn with `--version` only, some rounds at a time: the machine is slow for minutes, and the commands
share what is good of it.) A command of more than a second runs in three rounds.
`--version` loads no command; that NumPy has to be loaded counts. What NumPy alone takes is measured in the same rounds,
by a `--version` that loads it as the commands do (without what no command needs, which saves more than a third), and
*ours* is what a command takes beyond that. *In the process* is the computation alone, measured where the libraries are
loaded already. The peers' CPU seconds were measured on R 4.2.2, one thread, on another shared machine: they are beside
ours for the order of magnitude only.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from _tools import cpu_ms, keep, options

# What the peers took for the same, and which: methods by Silverman, Chan & Vincent.
PEERS = {
    "stepwise UKdat_5": "SparseMSE 2.0.1: 128; MultipleSystemsEstimation 1.2.0: about 75",
    "stepwise UKdat": "MultipleSystemsEstimation 1.2.0: 182",
    "stepwise Ned": "MultipleSystemsEstimation 1.2.0: 175",
    "1,024 models": "MultipleSystemsEstimation 1.2.0: 2.6",
    "6,212 models": "MultipleSystemsEstimation 1.2.0: 15",
}
LIMITS = {"stepwise UKdat_5": 0.4, "stepwise UKdat": 0.7, "stepwise Ned": 0.7, "1,024 models": 0.1, "6,212 models": 0.5}
LONG = 3  # rounds of a command of more than a second
VISIT = 5  # rounds of a command before the next has its turn
WITH_NUMPY = """
import re, sys
from schakel.cli import load_lightly, main
load_lightly()
import numpy
sys.argv[1:] = ["--version"]
main()
"""
SCHAKEL = str(Path(sys.executable).parent / "schakel")


def commands(folder: Path, seed: int) -> dict[str, list[str]]:
    """Each command that is measured, on tables written to a folder."""
    from tests.published.tables import TABLES

    written = {name: folder / f"{name}.csv" for name in ("UKdat_5", "UKdat", "Ned")}
    for name, path in written.items():
        TABLES[name].to_table().to_csv(path, index=False)
    ten_lists(seed).to_table().to_csv(folder / "ten.csv", index=False)
    stepwise = ["--resamples", "1000", "--seed", str(seed), "--json"]
    bic = ["--method", "bic", "--interval", "none", "--json"]
    return {
        **{f"stepwise {name}": [str(path), *stepwise] for name, path in written.items()},
        "1,024 models": [str(written["UKdat_5"]), *bic, "--order", "2"],
        "6,212 models": [str(written["UKdat_5"]), *bic, "--order", "3"],
        "ten lists, pairs": [str(folder / "ten.csv"), "--method", "pairs", "--interval", "none", "--json"],
        "ten lists, stepwise, 1,000 bootstraps": [str(folder / "ten.csv"), *stepwise],
        "ten lists, search by BIC": [str(folder / "ten.csv"), *bic],
    }


def ten_lists(seed: int) -> Any:
    """Ten lists of a population of 20,000 with one dependent pair: invented."""
    import numpy as np

    from schakel.estimation.histories import from_masks

    generator = np.random.default_rng(seed)
    on = generator.random((20_000, 10)) < generator.uniform(0.02, 0.1, size=10)
    on[:, 1] |= on[:, 0] & (generator.random(20_000) < 0.3)
    seen = on[on.any(axis=1)]
    return from_masks([f"list{place}" for place in range(1, 11)], (seen << np.arange(10)).sum(axis=1))


def child_cpu(words: list[str], compiled: str) -> tuple[float, str]:
    """User and system seconds of a process of its own, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    single = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPYCACHEPREFIX": compiled}
    single.pop("PYTHONDONTWRITEBYTECODE", None)
    printed = subprocess.run(words, capture_output=True, text=True, check=True, env=single).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, printed


class Measured:
    """The least CPU seconds of `schakel --version`, of one that loads NumPy, and of a command; and what it printed."""

    def __init__(self, words: list[str], compiled: str) -> None:
        self.words, self.compiled = words, compiled
        self.start = self.numpy = self.least = float("inf")
        self.data: Any = None
        self.done = 0

    def visit(self, many: int, rounds: int) -> None:
        """Some more rounds, up to so many in all."""
        for _ in range(many):
            if self.done >= (rounds if self.least < 1.0 else LONG):
                return
            self.start = min(self.start, child_cpu([SCHAKEL, "--version"], self.compiled)[0])
            self.numpy = min(self.numpy, child_cpu([sys.executable, "-c", WITH_NUMPY], self.compiled)[0])
            spent, printed = child_cpu([SCHAKEL, "estimate", *self.words], self.compiled)
            self.least, self.data, self.done = min(self.least, spent), json.loads(printed), self.done + 1


def in_the_process(seed: int) -> dict[str, float]:
    """CPU seconds of the computation alone."""
    from schakel.estimation.choosing_bic import best_by_bic
    from schakel.estimation.choosing_stepwise import stepwise_pairs
    from tests.published.tables import TABLES

    work = {
        **{f"stepwise {name}": (lambda name=name: stepwise_pairs(TABLES[name], seed=seed))
           for name in ("UKdat_5", "UKdat", "Ned")},
        "1,024 models": lambda: best_by_bic(TABLES["UKdat_5"], order=2, interval="none"),
        "6,212 models": lambda: best_by_bic(TABLES["UKdat_5"], order=3, interval="none"),
    }  # fmt: skip
    return {name: round(cpu_ms(lambda run: run(), [run])[0] / 1e3, 3) for name, run in work.items()}


def main() -> None:
    given = options(__doc__ or "", rounds=15)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        asked, compiled = commands(Path(folder), given.seed), f"{folder}/compiled"
        measured = {name: Measured(words, compiled) for name, words in asked.items()}
        for _ in range(0, given.rounds, VISIT):
            for one in measured.values():
                one.visit(VISIT, given.rounds)
    alone = in_the_process(given.seed)
    figures: dict[str, Any] = {
        "claim": "CPU s of the whole process beyond `schakel --version`, least of some rounds",
        "rounds": given.rounds,
    }
    for name, one in measured.items():
        figures[name] = {"cpu_s": round(one.least - one.start, 3), "limit": LIMITS.get(name),
                         "--version": round(one.start, 3), "NumPy": round(one.numpy - one.start, 3),
                         "ours": round(one.least - one.numpy, 3),
                         "in the process": alone.get(name), "peer": PEERS.get(name),
                         "population": round(one.data["population"]), "model": one.data["model"],
                         "models_kept": one.data["details"].get("models_kept"),
                         "interval": one.data["interval"]}  # fmt: skip
        print(f"{name}: {figures[name]}")
    beyond = [name for name, limit in LIMITS.items() if figures[name]["cpu_s"] > limit]
    print("The claim holds." if not beyond else f"The claim does NOT hold for {', '.join(beyond)}.")
    keep("estimation", given.seed, figures, write=given.write)


if __name__ == "__main__":
    main()
