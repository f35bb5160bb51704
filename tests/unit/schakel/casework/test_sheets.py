"""Rows from CSV, Excel and JSON; and what hostile files of each kind are told."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.casework import sheets, workbooks
from schakel.casework.sheets import rows
from schakel.vocabulary.errors import BadInput


def book(table: list[list[object]], **parts: bytes) -> bytes:
    """A workbook as Excel writes it, with further parts put in."""
    made = openpyxl.Workbook()
    for line in table:
        made.active.append(line)
    out = io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def rebuilt(parts: dict[str, bytes]) -> bytes:
    """A workbook with some of its parts taken from here."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(TABLE))) as old, zipfile.ZipFile(out, "w") as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts.get(name) or old.read(name))
    return out.getvalue()


TABLE = [["nummer", "naam", "geboren"], ["1", "Ada", "1999-05-03"], ["2", "Bo; de tweede", ""]]
ROWS = [dict(zip(TABLE[0], line, strict=True)) for line in TABLE[1:]]


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_csv_is_read_with_any_usual_separator(sign: str) -> None:
    text = "\n".join(sign.join(f'"{cell}"' for cell in line) for line in TABLE)
    assert rows(text.encode()) == ROWS
    assert rows(text.encode("utf-8-sig")) == ROWS


def test_excel_is_read_by_its_values() -> None:
    table = [["nummer", "naam", "geboren", "geld", "waar"], [1, "Ada", date(1999, 5, 3), 2.5, True], [2, "Bo", None]]
    assert rows(book(table)) == [
        {"nummer": "1", "naam": "Ada", "geboren": "1999-05-03", "geld": "2.5", "waar": "true"},
        {"nummer": "2", "naam": "Bo", "geboren": "", "geld": "", "waar": ""},
    ]


def test_json_is_read_as_rows() -> None:
    told = [{"nummer": 1, "ja": True, "niets": None, "meer": ["a", "b"]}]
    assert rows(json.dumps(told).encode()) == [{"nummer": "1", "ja": "true", "niets": "", "meer": "a;b"}]


def test_old_letters_are_read() -> None:
    assert rows("naam\nZoë".encode("cp1252")) == [{"naam": "Zoë"}]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a;a\n1;2", "same name"),
        (b"a;;b\n1;2;3", "same name"),
        (b"a;b\n1;2;3", "row 2"),
        (b'[{"a": {"b": 1}}]', "row 1"),
        (b'{"a": 1}', "list of objects"),
        (b"[" * 5_000, "no JSON"),
        (b"[1, 2]", "list of objects"),
        (b"\x00\x01", "Save it as one of these"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "Save it as one of these"),
        (b"a;b\n1;" + b"x" * 30_000, "longer than"),
        (b"x" * (sheets.MOST_BYTES + 1), "larger than"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        rows(data)


def test_a_zip_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"xl/{number}.xml", b"\0" * 20_000_000)
    with pytest.raises(BadInput, match="unpacks to more"):
        rows(out.getvalue())


def test_an_archive_that_lies_about_its_size_is_damaged() -> None:
    data = bytearray(book(TABLE))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    place = data.rfind(size.to_bytes(4, "little"))
    data[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(BadInput, match="damaged"):
        rows(bytes(data))


def test_entities_of_its_own_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><row><c><v>&a;</v></c></row></worksheet>'
    for data in (bomb, bomb.decode().encode("utf-16")):
        with pytest.raises(BadInput, match="damaged"):
            rows(rebuilt({"xl/worksheets/sheet1.xml": data}))


def test_words_that_a_workbook_shares_are_read_without_how_they_sound() -> None:
    shared = b"<sst><si><t>naam</t></si><si><r><t>A</t></r><r><t>da</t></r><rPh><t>x</t></rPh></si></sst>"
    sheet = (
        b"<worksheet><sheetData><row><c r='A1' t='s'><v>0</v></c></row>"
        b"<row><c r='A2' t='s'><v>1</v></c></row><row><c r='A3' t='s'><v>99</v></c></row></sheetData></worksheet>"
    )
    assert rows(rebuilt({"xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet})) == [{"naam": "Ada"}]


def test_macros_are_refused() -> None:
    with pytest.raises(BadInput, match="macros"):
        rows(book(TABLE, **{"xl/vbaProject.bin": b"x"}))


def test_a_sheet_of_very_many_columns_is_refused() -> None:
    with pytest.raises(BadInput, match="columns"):
        rows(book([["a"] * (workbooks.MOST_COLUMNS + 1)]))


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_become_rows_or_one_sentence(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"[", b"a;b\n"):
        try:
            told = all(isinstance(word, str) for row in rows(start + data) for word in row.values())
        except BadInput as error:
            told = error.say("nl") != error.say("en")
        assert told
