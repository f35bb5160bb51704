"""Synthetic records audited by themselves, and attacked together with tables about the same people."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import jsonschema
import numpy as np
import pandas as pd
import pytest

from schakel.cli import main
from schakel.disclosure.audit import audit
from schakel.disclosure.files import read_records
from schakel.disclosure.microdata import known_from, verify_records
from schakel.disclosure.protect import protect
from schakel.disclosure.readers import Output
from schakel.disclosure.release import make_release
from schakel.disclosure.spec import Policy
from tests.unit.schakel.disclosure.small import people, spec

SCHEMA = json.loads((Path(__file__).parents[4] / "docs/reference/schema/audit.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of people, and synthetic records of it with their note."""
    folder = tmp_path_factory.mktemp("records")
    people(400, seed=3).to_csv(folder / "truth.csv", index=False)
    words = ["synthesise", str(folder / "truth.csv"), "--out", str(folder / "out.csv"), "--lang", "en"]
    assert main(words) == 0
    return folder


def run(*words: object) -> int:
    return main(["audit", *map(str, words), "--lang", "en"])


def test_records_that_keep_their_promise(given: Path, capsys: pytest.CaptureFixture[str]):
    assert run(given / "out.csv", "--truth", given / "truth.csv") == 0
    assert "has 10 or more real holders" in capsys.readouterr().out
    assert run(given / "out.csv") == 0
    assert "nothing was proved" in capsys.readouterr().out


def test_records_that_were_changed_or_promise_too_much(given: Path, capsys: pytest.CaptureFixture[str]):
    other = given.parent / "other"
    other.mkdir(exist_ok=True)
    note = (given / "out.csv.audit.json").read_text()
    (other / "out.csv.audit.json").write_text(note)
    (other / "out.csv").write_text((given / "out.csv").read_text() + "woman,0-17,sexual,2021\n")
    assert run(other / "out.csv") == 1
    assert "do not fit their note" in capsys.readouterr().out
    people(12, seed=4).to_csv(other / "few.csv", index=False)
    assert run(given / "out.csv", "--truth", other / "few.csv", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, SCHEMA)
    assert told["leaks"] > 0


@pytest.mark.parametrize("note", ["{}", "[]", "no", '{"kind": "schakel-synthetic", "promise": "differential-privacy"}'])
def test_a_note_that_promises_no_holders_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], note: str):
    (tmp_path / "x.csv").write_text("a\n1\n")
    (tmp_path / "x.csv.audit.json").write_text(note)
    assert run(tmp_path / "x.csv") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_directory_is_told_in_the_same_schema(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    from schakel.disclosure.files import write_release

    made, _ = protect(spec(("sex", "age")), people(400, seed=3), seed=5)
    write_release(made, tmp_path / "r")
    words = (tmp_path / "r", "--truth", given / "truth.csv", "--records", given / "out.csv", "--json")
    assert run(*words) == 0
    jsonschema.validate(json.loads(capsys.readouterr().out), SCHEMA)


def test_what_records_tell_is_true_and_only_of_what_is_printed(given: Path):
    made, note, checksum = read_records(given / "out.csv")
    asked = spec(("sex", "age"), ("form",))
    known = known_from(made, 10, asked, "out.csv")
    truth = people(400, seed=3)
    for key, (low, high) in known.cells.items():
        rows = truth
        for name, value in key:
            rows = rows[rows[name] == value]
        assert low <= len(rows)
        assert high is None
    assert {tuple(name for name, _ in key) for key in known.cells} <= {("sex",), ("age",), ("sex", "age"), ("form",)}
    assert verify_records(made, note, checksum, truth, "out.csv").safe


def test_records_beside_a_table_can_betray_what_neither_tells_alone():
    """Of 14 people 11 are women and 3 men, both withheld: the men could be 1 to 13. That there are at least 10 women,
    which the records tell, leaves 1 to 4: the count is small for certain, and the audit must see it."""
    data = pd.DataFrame({"sex": ["woman"] * 11 + ["man"] * 3})
    asked = spec(("sex",), policy=Policy(mode="suppression"))
    records = pd.DataFrame({"sex": ["woman"] * 14})
    for earlier, safe in (((), True), ((known_from(records, 10, asked, "records"),), False)):
        release = make_release(asked, data, earlier)
        values = np.array([-1 if release.cells.key(cell) else 14 for cell in range(release.cells.size)])
        assert audit(release, Output(values)).safe is safe


def test_protecting_with_records_beside_finds_another_rounding_or_refuses(given: Path):
    made, _, _ = read_records(given / "out.csv")
    truth = people(400, seed=3)
    asked = dataclasses.replace(spec(("sex", "age", "form")), policy=Policy())
    release, report = protect(asked, truth, seed=5, earlier=[known_from(made, 10, asked, "out.csv")])
    assert report.audit.safe
    assert release.note["earlier"] == [{"name": "out.csv"}]
