"""Which question, with which weight, and of whom: with the Dutch facts. (The rules of it: tests/spec chapter 9.)"""

from __future__ import annotations

from datetime import date

import pytest

from schakel.mechanism.asking import (
    CHILD_MAY_BE_ASKED,
    OF_THE_PERSON,
    SPECIALISTS,
    next_question,
    permitted,
    questions,
    unsettled_by_finder,
)
from schakel.mechanism.assess import PersonView, assess
from schakel.mechanism.content import load
from schakel.mechanism.facts_file import from_data
from schakel.rules.outcome import MAY_APPLY

CONTENT = load()
ON = date(2025, 6, 2)


def person(who: str | None = None, **facts: object) -> PersonView:
    return assess(CONTENT, from_data(CONTENT, {"who": who, "shared": facts}, on=ON)).persons[0]


def may_ask(view: PersonView) -> set[str]:
    return {fact.id for fact in CONTENT.facts.facts if permitted(view, fact)}


def test_questions_come_best_first() -> None:
    found = questions(person("police", indication="yes"))
    weights = [question.weight for question in found]
    assert weights == sorted(weights, reverse=True)
    assert found[0] == next_question(person("police", indication="yes"))
    assert all(question.duties for question in found)


def test_the_weight_counts_urgent_musts_then_musts_then_all() -> None:
    question = questions(person("police", indication="yes"))[0]
    musts = [one for one in question.duties if one.strength == "must"]
    assert question.weight == (sum(one.duty.urgent for one in musts), len(musts), len(question.duties))


def test_a_question_names_only_duties_that_hang_on_it() -> None:
    view = person("police", indication="yes")
    for question in questions(view):
        for outcome in question.duties:
            assert outcome.status == MAY_APPLY
            later = {name for name in outcome.hangs_on if question.fact.id in CONTENT.facts[name].asking.first}
            assert question.fact.id in outcome.hangs_on or later, (question.fact.id, outcome.duty.id)


def test_a_question_for_another_finder_is_not_asked() -> None:
    for who in ("citizen", "teacher", "police", None):
        for question in questions(person(who, indication="yes")):
            assert question.fact.asking.allows(who)


@pytest.mark.parametrize("facts", [{}, {"age": 16}, {"age": "adult"}, {"age": "adult", "age_doubt": "may_be_child"}])
def test_a_layman_asks_a_possible_child_two_things_only(facts: dict[str, object]) -> None:
    of_the_person = {fact.id for fact in CONTENT.facts.facts if fact.asking.of in OF_THE_PERSON}
    assert may_ask(person("youth_worker", **facts)) & of_the_person <= CHILD_MAY_BE_ASKED
    assert may_ask(person("citizen", **facts)) & of_the_person <= CHILD_MAY_BE_ASKED
    assert "age_at_recruitment" in may_ask(person("police", **facts)), "a specialist may"


def test_of_an_adult_without_doubt_a_layman_may_ask_what_everyone_may() -> None:
    adult = may_ask(person("citizen", age="adult", age_doubt="none"))
    assert {"sexual_violence", "consent_care", "children"} <= adult
    assert "age_at_recruitment" not in adult


def test_two_claims_about_the_age_are_no_certainty() -> None:
    view = person("citizen", age=[{"value": "adult"}, {"value": 16}], age_doubt="none")
    assert "sexual_violence" not in may_ask(view)


def test_the_specialists_are_the_police_and_the_marechaussee() -> None:
    assert set(CONTENT.facts["finder"].value_ids) >= SPECIALISTS == {"police", "kmar"}


def test_what_nobody_here_may_settle_is_for_somebody_else() -> None:
    view = person("citizen", indication="yes", age="adult", age_doubt="none")
    for outcome in unsettled_by_finder(view):
        assert not any(permitted(view, CONTENT.facts[name]) for name in outcome.hangs_on)
    assert list(unsettled_by_finder(view)), "a citizen cannot know the residence position"


def test_a_question_offers_only_what_is_still_possible() -> None:
    told = {"indication": "yes", "action": "none", "nationality": "third_country"}
    content = load()
    situation = from_data(content, {"who": "police", "shared": told}, on=date(2025, 6, 1))
    question = next(one for one in questions(assess(content, situation).persons[0]) if one.fact.id == "residence")
    offered = {value.id for value in question.values}
    assert "none" in offered
    assert not offered & {"national", "eu_first_3_months", "eu_longer"}
