"""The tables as a whole: their forms, one another, the truth, and numbers that are nobody's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from schakel.simulation.country import SMALL, Country
from schakel.simulation.seen import synthetic_numbers
from schakel.simulation.simulate import simulate
from schakel.simulation.simulated import Simulated
from schakel.simulation.summary import TABLES, summary
from schakel.vocabulary.passing import ENCOUNTERS, EVENTS, PEOPLE, POPULATION, REGISTRATIONS, TRUTH, check

ONE_FORM = {"people": 100, "forms": {group: {"labour": 1.0} for group in ("nl", "eu", "third_country")}}
FORMS = {form.name: form for form in (PEOPLE, ENCOUNTERS, REGISTRATIONS, EVENTS, TRUTH, POPULATION)}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_keeps_its_declared_form(small: Simulated, name: str) -> None:
    check(getattr(small, name), FORMS[name])
    assert len(getattr(small, name)) > 0


@pytest.mark.parametrize(
    "changes", [{"people": 1}, {"people": 3, "years": (2020, 2020)}, {"stays_on": 1.0, "people": 50}, ONE_FORM]
)
def test_a_country_of_any_size_has_all_tables(changes: dict[str, object]) -> None:
    made = simulate(replace(SMALL, **changes), seed=3)  # type: ignore[arg-type]
    for name in TABLES:
        check(getattr(made, name), FORMS[name])
    assert summary(made)["people"] == made.country.people


def test_every_record_has_a_true_person_and_a_true_meeting(small: Simulated) -> None:
    assert (small.truth["record"] == small.registrations["record"]).all()
    assert set(small.truth["person"]) == set(small.people["person"])
    met = set(zip(small.encounters["encounter"], small.encounters["person"], strict=True))
    assert set(zip(small.truth["encounter"], small.truth["person"], strict=True)) == met


def test_a_person_is_registered_within_the_years_of_exploitation(small: Simulated) -> None:
    rows = small.truth.merge(small.people, on="person").merge(small.registrations[["record", "registered_on"]])
    assert (rows["registered_on"].dt.year == rows["year"]).all()
    assert rows["year"].between(rows["first_year"], rows["last_year"]).all()


def test_a_registration_follows_its_meeting(small: Simulated) -> None:
    rows = small.truth.merge(small.registrations[["record", "registered_on"]])
    rows = rows.merge(small.encounters[["encounter", "person", "at"]])
    assert len(rows) == len(small.registrations)
    assert (rows["registered_on"] >= rows["at"]).all()


def test_the_population_counts_everybody_once_in_the_first_year(small: Simulated) -> None:
    population = small.population
    assert population["new_people"].sum() == small.country.people
    assert (population["registered"] <= population["within_reach"]).all()
    assert (population["within_reach"] <= population["people"]).all()


def test_the_population_knows_who_is_registered_in_each_stratum(small: Simulated) -> None:
    strata = ["year", "form", "age_group", "sex", "nationality_group"]
    people = small.truth.drop_duplicates(["person", "year"]).groupby(strata).size()
    counted = small.population.set_index(strata)["registered"]
    assert counted[counted > 0].sort_index().equals(people.sort_index().rename("registered"))


def test_the_age_group_is_that_of_the_age_reached_in_the_year(small: Simulated) -> None:
    rows = small.truth.merge(small.people[["person", "birth_date", "form"]], on=["person", "form"])
    age = rows["year"] - rows["birth_date"].dt.year
    assert len(rows) == len(small.truth)
    assert rows["age_group"].eq(pd.cut(age, [-1, 17, 22, 200], labels=["0-17", "18-22", "23+"]).astype("str")).all()
    assert {17, 18, 22, 23} <= set(age)


def test_without_identity_there_is_nothing_to_link_by(small: Simulated) -> None:
    hidden = small.registrations[~small.registrations["identified"]]
    assert len(hidden) > 0
    assert hidden[["given_names", "surname", "birth_date", "number"]].isna().all(axis=None)
    assert hidden["age_estimated"].all()


def test_an_age_is_right_near_or_missing(small: Simulated) -> None:
    rows = small.registrations.merge(small.truth[["record", "person"]]).merge(
        small.people[["person", "birth_date"]], on="person"
    )
    true = (rows["registered_on"] - rows["birth_date_y"]).dt.days / 365.2425
    off = (rows["age"] - true.astype(int)).abs()
    assert (off[~rows["age_estimated"]] == 0).all()
    assert 1 < off[rows["age_estimated"]].mean() < 5
    assert set(rows[rows["age"].isna()]["age_estimated"]) == {True}


def test_no_number_is_a_valid_national_number() -> None:
    numbers = synthetic_numbers(50_000, 12_345_678)
    digits = np.array([list(number) for number in numbers], dtype=int)
    assert digits.shape == (50_000, 9)
    assert ((digits @ np.array([9, 8, 7, 6, 5, 4, 3, 2, -1])) % 11 != 0).all()
    assert len(set(numbers)) == 50_000


def test_numbers_are_for_some_and_never_shared(small: Simulated) -> None:
    numbers = small.people["number"].dropna()
    assert 0 < len(numbers) < len(small.people)
    assert numbers.is_unique
    written = small.registrations.merge(small.truth[["record", "person"]]).merge(small.people, on="person")
    both = written.dropna(subset=["number_x"])
    assert (both["number_x"] == both["number_y"]).all()


def test_each_list_writes_with_its_own_errors(small: Simulated) -> None:
    missing = small.registrations.query("identified")["birth_date"].isna()
    by_list = missing.groupby(small.registrations["list"]).mean()
    assert by_list["police"] < 0.1 < by_list["fairwork"]


def test_a_change_of_one_step_leaves_the_others(small: Simulated) -> None:
    other = simulate(replace(SMALL, unknown_fact=0.9), seed=7)
    pd.testing.assert_frame_equal(other.registrations, small.registrations)
    assert other.encounters["danger"].isna().mean() > small.encounters["danger"].isna().mean()


def test_the_country_says_what_it_is(small: Simulated) -> None:
    assert repr(small).startswith("SYNTHETIC country 2016-2024, seed 7: 4000 people")
    assert Country.__doc__
