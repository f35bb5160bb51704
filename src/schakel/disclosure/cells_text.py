"""`cells.csv`: every printed cell as table, categories, value and status; written and read here only."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from schakel.disclosure.protected import STATUSES, Row
from schakel.disclosure.refusals import refusal

if TYPE_CHECKING:
    from schakel.disclosure.cells import Key

COLUMNS: Final = ("table", "categories", "value", "status")
BESIDE: Final = "beside"
COUNT: Final = re.compile(r"[0-9]{1,15}")
"""A printed count; more figures than the people of the world need are no count."""
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
    lines = _lines(text, name)
    if tuple(next(lines, (1, []))[1]) != COLUMNS:
        raise refusal("other-columns", "", name=name)
    tables: dict[str, list[Row]] = {}
    beside: dict[str, str | None] = {}
    for number, line in lines:
        if len(line) != len(COLUMNS) or line[3] not in (*STATUSES, BESIDE):
            raise refusal("unreadable-line", "", name=name, line=number)
        table, categories, value, status = line
        if status == BESIDE:
            beside[categories] = value or None
        else:
            tables.setdefault(table, []).append(_row(categories, value, status, name, number))
    return {table: tuple(rows) for table, rows in tables.items()}, beside


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text)), start=1):
            yield number, line
    except csv.Error as error:
        raise refusal("unreadable-line", "", name=name, line=number + 1) from error


def _row(categories: str, value: str, status: str, name: str, number: int) -> Row:
    parts = [part.partition("=") for part in categories.split(";")] if categories else []
    if (value and not COUNT.fullmatch(value)) or not all(equals for _, equals, _ in parts):
        raise refusal("unreadable-line", "", name=name, line=number)
    return Row(tuple((_plain(one), _plain(other)) for one, _, other in parts), int(value) if value else None, status)
