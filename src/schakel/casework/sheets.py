"""Rows from a file that somebody brings: CSV, Excel or JSON, told apart by what it holds, not by what it is called."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from schakel.casework import workbooks
from schakel.casework.cells import plain_cell
from schakel.casework.importing import MOST_ROWS
from schakel.vocabulary.errors import refused

MOST_BYTES: Final = 10_000_000
LONGEST_CELL: Final = 20_000
SEPARATORS: Final = ";,\t|"
Row = dict[str, str]


def rows(data: bytes, where: str = "") -> list[Row]:
    """The rows of a file, each column by its name. Raises `BadInput` with row and column of what cannot be read.

    A cell that was kept from being a formula (`schakel.casework.cells`) is read as the word it was.
    """
    if len(data) > MOST_BYTES:
        raise refused(("the file is larger than {most} MB", "Split it"),
                      ("het bestand is groter dan {most} MB", "Splits het"),
                      where, most=MOST_BYTES // 1_000_000)  # fmt: skip
    if data[:4] == b"PK\x03\x04":
        return _table(workbooks.rows(data, where), where)
    words = _decoded(data, where)
    if words.lstrip()[:1] in ("[", "{"):
        return _objects(words, where)
    return _table(_lines(words, where), where)


def _decoded(data: bytes, where: str) -> str:
    """UTF-8, or else Windows-1252, which older spreadsheets write."""
    if b"\0" in data:
        raise refused(("this is no CSV, Excel (.xlsx) or JSON file", "Save it as one of these"),
                      ("dit is geen CSV-, Excel- (.xlsx) of JSON-bestand", "Bewaar het als een daarvan"),
                      where)  # fmt: skip
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _lines(words: str, where: str) -> Iterator[list[str]]:
    head = words.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    try:
        yield from csv.reader(io.StringIO(words, newline=""), delimiter=separator)
    except csv.Error as error:
        raise refused(("the file is no CSV", "Save it again as CSV, or as .xlsx"),
                      ("het bestand is geen CSV", "Bewaar het opnieuw als CSV, of als .xlsx"),
                      where) from error  # fmt: skip


def _table(lines: Iterable[list[str]], where: str) -> list[Row]:
    """Rows under the names of the first line; lines without a word are passed over."""
    found: list[Row] = []
    names: list[str] | None = None
    for number, cells in enumerate(lines, start=1):
        words = [plain_cell(cell).strip() for cell in cells]
        if not any(words):
            continue
        if names is None:
            names = _names(words, where)
            continue
        found.append(_row(names, words, number, where))
        _not_too_many(found, where)
    return found


def _names(words: list[str], where: str) -> list[str]:
    while words and not words[-1]:
        words.pop()
    if not all(words) or len(set(words)) != len(words):
        raise refused(("two columns have the same name, or one has none", "Give each column a name of its own"),
                      ("twee kolommen heten hetzelfde, of één heeft geen naam", "Geef elke kolom een eigen naam"),
                      where)  # fmt: skip
    return words


def _row(names: list[str], words: list[str], number: int, where: str) -> Row:
    if any(words[len(names) :]):
        raise refused(("row {row} has more cells than there are columns", "Put words with a separator between quotes"),
                      ("rij {row} heeft meer cellen dan er kolommen zijn", "Zet tekst met zo'n teken tussen quotes"),
                      where, row=number)  # fmt: skip
    row = dict(zip(names, [*words, *[""] * (len(names) - len(words))], strict=False))
    for name, word in row.items():
        _not_too_long(name, word, number, where)
    return row


def _objects(words: str, where: str) -> list[Row]:
    """A list of flat objects; a list as a value becomes words with a semicolon between."""
    try:
        data = json.loads(words)
    except (ValueError, RecursionError) as error:
        raise refused(("the file is no JSON", "Give a list of objects: [{{\"name\": \"word\"}}]"),
                      ("het bestand is geen JSON", "Geef een lijst van objecten: [{{\"naam\": \"woord\"}}]"),
                      where) from error  # fmt: skip
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise refused(("the file holds no list of objects", "Give a list: [{{\"name\": \"word\"}}]"),
                      ("het bestand bevat geen lijst van objecten", "Geef een lijst: [{{\"naam\": \"woord\"}}]"),
                      where)  # fmt: skip
    _not_too_many(data, where)
    return [
        {str(name).strip(): _word(value, str(name), number, where) for name, value in one.items()}
        for number, one in enumerate(data, start=1)
    ]


def _word(value: Any, name: str, number: int, where: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, list) and not any(isinstance(one, list | dict) for one in value):
        value = ";".join(_word(one, name, number, where) for one in value)
    if isinstance(value, list | dict):
        raise refused(("row {row}, column '{column}' holds an object", "Give words, numbers or a list of words"),
                      ("rij {row}, kolom '{column}' bevat een object", "Geef woorden, getallen of een lijst daarvan"),
                      where, row=number, column=name)  # fmt: skip
    word = str(value).strip()
    _not_too_long(name, word, number, where)
    return word


def _not_too_long(name: str, word: str, number: int, where: str) -> None:
    if len(word) > LONGEST_CELL:
        raise refused(("row {row}, column '{column}' is longer than {most} characters", "Shorten it"),
                      ("rij {row}, kolom '{column}' is langer dan {most} tekens", "Kort de tekst in"),
                      where, row=number, column=name, most=LONGEST_CELL)  # fmt: skip


def _not_too_many(found: list[Any], where: str) -> None:
    if len(found) > MOST_ROWS:
        raise refused(("the file has more than {most} rows", "Split it"),
                      ("het bestand heeft meer dan {most} rijen", "Splits het"), where, most=MOST_ROWS)  # fmt: skip
