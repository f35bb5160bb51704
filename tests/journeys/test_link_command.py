"""`schakel link` as a person meets it: what it prints, what it writes, and why two registrations are one person."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from jsonschema import Draft202012Validator

from schakel.cli import main
from schakel.simulation.country import SMALL
from schakel.simulation.simulate import simulate

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "reference" / "schema" / "link.json"


@pytest.fixture
def lists(tmp_path: Path) -> list[str]:
    """Two lists of a small country, one a CSV and one Parquet, and the truth."""
    made = simulate(replace(SMALL, people=5_000), seed=7)
    rows, truth = made.registrations.drop(columns="number"), made.truth[["record", "person"]]
    rows[rows["list"] == "police"].to_csv(tmp_path / "police.csv", index=False)
    rows[rows["list"] == "shelters"].to_parquet(tmp_path / "shelters.parquet")
    truth.to_csv(tmp_path / "truth.csv", index=False)
    return [str(tmp_path / name) for name in ("police.csv", "shelters.parquet")]


def test_it_links_measures_and_explains(lists: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    words = ["link", *lists, "--out", str(out)]
    assert main([*words, "--draws", "2", "--truth", str(tmp_path / "truth.csv"), "--review", "20", "--json"]) == 0
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(told)
    assert "schakel link: score" in printed.err
    assert sorted(told["lists"]) == ["police", "shelters"]
    assert {path.name for path in out.iterdir()} >= {*told["files"]}

    answers = pd.read_csv(out / "review.csv").assign(same="yes")
    answers.to_csv(tmp_path / "answers.csv", index=False)
    assert main([*words, "--draws", "2", "--answers", str(tmp_path / "answers.csv"), "--lang", "nl"]) == 0
    assert f"Naar {len(answers)} antwoorden: precisie 100,00 %" in " ".join(capsys.readouterr().out.split())

    for name in ("clusters", "pairs", "registrations"):
        columns = set(pd.read_parquet(out / f"{name}.parquet").columns)
        assert not columns & {"given_names", "surname", "birth_date", "number"}
    pair = pd.read_parquet(out / "pairs.parquet").iloc[0]
    records = [str(int(pair[name])) for name in ("record", "other")]
    assert main([*words, "--explain", *records, "--lang", "en"]) == 0
    assert f"Registrations {records[0]} and {records[1]}" in capsys.readouterr().out
