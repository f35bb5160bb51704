"""The command line as a person meets it: output, exit codes, one sentence for bad input, JSON as published."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from schakel.cli import main
from schakel.mechanism.content import DUTCH
from tests.schemas import valid

ROOT = Path(__file__).resolve().parents[3]
FARM, GIRLS = (str(ROOT / "examples" / name) for name in ("farm.yaml", "girls.yaml"))

Run = Any


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def runner(*words: str, typed: str = "") -> tuple[int, str, str]:
        stream = io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8")
        monkeypatch.setattr("sys.stdin", stream)
        code = main([*words])
        out = capsys.readouterr()
        return code, out.out, out.err

    return runner


def test_the_farm_gets_first_steps_and_a_next_question(run: Run) -> None:
    code, out, _ = run("plan", FARM, "--on", "2025-06-01", "--lang", "en")
    assert code == 0
    assert "What you do" in out
    assert "CoMensha" in out
    assert "Next question" in out


def test_the_girls_are_treated_as_children_whatever_their_nationality(run: Run) -> None:
    code, out, _ = run("plan", GIRLS, "--on", "2025-06-01", "--json")
    plan = valid("plan", out)
    assert code == 0
    for person in plan["persons"]:
        status = {duty["id"]: duty["status"] for duty in person["duties"]}
        assert status["police-register-comensha"] == "applies"
        assert status["youth-help-24-7"] == "applies"
        assert status["nidos-protected-reception"] == "may_apply"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("facts", ("facts", "--json")),
        ("signals", ("facts", "--signals", "--json")),
        ("diff", ("diff", "--from", "2023-05-18", "--to", "2023-05-19", "--json")),
        ("plan", ("plan", FARM, "--json", "--receipt-facts", "--lang", "en")),
        ("check", ("check", "--json", "--lang", "en")),
        ("scenarios", ("scenarios", "--json", "--lang", "en")),
    ],
)
def test_json_is_as_published(run: Run, name: str, words: tuple[str, ...]) -> None:
    code, out, _ = run(*words)
    assert code == 0
    assert valid(name, out)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("shared: {nationalty: nl}", "nationality"),
        ("shared: {age: purple}", "under_12"),
        ("shared: {nationality: nl, residence: none}", "residence permit"),
        ("who: astronaut", "police"),
        ("on: 1999-01-01", "2013-01-01"),
        ("municipality: Amsterdm", "Amsterdam"),
        ("a: &x 1\nb: *x", "anchors"),
        ("shared: {age: 17", "YAML"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_two(run: Run, typed: str, says: str) -> None:
    code, out, err = run("plan", "-", "--lang", "en", typed=typed)
    assert code == 2
    assert out == ""
    assert says in err
    assert "Traceback" not in err
    assert err.count("\n") == 1


def test_bad_input_is_told_in_dutch_too(run: Run) -> None:
    _, _, err = run("plan", "-", "--lang", "nl", typed="shared: {nationalty: nl}")
    assert "er is geen feit" in err
    assert "regel 1" in err


def test_a_file_that_is_not_there(run: Run) -> None:
    code, _, err = run("plan", "nowhere.yaml", "--lang", "en")
    assert code == 2
    assert "nowhere.yaml" in err


def test_a_receipt_with_facts_replays(run: Run, tmp_path: Path) -> None:
    _, out, _ = run("plan", GIRLS, "--json", "--receipt-facts", "--on", "2025-06-01")
    (tmp_path / "plan.json").write_text(out, encoding="utf-8")
    assert run("replay", str(tmp_path / "plan.json"))[:2] == (0, "same outcomes\n")


def test_a_receipt_without_facts_says_so(run: Run, tmp_path: Path) -> None:
    _, out, _ = run("plan", GIRLS, "--json")
    (tmp_path / "plan.json").write_text(out, encoding="utf-8")
    code, _, err = run("replay", str(tmp_path / "plan.json"), "--lang", "en")
    assert code == 2
    assert "--receipt-facts" in err


def test_a_receipt_of_other_outcomes_is_told(run: Run, tmp_path: Path) -> None:
    _, out, _ = run("plan", GIRLS, "--json", "--receipt-facts")
    plan = json.loads(out)
    plan["receipt"]["outcomes"] = "0" * 64
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    assert run("replay", str(tmp_path / "plan.json"))[0] == 1


def test_a_duty_is_explained_with_its_sources(run: Run) -> None:
    code, out, _ = run("explain", "police-register-comensha", "--lang", "en")
    assert code == 0
    assert "S15" in out


def test_an_unknown_duty_names_the_nearest(run: Run) -> None:
    code, _, err = run("explain", "police-register-comensa", "--lang", "en")
    assert code == 2
    assert "police-register-comensha" in err


def test_the_day_of_granting_changes_the_reflection_period(run: Run) -> None:
    told = (
        "who: police\nshared: {{indication: yes, action: none, capacity: victim, nationality: third_country, age: 30,"
    )
    told += " age_doubt: none, residence: reflection_period, dublin: yes, reflection_granted_on: {day}}}"
    due = {}
    for granted in ("2023-05-18", "2023-05-19"):
        _, out, _ = run("plan", "-", "--json", "--on", "2023-06-01", typed=told.format(day=granted))
        duties = {duty["id"]: duty for duty in json.loads(out)["persons"][0]["duties"]}
        due[granted] = (
            duties["suspend-departure-thirty-days"]["status"],
            duties["suspend-departure-thirty-days"]["due"],
        )
    assert due["2023-05-19"] == ("applies", "2023-06-18")
    assert due["2023-05-18"] != due["2023-05-19"]


def test_asking_ends_in_a_plan_and_keeps_the_answers(run: Run, tmp_path: Path) -> None:
    saved = tmp_path / "answers.json"
    code, out, _ = run("ask", "--lang", "en", "--on", "2025-06-01", "--save", str(saved), typed="3\n1\ns\n")
    assert code == 0
    assert "What you do" in out or "May apply" in out
    assert json.loads(saved.read_text(encoding="utf-8"))["who"] == "labour_inspector"


def test_asking_ends_when_the_input_ends(run: Run) -> None:
    assert run("ask", typed="")[0] == 0


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--help"], ["plan", "--help"], ["--version"]):
        with pytest.raises(SystemExit) as stopped:
            main(words)
        assert stopped.value.code == 0
    assert "schakel 0.1.0" in capsys.readouterr().out


def test_the_proof_ends_well_and_lists_the_known_gaps(run: Run) -> None:
    code, out, _ = run("check", "--gaps", "--lang", "en")
    assert code == 0
    assert "Nobody must register this victim" in out


def test_a_broken_content_is_named_by_file_and_line(run: Run, tmp_path: Path) -> None:
    shutil.copytree(DUTCH, tmp_path / "content")
    broken = tmp_path / "content" / "duties" / "safety" / "call-112.yaml"
    broken.write_text(broken.read_text(encoding="utf-8").replace("stage: safety", "stage: sometime"), encoding="utf-8")
    code, _, err = run("check", "--content", str(tmp_path / "content"), "--lang", "en")
    assert code == 2
    assert "call-112.yaml, line" in err
    assert "Traceback" not in err


def test_a_first_card_and_a_plan_are_put_on_paper(run: Run, tmp_path: Path) -> None:
    assert run("book", "--card", "ro", "--lang", "en", "--format", "html", "--out", str(tmp_path))[0] == 0
    assert run("book", "--plan", GIRLS, "--format", "html", "--out", str(tmp_path), "--lang", "en")[0] == 0
    assert {path.name for path in tmp_path.iterdir()} == {"card.en.html", "plan.en.html"}
    assert run("book", "--card", "xx", "--out", str(tmp_path))[0] == 2
