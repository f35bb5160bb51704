"""`cells.csv`: every printed cell as table, categories, value and status; written and read here only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from schakel.disclosure.protected import STATUSES, Row
from schakel.disclosure.refusals import refusal

if TYPE_CHECKING:
    from schakel.disclosure.cells import Key

COLUMNS: Final = ("table", "categories", "value", "status")
BESIDE: Final = "beside"
ESCAPED: Final = (("%", "%25"), (";", "%3B"), ("=", "%3D"))


def cells_csv(rows: Mapping[str, Iterable[Row]], beside: Mapping[str, str | None]) -> str:
    """All tables as one CSV. Categories read `sex=woman;age=18-23`; what is not named is the total."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for table, cells in rows.items():
        for row in cells:
            writer.writerow((table, categories_text(row.key), "" if row.value is None else row.value, row.status))
    for name, value in beside.items():
        writer.writerow((BESIDE, name, "" if value is None else value, BESIDE))
    return out.getvalue()


def categories_text(key: Key) -> str:
    return ";".join(f"{_escape(name)}={_escape(node)}" for name, node in key)


def _escape(word: str) -> str:
    for sign, code in ESCAPED:
        word = word.replace(sign, code)
    return word


def _plain(word: str) -> str:
    for sign, code in reversed(ESCAPED):
        word = word.replace(code, sign)
    return word


def read_cells(text: str, name: str) -> tuple[dict[str, tuple[Row, ...]], dict[str, str | None]]:
    """The tables and the figures beside them, from `cells.csv`; a sentence for a line that cannot be read."""
    lines = csv.reader(io.StringIO(text))
    if tuple(next(lines, ())) != COLUMNS:
        raise refusal("no-release", "", name=name, problem="cells.csv has other columns")
    tables: dict[str, list[Row]] = {}
    beside: dict[str, str | None] = {}
    for number, line in enumerate(lines, start=2):
        if len(line) != len(COLUMNS) or line[3] not in (*STATUSES, BESIDE):
            raise refusal("no-release", "", name=name, problem=f"line {number} of cells.csv cannot be read")
        table, categories, value, status = line
        if status == BESIDE:
            beside[categories] = value or None
        else:
            tables.setdefault(table, []).append(_row(categories, value, status, name, number))
    return {table: tuple(rows) for table, rows in tables.items()}, beside


def _row(categories: str, value: str, status: str, name: str, number: int) -> Row:
    parts = [part.partition("=") for part in categories.split(";")] if categories else []
    if (value and not value.isdecimal()) or not all(equals for _, equals, _ in parts):
        raise refusal("no-release", "", name=name, problem=f"line {number} of cells.csv cannot be read")
    return Row(tuple((_plain(one), _plain(other)) for one, _, other in parts), int(value) if value else None, status)
