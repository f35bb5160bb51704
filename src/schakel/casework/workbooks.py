"""The first sheet of an Excel workbook (.xlsx), values only, read without any library that computes or draws.

A cell with a date format becomes a day (2019-05-03); a formula gives the value that was saved with it, never a new one.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from xml.etree import ElementTree

from schakel.casework.archives import attribute, opened, part, tree
from schakel.vocabulary.errors import refused

MOST_COLUMNS: Final = 500
DATE_FORMATS: Final = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # built in, by their numbers
DATE_SIGNS: Final = re.compile(r"[dy]|mmm", re.IGNORECASE)
QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
FIRST_DAY: Final = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
LAST_DAY: Final = 2_958_465  # 9999-12-31
NAME: Final = re.compile(r"([A-Z]{1,3})[0-9]*")


def rows(data: bytes, where: str) -> Iterator[list[str]]:
    """Every row of the first sheet as words; empty cells are ''. Raises `BadInput` for a file that is no workbook."""
    archive = opened(data, where)
    book = _named(archive, "xl/workbook.xml", where)
    texts = [_text(one) for one in _children(archive, "xl/sharedStrings.xml", "si", where)]
    days = _date_styles(archive, where)
    first = FIRST_DAY[any(attribute(one, "date1904") in ("1", "true") for one in book.iter() if _is(one, "workbookPr"))]
    for row in _children(archive, _first_sheet(archive, book, where), "row", where):
        yield _row(row, texts, days, first, where)


def _is(element: ElementTree.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def _named(archive: zipfile.ZipFile, name: str, where: str) -> ElementTree.Element:
    if name not in archive.namelist():
        raise refused(("the file is no Excel workbook", "Save it as .xlsx or as CSV"),
                      ("het bestand is geen Excel-werkmap", "Bewaar het als .xlsx of als CSV"), where)  # fmt: skip
    return tree(archive, name, where)


def _children(archive: zipfile.ZipFile, name: str, child: str, where: str) -> list[ElementTree.Element]:
    if name not in archive.namelist():
        return []
    return [one for one in tree(archive, name, where).iter() if _is(one, child)]


def _first_sheet(archive: zipfile.ZipFile, book: ElementTree.Element, where: str) -> str:
    """The name of the part that holds the first sheet."""
    wanted = next((attribute(one, "id") for one in book.iter() if _is(one, "sheet")), "")
    for one in _children(archive, "xl/_rels/workbook.xml.rels", "Relationship", where):
        if attribute(one, "Id") == wanted:
            target = attribute(one, "Target").lstrip("/")
            name = target if target.startswith("xl/") else f"xl/{target}"
            part(archive, name, where)
            return name
    return "xl/worksheets/sheet1.xml"


def _date_styles(archive: zipfile.ZipFile, where: str) -> set[int]:
    """The styles (by their place) whose format is that of a day."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    styles = tree(archive, "xl/styles.xml", where)
    own = {
        attribute(one, "numFmtId")
        for one in styles.iter()
        if _is(one, "numFmt") and DATE_SIGNS.search(QUOTED.sub("", attribute(one, "formatCode")))
    }
    uses = next((list(one) for one in styles.iter() if _is(one, "cellXfs")), [])
    return {
        place for place, one in enumerate(uses)
        if (number := attribute(one, "numFmtId")) in own or (number.isdigit() and int(number) in DATE_FORMATS)
    }  # fmt: skip


def _text(element: ElementTree.Element) -> str:
    """The words of a text with its parts; how it sounds (phonetic runs) is left out."""
    runs = [one for one in element if not _is(one, "rPh")]
    return "".join((one.text or "") if _is(one, "t") else _text(one) for one in runs)


def _row(row: ElementTree.Element, texts: list[str], days: set[int], first: date, where: str) -> list[str]:
    found: list[str] = []
    for cell in (one for one in row if _is(one, "c")):
        column = _column(attribute(cell, "r"), len(found))
        if column >= MOST_COLUMNS:
            raise refused(("the sheet has more than {most} columns", "Remove the empty ones"),
                          ("het blad heeft meer dan {most} kolommen", "Verwijder de lege"),
                          where, most=MOST_COLUMNS)  # fmt: skip
        found += [""] * (column + 1 - len(found))
        found[column] = _value(cell, texts, days, first)
    return found


def _column(name: str, otherwise: int) -> int:
    """The place of a column, from 0: A is 0, AA is 26."""
    letters = NAME.fullmatch(name)
    if letters is None:
        return otherwise
    place = 0
    for letter in letters[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _value(cell: ElementTree.Element, texts: list[str], days: set[int], first: date) -> str:
    kind, style = attribute(cell, "t"), attribute(cell, "s")
    word = next((one.text or "" for one in cell if _is(one, "v")), "")
    if kind == "inlineStr":
        return next((_text(one) for one in cell if _is(one, "is")), "")
    if kind == "s":
        return texts[int(word)] if word.isdigit() and int(word) < len(texts) else ""
    if kind == "b":
        return "true" if word == "1" else "false"
    if kind in ("", "n") and style.isdigit() and int(style) in days:
        return _day(word, first)
    return "" if kind == "e" else word.removesuffix(".0") if kind in ("", "n") else word


def _day(word: str, first: date) -> str:
    """The day of a serial number; the hours are left out."""
    try:
        number = int(float(word))
    except (ValueError, OverflowError):
        return word
    return (first + timedelta(days=number)).isoformat() if 0 < number <= LAST_DAY - 1_462 else word
