"""The columns of a capture table in CSV text. It touches no file: what was read is handed over."""

from __future__ import annotations

import codecs
import csv
import io

from schakel.estimation.reading import MOST_COLUMNS
from schakel.estimation.refusals import refusal

DELIMITERS = ",;\t"


def parse_table(data: bytes, name: str) -> dict[str, list[str]]:
    """The columns of CSV text in UTF-8; the first line holds the names, and tells comma, semicolon or tab.

    The number of columns is counted before anything is taken apart.
    """
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise refusal("not-text", name) from error
    if "\0" in text:
        raise refusal("not-text", name)
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    if first.count(delimiter) >= MOST_COLUMNS:
        raise refusal("too-many-columns", name, limit=MOST_COLUMNS)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True) if row]
    except csv.Error as error:
        raise refusal("not-csv", name) from error
    if len(rows) < 2:
        raise refusal("no-rows", name)
    return _columns(rows, name)


def _columns(rows: list[list[str]], name: str) -> dict[str, list[str]]:
    names = [word.strip() for word in rows[0]]
    for place, column in enumerate(names):
        if not column:
            raise refusal("no-name", f"{name}, line 1")
        if column in names[:place]:
            raise refusal("column-twice", f"{name}, line 1", name=column)
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(names):
            raise refusal("ragged", f"{name}, line {number}", count=len(row), wanted=len(names))
    return {column: list(values) for column, values in zip(names, zip(*rows[1:], strict=True), strict=True)}
