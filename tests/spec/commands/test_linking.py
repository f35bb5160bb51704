"""`schakel link` says in one sentence what is wrong. What it prints and writes is in tests/journeys."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from schakel.cli import main


@pytest.fixture
def lists(tmp_path: Path, country: tuple[pd.DataFrame, pd.DataFrame]) -> list[str]:
    """Two lists of the small country, one a CSV and one Parquet, and the truth."""
    rows, truth = country
    rows[rows["list"] == "police"].to_csv(tmp_path / "police.csv", index=False)
    rows[rows["list"] == "shelters"].to_parquet(tmp_path / "shelters.parquet")
    truth.to_csv(tmp_path / "truth.csv", index=False)
    return [str(tmp_path / name) for name in ("police.csv", "shelters.parquet")]


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
