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

from schakel.disclosure.files import open_release, read_directory, write_release
from schakel.disclosure.protect import NotSafe, protect
from schakel.disclosure.protected import ProtectedRelease
from schakel.disclosure.seal import BROKEN, CHECKSUMS, UNSEEN, VERIFIED, sealed, state
from schakel.disclosure.signing import PublicKey, check_secret, fits, public_key, read_public_key
from schakel.disclosure.spec import Beside
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
    assert made.note["optimal_reader"] == "witnessed"


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
    with pytest.raises(BadInput, match="cannot be made there"):
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
    with pytest.raises(BadInput, match="not the release that was sealed"):
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
    other = b"another key, equally long as it"
    assert state(note, KEY) == state(note, public_key(KEY)) == VERIFIED
    assert state(note, other) == state(note, public_key(other)) == BROKEN
    assert state(note, None) == UNSEEN
    assert state({**note, "a": 2}, KEY) == state({**note, "seal": {**note["seal"], "value": "é"}}, KEY) == BROKEN
    assert state(sealed({"a": 1}, None), None) == CHECKSUMS
    assert state(sealed({"a": 1}, None), KEY) == BROKEN  # whoever has no key cannot pass for one who has
    assert state({"a": 1}, None) == state({"a": 1, "seal": "mine"}, None) == BROKEN
    assert sealed(sealed(note, other), KEY) == note  # the same key and words, the same seal


def test_the_public_key_cannot_seal_and_is_read_from_its_file():
    public = public_key(KEY)
    assert read_public_key(public.pem()) == public
    assert KEY not in public.pem()
    with pytest.raises(BadInput, match="everybody has it"):
        check_secret(public.pem())
    for words in (b"", b"no key", public.pem()[:40]):
        with pytest.raises(BadInput, match="no public key"):
            read_public_key(words, "x")
    forged = {**sealed({"a": 1}, public.raw)}  # whoever takes the public key for a secret signs with another key
    assert state(forged, public) == BROKEN
    assert state(sealed({"a": 1}, KEY), PublicKey(bytes(32))) == BROKEN


def test_the_signature_is_that_of_the_published_standard():
    """RFC 8032, section 7.1, test 2: what we look with accepts its signature, and no other."""
    key = PublicKey(bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
    signature = (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert fits(key, signature, b"\x72")
    assert not fits(key, signature, b"\x73")


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
