"""What must hold of every synthetic country: its forms, its seed, and that its parameters show in what comes out.

Bounds are five standard deviations of the count under the parameters, with a fixed seed: a wrong formula misses them by
far, and chance does not.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.simulation.capture import cells_of, chances
from schakel.simulation.country import SMALL, Country
from schakel.simulation.reporters import DUTCH, REFERRAL, SUBSTITUTION, Dependence, Reporter
from schakel.simulation.simulate import simulate
from schakel.simulation.simulated import Simulated
from schakel.simulation.summary import TABLES
from schakel.vocabulary.passing import ENCOUNTERS, EVENTS, PEOPLE, POPULATION, REGISTRATIONS, TRUTH, check

PLAIN = replace(SMALL, people=60_000, heterogeneity=0.0, out_of_reach=0.0, dependences=())
STRATA = ["year", "form", "age_group", "sex", "nationality_group"]
FORMS = (PEOPLE, ENCOUNTERS, REGISTRATIONS, EVENTS, TRUTH, POPULATION)


def expected(made: Simulated, reporter: Reporter) -> pd.Series:
    """The chance of a list by stratum of the population, before dependence."""
    cells = cells_of(made.country)
    axes = (cells.years, cells.forms, cells.ages, cells.sexes, cells.groups)
    chance = pd.Series(chances(cells, reporter), index=pd.MultiIndex.from_product(axes, names=STRATA))
    return chance.reindex(pd.MultiIndex.from_frame(made.population[STRATA]))


def holds(made: Simulated, *lists: str) -> pd.DataFrame:
    """Persons and years on all of the lists, with their stratum."""
    rows = made.truth.drop_duplicates(["person", "year", "list"])
    rows = rows[rows["list"].isin(lists)]
    size = rows.groupby(["person", "year"])["list"].transform("size")
    return rows[size == len(lists)].drop_duplicates(["person", "year"])


def near(observed: float, mean: float, variance: float) -> bool:
    return abs(observed - mean) <= 5 * max(variance, 1) ** 0.5


@pytest.fixture(scope="module")
def plain() -> Simulated:
    return simulate(PLAIN, seed=11)


@settings(max_examples=12)
@given(st.integers(0, 2**64), st.integers(1, 400), st.sampled_from([(2016, 2024), (2020, 2020), (1999, 2001)]))
def test_every_country_keeps_its_forms_and_comes_again_with_its_seed(
    seed: int, people: int, years: tuple[int, int]
) -> None:
    country = Country(people=people, years=years)
    once, again = simulate(country, seed=seed), simulate(country, seed=seed)
    for name, form in zip(TABLES, FORMS, strict=True):
        check(getattr(once, name), form)
        pd.testing.assert_frame_equal(getattr(once, name), getattr(again, name))
    assert set(once.truth["person"]) == set(once.people["person"])
    assert once.population["new_people"].sum() == people
    assert not simulate(country, seed=seed + 1).population.equals(once.population) or people < 20


@pytest.mark.parametrize("reporter", DUTCH, ids=lambda one: one.name)
def test_each_list_holds_the_share_that_its_chances_say(plain: Simulated, reporter: Reporter) -> None:
    chance, people = expected(plain, reporter).to_numpy(), plain.population["people"].to_numpy()
    assert near(len(holds(plain, reporter.name)), (people * chance).sum(), (people * chance * (1 - chance)).sum())


def test_strata_differ_as_the_factors_say(plain: Simulated) -> None:
    counted = holds(plain, "police").groupby(STRATA).size()
    index = pd.MultiIndex.from_frame(plain.population[STRATA])
    observed, people = counted.reindex(index, fill_value=0).to_numpy(), plain.population["people"].to_numpy()
    chance = expected(plain, DUTCH[0]).to_numpy()
    large = people * chance >= 5
    squares = (observed - people * chance)[large] ** 2 / (people * chance * (1 - chance))[large]
    assert near(squares.sum(), large.sum(), 2 * large.sum())


def test_without_dependence_lists_overlap_by_chance_only(plain: Simulated) -> None:
    people = plain.population["people"].to_numpy()
    for one, other in (("police", "care_coordinators"), ("police", "others"), ("inspectorate", "fairwork")):
        both = np.prod([expected(plain, DUTCH[SMALL.lists.index(name)]).to_numpy() for name in (one, other)], axis=0)
        assert near(len(holds(plain, one, other)), (people * both).sum(), (people * both * (1 - both)).sum())


@pytest.mark.parametrize(("kind", "strength"), [(REFERRAL, 0.3), (SUBSTITUTION, 0.5)])
def test_dependence_shows_as_its_formula_says(kind: str, strength: float) -> None:
    bond = Dependence("police", "others", kind, strength)
    made = simulate(replace(PLAIN, dependences=(bond,)), seed=11)
    first = holds(made, "police")
    chance = pd.Series(expected(made, DUTCH[-1]).to_numpy(), index=pd.MultiIndex.from_frame(made.population[STRATA]))
    p = chance.reindex(pd.MultiIndex.from_frame(first[STRATA])).to_numpy()
    then = p + strength * (1 - p) if kind == REFERRAL else p * (1 - strength)
    assert near(len(holds(made, "police", "others")), then.sum(), (then * (1 - then)).sum())


def test_visibility_makes_all_lists_overlap_more(plain: Simulated) -> None:
    seen = simulate(replace(PLAIN, heterogeneity=1.5), seed=11)
    for pair in (("police", "care_coordinators"), ("police", "others"), ("shelters", "others")):
        ratio = [
            len(holds(made, *pair)) / (len(holds(made, pair[0])) * len(holds(made, pair[1]))) for made in (plain, seen)
        ]
        assert ratio[1] > 1.5 * ratio[0]


def test_histories_of_three_lists_have_the_counts_of_their_chances() -> None:
    lists = tuple(Reporter(name, "police", "police", "care", "others-may-register", chance, again=0.5)
                  for name, chance in (("a", 0.3), ("b", 0.2), ("c", 0.1)))  # fmt: skip
    made = simulate(replace(PLAIN, people=20_000, reporters=lists), seed=5)
    people = made.population["people"].sum()
    on = made.truth.groupby(["person", "year"])["list"].agg(lambda names: "".join(sorted(set(names))))
    counts = on.value_counts()
    for history in product((0, 1), repeat=3):
        name = "".join(letter for letter, here in zip("abc", history, strict=True) if here)
        p = np.prod([one.chance if here else 1 - one.chance for one, here in zip(lists, history, strict=True)])
        observed = counts.get(name, 0) if name else people - len(on)
        assert near(observed, people * p, people * p * (1 - p))


def test_out_of_reach_and_further_reports_come_in_their_shares() -> None:
    made = simulate(replace(PLAIN, out_of_reach=0.2), seed=3)
    people = made.population["people"].sum()
    assert near(made.population["within_reach"].sum(), 0.8 * people, 1.4 * 0.16 * people)
    reports = made.truth[made.truth["list"] == "police"]
    more, captures = len(reports) - len(holds(made, "police")), len(holds(made, "police"))
    assert near(more, 0.25 * captures, 0.25 * captures)


@pytest.mark.parametrize("reporter", DUTCH, ids=lambda one: one.name)
def test_each_list_errs_as_often_as_its_parameters_say(plain: Simulated, reporter: Reporter) -> None:
    rows = plain.registrations[plain.registrations["list"] == reporter.name]
    known, errors = rows[rows["identified"]], reporter.errors
    for share, chance in (
        (known["birth_date"].isna(), errors.birth_missing),
        (known["birth_date"].str.len() == 4, errors.year_only),
        (known["given_names"].isna(), errors.no_given_names),
        (rows["nationality"].isna(), errors.nationality_missing),
        (rows["domestic"] == "unknown", errors.domestic_unknown),
        (rows["form"].isna(), errors.form_missing),
        (rows["municipality"].isna(), errors.municipality_missing),
    ):
        assert near(share.sum(), chance * len(share), chance * (1 - chance) * len(share))


def test_without_identity_rises_in_2018_for_care_and_not_for_enforcement(plain: Simulated) -> None:
    rows = plain.registrations
    hidden = ~rows["identified"]
    share = hidden.groupby([rows["list"], rows["registered_on"].dt.year >= 2018]).mean().unstack()
    for reporter in DUTCH:
        before, after = share.loc[reporter.name]
        assert (after > 3 * before) if reporter.side == "care" else (after < 0.02)


def test_a_second_form_is_another_one_and_has_its_share(plain: Simulated) -> None:
    people = plain.people
    both = people["second_form"].notna()
    assert (people["second_form"] != people["form"])[both].all()
    assert near(both.sum(), SMALL.second_form * len(people), 5 * SMALL.second_form * len(people))


def test_people_come_in_the_shares_of_forms_and_origins(plain: Simulated) -> None:
    people = plain.population.groupby("form")["new_people"].sum()
    for form in ("sexual", "criminal", "benefits"):
        share = sum(
            sum(one.share for one in SMALL.origins if one.group == group) * shares.get(form, 0.0)
            for group, shares in SMALL.forms.items()
        )
        together = 2 * SMALL.site_size.get(form, 1.0)  # people at one place have one form
        assert near(people[form], share * PLAIN.people, together * share * PLAIN.people)
