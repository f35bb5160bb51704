"""`schakel figures`, `series` and `opendata` as a person meets them: from a synthetic country to open data."""

from __future__ import annotations

import pandas as pd
import pytest

from schakel.cli import main
from schakel.disclosure.files import write_release
from schakel.simulation.files import write
from tests.schemas import valid


@pytest.fixture(scope="module")
def folder(country, tmp_path_factory):
    made = tmp_path_factory.mktemp("country") / "synthetic"
    write(country, made, "csv")
    return made


def test_figures_prepare_a_release_that_protect_takes(folder, tmp_path, capsys):
    out, words = tmp_path / "internal", ["--years", "2023-2024", "--figure", "victims-by-group", "--lang", "en"]
    assert main(["figures", str(folder), "--out", str(out), *words]) == 0
    told = capsys.readouterr().out
    assert told.startswith("INTERNAL")
    assert "schakel protect internal/spec.yaml" in told
    assert sorted(path.name for path in out.iterdir()) == ["internal-data.csv", "internal-extract.parquet", "spec.yaml"]
    release = tmp_path / "release"
    words = ["protect", str(out / "spec.yaml"), str(out / "internal-data.csv"), "--out", str(release), "--lang", "en"]
    assert main(words) == 0
    assert "SYNTHETIC" in (release / "spec.yaml").read_text(encoding="utf-8")
    assert main(["opendata", str(release), "--out", str(tmp_path / "open"), "--base-url", "https://example.org"]) == 0


def test_registrations_of_ones_own_need_clusters(country, folder, tmp_path, capsys):
    rows = folder / "synthetic-registrations.csv"
    assert main(["figures", str(rows), "--out", str(tmp_path / "a"), "--lang", "en"]) == 2
    assert "Give --clusters" in capsys.readouterr().err
    clusters = tmp_path / "clusters.csv"
    country.truth[["record", "person"]].assign(draw=0).to_csv(clusters, index=False)
    words = ["--clusters", str(clusters), "--figure", "victims-by-form", "--lang", "nl"]
    assert main(["figures", str(rows), "--out", str(tmp_path / "a"), *words]) == 0
    assert "SYNTHETISCH" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--years", "1999"], "no registration in the years"),
        (["--years", "last year"], "no year"),
        (["--figure", "x"], "there is no figure 'x'"),
        (["--figure", "persons-by-reporter-overlapping"], "cannot be part of a release"),
        (["--figure", "sectors", "--figure", "reports-by-organisation"], "ask for two releases"),
    ],
)
def test_what_cannot_be_counted_is_a_sentence_and_leaves_nothing(folder, tmp_path, capsys, words, said):
    assert main(["figures", str(folder), "--out", str(tmp_path / "a"), "--lang", "en", *words]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert not (tmp_path / "a").exists()


def test_a_folder_without_tables_and_a_place_that_is_taken(tmp_path, capsys):
    assert main(["figures", str(tmp_path), "--out", str(tmp_path / "a"), "--lang", "en"]) == 2
    assert "holds no synthetic-registrations" in capsys.readouterr().err
    assert main(["figures", str(tmp_path), "--out", str(tmp_path), "--lang", "en"]) == 2
    assert "exists already" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "a,b\n1\n1,2,3\n", "\x00\x01"])
def test_a_table_that_is_none(tmp_path, capsys, text):
    path = tmp_path / "rows.csv"
    path.write_text(text, encoding="utf-8")
    words = ["figures", str(path), "--clusters", str(path), "--out", str(tmp_path / "a"), "--lang", "en"]
    assert main(words) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_series_in_both_languages(capsys):
    for lang, words in (("nl", "De daling van 2018"), ("en", "The fall of 2018")):
        assert main(["series", "--lang", lang]) == 0
        assert words in capsys.readouterr().out
    assert main(["series", "--chain", "--lang", "en"]) == 0
    assert "No source that was read gives an amount" in capsys.readouterr().out


def test_json_is_as_published(release, tmp_path, capsys):
    assert main(["series", "--json"]) == 0
    valid("series", capsys.readouterr().out)
    write_release(release, tmp_path / "release")
    words = ["--out", str(tmp_path / "open"), "--base-url", "https://example.org", "--date", "2026-01-02", "--json"]
    assert main(["opendata", str(tmp_path / "release"), *words]) == 0
    told = valid("opendata", capsys.readouterr().out)
    assert sorted(path.name for path in (tmp_path / "open").iterdir()) == told["files"]
    assert pd.read_csv(tmp_path / "open" / "observations.csv").shape[0] == told["figures"]
