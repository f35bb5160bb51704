"""The committed table says which content carries each row of the collected facts, and it is true."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from schakel.mechanism.content import load
from tests.content.rows import ROWS, TABLE, table

SHARED = Path(__file__).resolve().parents[3] / "shared" / "domain"


def committed() -> list[tuple[str, ...]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in list(csv.reader(file))[1:]]


def test_the_table_is_what_the_content_says() -> None:
    assert committed() == table(load()), "run: python -m tests.content.rows"


def test_every_row_is_carried_or_says_why_not() -> None:
    assert not [row for row, carried, why in committed() if not carried and not why]


def test_every_row_of_the_collected_facts_is_in_the_table() -> None:
    if not SHARED.is_dir():
        pytest.skip("the collected facts are not beside this checkout")
    procedure = (SHARED / "procedure.md").read_text(encoding="utf-8")
    first_cells = re.findall(r"^\| *([A-Z]\d+'?|\d+[a-e]?)[ |]", procedure, re.M)
    corrections = re.findall(r"^\| *([KT]\d+) ", (SHARED / "corrections.md").read_text(encoding="utf-8"), re.M)
    steps = {f"step {cell}" for cell in first_cells if cell[0].isdigit() and int(cell.rstrip("abcde")) <= 14}
    wanted = {cell for cell in first_cells if cell[0].isalpha()} | set(corrections) | steps
    assert not wanted - set(ROWS), sorted(wanted - set(ROWS))
