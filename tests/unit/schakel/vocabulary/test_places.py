"""Municipalities are found by name or code, and never guessed."""

import pytest

from schakel.mechanism.content import load
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.places import Municipality, Places

UTRECHT = Municipality("GM0344", "Utrecht", "VR09", "Utrecht", "Midden-Nederland", "Midden-Nederland")
PLACES = Places((UTRECHT, Municipality("GM0363", "Amsterdam", "VR13", "Amsterdam-Amstelland", "Amsterdam", "x")))


@pytest.mark.parametrize("name", ["Utrecht", "utrecht", " UTRECHT ", "GM0344", "gm0344"])
def test_a_municipality_by_its_name_or_code(name: str) -> None:
    assert PLACES.find(name) == UTRECHT


def test_an_unknown_name_gives_the_nearest_and_takes_none() -> None:
    with pytest.raises(BadInput) as refused:
        PLACES.find("Utrect", "facts, line 2")
    assert "facts, line 2" in str(refused.value)
    assert "Did you mean Utrecht" in str(refused.value)


@pytest.mark.parametrize("name", ["", "Q", "GM9999", "x" * 100_000])
def test_a_name_that_is_like_none_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(BadInput) as refused:
        PLACES.find(name)
    assert len(str(refused.value)) < 400


def test_the_dutch_table_holds_each_municipality_once() -> None:
    places = load().places
    assert len(places.municipalities) > 300
    assert len(places.index) == 2 * len(places.municipalities), "every name and every code stands for one municipality"


def test_every_dutch_municipality_has_its_regions() -> None:
    for place in load().places.municipalities:
        assert all((place.safety_region, place.safety_region_name, place.police_unit, place.riec)), place
