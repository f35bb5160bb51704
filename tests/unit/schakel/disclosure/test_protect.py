"""Only `protect` makes a protected release, nothing that fails gets out, and the directory holds nothing else."""

from __future__ import annotations

import ast
import copy
import dataclasses
import json
import pickle
from datetime import date
from pathlib import Path

import pytest

from schakel.disclosure.files import open_release, read_directory, read_earlier, write_release
from schakel.disclosure.protect import NotSafe, protect
from schakel.disclosure.protected import ProtectedRelease
from schakel.disclosure.seal import intact, sealed, seed_of
from schakel.disclosure.spec import SUPPRESSION, Beside, Policy
from schakel.disclosure.verify import verify
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.periods import Period
from tests.unit.schakel.disclosure.small import counted, people, spec

SRC = Path(__file__).parents[4] / "src"
KEY = b"a key of the installation, secret"
YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))


@pytest.fixture(scope="module")
def made() -> ProtectedRelease:
    return protect(spec(("sex", "age"), ("sex", "form"), period=YEAR), people(60), seed=5, key=KEY)[0]


def test_nobody_else_makes_one(made):
    for way in (
        lambda: ProtectedRelease(made.spec, made.note, made.rows, made.beside),
        lambda: ProtectedRelease(made.spec, made.note, made.rows, made.beside, object()),
        lambda: dataclasses.replace(made, rows={}),
        lambda: pickle.dumps(made),
        lambda: copy.deepcopy(made),
    ):
        with pytest.raises((TypeError, ValueError)):
            way()


def test_in_the_whole_house_only_protect_names_the_mint():
    allowed = {"schakel/disclosure/protected.py", "schakel/disclosure/protect.py"}
    naming = set()
    for path in SRC.rglob("*.py"):
        if "mint" not in path.read_text(encoding="utf-8").lower():
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        if names & {"mint", "_MINT"}:
            naming.add(str(path.relative_to(SRC)))
    assert naming == allowed


def test_a_table_reads_as_categories_value_and_status(made):
    table = made.table("sex-age")
    assert list(table.columns) == ["sex", "age", "value", "status"]
    assert len(table) == 3 * 4
    assert (table["value"] % 5 == 0).all()
    assert set(table["status"]) == {"rounded"}
    every = table[(table["sex"] == "_T") & (table["age"] == "_T")]
    assert every["value"].item() == 60


def test_it_cannot_be_changed(made):
    with pytest.raises(TypeError):
        made.note["verdict"] = "other"
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.rows = {}


def test_the_directory_holds_three_files_and_no_true_count_that_is_not_printed(made, tmp_path):
    place = tmp_path / "out"
    write_release(made, place)
    assert {path.name for path in place.iterdir()} == {"cells.csv", "audit.json", "spec.yaml"}
    assert {path.name for path in tmp_path.iterdir()} == {"out"}
    values = [line.split(",")[2] for line in (place / "cells.csv").read_text().splitlines()[1:]]
    assert all(int(value) % 5 == 0 for value in values)


def test_the_note_tells_nothing_of_the_truth(made):
    """Not how many counts are small, not the total change: a reader would learn from both."""
    text = json.dumps(dict(made.note))
    assert not {"attacked", "witnessed", "change", "smallest", "seed", "narrowest", "targets"} & set(made.note)
    assert "change" not in text
    assert made.claims["width"] == 4
    assert made.note["optimal_reader"] in ("drawn", "enumerated")


def test_what_was_written_reads_back_the_same(made, tmp_path):
    write_release(made, tmp_path / "out")
    again = open_release(tmp_path / "out", KEY)
    assert dict(again.rows) == dict(made.rows)
    assert dict(again.note) == dict(made.note)
    assert again.table("sex-form").equals(made.table("sex-form"))


def test_a_release_is_never_written_over(made, tmp_path):
    write_release(made, tmp_path / "out")
    with pytest.raises(BadInput, match="exists already"):
        write_release(made, tmp_path / "out")


def test_a_directory_that_cannot_be_finished_is_not_there(made, tmp_path, monkeypatch):
    def broken(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr("os.rename", broken)
    with pytest.raises(OSError, match="full"):
        write_release(made, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "part"),
    [
        ("cells.csv", ",60,", ",65,", "cells.csv"),
        ("spec.yaml", "base: 5", "base: 3", "spec.yaml"),
        ("audit.json", '"verdict": "safe"', '"verdict": "very safe"', "seal"),
        ("more.txt", "", "true counts", "other-files"),
    ],
)
def test_a_tampered_directory_fails(made, tmp_path, name, old, new, part):
    place = tmp_path / "out"
    write_release(made, place)
    text = (place / name).read_text() if (place / name).exists() else ""
    assert old in text
    (place / name).write_text(text.replace(old, new, 1) or new)
    found = read_directory(place, KEY)
    assert part in found.broken
    assert not verify(found, people(60)).safe
    with pytest.raises(BadInput, match="no release directory"):
        open_release(place, KEY)


def test_the_audit_of_a_whole_directory_passes(made, tmp_path):
    write_release(made, tmp_path / "out")
    verdict = verify(read_directory(tmp_path / "out", KEY), people(60))
    assert verdict.safe
    assert verdict.audit is not None
    assert verdict.audit.attacked > 0


