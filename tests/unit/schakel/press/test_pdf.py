"""A document as PDF: tagged and marked as PDF/UA-1, titled, in its language, the same bytes for the same input."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from schakel.press import pdf
from schakel.press.blocks import Entry, Items, Paragraph, Section, Span, Table, line
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.press.documents import CHINESE, EVIL, document

pytest.importorskip("typst", reason="the extra 'book' is not installed")
from pypdf import PdfReader

WHEN = datetime(2025, 6, 1, tzinfo=UTC)


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf.render(document(), when=WHEN)


def test_it_is_tagged_and_says_pdf_ua_1(made):
    root = read(made).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<dc:title>" in xmp


def test_title_and_date_are_what_came_in(made):
    data = read(made).metadata
    assert data is not None
    assert data.title == document().title
    assert data.creation_date == WHEN


def test_every_font_is_embedded(made):
    fonts = [font for page in read(made).pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0]
        assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"])


def test_hostile_words_stay_words(made):
    text = "".join(page.extract_text() for page in read(made).pages).replace("\n", "").replace(" ", "")
    assert EVIL.replace(" ", "") in text


def test_the_same_input_gives_the_same_bytes(made):
    assert pdf.render(document(), when=WHEN) == made
    assert pdf.render(document(), when=datetime(2025, 6, 2, tzinfo=UTC)) != made


def test_a_table_has_heads_that_are_tagged(made):
    assert {"/Table", "/TH", "/TD", "/H1", "/L", "/LI", "/Link"} <= kinds(read(made))


def kinds(reader: PdfReader) -> set[str]:
    """The kinds of all structure elements."""
    return {
        str(item["/S"]) for item in map(reader.get_object, range(1, len(reader.xref[0]))) if kind(item) == "/StructElem"
    }


def kind(item: object) -> str:
    return str(item.get("/Type", "")) if isinstance(item, dict) else ""


def test_a_sheet_takes_the_largest_type_that_fits():
    words = Items(tuple(Entry(line("words that fill a line of a page ")) for _ in range(120)))
    sheet = replace(document(book=False), sections=(Section("Full", (words,)),), opening=())
    assert len(read(pdf.render(sheet, when=WHEN)).pages) == 3
    assert len(read(pdf.render(replace(sheet, pages=2), when=WHEN)).pages) == 2


def test_a_language_without_letters_is_refused_or_left_out_in_a_sentence():
    reader = read(pdf.render(document(tongue="zh"), when=WHEN))
    assert "Chinees" in "".join(page.extract_text() for page in reader.pages)
    loose = replace(document(), cover=(Paragraph(line(Span(CHINESE, lang="zh"))),))
    with pytest.raises(BadInput, match="Use the HTML"):
        pdf.render(loose, when=WHEN)


def test_letters_that_no_font_has_are_a_sentence():
    odd = replace(document(), cover=(Paragraph(line(CHINESE)),))
    with pytest.raises(BadInput, match="the PDF cannot be made"):
        pdf.render(odd, when=WHEN)


def test_a_missing_extra_is_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(BadInput, match=r"needs the extra 'book'"):
        pdf.render(document(), when=WHEN)


def test_an_empty_table_and_document_can_be_made():
    empty = replace(document(book=False), sections=(Section("None", (Table("none", ("a", "b"), ()),)),), foot="")
    assert read(pdf.render(empty, when=WHEN)).pages
