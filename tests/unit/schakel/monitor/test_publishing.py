"""Publications: whole or not at all, never replaced, withdrawn with a reason, sealed."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from schakel.disclosure.protect import protect
from schakel.disclosure.protected import ProtectedRelease
from schakel.disclosure.signing import public_key
from schakel.monitor import files, publishing
from schakel.monitor.publications import Signature, Withdrawal, years
from schakel.monitor.revisions import revisions
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import text
from tests.unit.schakel.disclosure.small import people, spec

DAY = date(2026, 11, 26)
WHO = Signature("Researcher 1", "Rapporteur", DAY)
WHY = Withdrawal(WHO, text({"nl": "een fout in de telling", "en": "an error in the count"}))
KEY = b"a key that is long enough"
DATA = {"observations.csv": b"figure,value\n"}


def protected(seed: int = 5, count: int = 60) -> ProtectedRelease:
    return protect(spec(("year", "sex")), people(count, seed=3), seed=seed, key=KEY)[0]


@pytest.fixture(scope="module")
def made() -> ProtectedRelease:
    return protected()


def test_all_of_it_is_there_and_opens_again(tmp_path: Path, made: ProtectedRelease):
    one = publishing.publish(tmp_path, made, WHO, DAY, DATA, KEY)
    assert publishing.find(tmp_path, "trial", KEY) == one
    assert publishing.open_publication(tmp_path, "trial", KEY).rows == made.rows
    assert publishing.data_file(tmp_path, one, "observations.csv") == DATA["observations.csv"]
    assert publishing.data_file(tmp_path, one, "publication.json") is None
    assert years(made) == (2021, 2022, 2023)


def test_a_reader_without_the_key_looks_at_the_checksums(tmp_path: Path, made: ProtectedRelease):
    publishing.publish(tmp_path, made, WHO, DAY, DATA, KEY)
    one = publishing.find(tmp_path, "trial")
    assert one is not None
    assert (one.broken, one.seal) == ((), "not-looked-at")
    assert publishing.open_publication(tmp_path, "trial").rows == made.rows


def test_whoever_has_the_public_key_looks_at_the_seal(tmp_path: Path, made: ProtectedRelease):
    publishing.publish(tmp_path, made, WHO, DAY, DATA, KEY)
    one = publishing.find(tmp_path, "trial", public_key(KEY))
    assert one is not None
    assert (one.broken, one.seal) == ((), "verified")
    assert publishing.open_publication(tmp_path, "trial", public_key(KEY)).rows == made.rows


def test_another_key_does_not_fit(tmp_path: Path, made: ProtectedRelease):
    publishing.publish(tmp_path, made, WHO, DAY, DATA, KEY)
    one = publishing.find(tmp_path, "trial", b"another key, long enough")
    assert one is not None
    assert {"seal", "release"} <= set(one.broken)


def test_the_same_again_changes_nothing_and_another_is_refused(tmp_path: Path, made: ProtectedRelease):
    publishing.publish(tmp_path, made, WHO, DAY, DATA, KEY)
    before = files.stamp(tmp_path / "trial" / "publication.json")
    publishing.publish(tmp_path, made, WHO, DAY, DATA, KEY)
    assert files.stamp(tmp_path / "trial" / "publication.json") == before
    with pytest.raises(BadInput):
        publishing.publish(tmp_path, protected(count=61), WHO, DAY, DATA, KEY)


@pytest.mark.parametrize("at", range(1, 6))
def test_what_is_broken_off_while_writing_leaves_nothing(
    tmp_path: Path, made: ProtectedRelease, monkeypatch: pytest.MonkeyPatch, at: int
):
    """The disk is full, or the process stops, at the first, second, ... file, or at the renaming."""
    count, write, rename = [0], Path.write_bytes, os.rename

    def fails(self: Path, data: bytes) -> int:
        count[0] += 1
        if count[0] == at:
            raise OSError("no space left")
        return write(self, data)

    def renames(source: object, target: object) -> None:
        if at > 4:
            raise OSError("no space left")
        rename(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "write_bytes", fails)
    monkeypatch.setattr(os, "rename", renames)
    with pytest.raises(OSError, match="no space"):
        publishing.publish(tmp_path, made, WHO, DAY, DATA, KEY)
    assert list(tmp_path.iterdir()) == []
    assert publishing.publications(tmp_path) == ()


def test_withdrawn_leaves_the_reason_and_no_figure(tmp_path: Path, made: ProtectedRelease):
    publishing.publish(tmp_path, made, WHO, DAY, DATA, KEY)
    one = publishing.withdraw(tmp_path, "trial", WHY, KEY)
    assert one.withdrawn == WHY
    assert {path.name for path in (tmp_path / "trial").iterdir()} == {"publication.json", "withdrawal.json"}
    with pytest.raises(BadInput):
        publishing.open_publication(tmp_path, "trial", KEY)
    assert publishing.editions(tmp_path, KEY) == ()
    with pytest.raises(BadInput):  # its name is taken for ever
        publishing.publish(tmp_path, made, WHO, DAY, DATA, KEY)


def test_a_withdrawal_that_was_broken_off_shows_nothing_and_is_finished_later(tmp_path: Path, made: ProtectedRelease):
    publishing.publish(tmp_path, made, WHO, DAY, DATA, KEY)
    told = publishing.withdrawal_data("trial", WHY, KEY)
    files.put(tmp_path / "trial" / "withdrawal.json", publishing._json(told))  # and no further
    one = publishing.find(tmp_path, "trial", KEY)
    assert one is not None
    assert one.withdrawn == WHY
    assert publishing.data_file(tmp_path, one, "observations.csv") is None
    publishing.withdraw(tmp_path, "trial", WHY, KEY)
    assert not (tmp_path / "trial" / "release").exists()


def test_a_forged_withdrawal_or_signature_is_seen_by_who_has_the_key(tmp_path: Path, made: ProtectedRelease):
    publishing.publish(tmp_path, made, WHO, DAY, DATA, KEY)
    place = tmp_path / "trial" / "publication.json"
    place.write_text(place.read_text().replace("Researcher 1", "Minister 1"))
    for key in (KEY, public_key(KEY)):
        one = publishing.find(tmp_path, "trial", key)
        assert one is not None
        assert "seal" in one.broken


@pytest.mark.parametrize("name", ["", "A", "a b", "../x", "-a", "a-", "a" * 61, "a/b", "é"])
def test_a_name_that_is_no_address_is_refused(name: str):
    with pytest.raises(BadInput):
        publishing.check_name(name)


def test_two_publications_that_print_a_number_differently(tmp_path: Path, made: ProtectedRelease):
    publishing.publish(tmp_path, made, WHO, DAY, DATA, KEY)
    later = dataclasses.replace(spec(("year", "sex")), name="trial-2")
    other, _ = protect(later, people(120, seed=3), seed=5, key=KEY)
    publishing.publish(tmp_path, other, WHO, date(2026, 12, 1), DATA, KEY)
    first, second = publishing.editions(tmp_path, KEY)
    assert next(one.editions for one in revisions(first, second)) == ("trial", "trial-2")


def test_who_only_reads_loads_no_solver_and_no_statistics():
    """A public site, a factsheet and an edition are made of what is printed: they start quickly."""
    reads = "import schakel.disclosure.files, schakel.monitor.publishing, schakel.monitor.factsheet, sys"
    heavy = "print(sorted({'scipy', 'pandas', 'highspy', 'duckdb', 'altair'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", f"{reads}; {heavy}"], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
