"""Chapter 10. One encounter, several people.

Shared facts are told once. Each person has a plan of their own, and one person's facts say nothing about another's.
"""

from __future__ import annotations

import pytest

from schakel.vocabulary.errors import BadInput
from tests.tiny import Country, statuses


@pytest.fixture
def girls(country: Country) -> Country:
    country.fact("injuries", "visible", "none", first=()).fact("form", "sexual", "labour", many=True)
    return country.duty("doctor", {"injuries": "visible"}).duty("youth-help", {"age": "minor"}).duty("register")


def test_shared_facts_hold_for_everyone(girls: Country) -> None:
    found = girls.encounter(shared={"age": "minor"}, persons=[{"id": "girl A"}, {"id": "girl B"}])
    assert [statuses(view)["youth-help"] for view in found.persons] == ["applies", "applies"]


def test_what_is_told_of_one_says_nothing_of_the_other(girls: Country) -> None:
    found = girls.encounter(
        shared={"age": "minor"}, persons=[{"id": "girl A", "facts": {"injuries": "visible"}}, {"id": "girl B"}]
    )
    assert statuses(found.view("girl A"))["doctor"] == "applies"
    assert statuses(found.view("girl B"))["doctor"] == "may_apply"


def test_a_shared_fact_and_a_person_s_own_may_contradict(girls: Country) -> None:
    view = girls.encounter(shared={"age": "minor"}, persons=[{"id": "B", "facts": {"age": "adult"}}]).persons[0]
    assert statuses(view)["youth-help"] == "may_apply"
    assert [claim.values for claim in view.known.conflicts["age"]] == [("minor",), ("adult",)]


def test_the_order_of_persons_changes_nothing(girls: Country) -> None:
    one, two = {"id": "A", "facts": {"age": "minor"}}, {"id": "B", "facts": {"injuries": "none"}}
    found, turned = girls.encounter(persons=[one, two]), girls.encounter(persons=[two, one])
    assert {view.person.id: statuses(view) for view in found.persons} == {
        view.person.id: statuses(view) for view in turned.persons
    }


def test_without_persons_it_is_about_one_person(girls: Country) -> None:
    assert [view.person.id for view in girls.encounter(shared={"age": "minor"}).persons] == ["1"]


def test_persons_without_a_name_get_their_number(girls: Country) -> None:
    assert [view.person.id for view in girls.encounter(persons=[{}, {"id": "boy"}, {}]).persons] == ["1", "boy", "3"]


def test_two_persons_cannot_have_the_same_name(girls: Country) -> None:
    for persons in ([{"id": "A"}, {"id": "A"}], [{"id": 2}, {}], [{"id": "x" * 90}, {"id": "x" * 81}]):
        with pytest.raises(BadInput, match="same id"):
            girls.encounter(persons=persons)


def test_a_person_who_is_not_there_is_named(girls: Country) -> None:
    with pytest.raises(BadInput, match="no person 'C'"):
        girls.encounter(persons=[{"id": "A"}]).view("C")


def test_a_contradiction_names_the_person(girls: Country) -> None:
    girls.never("a-b", {"age": "minor", "injuries": "visible"})
    with pytest.raises(BadInput, match="'girl B'"):
        girls.encounter(persons=[{"id": "girl A"}, {"id": "girl B", "facts": {"age": "minor", "injuries": "visible"}}])
