"""The published series as shipped: the values of the domain's tables, typed here, with their certainty kept."""

from __future__ import annotations

import pytest

from schakel.monitor.series import (
    BREAKDOWNS,
    CHAIN,
    ESTIMATES,
    breaks,
    in_words,
    published,
    reported_series,
    said,
    traps,
)
from schakel.vocabulary.sources import CERTAINTY

# Persons reported to CoMensha, as listed under "Headline series" in the domain file on figures.
HEADLINE = {
    2007: 716, 2011: 1222, 2012: 1711, 2013: 1437, 2014: 1256, 2015: 1150, 2016: 952, 2017: 958, 2018: 668,
    2019: 1372, 2020: 1013, 2021: 791, 2022: 814, 2023: 868, 2024: 944,
}  # fmt: skip
RECALLED = {2000, 2001, 2002, 2003, 2004, 2005, 2006, 2008, 2009, 2010}
SERIES = {one.year: one for one in reported_series()}


def test_the_headline_series():
    assert {year: SERIES[year].published[0].value for year in HEADLINE} == HEADLINE


def test_what_is_recalled_stays_recalled_and_nothing_else_is():
    found = {year for year, one in SERIES.items() if any(each.sources[0].certainty == "R" for each in one.published)}
    assert found == RECALLED


def test_two_sources_for_a_year_stand_beside_each_other():
    assert {year: [each.value for each in one.published] for year, one in SERIES.items() if one.differing} == {
        2019: [1372, 1334], 2020: [1013, 984],
    }  # fmt: skip


def test_2023_is_derived():
    assert SERIES[2023].published[0].sources[0].certainty == "D"


def test_the_fall_of_2018_is_marked_with_its_cause_and_source():
    (fall,) = SERIES[2018].breaks
    assert "550" in fall.cause("en")
    assert "AVG" in fall.cause("nl")
    assert all(one.source for one in fall.sources)


def test_a_value_that_a_source_does_not_give_is_none():
    assert all(one.value is not None for name in (BREAKDOWNS, ESTIMATES, CHAIN) for one in published(name))


@pytest.mark.parametrize(
    ("name", "period", "category", "value"),
    [
        (BREAKDOWNS, "2007-2011", "Dutch", 32),
        (BREAKDOWNS, "2011", "minor", 39),
        (ESTIMATES, "2014-2015", "estimated victims per year", 6250),
        (CHAIN, "2019-2023", "suspects prosecuted", 470),
    ],
)
def test_values_of_other_files(name, period, category, value):
    assert value in [
        one.value for one in published(name) if (said(one, "period"), said(one, "category")) == (period, category)
    ]


def test_every_figure_has_a_source_and_a_code():
    every = [one for name in ("reported", BREAKDOWNS, ESTIMATES, CHAIN) for one in published(name)]
    assert len(every) == 27 + 105 + 14 + 9
    assert all(each.ref and each.certainty in CERTAINTY for one in every for each in one.sources)


def test_breaks_and_traps_say_where_they_come_from():
    assert [one.year for one in breaks()] == sorted(one.year for one in breaks())
    assert all(each.sources for each in (*breaks(), *traps()))


def test_every_word_of_the_tables_stands_in_dutch_too():
    alike = {"CoMensha", "CoMensha/STV", "18-23"}
    every = [one for name in ("reported", BREAKDOWNS, ESTIMATES, CHAIN) for one in published(name)]
    words = {said(one, key) for one in every for key in ("dimension", "category")} | {one.unit for one in every}
    words |= {note("en") for one in every for note in one.notes}
    assert [word for word in words - alike if in_words(word)("nl") == word] == []
