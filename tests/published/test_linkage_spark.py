"""Spark gives the same pairs with the same weights as the embedded database: one small run on this machine.

Skipped, with the reason, where Java or pyspark is missing. A bigger run is in benchmarks/results/linkage.json.
"""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from schakel.linkage.linking import LinkOptions, link
from schakel.simulation.country import SMALL
from schakel.simulation.simulate import simulate

WHY_NOT = (
    "pyspark is not installed (pip install schakel[spark])"
    if importlib.util.find_spec("pyspark") is None
    else "Java is not on this machine (apt-get install openjdk-17-jre-headless)"
    if shutil.which("java") is None
    else ""
)


@pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)
@pytest.mark.filterwarnings("ignore:.*:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_gives_the_same_pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A short run is over before Java's second compiler has paid for itself.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
    rows = simulate(replace(SMALL, people=1_000), seed=5).registrations.drop(columns="number")
    here = link(rows, LinkOptions(), seed=5, folder=tmp_path / "out")
    there = link(
        rows, LinkOptions(backend="spark", spark_master="local[1]"), seed=5, folder=tmp_path / "out", model=here.model
    )
    both = here.pairs.merge(there.pairs, on=["record", "other"], how="outer", indicator=True)
    assert len(here.pairs) > 20
    assert (both["_merge"] == "both").all()
    assert (both["weight_x"] - both["weight_y"]).abs().max() < 1e-9
    assert here.clusters.equals(there.clusters)
