"""`schakel revisions`: editions are kept, what they print differently is told, and none is ever replaced."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import jsonschema
import pytest

from schakel.cli import main
from schakel.disclosure.files import write_release
from schakel.disclosure.protect import protect
from tests.unit.schakel.disclosure.small import people, spec

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/reference/schema/revisions.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    for name, count in (("first", 60), ("second", 80)):
        asked = dataclasses.replace(spec(("year", "sex")), name=name)
        write_release(protect(asked, people(count, seed=3), seed=5)[0], folder / name)
    return folder


def run(*words: object) -> int:
    return main(["revisions", *map(str, words), "--lang", "en"])


def test_what_changed_is_told_and_the_earlier_figures_are_kept(
    releases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    store = tmp_path / "editions.json"
    assert run(store, "--add", releases / "first", "--date", "2026-01-01") == 0
    assert "nothing to compare" in capsys.readouterr().out
    before = json.loads(store.read_text())
    assert run(store, "--add", releases / "second", "--date", "2026-07-01") == 0
    assert "first → second:" in capsys.readouterr().out
    assert json.loads(store.read_text())[0] == before[0]
    assert run(store, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, SCHEMA)
    assert [one["name"] for one in told["editions"]] == ["first", "second"]
    everybody = next(one for one in told["revisions"] if not one["categories"])
    assert (everybody["earlier"], everybody["later"]) == (60, 80)


def test_the_same_again_changes_nothing_and_another_of_that_name_is_refused(
    releases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    store = tmp_path / "editions.json"
    for _ in range(2):
        assert run(store, "--add", releases / "first", "--date", "2026-01-01") == 0
    kept = store.read_bytes()
    asked = dataclasses.replace(spec(("year", "sex")), name="first")
    write_release(protect(asked, people(90, seed=3), seed=5)[0], tmp_path / "other")
    assert run(store, "--add", tmp_path / "other", "--date", "2026-01-02") == 2
    assert store.read_bytes() == kept
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("text", [None, "", "{}", "[3]", "x"])
def test_what_is_no_store_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None):
    store = tmp_path / "editions.json"
    if text is not None:
        store.write_text(text)
    assert run(store) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_one_figure_only(releases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    store = tmp_path / "editions.json"
    run(store, "--add", releases / "first", "--date", "2026-01-01")
    run(store, "--add", releases / "second", "--date", "2026-07-01")
    capsys.readouterr()
    assert run(store, "--figure", "other") == 0
    assert "0 figures differ" in capsys.readouterr().out
