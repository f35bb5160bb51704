"""Every parameter says where it comes from, and a changed one says so too."""

from __future__ import annotations

from dataclasses import replace

from schakel.simulation.assumptions import ASSUMPTION, CHANGED, SOURCES, assumptions, fits
from schakel.simulation.checking import numbers
from schakel.simulation.country import SIZES, SMALL, Country
from schakel.simulation.reporters import DUTCH


def sources(country: Country) -> dict[str, str]:
    return {str(row["parameter"]): str(row["source"]) for row in assumptions(country)}


def test_every_number_of_the_country_has_a_row() -> None:
    table = assumptions(SMALL)
    assert [row["parameter"] for row in table] == [name for name, _ in numbers(SMALL)]
    assert all(row["source"] for row in table)


def test_every_source_is_of_some_parameter() -> None:
    names = [name for name, _ in numbers(SMALL)]
    assert [start for start in SOURCES if not any(fits(name, start) for name in names)] == []


def test_sources_carry_a_certainty_and_assumptions_the_word() -> None:
    for source in SOURCES.values():
        assert (
            source.startswith(ASSUMPTION)
            or "; S)" in source
            or "SS)" in source
            or "(SS)" in source
            or "later" in source
        )
    assert sources(SMALL)["stays_on"] == ASSUMPTION
    assert "81 %" in sources(SMALL)["sectors.sexual.prostitution_unlicensed"]


def test_what_the_user_changes_loses_its_source() -> None:
    police = replace(DUTCH[0], chance=0.5)
    changed = sources(replace(SMALL, second_form=0.5, reporters=(police, *DUTCH[1:])))
    assert changed["second_form"] == changed["reporters.police.chance"] == CHANGED
    assert changed["reporters.police.by_age.0-17"] != CHANGED


def test_a_size_is_no_change() -> None:
    assert all(CHANGED not in sources(country).values() for country in SIZES.values())
