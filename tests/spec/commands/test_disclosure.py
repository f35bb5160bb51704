"""protect, audit and synthesise as a person meets them: output, exit codes, one sentence, JSON as published."""

from __future__ import annotations

from pathlib import Path

import pytest

from schakel.cli import main
from tests.schemas import valid
from tests.unit.schakel.disclosure.small import people

SPEC = """
id: trial
title: {nl: Proef, en: Trial}
period: {from: 2021-01-01, to: 2023-12-31}
variables:
  sex: {categories: [woman, man]}
  age: {categories: [0-17, 18-23, 24+], groups: {young: [0-17, 18-23]}}
tables:
  - {name: sex-age, by: [sex, age]}
"""


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    people(80).to_csv("people.csv", index=False)
    Path("spec.yaml").write_text(SPEC, encoding="utf-8")
    Path("key").write_bytes(b"a secret of the installation")

    def runner(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--lang", "en"])
        out = capsys.readouterr()
        return code, out.out, out.err

    return runner


def test_a_release_is_protected_and_passes_its_audit(run):
    code, out, _ = run("protect", "spec.yaml", "people.csv", "--out", "out", "--secret", "key")
    assert code == 0
    assert "Protected and written: out" in out
    assert {path.name for path in Path("out").iterdir()} == {"cells.csv", "audit.json", "spec.yaml"}
    assert run("key", "key", "--public", "public.pem")[0] == 0
    code, out, _ = run("audit", "out", "--truth", "people.csv", "--key", "public.pem")
    assert code == 0
    assert "Safe: out" in out
    assert "seal verified with this key" in out
    code, out, _ = run("audit", "out", "--truth", "people.csv")
    assert code == 1
    assert "the seal was not looked at" in out


def test_a_key_is_made_and_the_secret_stays_out_of_what_is_published(run):
    code, out, _ = run("key", "secret", "--public", "public.pem")
    assert code == 0
    assert "Keep it outside everything that is published" in out
    assert Path("secret").stat().st_mode & 0o077 == 0
    run("protect", "spec.yaml", "people.csv", "--out", "out", "--secret", "secret")
    assert run("audit", "out", "--key", "public.pem")[0] == 0
    code, _, err = run("key", "out/secret", "--public", "other.pem")
    assert (code, err.count("\n")) == (2, 1)
    assert "among what is published" in err
    run("key", "another", "--public", "another.pem")
    code, out, _ = run("audit", "out", "--key", "another.pem")
    assert code == 1
    assert "the seal does not fit the note" in out


def test_without_a_key_an_audit_says_checksums_only(run):
    run("protect", "spec.yaml", "people.csv", "--out", "out")
    code, out, _ = run("audit", "out")
    assert code == 0
    assert "checksums only" in out
    run("key", "secret", "--public", "public.pem")
    assert run("audit", "out", "--key", "public.pem")[0] == 1  # who has a key expects its seal


def test_the_json_is_as_published(run):
    _, out, _ = run("protect", "spec.yaml", "people.csv", "--out", "out", "--json")
    assert valid("protect", out)["verdict"] == "safe"
    _, out, _ = run("audit", "out", "--truth", "people.csv", "--json")
    assert valid("audit", out)["verdict"] == "safe"
    _, out, _ = run("audit", "out", "--json")
    assert valid("audit", out)["attack"] is None
    _, out, _ = run("synthesise", "people.csv", "--k", "5", "--out", "made.csv", "--json")
    assert valid("synthesise", out)["proved"] is True


def test_not_safely_possible_is_exit_code_one_and_nothing_is_written(run):
    Path("spec.yaml").write_text(SPEC + "mode: suppression\n", encoding="utf-8")
    people(7, 0).to_csv("few.csv", index=False)
    code, out, _ = run("protect", "spec.yaml", "few.csv", "--out", "out")
    assert code == 1
    assert "Not safely possible: nothing was written" in out
    assert "leave out 'sex'" in out
    assert not Path("out").exists()
    _, out, _ = run("protect", "spec.yaml", "few.csv", "--out", "out", "--json")
    assert valid("protect", out)["verdict"] == "not-safe"


def test_a_tampered_directory_is_exit_code_one(run):
    run("protect", "spec.yaml", "people.csv", "--out", "out")
    cells = Path("out/cells.csv")
    cells.write_text(cells.read_text(encoding="utf-8").replace(",80,", ",85,"), encoding="utf-8")
    code, out, _ = run("audit", "out", "--truth", "people.csv")
    assert code == 1
    assert "cells.csv was changed" in out
    assert "does not add up" in out


SEALED_OVER = {
    "en": ("the seal on the note (audit.json) fits this key, but the folder is not what it covers:", "is refused"),
    "nl": (
        "het zegel op de notitie (audit.json) klopt met deze sleutel, maar de map is niet wat het dekt:",
        "geweigerd",
    ),
}


@pytest.mark.parametrize("lang", SEALED_OVER)
@pytest.mark.parametrize("name", ["cells.csv", "spec.yaml", "more.txt"])
def test_a_seal_that_fits_is_not_said_of_files_that_were_changed(run, capsys, name, lang):
    run("protect", "spec.yaml", "people.csv", "--out", "out", "--secret", "key")
    run("key", "key", "--public", "public.pem")
    with Path("out", name).open("a", encoding="utf-8") as file:
        file.write({"cells.csv": "", "spec.yaml": "# more", "more.txt": "true counts"}[name])
    if name == "cells.csv":
        Path("out/cells.csv").write_text(Path("out/cells.csv").read_text("utf-8").replace(",80,", ",85,"), "utf-8")
    assert main(["audit", "out", "--key", "public.pem", "--lang", lang]) == 1
    first, second, third, *_, last = capsys.readouterr().out.splitlines()
    assert first == {"en": "Not in order: out", "nl": "Niet in orde: out"}[lang]
    assert second.strip() == SEALED_OVER[lang][0]
    assert name in third or name == "more.txt"
    assert SEALED_OVER[lang][1] in last
    assert main(["opendata", "out", "--base-url", "https://example.org/", "--out", "data", "--key", "public.pem",
                 "--lang", lang]) == 2  # fmt: skip
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert {"en": "is not the release that was sealed", "nl": "is niet de uitgave die is verzegeld"}[lang] in said
    assert not Path("data").exists()


def test_only_what_was_attacked_is_called_safe(run):
    run("protect", "spec.yaml", "people.csv", "--out", "out")
    code, out, _ = run("audit", "out")
    assert (code, out.splitlines()[0]) == (0, "In order: out")
    assert "without --truth nothing was attacked" in out
    assert run("audit", "out", "--truth", "people.csv")[1].startswith("Safe: out")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("tables: []", "'tables' must be a list"),
        ("colour: red", "'colour' is not known here"),
        ("base: 1", "whole number of 2 or more"),
        ("mode: hiding", "'hiding' cannot be chosen"),
        ("policy: none", "'none' cannot be chosen"),
        ("period: {from: 2023-01-01, to: 2022-01-01}", "ends before it begins"),
        ("tables: [{name: a, by: [sex]}, {name: a, by: [age]}]", "'a' stands twice"),
        ("tables: [{name: a}]", "'by' is missing"),
        ("tables: [{name: a, by: [hair]}]", "no variable 'hair'"),
        ("tables: [{name: a, by: [sex], where: {age: [old]}}]", "'old' is no category of 'age'"),
        ("variables: {sex: {categories: [woman]}}", "'man' is no category of 'sex'"),
        ("variables: {age: {groups: {a: [0-17, 18-23], b: [18-23, 24+]}}}", "overlap and neither holds the other"),
        ("count: form", "is no count"),
        ("beside: [{name: x, kind: percentage, of: {hair: red}, per: {}}]", "no variable 'hair'"),
        ("beside: [{name: x, kind: rate, of: {sex: man}}]", "'population' is missing"),
    ],
)
def test_a_specification_that_cannot_be_used_is_one_sentence(run, line, words):
    key = line.partition(":")[0]
    kept = SPEC.replace("\ntables:", "\n#tables:").replace("  - {name: s", "#  - {name: s") if key == "tables" else SPEC
    kept = "".join(part for part in kept.splitlines(keepends=True) if not part.startswith((f"{key}:", "#")))
    if key == "variables":
        kept = kept.split("  sex: {")[0] + "tables:\n  - {name: sex-age, by: [sex, age]}\n"
    Path("spec.yaml").write_text(f"{kept}\n{line}\n", encoding="utf-8")
    code, _, err = run("protect", "spec.yaml", "people.csv", "--out", "out")
    assert code == 2
    assert words in err
    assert "Traceback" not in err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("protect", "nothing.yaml", "people.csv", "--out", "out"), "no file 'nothing.yaml'"),
        (("protect", "spec.yaml", "nothing.csv", "--out", "out"), "no file 'nothing.csv'"),
        (("protect", "spec.yaml", "spec.yaml", "--out", "out"), "neither CSV nor Parquet"),
        (("protect", "spec.yaml", "people.csv", "--out", "key"), "exists already"),
        (("protect", "spec.yaml", "people.csv", "--out", "no/where"), "'where' cannot be made there"),
        (("protect", "spec.yaml", "people.csv", "--out", "n" * 300), "cannot be made there"),
        (("protect", "spec.yaml", "people.csv", "--out", "a\0b"), "cannot be made there"),
        (("synthesise", "people.csv", "--out", "no/where", "--k", "5"), "'where' cannot be made there"),
        (("key", "no/secret", "--public", "public.pem"), "'secret' cannot be made there"),
        (("factsheet", "--year", "2011", "--out", "no/where"), "'where' cannot be made there"),
        (("factsheet", "--year", "2012", "--out", "x"), "Ask for 2011"),
        (("protect", "spec.yaml", "broken.csv.gz", "--out", "out"), "cannot be read as a table"),
        (("protect", "spec.yaml", "empty.csv", "--out", "out"), "cannot be read as a table"),
        (("audit", "nowhere"), "no release directory"),
        (("audit", "nowhere", "--key", "people.csv"), "no public key"),
        (("protect", "spec.yaml", "people.csv", "--out", "out", "--secret", "empty.csv"), "fewer than 16 bytes"),
        (("key", "secret", "--public", "people.csv"), "exists already"),
        (("synthesise", "people.csv", "--out", "x.csv", "--k", "1"), "'k' must be a whole number"),
        (("synthesise", "people.csv", "--out", "x.csv", "--dp", "0"), "no privacy budget"),
        (("synthesise", "people.csv", "--out", "x.csv", "--year", "when"), "no variable 'when'"),
    ],
)
def test_bad_input_is_one_sentence(run, words, said):
    Path("empty.csv").touch()
    Path("broken.csv.gz").write_bytes(b"\x1f\x8bhalf")
    code, _, err = run(*words)
    assert code == 2
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("count", ["-1", "1.5", "", "nan", "inf", "1e400", "9" * 30, "9000000000000000000"])
def test_what_is_no_count_of_people_is_refused(run, count):
    people(20).assign(n=[count, *["1"] * 19]).to_csv("counts.csv", index=False)
    Path("spec.yaml").write_text(f"{SPEC}count: n\n", encoding="utf-8")
    code, _, err = run("protect", "spec.yaml", "counts.csv", "--out", "out")
    assert code == 2
    assert f"'{count}' in column 'n' is no count" in err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",80,", f",{'9' * 5000},", "line 16 of cells.csv of 'out' cannot be read"),
        (",80,", f",{'x' * 200000},", "line 16 of cells.csv of 'out' cannot be read"),
        ("table,", "tables,", "its cells.csv has other columns"),
    ],
    ids=["a number too long", "a field too long", "another column"],
)
def test_cells_that_cannot_be_read_are_one_sentence(run, old, new, said):
    run("protect", "spec.yaml", "people.csv", "--out", "out")
    cells = Path("out/cells.csv")
    cells.write_text(cells.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    code, _, err = run("audit", "out", "--truth", "people.csv")
    assert (code, err.count("\n")) == (2, 1)
    assert said in err


@pytest.mark.parametrize("time", ["-1", "nan", "inf", "soon"])
def test_a_time_that_is_none_is_refused(run, time, capsys):
    with pytest.raises(SystemExit) as ended:
        run("protect", "spec.yaml", "people.csv", "--out", "out", "--seconds", time)
    assert ended.value.code == 2
    assert "no time in seconds" in capsys.readouterr().err
    assert not Path("out").exists()


def test_synthetic_records_are_never_written_over(run):
    assert run("synthesise", "people.csv", "--k", "5", "--out", "made.csv")[0] == 0
    assert Path("made.csv.audit.json").exists()
    code, _, err = run("synthesise", "people.csv", "--k", "5", "--out", "made.csv")
    assert code == 2
    assert "exists already" in err
