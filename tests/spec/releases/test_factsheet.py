"""The present-day factsheet of a synthetic country: protected, and marked as synthetic everywhere."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pypdf
import pytest

from schakel.cli import main
from schakel.disclosure.protected import TOTAL
from schakel.monitor.factsheet import factsheet_files, release_sheet
from schakel.monitor.factsheet_synthetic import synthetic_release
from schakel.monitor.slices import Slice
from schakel.monitor.tiles import layouts, tile_map
from schakel.simulation.country import SMALL
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.published import Published
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import text

WHEN = datetime(2026, 11, 26, tzinfo=UTC)
MARK = {"nl": "SYNTHETISCH", "en": "SYNTHETIC"}


@pytest.fixture(scope="module")
def made():
    return synthetic_release(2024, SMALL)


@pytest.fixture(scope="module", params=["nl", "en"])
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def sheet(made, lang):
    return release_sheet(made, 2024, lang)


@pytest.fixture(scope="module")
def files(sheet):
    return factsheet_files(sheet, "factsheet-2024", WHEN)


def test_every_page_chart_file_name_and_the_metadata_say_synthetic(sheet, files, lang):
    reader = pypdf.PdfReader(io.BytesIO(files[f"synthetic-factsheet-2024.{lang}.pdf"]))
    assert len(reader.pages) == 2
    assert all(MARK[lang] in page.extract_text() for page in reader.pages)
    assert reader.metadata.title.startswith(MARK[lang])
    assert MARK[lang] in reader.metadata["/Keywords"]
    assert all(name.startswith("synthetic-") for name in files)
    assert all(MARK[lang] in data.decode() for name, data in files.items() if name.endswith((".svg", ".html")))
    assert all(figure.drawing.alt.startswith(MARK[lang]) for figure in sheet.figures)


def test_every_count_shown_is_one_that_the_release_prints(made, sheet):
    printed = {str(row.value) for rows in made.rows.values() for row in rows}
    for figure in sheet.figures:
        for row in figure.table.rows:
            assert {cell for cell in row[1:] if cell.isdecimal()} <= printed


def test_the_percentages_are_those_of_the_printed_numbers(made, sheet):
    rows = sheet.figures[0].table.rows
    first, second = int(rows[0][3]), int(rows[1][3])
    assert rows[1][2] == f"{100 - round(100 * first / (first + second))}%"


def test_the_headline_has_the_printed_total(made, sheet):
    assert str(Slice(made, "dutch-or-not", 2024).values[TOTAL]) in sheet.headline


def test_tiles_stand_where_they_lie_whatever_their_numbers(made, sheet, lang):
    (figure,) = [one for one in sheet.figures if one.anchor == "regions"]
    assert [row[0] for row in figure.table.rows] == [place.name(lang) for place in layouts()["police_unit"].places]
    assert {row[2] for row in figure.table.rows} == {{"nl": "niet bekend", "en": "not known"}[lang]}


def test_capacity_stands_beside_a_number_where_a_source_gives_it(made):
    figure = tile_map(Slice(made, "victims-by-region", 2024), "a", "s", "en", capacity={"Limburg": "3 (report 2024)"})
    assert {row[0]: row[2] for row in figure.table.rows}["Limburg"] == "3 (report 2024)"
    with pytest.raises(BadInput, match="'Utrecht' is no code"):
        tile_map(Slice(made, "victims-by-region", 2024), "a", "s", "en", capacity={"Utrecht": "3"})


def test_provinces_take_published_figures():
    one = Published("x", 7, text({"nl": "Zeeland", "en": "Zeeland"}), "persons", (Source("a report", "R"),),
                    categories=(("category", "Zeeland"),))  # fmt: skip
    figure = tile_map((one,), "a", "s", "nl", layout="province")
    shown = {row[0]: row[1] for row in figure.table.rows}
    assert shown["Zeeland"] == "7"
    assert shown["Utrecht"] == "geen waarde gegeven"


def test_a_year_or_a_thing_that_is_not_there(made, figures):
    with pytest.raises(BadInput, match="no code"):
        release_sheet(made, 2019, "en")
    with pytest.raises(BadInput, match="internal count"):
        release_sheet(figures, 2024, "en")


def test_the_command_makes_the_published_one_whole_or_says_why_not(tmp_path, capsys):
    asked = ["factsheet", "--lang", "en", "--date", "2026-11-26", "--out"]
    assert main([*asked, str(tmp_path / "a"), "--year", "2011"]) == 0
    assert len(list((tmp_path / "a").iterdir())) == 10
    assert main([*asked, str(tmp_path / "a"), "--year", "2011"]) == 2
    assert main([*asked, str(tmp_path / "b"), "--year", "2012"]) == 2
    assert not (tmp_path / "b").exists()
    assert "2011" in capsys.readouterr().err


def test_the_page_is_for_keyboard_and_screen_reader(files, lang):
    page = files[f"synthetic-factsheet-2024.{lang}.html"].decode()
    assert page.count("<figure") == page.count('role="img" aria-label="') == page.count("<details open><summary>") == 4
    assert page.count("<h1") == 1
    assert "<script" not in page
    assert 'style="' not in page
