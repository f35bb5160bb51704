"""The content of the figures: as its schemas ask, in both languages, with sources, and pointing at what exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from schakel.mechanism.content import DUTCH, load
from schakel.monitor.codebook import definitions_page
from schakel.monitor.codes import codelists
from schakel.monitor.definitions import SETS, definitions
from schakel.rules.reading import read
from schakel.rules.schemas import complaints

FILES = [DUTCH / "monitor" / f"{name}.yaml" for name in ("definitions", "codelists", "breaks", "chain")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_as_its_schema_asks(path: Path):
    document = read(path.read_bytes(), path.name)
    assert not [str(complaint) for complaint in complaints(DUTCH / "schema", document)]
    assert document.data["checked_by"] == []


def test_every_set_of_definitions_has_figures():
    used = {name for one in definitions().figures.values() for name in one.sets}
    assert used == set(SETS)
    assert all(definitions().of_set(name) for name in SETS)


def test_the_minimum_set_of_the_union_is_whole():
    by = {name for one in definitions().of_set("eu") for name in one.by}
    assert by == {"year", "organisation", "sex", "age_group", "citizenship", "form"}


def test_the_four_groups_are_four():
    assert len([code for code in codelists()["monitor_group"].codes if code != "unknown"]) == 4


def test_every_form_and_sector_of_the_vocabulary_has_a_code():
    facts = load().facts
    for name in ("form", "sector"):
        for value in facts[name].values:
            codelists()[name].code(value.id)


def test_the_police_units_are_those_of_the_municipalities():
    units = {place.police_unit for place in load().places.municipalities}
    assert units == set(codelists()["police_unit"].codes) - {"unknown"}
    assert len(units) == 10


def test_every_figure_says_what_it_is_not_and_whence():
    for one in definitions().figures.values():
        assert one.what("nl") != one.what("en")
        assert one.is_not("nl") != one.is_not("en")
        assert one.sources
        assert one.by[0] == "year"


def test_the_page_of_definitions_is_up_to_date():
    page = Path(__file__).parents[2] / "docs" / "reference" / "definitions.md"
    assert page.read_text(encoding="utf-8") == definitions_page()
