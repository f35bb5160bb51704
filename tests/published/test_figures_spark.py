"""Spark gives the figures that DuckDB gives, from the same texts: each of them, of one year."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from schakel.mechanism.content import load
from schakel.monitor.definitions import definitions
from schakel.monitor.engines import on_duckdb, on_spark
from schakel.monitor.extract import clusters_of_truth, make_extract
from schakel.monitor.figures import compute
from schakel.monitor.files import write_extract
from schakel.simulation.simulate import simulate

YEAR = [2020]


@pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java: apt-get install openjdk-17-jre-headless")
@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_same_figures(tmp_path, monkeypatch):
    pytest.importorskip("pyspark")
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # half the work for a short run
    country = simulate(seed=7)
    extract = make_extract(country.registrations, clusters_of_truth(country.truth), load().places, seed=1)
    path = tmp_path / "extract.parquet"
    write_extract(extract, path)
    with on_duckdb() as engine:
        wanted = compute(engine, extract, years=YEAR)
    with on_spark("local[1]", str(tmp_path)) as engine:
        found = compute(engine, str(path), years=YEAR)
    assert set(found) == set(wanted) == set(definitions().figures)
    for name, figure in wanted.items():
        assert len(figure.rows), name
        pd.testing.assert_frame_equal(found[name].rows, figure.rows, check_dtype=False, obj=name)
