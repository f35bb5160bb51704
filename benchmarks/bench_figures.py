"""Claim: ten million registrations come to figures within 2 GiB of memory, and Spark gives the same figures.

Parts: `large` (ten million made-up reports in a Parquet extract, all figures, on DuckDB, in a process of its own) and
`spark` (two years of a hundred thousand on Spark, compared figure by figure). Memory is the peak of the process.

    python benchmarks/bench_figures.py --write [--rows 10000000] [--spark 0]
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from _tools import keep, options

from schakel.monitor.codes import codelists
from schakel.monitor.engines import on_duckdb, on_spark
from schakel.monitor.figures import compute

YEARS = range(2015, 2025)
LIMIT = 2048  # MiB


def make(path: Path, rows: int, seed: int) -> None:
    """An extract of made-up reports, written year by year: about 1.4 reports a person and year, a tenth unknown."""
    import pyarrow as arrow
    from pyarrow import parquet

    drawn, writer, place = np.random.default_rng(seed), None, 0
    share = rows // len(YEARS)
    for year in YEARS:
        table = arrow.Table.from_pandas(_year(drawn, year, share, place), preserve_index=False)
        writer = writer or parquet.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=250_000)
        place += share
    assert writer is not None
    writer.close()


def _year(drawn: np.random.Generator, year: int, rows: int, place: int) -> pd.DataFrame:
    def codes(*names: str) -> pd.Categorical:
        chances = np.r_[np.full(len(names) - 1, 0.9 / (len(names) - 1)), 0.1]
        return pd.Categorical.from_codes(drawn.choice(len(names), rows, p=chances), list(names))

    def listed(name: str, *but: str) -> pd.Categorical:
        return codes(*(code for code in codelists()[name].codes if code not in but))

    return pd.DataFrame(
        {
            "person": drawn.integers(1, max(rows, 2), rows), "year": year, "place": np.arange(place, place + rows),
            "organisation": listed("organisation", "several"), "identity": codes("with", "without"),
            "again": codes("first", "again"), "sex": listed("sex"), "age_group": listed("age_group"),
            "citizenship": listed("citizenship"), "form": listed("form"), "sexual": codes("yes", "no", "unknown"),
            "domestic": codes("yes", "no", "unknown"), "sector": listed("sector"),
            "police_unit": listed("police_unit"),
        }
    )  # fmt: skip


def peak() -> int:
    """The highest memory of this process, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def large(path: str) -> dict[str, object]:
    """All figures of the extract, in this process."""
    before, began = peak(), time.process_time()
    with on_duckdb(memory="1200MB") as engine:
        found = compute(engine, path)
    people = sum(found["victims-by-form"].by_year.values())
    return {"cpu_s": round(time.process_time() - began, 1), "peak_mib": peak(), "peak_before_mib": before,
            "persons_by_year": people, "figures": len(found)}  # fmt: skip


def same_on_spark(path: str, scratch: str) -> dict[str, object]:
    """Whether each figure of a small extract is the same on both engines."""
    with on_duckdb() as engine:
        duck = compute(engine, path, years=YEARS[:2])
    with on_spark("local[2]", scratch) as engine:
        spark = compute(engine, path, years=YEARS[:2])
    return {name: duck[name].rows.astype(str).equals(spark[name].rows.astype(str)) for name in duck}


def main() -> None:
    asked = options(__doc__ or "", rows=10_000_000, spark=1)
    told: dict[str, object] = {"rows": asked.rows}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.parquet"
        subprocess.run([sys.executable, __file__, "make", str(path), str(asked.rows), str(asked.seed)], check=True)
        told["parquet_mib"] = round(path.stat().st_size / 2**20)
        answer = subprocess.run([sys.executable, __file__, "large", str(path)], check=True, capture_output=True)
        told["large"] = json.loads(answer.stdout)
        told["within 2 GiB"] = told["large"]["peak_mib"] <= LIMIT  # type: ignore[index]
        if asked.spark:
            small = Path(folder) / "small.parquet"
            make(small, 100_000, asked.seed)
            same = same_on_spark(str(small), folder)
            told["spark"] = {"figures": len(same), "same": sum(map(bool, same.values()))}
    print(json.dumps(told, indent=1), flush=True)
    keep("figures", asked.seed, {"claim": (__doc__ or "").splitlines()[0]} | told, write=asked.write)


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    elif sys.argv[1:2] == ["large"]:
        print(json.dumps(large(sys.argv[2])))
    else:
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        main()
