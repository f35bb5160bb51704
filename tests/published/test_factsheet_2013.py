"""The 2013 factsheet's figures, made again from the published values: in the PDF, in the web page and in the charts."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pypdf
import pytest

from schakel.monitor.factsheet import factsheet_files, published_sheet
from schakel.vocabulary.errors import BadInput

WHEN = datetime(2026, 11, 26, tzinfo=UTC)
# Factsheet with the Ninth report (2013): values of its first two charts, labels of its last two, which print no value.
VALUES = {
    "nl": {"Niet-Nederlandse nationaliteit": "68%", "Nederlandse nationaliteit": "32%", "Meerderjarig": "61%",
           "Minderjarig": "39%"},
    "en": {"Non-Dutch nationality": "68%", "Dutch nationality": "32%", "Adult": "61%", "Minor": "39%"},
}  # fmt: skip
LABELS = (
    "Uitbuiting in de seksindustrie", "Uitbuiting buiten de seksindustrie", "Sector onbekend", "(Nog) niet gewerkt",
    "Huishoudelijk werk", "Horeca", "Drugshandel", "Criminaliteit", "Au-pair", "Land- en tuinbouw", "Schoonmaakwerk",
    "Onbekend",
)  # fmt: skip
NONE = {"nl": "geen waarde gegeven", "en": "no value given"}


@pytest.fixture(scope="module", params=["nl", "en"])
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def sheet(lang):
    return published_sheet(2011, lang)


@pytest.fixture(scope="module")
def files(sheet):
    return factsheet_files(sheet, "factsheet-2011", WHEN)


@pytest.fixture(scope="module")
def reader(files, lang):
    return pypdf.PdfReader(io.BytesIO(files[f"factsheet-2011.{lang}.pdf"]))


def words_of(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_pdf_prints_the_four_published_values_beside_their_labels(reader, lang):
    words = words_of(reader).replace("- ", "-")
    for label, value in VALUES[lang].items():
        assert value in words
        assert label in words
    assert set(re.findall(r"\d+%", words)) == set(VALUES[lang].values())


def test_the_web_page_holds_the_same_values_as_table_and_as_alt_text(files, lang):
    page = files[f"factsheet-2011.{lang}.html"].decode()
    for label, value in VALUES[lang].items():
        assert re.search(rf'<th scope="row">{label}</th><td>[^<]*</td><td>{value}</td>', page)
        assert re.search(rf'aria-label="[^"]*{label}: {value}', page)


def test_where_the_document_has_only_labels_no_number_is_made_up(sheet, lang):
    rows = [row for figure in sheet.figures[1:] if figure.anchor != "reported" for row in figure.table.rows]
    assert len(rows) == len(LABELS)
    assert {row[1] for row in rows} == {NONE[lang]}
    if lang == "nl":
        assert tuple(row[0] for row in rows) == LABELS


def test_it_says_that_only_the_labels_stand_and_that_their_chart_is_in_doubt(reader, lang):
    words = words_of(reader)
    assert {"nl": "alleen de labels", "en": "only the labels stand"}[lang] in words
    assert {"nl": "is onzeker (D)", "en": "is in doubt (D)"}[lang] in words


def test_the_eight_recommendations_of_2013_stand_in_it(sheet, lang):
    (items,) = [part.items for part in sheet.parts if part.items]
    assert len(items) == 8
    assert {"nl": "niet bekend", "en": "not known"}[lang] in " ".join(
        word for part in sheet.parts if part.items for word in part.words
    )


def test_it_is_two_pages_of_a4_for_every_reader(reader, lang):
    assert len(reader.pages) == 2
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == lang
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert reader.metadata.creation_date == WHEN


def test_the_same_day_gives_the_same_bytes(sheet, files):
    assert factsheet_files(sheet, "factsheet-2011", WHEN) == files


def test_there_is_no_such_factsheet_of_another_year(lang):
    with pytest.raises(BadInput, match="2012"):
        published_sheet(2012, lang)


def test_how_many_were_reported_is_from_elsewhere_and_says_whence_and_how_sure(sheet, lang):
    (part,) = [part for part in sheet.parts if any(figure.anchor == "reported" for figure in part.figures)]
    assert {"nl": "Niet uit het factsheet zelf", "en": "Not from the factsheet itself"}[lang] in part.words[0]
    thousand = {"nl": "1.222", "en": "1,222"}[lang]
    rows = {row[0]: row[1:] for row in part.figures[0].table.rows}
    assert {year: row[1] for year, row in rows.items()} == {
        "2007": "716", "2008": "826", "2009": "909", "2010": "993", "2011": thousand,
    }  # fmt: skip
    assert [year for year, row in rows.items() if row[0].endswith("(R)")] == ["2008", "2009", "2010"]
