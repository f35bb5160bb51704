"""A content file that is not as its schema asks is told so, with the line of each complaint."""

from __future__ import annotations

from pathlib import Path

from schakel.mechanism.content import DUTCH
from schakel.rules.reading import read
from schakel.rules.schemas import complaints, validator

SCHEMAS = DUTCH / "schema"


def said(text: str) -> list[str]:
    return [str(complaint) for complaint in complaints(SCHEMAS, read(text, "x.yaml"))]


def test_every_dutch_file_that_is_as_asked_has_no_complaint() -> None:
    file = DUTCH / "definitions" / "definitions.yaml"
    assert said(file.read_text(encoding="utf-8")) == []


def test_a_kind_that_does_not_exist() -> None:
    assert said("kind: dutty\nid: x") == [
        "x.yaml, line 1: there is no schema for the kind 'dutty'. Correct 'kind:'."
    ]  # fmt: skip
    assert "no schema for the kind ''" in said("- 1")[0]


def test_every_complaint_names_its_line() -> None:
    found = said("kind: definition\nid: x\ntitle: {nl: a}\nitems:\n- {id: y, condition: [1]}\n")
    assert found
    assert any(", line 3: title" in complaint for complaint in found), found
    assert any(", line 5: items.0" in complaint for complaint in found), found


def test_a_folder_without_schemas_has_no_validator(tmp_path: Path) -> None:
    assert validator(tmp_path, "duty") is None
    assert validator(SCHEMAS, "duty") is not None
