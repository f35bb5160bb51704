"""Only a protected release or published figures become a chart; marks, table and alt text say the same."""

from __future__ import annotations

import ast
from pathlib import Path

import pandas as pd
import pytest

from schakel.mechanism.content import DUTCH
from schakel.monitor.charts import bars, nested, quantities, synthetic
from schakel.monitor.codes import codelists
from schakel.monitor.factsheet_words import published_charts
from schakel.monitor.slices import Slice
from schakel.monitor.tiles import layouts, tile_map
from schakel.rules.reading import read
from schakel.rules.schemas import complaints
from schakel.vocabulary.errors import BadInput

SRC = Path(__file__).parents[4] / "src"
TITLES = ("Titel", "Onder", "Alles", "Deel")


@pytest.mark.parametrize("raw", [[5, 3], {"a": 5}, pd.DataFrame({"value": [5]}), "5", None, [], [("a", 5)]])
def test_raw_counts_are_refused(raw):
    with pytest.raises(BadInput, match="internal count"):
        bars(raw, "a", "t", "s", "nl")
    with pytest.raises(BadInput, match="internal count"):
        nested(raw, raw, "a", TITLES, "nl")
    with pytest.raises(BadInput, match="internal count"):
        tile_map(raw, "a", "s", "nl")


def test_internal_figures_are_refused(figures, release):
    with pytest.raises(BadInput, match="internal count"):
        Slice(figures["dutch-by-age"], "dutch-by-age", 2023)
    with pytest.raises(BadInput, match="internal count"):
        bars(figures["dutch-by-age"], "a", "t", "s", "nl")


def test_a_slice_is_of_a_table_and_a_year_that_exist(release):
    with pytest.raises(BadInput, match="no figure"):
        Slice(release, "sectors", 2023)
    with pytest.raises(BadInput, match="no code"):
        Slice(release, "dutch-by-age", 1999)
    with pytest.raises(BadInput, match="is no list"):
        quantities(Slice(release, "victims-by-sex-and-age", 2023), "en")


def test_marks_table_and_alt_text_say_what_the_release_prints(release):
    given = Slice(release, "victims-by-group", 2023)
    figure = bars(given, "groups", "Groepen", "2023", "nl")
    printed = dict(figure.table.rows)
    codes = [code for code in codelists()["monitor_group"].codes if code in given.values]
    for code, bar in zip(codes, quantities(given, "nl"), strict=True):
        assert bar.value == given.values[code]
        assert printed[bar.label] == bar.shown
        assert f"{bar.label}: {bar.shown}" in figure.drawing.alt
    assert "trial" in figure.drawing.alt


def test_a_release_that_says_it_is_synthetic_is_marked_unasked(release):
    figure = bars(Slice(release, "victims-by-group", 2023), "a", "t", "s", "en")
    assert synthetic(release) == bool(figure.drawing.mark)
    assert bars(Slice(release, "victims-by-group", 2023), "a", "t", "s", "en", marked=True).drawing.mark


def test_published_figures_carry_source_and_certainty():
    figure = bars(published_charts("en")["sectors"].figures, "a", "t", "s", "en")
    assert "derived or in doubt (D)" in figure.drawing.alt
    assert {row[1] for row in figure.table.rows} == {"no value given"}


def imported(node):
    """What an import brings in, by its full name, and the module that it is brought from."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return set()


def test_only_the_doors_make_charts_of_the_press():
    """Who may describe a chart to the press: the rooms' doors, which take only what may be shown."""
    doors = {"schakel/monitor/charts.py", "schakel/monitor/tiles.py"}
    found = set()
    for path in SRC.rglob("*.py"):
        words = path.read_text(encoding="utf-8")
        named = "press" in words and "charts" in words and path.parent.name != "press"
        nodes = ast.walk(ast.parse(words)) if named else ()
        if any("schakel.press.charts" in imported(node) for node in nodes):
            found.add(path.relative_to(SRC).as_posix())
    assert found == doors


def test_the_tiles_are_the_ten_units_and_twelve_provinces_each_in_a_place_of_its_own():
    assert {name: len(one.places) for name, one in layouts().items()} == {"police_unit": 10, "province": 12}
    for one in layouts().values():
        assert len({(place.row, place.column) for place in one.places}) == len(one.places)


@pytest.mark.parametrize("name", ["factsheet", "tiles"])
def test_the_words_and_maps_are_as_their_schema_asks(name):
    path = DUTCH / "monitor" / f"{name}.yaml"
    document = read(path.read_bytes(), path.name)
    assert not [str(complaint) for complaint in complaints(DUTCH / "schema", document)]
    assert document.data["checked_by"] == []
