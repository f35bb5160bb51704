"""What is written: names that say synthetic, the same bytes for the same seed, and nothing ever overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as parquet
import pytest

from schakel.simulation.files import municipalities, write
from schakel.simulation.simulate import simulate
from schakel.simulation.simulated import Simulated
from schakel.simulation.summary import TABLES
from schakel.vocabulary.errors import BadInput


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_every_file_says_that_it_is_synthetic_and_holds_what_was_made(
    small: Simulated, tmp_path: Path, form: str
) -> None:
    files = write(small, tmp_path / "new" / "folder", form)
    assert all(path.name.startswith("synthetic-") and path.stat().st_size for path in files)
    assert len(files) == len(TABLES) + 2
    read = pd.read_parquet if form == "parquet" else pd.read_csv
    for path, name in zip(files, TABLES, strict=False):
        assert len(read(path)) == len(getattr(small, name))


def test_a_parquet_file_comes_back_as_it_was_and_carries_the_seed(small: Simulated, tmp_path: Path) -> None:
    files = {path.name: path for path in write(small, tmp_path)}
    for name in TABLES:
        path = files[f"synthetic-{name}.parquet"]
        pd.testing.assert_frame_equal(pd.read_parquet(path), getattr(small, name))
    metadata = parquet.read_schema(path).metadata
    assert (metadata[b"synthetic"], metadata[b"seed"]) == (b"true", b"7")


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_the_same_seed_gives_the_same_bytes(small: Simulated, tmp_path: Path, form: str) -> None:
    once, again = (write(made, tmp_path / name, form) for made, name in ((small, "a"), (simulate(seed=7), "b")))
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]
    other = write(simulate(seed=8), tmp_path / "c", form)
    same = [a.name for a, b in zip(once, other, strict=True) if a.read_bytes() == b.read_bytes()]
    assert same == ["synthetic-parameters.csv"]


def test_a_folder_that_holds_anything_is_left_alone(small: Simulated, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BadInput, match="is not empty"):
        write(small, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_in_the_way_is_told(small: Simulated, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="cannot be written in"):
        write(small, tmp_path / "file")


def test_the_summary_adds_up(small: Simulated, tmp_path: Path) -> None:
    write(small, tmp_path, "csv")
    told = json.loads((tmp_path / "synthetic-country.json").read_text(encoding="utf-8"))
    assert told["synthetic"] is True
    assert sum(one["registrations"] for one in told["lists"]) == told["registrations"] == len(small.registrations)
    assert sum(one["without_identity"] for one in told["lists"]) == told["without_identity"]
    assert sum(one["people"] for one in told["years_seen"]) == small.population["people"].sum()
    pairs = small.truth.groupby("person")["list"].agg(set)
    for pair in told["overlaps"]:
        assert pair["people"] == sum(set(pair["lists"]) <= lists for lists in pairs)


def test_the_municipalities_are_those_of_the_content() -> None:
    table = municipalities()
    assert len(table) == 342
    assert table["code"].is_unique
    assert not table.isna().any(axis=None)
