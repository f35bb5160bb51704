"""No cell that goes out becomes a formula, and every word comes back as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.casework.cells import as_csv, plain_cell, safe_cell
from schakel.casework.sheets import rows


@pytest.mark.parametrize("word", ["=1+1", "+31 6", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''@x"])
def test_what_a_spreadsheet_would_compute_is_kept_words(word: str) -> None:
    assert safe_cell(word).startswith("'")
    assert plain_cell(safe_cell(word)) == word


@pytest.mark.parametrize("word", ["", "Aisha", "'s-Hertogenbosch", "1999-05-03", "a=b"])
def test_other_words_stay_as_they_are(word: str) -> None:
    assert safe_cell(word) == word == plain_cell(word)


@given(st.text())
def test_the_way_back_is_exact(word: str) -> None:
    assert plain_cell(safe_cell(word)) == word
    assert safe_cell(word)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


def test_a_file_that_went_out_comes_back(tmp_path: object) -> None:
    told = [{"naam": "=cmd|x", "telefoon": "+31 6"}, {"naam": "een; twee", "telefoon": ""}]
    written = as_csv(["naam", "telefoon"], told)
    assert rows(written.encode()) == told
    assert next(csv.reader(io.StringIO(written), delimiter=";")) == ["naam", "telefoon"]
