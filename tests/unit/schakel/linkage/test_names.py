"""Names are compared by letters, without prefixes, and by sound."""

from __future__ import annotations

import pytest

from schakel.linkage.names import folded, sound, sounds, without_prefixes


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Nguyễn Văn", "nguyen van"),
        ("Łukasz", "lukasz"),
        ("Иванова", "ivanova"),
        ("O'Neill-Søren", "oneill soren"),
        ("  de   Vries ", "de vries"),
        ("Straße", "strasse"),
        ("王", "王"),
        ("123", ""),
        ("d'Arc-von `T 2", "darc von t"),
    ],
)
def test_a_name_is_folded_to_plain_letters(written: str, plain: str) -> None:
    assert folded(written) == plain


@pytest.mark.parametrize("name", ["De Vries", "O'Neill", "a-b_c", " x  Y9z ", "``", "Van 't Hoff"])
def test_the_short_way_for_plain_letters_is_the_long_way(name: str) -> None:
    assert folded(name) == folded(name + " ë").removesuffix(" e").removesuffix("e")


@pytest.mark.parametrize(
    ("surname", "rest"),
    [("van der berg", "berg"), ("el idrissi", "idrissi"), ("ait ben haddou", "haddou"), ("van", "van"), ("le", "le")],
)
def test_prefixes_go_but_never_the_whole_name(surname: str, rest: str) -> None:
    assert without_prefixes(surname) == rest


@pytest.mark.parametrize(
    "spellings",
    [
        "Mohammed Muhamed Mohamet",
        "Dijkstra Dykstra",
        "Yuliya Julia Julija",
        "Djamila Jamila Dzhamila",
        "Ahmed Ahmet",
        "Fatima Fatma",
        "Stefan Sztefan Shtefan",
        "Jansen Janssen Janszen",
        "Oualid Walid",
        "Иванов Ivanov Iwanow",
        "Popescu Popesku",
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: str) -> None:
    assert len({sound(folded(name)) for name in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Li", "La"), ("Ivan", "Ivana Petrova"), ("Berg", "Burger"), ("Anna", "Hanna")],
)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert sound(folded(one)) != sound(folded(other))


def test_no_name_has_no_sound() -> None:
    assert sound("") == ""


def test_names_sound_together_as_each_does_alone() -> None:
    names = ["", "h", "de vries", "xx", "王", "", "ouassim", "li", "la", "hanh"]
    assert sounds(names) == [sound(name) for name in names]
    assert sounds(names)[2] == "tfrs"
    assert sounds([]) == []
