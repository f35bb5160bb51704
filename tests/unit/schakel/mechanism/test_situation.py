"""What is known of one person, out of who said what: learned, contradicted, guessed, revised."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from schakel.mechanism.situation import Claim, Known, Person, Situation, known
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.facts import FactTable
from tests.tiny import TODAY, Country


@pytest.fixture
def facts(tmp_path: Path) -> FactTable:
    country = Country(tmp_path).fact("residence", "none", "asylum", "permit").fact("found_on")
    return country.fact("form", "sexual", "labour", many=True).content().facts


def of(facts: FactTable, *claims: Claim, who: str | None = None, signals: tuple[str, ...] = ()) -> Known:
    person = Person("1", claims, signals)
    return known(facts, Situation(TODAY, who=who, persons=(person,)), person, frozenset({"sign"}))


def test_nothing_is_known_of_what_nobody_told(facts: FactTable) -> None:
    assert of(facts) == Known({}, {}, {})


def test_one_claim_and_two_that_agree(facts: FactTable) -> None:
    assert of(facts, Claim("residence", ("none",))).possible == {"residence": ("none",)}
    twice = of(facts, Claim("residence", ("none", "asylum")), Claim("residence", ("asylum", "permit")))
    assert (twice.possible, twice.conflicts) == ({"residence": ("asylum",)}, {})


def test_claims_that_contradict_leave_all_that_was_claimed(facts: FactTable) -> None:
    claims = (Claim("residence", ("permit",), "papers"), Claim("residence", ("none",), "the boy"))
    told = of(facts, *claims)
    assert told.possible == {"residence": ("none", "permit")}, "in the order of the list, not of the telling"
    assert told.conflicts == {"residence": claims}


def test_a_fact_with_several_values_is_known_component_by_component(facts: FactTable) -> None:
    assert of(facts, Claim("form", ("sexual",))).possible == {"form.sexual": ("yes",), "form.labour": ("no",)}
    told = of(facts, Claim("form", ("sexual",)), Claim("form", ("sexual", "labour")))
    assert told.possible == {"form.sexual": ("yes",), "form.labour": ("no", "yes")}
    assert set(told.conflicts) == {"form"}


def test_of_two_days_the_earliest_counts_and_both_are_shown(facts: FactTable) -> None:
    told = of(facts, Claim("found_on", (), day=date(2025, 5, 3)), Claim("found_on", (), day=date(2025, 5, 1)))
    assert told.days == {"found_on": date(2025, 5, 1)}
    assert len(told.conflicts["found_on"]) == 2


def test_a_guess_narrows_nothing_and_contradicts_nothing(facts: FactTable) -> None:
    told = of(facts, Claim("age", ("adult",), certainty="guessed"), Claim("age", ("minor",)))
    assert (told.possible, told.conflicts) == ({"age": ("minor",)}, {})


def test_who_finds_is_a_fact_too(facts: FactTable) -> None:
    assert of(facts, who="police").possible == {"finder": ("police",)}


def test_a_sign_that_counts_is_an_indication(facts: FactTable) -> None:
    assert of(facts, signals=("sign",)).possible == {"indication": ("yes",)}
    assert of(facts, signals=("history",)).possible == {}


def test_learning_adds_and_revising_replaces() -> None:
    start = Situation(TODAY, persons=(Person("A"), Person("B")))
    learned = start.learn(Claim("age", ("adult",)), "A").learn(Claim("age", ("minor",)), "A")
    assert [claim.values for claim in learned.persons[0].claims] == [("adult",), ("minor",)]
    revised = learned.revise(Claim("age", ("minor",)), "A")
    assert revised.persons[0].claims == (Claim("age", ("minor",), revises=True),)
    assert revised.persons[1] == start.persons[1]
    assert start.persons[0].claims == (), "a situation is never changed, only another one made"


def test_what_is_learned_of_everyone_is_shared() -> None:
    told = Situation(TODAY).learn(Claim("held", ("yes",)))
    assert told.shared == (Claim("held", ("yes",)),)
    assert told.claims_about(told.persons[0]) == told.shared
    assert told.revise(Claim("held", ("no",))).shared == (Claim("held", ("no",), revises=True),)


def test_another_day_and_another_finder() -> None:
    told = Situation(TODAY, who="police")
    assert told.asked_on(date(2024, 1, 1)).on == date(2024, 1, 1)
    assert told.by("citizen").who == "citizen"


@pytest.mark.parametrize("name", ["B", "", "x" * 500])
def test_a_person_who_is_not_there(name: str) -> None:
    with pytest.raises(BadInput, match="no person") as refused:
        Situation(TODAY, persons=(Person("A"),)).learn(Claim("age", ("adult",)), name)
    assert len(str(refused.value)) < 300


def test_the_line_of_a_claim_is_no_part_of_what_it_says() -> None:
    assert Claim("age", ("adult",), where="facts.yaml, line 3") == Claim("age", ("adult",))
