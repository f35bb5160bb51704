"""A file is what its bytes say; what could run is not kept, whatever it calls itself."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.casework.filetypes import KINDS, MOST_BYTES, kind_of
from schakel.vocabulary.errors import BadInput


def archive(first: str = "", **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        if first:
            made.writestr("mimetype", first)
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\0" * 30 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n"
WORD = archive(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
ODT = archive("application/vnd.oasis.opendocument.text", **{"content.xml": b"<x/>"})
GOOD = {
    "foto.jpg": (JPEG, "jpeg"), "schets.PNG": (PNG, "png"), "brief.pdf": (PDF, "pdf"), "brief.docx": (WORD, "docx"),
    "brief.odt": (ODT, "odt"), "aantekening.txt": ("Zij zei: één".encode(), "txt"),
    "a.webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"), "b.heic": (b"\0\0\0\x18ftypheic\0\0", "heic"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_photographs_and_documents_are_known_by_their_bytes(name: str) -> None:
    data, kind = GOOD[name]
    assert kind_of(data, name).id == kind


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.jpg", "empty"),
        (b"x" * (MOST_BYTES + 1), "a.txt", "larger"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "a.svg", "SVG"),
        (b"<?xml version='1.0'?><svg/>", "a.png", "SVG"),
        (b"<!DOCTYPE html><html></html>", "a.txt", "not kept"),
        (b"#!/bin/sh\nrm", "a.txt", "not kept"),
        (b"MZ\x90\x00\x03\x00", "a.jpg", "not kept"),
        (b"\x7fELF\x02\x01\x01\x00", "a.png", "not kept"),
        (b"GIF89a\x01\x00", "a.gif", "not kept"),
        (archive(anything=b"x"), "a.zip", "not kept"),
        (archive(**{"word/document.xml": b"", "word/vbaProject.bin": b"x"}), "a.docx", "macros"),
        (archive("application/vnd.oasis.opendocument.text", **{"content.xml": b"", "Basic/a.xml": b""}), "a.odt",
         "macros"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript >>"), "a.pdf", "can run"),
        (PDF.replace(b"/Catalog", b"/Catalog /EmbeddedFile"), "a.pdf", "can run"),
        (JPEG, "a.png", "does not fit"),
        (JPEG, "a.jpg.html", "does not fit"),
        (JPEG, "zonder", "does not fit"),
    ],
)  # fmt: skip
def test_everything_else_is_told_why_not(data: bytes, name: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        kind_of(data, name)


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_get_a_kind_or_one_sentence(data: bytes, name: str) -> None:
    try:
        told = kind_of(data, name).id in KINDS
    except BadInput as error:
        told = bool(error.dutch)
    assert told
