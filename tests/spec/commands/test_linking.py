"""`schakel link` says in one sentence what is wrong. What it prints and writes is in tests/journeys."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from schakel.cli import main
from tests.schemas import valid


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
        (["--seed", "-1"], "the seed '-1' cannot be used"),
        (["--review", "-5"], "'-5' is no number of pairs to judge"),
        (["--review", "0"], "'0' is no number of pairs to judge"),
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


@pytest.mark.parametrize(("option", "column"), [("--truth", "record"), ("--answers", "question")])
def test_a_table_with_other_columns_is_refused_by_its_name(
    lists: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, column: str
) -> None:
    (tmp_path / "other.csv").write_text("foo,bar\n1,yes\n", encoding="utf-8")
    words = ["link", *lists, "--out", str(tmp_path / "out"), option, str(tmp_path / "other.csv")]
    for lang, said in (("en", f"the table has no column '{column}'"), ("nl", f"de tabel heeft geen kolom '{column}'")):
        assert main([*words, "--lang", lang]) == 2
        assert capsys.readouterr().err.splitlines()[-1].startswith(f"schakel link: other.csv: {said}")


def test_one_id_that_is_no_number_does_not_renumber_the_others(
    country: tuple[pd.DataFrame, pd.DataFrame], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = country[0].head(300).astype({"record": "str"})
    rows.loc[rows.index[5], "record"] = "R119"
    rows.to_csv(tmp_path / "shift.csv", index=False)
    assert main(["link", str(tmp_path / "shift.csv"), "--out", str(tmp_path / "out"), "--lang", "nl"]) == 2
    assert "shift.csv: in kolom 'record' staat 'R119'" in capsys.readouterr().err


@pytest.fixture(scope="module")
def linked(
    country: tuple[pd.DataFrame, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[str], Path]:
    """All lists of the small country, linked, with a review asked for: the command to repeat, and the folder."""
    folder = tmp_path_factory.mktemp("linked")
    country[0].to_csv(folder / "all.csv", index=False)
    words = ["link", str(folder / "all.csv"), "--out", str(folder / "out")]
    assert main([*words, "--review", "60", "--json"]) == 0
    return words, folder / "out"


def test_what_is_left_out_is_told_by_list_and_numbers_are_written_one_way(
    linked: tuple[list[str], Path], country: tuple[pd.DataFrame, pd.DataFrame], capsys: pytest.CaptureFixture[str]
) -> None:
    nameless = country[0]["given_names"].isna() & country[0]["surname"].isna()
    few, every = (int(values.sum()) for values in (nameless & (country[0]["list"] == "shelters"),
                                                   country[0]["list"] == "shelters"))  # fmt: skip
    for lang, words, mark in (("en", "of", "."), ("nl", "van", ",")):
        assert main([*linked[0], "--lang", lang]) == 0
        printed = " ".join(capsys.readouterr().out.split())
        share = f"{100 * few / every:.2f}".replace(".", mark)
        assert f"shelters {few} {words} {every} ({share} %)" in printed
        assert not re.search(r"\d{4,}", printed)
    assert main([*linked[0], "--json"]) == 0
    told = valid("link", capsys.readouterr().out)
    assert sum(one["without_identity"] for one in told["without_identity"]) == told["left_out"]["without_identity"]


def test_an_explanation_is_told_in_the_language_and_as_data(
    linked: tuple[list[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    pair = pd.read_parquet(linked[1] / "pairs.parquet").iloc[0]
    words = [*linked[0], "--explain", str(int(pair["record"])), str(int(pair["other"]))]
    assert main([*words, "--json"]) == 0
    told = valid("link-explain", capsys.readouterr().out)
    assert told["probability"] == pytest.approx(pair["probability"])
    assert main([*words, "--lang", "nl"]) == 0
    assert re.search(r"\(kans [01],\d{4}\)", capsys.readouterr().out)


def test_a_review_of_which_only_the_links_were_judged_does_not_claim_recall(
    linked: tuple[list[str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = pd.read_csv(linked[1] / "review-key.csv")
    answers = key[["question"]].assign(same=key["linked"].map({True: "yes", False: "unsure"}))
    answers.to_csv(tmp_path / "answers.csv", index=False, sep=";")
    words = [*linked[0], "--answers", str(tmp_path / "answers.csv")]
    assert main([*words, "--json"]) == 0
    told = valid("link", capsys.readouterr().out)["review"]
    assert told["strata_without_answer"] == key.loc[~key["linked"], "stratum"].nunique()
    assert told["recall_among_compared"]["value"] < 1
    assert told["precision"]["value"] == told["precision"]["high"] == 1
    assert main([*words, "--lang", "nl"]) == 0
    assert "daar is alles mogelijk" in " ".join(capsys.readouterr().out.split())


def test_histories_tell_whom_they_leave_out_and_count_them_where_that_is_asked(
    linked: tuple[list[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    out = linked[1]
    words = ["histories", "--clusters", str(out / "clusters.parquet")]
    words += ["--registrations", str(out / "registrations.parquet")]
    without = len(pd.read_csv(out / "unlinkable.csv"))
    assert main([*words, "--strata", "sex", "--json"]) == 0
    told = valid("histories", capsys.readouterr().out)
    apart = told["without_identity"]
    assert apart["counted_as"] is None
    assert sum(one["without_identity"] for one in apart["shares"]) == without > 0
    assert {tuple(one["stratum"]) for one in apart["shares"]} == {("sex",)}
    assert told["tables"][0]["notes"][0]["nl"].startswith(f"{without} registraties zonder identiteit")
    for lang, note, share, means in (
        ("en", "could be linked to nobody", "Without identity on shelters: ", "they bound the estimate"),
        ("nl", "konden aan niemand worden gekoppeld", "Zonder identiteit op shelters: ", "zij begrenzen de schatting"),
    ):
        assert main([*words, "--lang", lang]) == 0
        printed = capsys.readouterr()
        assert all(said in printed.err for said in (note, share, means))
    fewest, most = (_people(words, scenario, capsys) for scenario in ("elsewhere", "new"))
    assert most - _people(words, "known", capsys) == without
    assert fewest == _people(words, "known", capsys)


def _people(words: list[str], scenario: str, capsys: pytest.CaptureFixture[str]) -> int:
    assert main([*words, "--without-identity", scenario, "--json"]) == 0
    told = valid("histories", capsys.readouterr().out)
    assert told["without_identity"]["counted_as"] == scenario
    return int(told["tables"][0]["observed"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--merge", "A+A"], "'A'"),
        (["--without-identity", "new"], "FILE.csv and --without-identity do not go together"),
    ],
)
def test_histories_refuse_in_one_sentence(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "counts.csv").write_text("A,B,C,count\n1,0,0,3\n0,1,1,4\n1,1,0,2\n", encoding="utf-8")
    assert main(["histories", str(tmp_path / "counts.csv"), *words, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err
