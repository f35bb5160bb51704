"""`schakel simulate` as a person meets it: what it prints, what it writes, and one sentence for bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from schakel.cli import main
from schakel.cli.simulate import SIZES
from schakel.simulation import country

DOCS = Path(__file__).resolve().parents[3] / "docs"
SCHEMA = DOCS / "reference" / "schema" / "simulate.json"
PAGE = DOCS / "explanation" / "simulation.md"


def test_the_summary_is_told_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for lang, words in (("en", "Nobody in it exists"), ("nl", "Niemand daarin bestaat")):
        assert main(["simulate", "--out", str(tmp_path / lang), "--people", "3000", "--lang", lang]) == 0
        told = capsys.readouterr().out
        assert words in told
        assert "police + care_coordinators" in told
        assert max(map(len, told.splitlines())) <= 100


def test_json_is_as_published_and_names_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--people", "500", "--years", "2020", "--seed", "3", "--format", "csv", "--json"]
    assert main(["simulate", "--out", str(tmp_path), *words]) == 0
    told = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(told)
    assert (told["people"], told["years"], told["seed"]) == (500, [2020, 2020], 3)
    assert sorted(told["files"]) == sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--people", "0"], "between 1 and 20,000,000 people"),
        (["--years", "2024-2016"], "the years must run forward"),
        (["--years", "soon"], "the years must run forward"),
        (["--seed", "-1"], "the seed is '-1'"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["simulate", "--out", str(tmp_path / "new"), *words, "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert said in told.err
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a").touch()
    assert main(["simulate", "--out", str(tmp_path), "--lang", "nl"]) == 2
    assert "is niet leeg" in capsys.readouterr().err


def test_the_sizes_are_those_of_the_library() -> None:
    assert tuple(country.SIZES) == SIZES


def test_the_page_shows_what_the_command_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--out", str(tmp_path), "--size", "demo", "--seed", "7", "--lang", "en"]) == 0
    printed, _, _ = capsys.readouterr().out.partition("\nWritten")
    page = PAGE.read_text(encoding="utf-8")
    assert printed.rstrip() in page
    told = json.loads((tmp_path / "synthetic-country.json").read_text(encoding="utf-8"))
    for one in told["years_seen"]:
        assert f"| {one['year']} | {one['registered']:,} |" in page
