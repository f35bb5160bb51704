"""`schakel link` as a person meets it: what it prints, what it writes, and one sentence for bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from jsonschema import Draft202012Validator

from schakel.cli import main

SCHEMA = Path(__file__).resolve().parents[4] / "docs" / "reference" / "schema" / "link.json"


@pytest.fixture
def lists(tmp_path: Path, country: tuple[pd.DataFrame, pd.DataFrame]) -> list[str]:
    """Two lists of the small country, one a CSV and one Parquet, and the truth."""
    rows, truth = country
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
    assert f"Naar {len(answers)} antwoorden: precisie 100.00 %" in " ".join(capsys.readouterr().out.split())

    for name in ("clusters", "pairs", "registrations"):
        columns = set(pd.read_parquet(out / f"{name}.parquet").columns)
        assert not columns & {"given_names", "surname", "birth_date", "number"}
    pair = pd.read_parquet(out / "pairs.parquet").iloc[0]
    records = [str(int(pair[name])) for name in ("record", "other")]
    assert main([*words, "--explain", *records, "--lang", "en"]) == 0
    assert f"Registrations {records[0]} and {records[1]}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--threshold", "2"], "a threshold is a probability"),
        (["--one-to-one", "kmar"], "there is no list 'kmar'"),
        (["--model", "gone.json"], "there is no file 'gone.json'"),
        (["--mapping", "gone.yaml"], "there is no file 'gone.yaml'"),
        (["--truth", "gone.csv"], "there is no file 'gone.csv'"),
        (["--draws", "-3"], "no number of draws"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    lists: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    out = ["--out", str(tmp_path / "out"), "--lang", "en"]
    assert main(["link", *lists, *out, *words]) == 2
    error = capsys.readouterr().err.splitlines()[-1]
    assert error.startswith("schakel link: ")
    assert said in error
