"""Invented names: whole pools for every origin and sex, ways to write each, slips of the hand and the ear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.simulation.mistakes import KINDS, mistype
from schakel.simulation.names import pools
from schakel.simulation.names.parts import PARTS, SEXES

# Names that the parts must not come upon: some of those who are or were in the news.
KNOWN = {"Osama", "Obama", "Rutte", "Wilders", "Lewandowski", "Constantinescu", "Zelenskyi", "Ceaușescu", "Erdoğan"}


@pytest.mark.parametrize("names", [pools.given(), pools.surnames()])
def test_every_origin_and_sex_has_names_of_its_own_place_in_the_pool(names: pools.Names) -> None:
    begins, ends = names.places[..., 0], names.places[..., 1]
    assert names.places.shape == (len(PARTS), len(SEXES), 2)
    assert (ends - begins >= 8).all()
    assert ends.max() == len(names.names)


@pytest.mark.parametrize("names", [pools.given(), pools.surnames()])
def test_the_first_spelling_is_the_name_and_all_are_different(names: pools.Names) -> None:
    for name, ways in zip(names.names, names.spellings, strict=True):
        assert ways[0] == name
        assert 1 <= len(ways) == len(set(ways)) <= pools.MOST
        assert all(way == way.strip() and len(way) > 1 for way in ways)


@pytest.mark.parametrize(
    ("origin", "name", "written"),
    [
        ("dutch", "van der Berg", {"v.d. Berg", "der Berg"}),
        ("arabic", "Mohamed", {"Mohammed", "Muhammad"}),
        ("arabic", "El Yousfi", {"Al Yousfi", "El Yusfi", "Yousfi"}),
        ("bulgarian", "Hristova", {"Christova", "Hristov"}),
        ("polish", "Małgorzata", {"Malgorzata", "Mawgorzata"}),
        ("vietnamese", "Nguyễn", {"Nguyen"}),
        ("chinese", "Xiao mei", {"Xiaomei", "Xiao-mei", "Hsiao mei"}),
        ("ukrainian", "Olena", {"Alena"}),
    ],
)
def test_names_are_written_as_clerks_write_them(origin: str, name: str, written: set[str]) -> None:
    assert written <= set(pools.spellings(name, PARTS[origin].spellings))


def test_women_have_their_own_endings_where_they_have() -> None:
    names, origin = pools.surnames(), pools.ORIGINS.index("polish")
    women, men = (names.names[slice(*names.places[origin, sex])] for sex in range(2))
    assert "Dąbrowska" in women
    assert "Dąbrowski" in men
    assert "Dąbrowska" not in men


def test_no_name_is_that_of_somebody_in_the_news() -> None:
    assert not KNOWN & {pools.plain(name) for name in pools.surnames().names}
    assert not KNOWN & set(pools.surnames().names)


@pytest.mark.parametrize(
    ("name", "kind", "place", "becomes"),
    [
        ("Sanne", "drop", 0.5, "Sane"),
        ("Sanne", "double", 0.0, "Saanne"),
        ("Sanne", "swap", 0.0, "Snane"),
        ("Sanne", "beside", 0.0, "Sqnne"),
        ("Sanne", "sound", 0.0, "Sanne"),
        ("Dijk", "sound", 0.0, "Deik"),
        ("X", "drop", 0.0, "X"),
    ],
)
def test_one_slip(name: str, kind: str, place: float, becomes: str) -> None:
    assert mistype(name, KINDS.index(kind), place) == becomes


@given(st.text(min_size=1, max_size=20), st.integers(0, len(KINDS) - 1), st.floats(0, 1, exclude_max=True))
def test_a_slip_leaves_a_name(name: str, kind: int, place: float) -> None:
    slipped = mistype(name, kind, place)
    assert slipped
    assert abs(len(slipped) - len(name)) <= 1