def test_a_release_of_other_people_does_not_pass(made, tmp_path):
    write_release(made, tmp_path / "out")
    assert not verify(read_directory(tmp_path / "out", KEY), people(90, seed=8)).safe


def test_a_seal_with_a_key_needs_that_key():
    note = sealed({"a": 1}, KEY)
    assert intact(note, KEY) is True
    assert intact(note, b"another key, equally long as it") is False
    assert intact(note, None) is None
    assert intact({**note, "a": 2}, KEY) is False
    assert intact(sealed({"a": 1}, None), KEY) is False  # whoever has no key cannot pass for one who has
    assert intact({"a": 1}, None) is False


def test_the_same_release_is_drawn_the_same_with_the_same_key():
    assert seed_of(KEY, "a") == seed_of(KEY, "a") != seed_of(KEY, "b")
    asked, data = spec(("sex", "age")), people(60)
    first, again = (protect(asked, data, seed=seed_of(KEY, "a"))[0] for _ in range(2))
    assert first.rows == again.rows


def test_what_fails_is_refused_with_the_cell():
    share = Beside("share", "percentage", {"sex": "woman", "age": "0-17"}, decimals=4, source="counts")
    table = {("woman", "0-17"): 2, ("woman", "18-23"): 33, ("man", "0-17"): 48, ("man", "18-23"): 36}
    with pytest.raises(NotSafe) as refused:
        protect(spec(("sex", "age"), beside=(share,)), counted(table, ("sex", "age")), seed=1)
    assert dict(refused.value.findings[0].key) == {"sex": "woman", "age": "0-17"}


def test_no_answer_in_time_is_no_release():
    with pytest.raises(NotSafe) as refused:
        protect(spec(("sex", "age", "form"), ("year", "form", "age")), people(400), seed=1, seconds=0.0)
    assert refused.value.why == "time"


def test_a_figure_beside_comes_from_printed_counts(tmp_path):
    share = Beside("share-women", "percentage", {"sex": "woman"}, decimals=1)
    made, _ = protect(spec(("sex", "age"), beside=(share,)), people(61), seed=2)
    table = made.table("sex-age")
    total = {sex: table[(table["sex"] == sex) & (table["age"] == "_T")]["value"].item() for sex in ("woman", "_T")}
    assert float(made.beside["share-women"] or 0) == pytest.approx(100 * total["woman"] / total["_T"], abs=0.05)
    write_release(made, tmp_path / "out")
    assert verify(read_directory(tmp_path / "out"), people(61)).safe


def test_a_withheld_count_is_missing_and_not_nought(tmp_path):
    asked = spec(("sex", "age", "form"), policy=Policy(mode=SUPPRESSION))
    made, report = protect(asked, people(300), seed=1)
    table = made.table("sex-age-form")
    assert table["value"].isna().sum() == report.withheld > 0
    assert set(table[table["value"].isna()]["status"]) == {"withheld"}
    write_release(made, tmp_path / "out")
    assert verify(read_directory(tmp_path / "out"), people(300)).safe


def test_an_earlier_release_of_the_same_period_is_known_to_the_reader(tmp_path):
    data = people(60)
    first, _ = protect(spec(("sex", "age"), period=YEAR), data, seed=1)
    write_release(first, tmp_path / "first")
    before = read_earlier(tmp_path / "first")
    again, _ = protect(spec(("sex", "age"), ("sex", "form"), period=YEAR), data, seed=99, earlier=[before])
    assert again.table("sex-age").equals(first.table("sex-age"))
    assert again.note["earlier"] == [{"name": "first"}]


def test_last_years_release_is_differenced(tmp_path):
    """Three years of which the first two were published: what is left is the third, and it is attacked."""
    data = people(90)
    old = data[data["year"] != "2023"]
    years = Period(date(2021, 1, 1), date(2022, 12, 31))
    first, _ = protect(spec(("sex", "age"), period=years), old, seed=1)
    write_release(first, tmp_path / "first")
    whole = Period(date(2021, 1, 1), date(2023, 12, 31))
    asked = spec(("sex", "age"), ("year",), period=whole, period_variable="year")
    made, report = protect(asked, data, seed=2, earlier=[read_earlier(tmp_path / "first")])
    keys = {report.release.cells.key(cell) for cell in report.release.implied.tolist()}
    assert (("sex", "woman"), ("year", "2023")) in keys or (("sex", "woman"), ("year", "{2021|2022}")) in keys
    assert made.note["earlier"]


def test_periods_that_overlap_in_part_are_refused(tmp_path):
    half = Period(date(2022, 7, 1), date(2023, 6, 30))
    first, _ = protect(spec(("sex", "age"), period=half), people(60), seed=1)
    write_release(first, tmp_path / "first")
    with pytest.raises(BadInput, match="overlaps this one in part"):
        protect(spec(("sex", "age"), period=YEAR), people(60), seed=1, earlier=[read_earlier(tmp_path / "first")])


def test_a_release_of_another_period_is_no_concern(tmp_path):
    before = Period(date(2020, 1, 1), date(2020, 12, 31))
    first, _ = protect(spec(("sex", "age"), period=before), people(60, seed=9), seed=1)
    write_release(first, tmp_path / "first")
    made, report = protect(
        spec(("sex", "age"), period=YEAR), people(60), seed=1, earlier=[read_earlier(tmp_path / "first")]
    )
    assert report.release.earlier == ()
    assert made.note["earlier"] == []
