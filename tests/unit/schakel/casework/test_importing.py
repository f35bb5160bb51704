"""Another database comes in by a mapping file: a plan first, errors as rows, no value in an error."""

from __future__ import annotations

from datetime import date

import pytest

from schakel.casework import importing
from schakel.casework.importing import ImportPlan, mapping, plan_import
from schakel.mechanism.content import load
from schakel.rules.reading import read
from schakel.vocabulary.errors import BadInput

CONTENT = load()
DAY = date(2025, 6, 2)
FILE = """
key: number
source: old database
columns:
  First name: {to: identity.given_names}
  Prefix: {to: identity.surname}
  Name: {to: identity.surname}
  Born: {to: identity.birth_date}
  Alias: {to: identity.aliases, split: '/'}
  Form: {to: 'fact:form', values: {AU: labour, SU: sexual}, split: '+'}
  Found: {to: 'fact:found_on', day: '%d-%m-%Y'}
  Age: {to: 'fact:age'}
  Note: {leave_out: true}
  Code: {}
"""


def plan(*rows: dict[str, str]) -> ImportPlan:
    return plan_import(CONTENT, mapping(CONTENT, read(FILE, "mapping.yaml")), rows, DAY)


def test_a_row_becomes_a_person_with_facts_identity_and_situation() -> None:
    done = plan({"number": "7", "First name": "Ana", "Prefix": "van", "Name": "Example", "Alias": "A / B",
                 "Form": "AU+SU", "Found": "03-05-2025", "Age": "adult"})  # fmt: skip
    (one,) = done.planned
    assert one.person.identity is not None
    assert (one.person.identity.surname, one.person.identity.aliases) == ("van Example", ("A", "B"))
    assert one.person.forms == ("labour", "sexual")
    assert [claim.day for claim in one.person.told("found_on")] == [date(2025, 5, 3)]
    assert {claim.source for claim in one.person.claims} == {"old database"}
    assert done.summary() == {"rows_in": 1, "rows_with_errors": 0, "errors": 0, "cells_kept": 0, "cells_left_out": 0}


def test_what_has_no_place_is_kept_and_counted_and_what_is_left_out_is_counted_too() -> None:
    done = plan({"number": "7", "Code": "X1", "Unknown": "y", "Note": "free text"}, {"number": "8", "Code": "X2"})
    assert done.planned[0].kept == {"Code": "X1", "Unknown": "y"}
    assert done.kept == {"Code": 2, "Unknown": 1}
    assert done.left_out == {"Note": 1}


def test_a_row_with_an_error_comes_in_nowhere_and_the_error_holds_no_value() -> None:
    done = plan({"number": "7", "Form": "Ana Example", "Found": "2025-05-03"}, {"number": "8", "Found": "03-07-2025"},
                {"Age": "adult"}, {"number": "9"}, {"number": "9"})  # fmt: skip
    assert [one.key for one in done.planned] == ["9"]
    assert [(one["row"], one["column"]) for one in done.error_rows("en")] == [
        ("1", "Form"), ("1", "Found"), ("2", "Found"), ("3", "number"), ("5", "number"),
    ]  # fmt: skip
    said = " ".join(one["error"] for lang in ("nl", "en") for one in done.error_rows(lang))
    assert "Ana" not in said
    assert done.summary()["rows_with_errors"] == 4


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("  X: {to: identity.shoe}", "no place"), ("  X: {to: 'fact:shoe'}", "no place"),
        ("  X: {to: age}", "no place"),
        ("  X: {to: 'fact:form', values: {A: shoe}}", "no value"),
    ],
)  # fmt: skip
def test_a_mapping_to_what_does_not_exist_names_the_line(line: str, word: str) -> None:
    with pytest.raises(BadInput, match=word) as told:
        mapping(CONTENT, read(f"key: k\ncolumns:\n{line}\n", "mapping.yaml"))
    assert "line 3" in told.value.say("en")
    assert "regel 3" in told.value.say("nl")


@pytest.mark.parametrize("text", ["[]", "columns: {}", "key: k", "key: k\ncolumns: 3"])
def test_a_mapping_without_columns_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput):
        mapping(CONTENT, read(text, "mapping.yaml"))


def test_a_file_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_ROWS", 2)
    assert len(plan({"number": "1"}, {"number": "2"}).planned) == 2
    with pytest.raises(BadInput, match="more than 2 rows"):
        plan({"number": "1"}, {"number": "2"}, {"number": "3"})
