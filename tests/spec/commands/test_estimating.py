"""`schakel estimate` and `schakel histories` as people meet them: output, exit codes, bad input, JSON as published."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from schakel.cli import COMMANDS, main, needed
from schakel.cli import estimate as command
from tests.schemas import valid

GOOD = "A,B,C,count\n1,0,0,1400\n0,1,0,1300\n1,1,0,160\n0,0,1,1200\n1,0,1,150\n0,1,1,140\n1,1,1,50\n"
FAILING = "A,B,C,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,6\n"
BY_SEX = "A;B;sex;count\n1;0;v;5\n1;1;v;3\n0;1;v;4\n1;0;m;7\n0;1;m;2\n1;1;m;2\n"
RECORDS = "A,B\n1,0\n1,1\n0,1\n1,0\n"

Run = Any


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def runner(*words: str, typed: str | bytes = "") -> tuple[int, str, str]:
        data = typed if isinstance(typed, bytes) else typed.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        code = main([*words, "--lang", "en"])
        out = capsys.readouterr()
        return code, out.out, out.err

    return runner


def test_an_estimate_is_told_with_all_that_belongs_to_it(run: Run) -> None:
    code, out, err = run("estimate", "-", typed=GOOD)
    assert (code, err) == (0, "")
    told = ("INTERNAL", "Estimated in all", "95%:", "Verdict", "not computed", "About whom", "The estimate assumes")
    assert all(words in out for words in told)
    assert "seed 7" in out


def test_its_json_is_as_published_and_repeats(run: Run) -> None:
    first = run("estimate", "-", "--json", typed=GOOD)
    data = valid("estimate", first[1])
    assert first == run("estimate", "-", "--json", typed=GOOD)
    assert data["method"] == "stepwise"
    assert data["observed"] == 4400
    assert data["unobserved"] == pytest.approx(data["population"] - 4400)
    assert data["interval"]["kind"] == "bca"
    assert data["verdict"] is None
    assert "method all" in data["not_computed"]["verdict"]["en"]


@pytest.mark.parametrize("words", [("--model", "[12,3]"), ("--model", "[A*B,C]"), ("--method", "main"),
                                   ("--method", "bic", "--order", "2", "--resamples", "40"), ("--interval", "none"),
                                   ("--interval", "percentile", "--resamples", "40", "--seed", "3")])  # fmt: skip
def test_every_way_of_asking_gives_json_as_published(run: Run, words: tuple[str, ...]) -> None:
    code, out, _ = run("estimate", "-", "--json", *words, typed=GOOD)
    assert code == 0
    assert valid("estimate", out)["population"] > 4400


def test_without_an_estimate_population_is_null_with_the_reason_and_exit_code_1(run: Run) -> None:
    code, out, err = run("estimate", "-", "--model", "[12,3]", "--json", typed=FAILING)
    data = valid("estimate", out)
    assert (code, err) == (1, "")
    assert data["population"] is None
    assert data["flag"] == 1
    assert "no (extended) maximum likelihood estimate" in data["reason"]["en"]
    code, out, _ = run("estimate", "-", "--model", "[12,3]", typed=FAILING)
    assert code == 1
    assert "There is no estimate" in out


def test_all_methods_have_an_object_each_and_one_verdict(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from schakel.estimation import methods

    few = partial(methods.estimate_all, names=("main", "stepwise"), checks=False)
    monkeypatch.setattr(methods, "estimate_all", few)
    code, out, _ = run("estimate", "-", "--method", "all", "--resamples", "40", "--json", typed=GOOD)
    data = valid("estimate", out)
    assert [one["method"] for one in data["results"]] == ["main", "stepwise"]
    assert all(one["verdict"] == data["verdict"] for one in data["results"])
    assert code == (1 if data["verdict"]["word"] == "do-not-report" else 0)


STRATA = "A,B,C,sex,count\n" + "".join(
    f"{line.rpartition(',')[0]},{sex},{int(line.rpartition(',')[2]) // part}\n"
    for line in GOOD.splitlines()[1:] for sex, part in (("v", 2), ("m", 5)))  # fmt: skip


def test_strata_take_bca_limits_and_go_on_where_they_were_stopped(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("estimate", "-", "--strata", "sex", "--model", "main", "--interval", "bca", "--resamples", "30", "--json",
             "--resume", str(tmp_path / "kept"))  # fmt: skip

    def told(done: int, total: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    monkeypatch.setattr(command, "progress", lambda: told)
    code, _, err = run(*asked, typed=STRATA)
    assert (code, "Stopped" in err) == (130, True)
    before = (tmp_path / "kept").read_text(encoding="utf-8")
    monkeypatch.setattr(command, "progress", lambda: None)
    code, out, _ = run(*asked, typed=STRATA)
    data = valid("estimate", out)
    assert (tmp_path / "kept").read_text(encoding="utf-8").startswith(before)
    assert data["interval"]["kind"] == "bca"
    assert all(group["interval"]["low"] < group["population"] for group in data["details"]["groups"])
    assert (code, out) == run(*asked[:-2], typed=STRATA)[:2]


def test_a_list_that_was_active_in_some_strata_only_can_be_told(run: Run) -> None:
    table = "".join(line + "\n" for line in STRATA.splitlines() if line.split(",")[2:4] != ["1", "m"])
    asked = ("estimate", "-", "--strata", "sex", "--model", "main", "--interval", "none")
    told = run(*asked, "--active", "C:sex=v", typed=table)[1]
    assert "not active everywhere or always: C" in " ".join(told.split())
    assert told != run(*asked, typed=table)[1]
    code, out, err = run(*asked, "--active", "C:sex=x", typed=table)
    assert (code, out) == (2, "")
    assert "standard input: 'sex' has no level 'x'" in err
    _, _, err = run(*asked, "--active", "C:sex=v", typed=STRATA)
    assert "standard input: in the stratum 'sex=m' people stand on a list that is not active there" in err


def test_strata_give_groups_that_add_up(run: Run) -> None:
    table = STRATA
    code, out, _ = run(
        "estimate", "-", "--strata", "sex", "--model", "main", "--resamples", "20", "--json", typed=table
    )
    data = valid("estimate", out)
    assert code == 0
    groups = data["details"]["groups"]
    assert sum(group["population"] for group in groups) == pytest.approx(data["population"])
    told = run("estimate", "-", "--strata", "sex", "--model", "main", "--resamples", "20", typed=table)[1]
    assert "By group:" in told
    assert (
        "not computed"
        in run("estimate", "-", "--strata", "sex", "--model", "main", "--interval", "none", typed=table)[1]
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "holds no rows"),
        ("A,B,count\n", "holds no rows"),
        ("A,B,count\n1,0,-3\n", "line 2: '-3' is no count"),
        ("A,B,count\n1,0,\n", "line 2: '' is no count"),
        ("A,B,count\n1,0,NaN\n", "'NaN' is no count"),
        ("A,B,count\n1,,3\n", "line 2: column 'B' has an empty value"),
        ("A,B,count\n0,0,3\n1,1,1\n", "line 2: there is a row of people on no list"),
        ("A,B,count\n1,0,3\n1,0,4\n", "line 3: the history 1,0 stands twice"),
        ("A,count\n1,3\n", "there is one list"),
        ("A,B,count\n1,0,3\n0,1,4\n", "no person stands on two lists"),
        ("A,B,count\n1,0,3\n1,1,4\n", "everybody on list 'B' is also on 'A'"),
        (b"A,B\xe9,count\n1,0,3\n", "not UTF-8"),
        ("A," * 1_000_000 + "B\n1\n", "more than 100 columns"),
        ("A,B,count\n1,0,0\n0,1,0\n1,1,0\n", "nobody"),
        (",".join("ABCDEFGHIJK") + "\n" + ",".join("1" * 11) + "\n", "11 lists"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(run: Run, typed: str | bytes, said: str) -> None:
    code, out, err = run("estimate", "-", typed=typed)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert len(err) < 400


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--model", "[12,9]"), "no list '9'"),
        (("--model", "[123]"), "all lists at once"),
        (("--model", "[12]", "--method", "main"), "--model and --method do not go together"),
        (("--interval", "profile"), "'profile' cannot be made"),
        (("--resamples", "0"), "0 resamples cannot be used"),
        (("--seed", "-1"), "seed '-1'"),
        (("--order", "2"), "--order and --method stepwise do not go together"),
        (("--method", "bic", "--order", "-1"), "largest term of -1"),
        (("--lists", "A,X"), "no column 'X'"),
        (("--strata", "sex"), "standard input: there is no column 'sex'"),
        (("--strata", "sex", "--interval", "profile"), "'profile' cannot be made for the method '--strata'"),
        (("--strata", "sex", "--active", "A=1"), "does not say where a list was active"),
        (("--active", "A:sex=v"), "says nothing without strata"),
        (("--strata", "sex", "--method", "all"), "--strata and --method do not go together"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence_and_exit_code_2(run: Run, words: tuple[str, ...], said: str) -> None:
    code, out, err = run("estimate", "-", *words, typed=GOOD)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_without_the_numbers_libraries_the_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("schakel.estimation.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)
    for words in (("estimate", "-"), ("histories", "-")):
        code, _, err = run(*words, typed=GOOD)
        assert code == 2
        assert "schakel[estimate]" in err


def test_a_file_that_is_not_there(run: Run) -> None:
    assert run("estimate", "nowhere.csv")[0] == 2


def test_a_run_is_kept_and_gone_on_with(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "run")
    first = run("estimate", "-", "--resamples", "40", "--resume", path, typed=GOOD)
    assert first == run("estimate", "-", "--resamples", "40", "--resume", path, typed=GOOD)
    code, _, err = run("estimate", "-", "--resamples", "50", "--resume", path, typed=GOOD)
    assert code == 2
    assert "holds another run" in err


def test_a_stop_says_where_to_go_on_from(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*given: Any, **more: Any) -> None:
        raise KeyboardInterrupt

    from schakel.estimation import methods

    monkeypatch.setattr(methods, "estimate", stop)
    code, out, err = run("estimate", "-", "--resume", str(tmp_path / "kept"), typed=GOOD)
    assert (code, out) == (130, "")
    assert "What was done stands in kept" in err


def test_progress_is_told_where_a_person_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr("sys.stderr", screen)
    assert command.progress() is None
    monkeypatch.setattr(screen, "isatty", lambda: True)
    told = command.progress()
    assert told is not None
    told(1, 2)
    told(2, 2)
    assert "1 / 2" in screen.getvalue()
    named = command.begins("nl")
    assert named is not None
    named("stepwise")
    assert "Stapsgewijs gekozen paren" in screen.getvalue()


def test_histories_of_records(run: Run) -> None:
    code, out, _ = run("histories", "-", typed=RECORDS)
    assert code == 0
    assert out == "A,B,count\n1,0,2\n0,1,1\n1,1,1\n"


def test_histories_by_stratum_as_published(run: Run) -> None:
    _, out, _ = run("histories", "-", "--strata", "sex", "--json", typed=BY_SEX)
    data = valid("histories", out)
    assert [(one["stratum"], one["observed"]) for one in data["tables"]] == [(["m"], 11), (["v"], 12)]
    assert run("histories", "-", "--strata", "sex", typed=BY_SEX)[1].startswith("sex,A,B,count\nm,1,0,7\n")


def test_histories_with_lists_merged_and_left_out(run: Run) -> None:
    assert run("histories", "-", "--merge", "A+C", typed=GOOD)[1] == "A+C,B,count\n1,0,2750\n0,1,1300\n1,1,350\n"
    _, out, err = run("histories", "-", "--drop", "C", typed=GOOD)
    assert out == "A,B,count\n1,0,1550\n0,1,1440\n1,1,210\n"
    assert "1200 people stood only on a list" in err


def test_histories_of_a_linkage(run: Run, tmp_path: Path) -> None:
    pd.DataFrame({"record": [1, 2, 3], "person": [5, 5, 6], "draw": 0}).to_parquet(tmp_path / "clusters.parquet")
    pd.DataFrame({"record": [1, 2, 3], "list": ["Care", "Police", "Care"], "sex": ["v", "v", "m"]}).to_csv(
        tmp_path / "registrations.csv", index=False
    )
    linked = ("--clusters", str(tmp_path / "clusters.parquet"), "--registrations", str(tmp_path / "registrations.csv"))
    assert run("histories", *linked)[1] == "Care,Police,count\n1,0,1\n1,1,1\n"
    assert "sex,Care,Police,count\nm,1,0,1\nv,1,1,1" in run("histories", *linked, "--strata", "sex")[1]
    assert run("histories", *linked[:2])[0] == 2
    assert run("histories", "x.csv", *linked)[0] == 2
    assert run("histories")[0] == 2


def test_a_command_and_the_version_load_no_other_command() -> None:
    assert needed(["estimate", "x.csv"]) == ("estimate",)
    assert needed(["--version"]) == ()
    assert needed([]) == needed(["--help"]) == needed(["nothing"]) == COMMANDS


def test_an_estimate_loads_neither_scipy_nor_pandas() -> None:
    """What is loaded is most of what a quick estimate costs."""
    asked = "import sys; from schakel.cli import main; main(['estimate', '-', '--interval', 'none']); "
    told = "print([name for name in ('scipy', 'pandas', 'numpy.ma', 'yaml', 'jsonschema') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked + told], input=GOOD, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("1,0,m,20", "1,1,m,5", "1,0,v,10", "1,1,v,4"), "everybody on list 'B' is also on 'A'"),
        (("1,0,m,20", "0,1,m,9", "1,1,m,5", "1,1,m,5", "1,0,v,3", "0,1,v,3"), "line 5: the history 1,1 stands twice"),
        (("1,0,m,0", "0,1,m,0", "1,1,v,0"), "nobody in the table"),
        (("1,0,m,20", "0,1,NA,9", "1,1,NA,5", "1,0,v,3"), "'sex' is empty on 2 rows"),
    ],
)
def test_what_is_refused_without_strata_is_refused_with_them(run: Run, rows: tuple[str, ...], said: str) -> None:
    code, out, err = run("estimate", "-", "--strata", "sex", typed="\n".join(("A,B,sex,count", *rows)) + "\n")
    assert (code, out) == (2, "")
    assert said in err


def test_lists_may_be_numbered_in_a_model_with_strata(run: Run) -> None:
    table = "A,B,C,sex,count\n" + "".join(
        f"{a},{b},{c},{sex},{10 + 7 * a + 3 * b + c}\n"
        for sex in "mv" for a in (0, 1) for b in (0, 1) for c in (0, 1) if a or b or c
    )  # fmt: skip
    asked = ("estimate", "-", "--strata", "sex", "--interval", "none", "--json", "--model")
    numbered, named = (run(*asked, model, typed=table)[1] for model in ("[12,3*sex]", "[A*B,C*sex]"))
    assert json.loads(numbered)["population"] == json.loads(named)["population"]
    assert json.loads(numbered)["model"] == json.loads(named)["model"] == "[A*B,C*sex]"
