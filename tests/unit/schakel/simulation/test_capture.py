"""Chances by the formula, by hand; referral, substitution, and lists that do not exist, with what is certain."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from schakel.simulation.capture import Cells, cells_of, chances
from schakel.simulation.country import SMALL, Country
from schakel.simulation.reporters import DUTCH, REFERRAL, SUBSTITUTION, Dependence, Reporter
from schakel.simulation.simulate import simulate

FIRST = Reporter("first", "police", "police", "enforcement", "police-register-comensha", 0.2, again=0.0)
SECOND = replace(FIRST, name="second", chance=0.3)
TINY = Country(people=1500, years=(2019, 2020), reporters=(FIRST, SECOND), dependences=(), heterogeneity=0.0)


def on(country: Country) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Persons and years on the first and on the second list."""
    truth = simulate(country, seed=7).truth
    rows = set(zip(truth["list"], truth["person"], truth["year"], strict=True))
    first, second = ({(person, year) for name, person, year in rows if name == one} for one in ("first", "second"))
    return first, second


def at(cells: Cells, year: int, form: str, age: str, sex: str, group: str) -> int:
    axes = (cells.years, cells.forms, cells.ages, cells.sexes, cells.groups)
    places = [axis.index(name) for axis, name in zip(axes, (year, form, age, sex, group), strict=True)]  # type: ignore[arg-type]
    return int(np.ravel_multi_index(places, cells.shape))


def test_the_chance_is_the_odds_times_the_factors() -> None:
    police = replace(
        DUTCH[0], chance=0.2, by_year={2019: 2.0}, by_form={"labour": 0.5}, by_age={}, by_group={"nl": 3.0}
    )
    cells = cells_of(SMALL)
    chance = chances(cells, police)
    assert chance[at(cells, 2018, "sexual", "23+", "man", "eu")] == pytest.approx(0.2)
    odds = 0.25 * 2.0 * 0.5 * 3.0
    assert chance[at(cells, 2019, "labour", "0-17", "woman", "nl")] == pytest.approx(odds / (1 + odds))


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_never_and_always(chance: float) -> None:
    found = chances(cells_of(TINY), replace(FIRST, chance=chance, by_form={"sexual": 0.0}, active=(2020, 2020)))
    grid = found.reshape(cells_of(TINY).shape)
    assert (grid[0] == 0).all()
    assert (grid[1, cells_of(TINY).forms.index("sexual")] == 0).all()
    assert grid[1, cells_of(TINY).forms.index("labour")] == pytest.approx(chance)


def test_certain_referral_puts_all_of_the_first_list_on_the_second() -> None:
    first, second = on(replace(TINY, dependences=(Dependence("first", "second", REFERRAL, 1.0),)))
    assert first < second


def test_certain_substitution_keeps_the_lists_apart() -> None:
    first, second = on(replace(TINY, dependences=(Dependence("first", "second", SUBSTITUTION, 1.0),)))
    assert first
    assert second
    assert not first & second


def test_nobody_is_referred_to_a_list_that_does_not_exist_there() -> None:
    later = replace(SECOND, active=(2020, 2020), by_age={"0-17": 0.0})
    bond = Dependence("first", "second", REFERRAL, 1.0)
    made = simulate(replace(TINY, reporters=(FIRST, later), dependences=(bond,)), seed=7)
    second = made.truth[made.truth["list"] == "second"]
    assert set(second["year"]) == {2020}
    assert "0-17" not in set(second["age_group"])
    assert "0-17" in set(made.truth["age_group"])


def test_who_is_out_of_reach_is_on_no_list() -> None:
    made = simulate(replace(TINY, out_of_reach=1.0), seed=7)
    assert made.people.empty
    assert made.registrations.empty
    assert made.population["people"].sum() >= TINY.people
    assert made.population[["within_reach", "registered"]].sum().tolist() == [0, 0]
