"""Rounding and auditing of the release of six linked tables, and of a yearly release; CPU seconds.

    .venv/bin/python benchmarks/bench_disclosure.py --write

On the CTDC file where it lies beside this repository (nothing of it is kept); otherwise it says so and stops. Claims:
rounded in at most 1 CPU second each; audited, every small cell witnessed or refused, in at most 60; a yearly release
of 500 to 1,000 cells audited by linear programs and witnesses in at most 5.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from _tools import ROOT, keep, options

from schakel.disclosure.audit import audit
from schakel.disclosure.readers import Output
from schakel.disclosure.release import make_release
from schakel.disclosure.rounding import round_release
from schakel.disclosure.spec import Policy, Spec, TableSpec, VariableSpec
from schakel.vocabulary.texts import text

CTDC = Path(ROOT).parent / "shared" / "data" / "ctdc" / "ctdc_kanon_2020_10col.csv.gz"
SIX = [
    ("citizenship", "gender", "ageBroad"),
    ("citizenship", "ExploitType", "gender"),
    ("yearOfRegistration", "citizenship", "gender"),
    ("yearOfRegistration", "ExploitType", "ageBroad"),
    ("Labor_Type", "citizenship"),
    ("RecruiterCategory", "ageBroad", "gender"),
]
YEARLY = [("citizenship", "gender"), ("ExploitType", "gender", "ageBroad"), ("citizenship", "ExploitType")]
WORDS = text({"nl": "meting", "en": "measurement"})


def asked(data: pd.DataFrame, tables: list[tuple[str, ...]]) -> Spec:
    names = dict.fromkeys(name for table in tables for name in table)
    variables = {name: VariableSpec(name, tuple(sorted(set(data[name].replace("", "unknown"))))) for name in names}
    return Spec("six", WORDS, WORDS, Policy(), tuple(TableSpec("-".join(t), t) for t in tables), variables=variables)


def measure(data: pd.DataFrame, everybody: pd.DataFrame, tables: list[tuple[str, ...]], seed: int) -> dict[str, Any]:
    began = time.process_time()
    release = make_release(asked(everybody, tables), data)
    made = time.process_time()
    rounding = round_release(release, seed=seed)
    assert rounding is not None
    rounded = time.process_time()
    found = audit(release, Output(rounding.values, rounding.reach), rounding=rounding)
    audited = time.process_time()
    return {
        "people": len(data), "cells": int(release.printed.sum()), "equations": len(release.equations),
        "small": found.attacked, "witnessed": found.witnessed, "refused": len(found.findings),
        "read_s": round(made - began, 2), "rounded_s": round(rounded - made, 2),
        "audited_s": round(audited - rounded, 2), "steps": rounding.steps,
        "mean_change": round(float(np.abs(rounding.values - release.counts)[release.printed].mean()), 3),
        "change_over_smallest": round(rounding.change / max(rounding.smallest, 1), 3),
        "narrowest_lp": found.narrowest,
    }  # fmt: skip


def main() -> None:
    given = options(__doc__ or "")
    if not CTDC.exists():
        print("the CTDC file is not beside this repository: nothing was measured")
        return
    data = pd.read_csv(CTDC, dtype=str, keep_default_na=False)
    figures: dict[str, Any] = {}
    for name, size, tables in (("six-1000", 1000, SIX), ("six-5000", 5000, SIX), ("six-all", len(data), SIX),
                               ("yearly-1000", 1000, YEARLY)):  # fmt: skip
        some = data if size == len(data) else data.sample(size, random_state=given.seed)
        figures[name] = measure(some, data, tables, given.seed)
        print(name, figures[name], flush=True)
    keep("disclosure", given.seed, figures, write=given.write)


if __name__ == "__main__":
    main()
