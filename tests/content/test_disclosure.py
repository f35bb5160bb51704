"""The policies of disclosure: as their schema asks, unsigned, and each with what it rests on."""

from __future__ import annotations

from schakel.disclosure.files import known_policies, smallest_group
from schakel.disclosure.spec import MARKS, ZEROS
from schakel.mechanism.content import DUTCH
from schakel.rules.reading import read
from schakel.rules.schemas import complaints

FILE = DUTCH / "disclosure" / "policies.yaml"


def test_the_file_is_as_its_schema_asks():
    document = read(FILE.read_bytes(), FILE.name)
    assert not [str(complaint) for complaint in complaints(DUTCH / "schema", document)]
    assert document.data["checked_by"] == []


def test_what_is_wrong_in_it_is_told_with_its_line():
    text = FILE.read_text("utf-8").replace("zeros: printed", "zeros: maybe").replace("k: 10", "k: 1")
    told = [str(complaint) for complaint in complaints(DUTCH / "schema", read(text, FILE.name))]
    assert any("maybe" in one or "zeros" in one for one in told)
    assert len(told) >= 2


def test_every_policy_is_one_that_can_be_carried_out():
    found = known_policies()
    assert set(found) >= {"default"}
    for one in found.values():
        assert one.zeros in ZEROS
        assert one.marks in MARKS
        assert one.base >= 2 <= one.k
    assert smallest_group() >= 10
