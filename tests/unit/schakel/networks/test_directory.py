"""Whom a kind of organisation leads to, and what is said where it leads to nobody."""

from __future__ import annotations

from schakel.networks.directory import NATIONAL, NO_ACCOUNT, NOBODY, Entry, lead
from schakel.vocabulary.places import Municipality

PLACE = Municipality("GM0344", "Utrecht", "VR09", "Utrecht", "Midden-Nederland", "Midden-Nederland")
NOONE: frozenset[str] = frozenset()


def entry(name: str, *regions: str, groups: tuple[str, ...] = (), account: bool = True, kind: str = "shelter") -> Entry:
    return Entry(name, kind, frozenset(regions), frozenset(groups), account)


def names(*entries: Entry, place: Municipality | None = PLACE, groups: frozenset[str] = NOONE) -> list[str]:
    return [one.id for one in lead("shelter", place, groups, entries).entries]


def test_the_nearest_region_comes_first_and_the_country_last() -> None:
    country, unit, region, town = (
        entry(name, code)
        for name, code in (("country", NATIONAL), ("unit", "Midden-Nederland"), ("region", "VR09"), ("town", "GM0344"))
    )
    assert names(country, unit, region, town) == ["town", "region", "unit", "country"]


def test_whoever_can_sign_in_comes_before_who_cannot() -> None:
    assert names(entry("town", "GM0344", account=False), entry("country", NATIONAL)) == ["country", "town"]


def test_another_region_kind_or_group_does_not_fit() -> None:
    others = (entry("far", "GM0014"), entry("lawyer", "GM0344", kind="lawyer"), entry("men", "GM0344", groups=("men",)))
    assert names(*others, groups=frozenset({"women"})) == []
    assert names(*others, groups=frozenset({"men"})) == ["men"]


def test_without_a_place_only_the_country_fits() -> None:
    assert names(entry("town", "GM0344"), entry("country", NATIONAL), place=None) == ["country"]


def test_nobody_found_is_a_task_of_the_registrar() -> None:
    found = lead("shelter", PLACE, NOONE, [])
    assert (found.entries, found.task_of_registrar) == ((), NOBODY)


def test_an_organisation_without_an_account_is_a_task_of_the_registrar_too() -> None:
    found = lead("shelter", PLACE, NOONE, [entry("town", "GM0344", account=False)])
    assert [one.id for one in found.entries] == ["town"]
    assert found.task_of_registrar == NO_ACCOUNT
    assert lead("shelter", PLACE, NOONE, [entry("town", "GM0344")]).task_of_registrar is None
