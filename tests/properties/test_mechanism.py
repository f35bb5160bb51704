"""What must hold in every situation of the Dutch content: tried on random situations, the same on every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from schakel.mechanism.asking import next_question
from schakel.mechanism.assess import PersonView, assess
from schakel.mechanism.content import load
from schakel.mechanism.edition import Edition, editions
from schakel.mechanism.facts_file import from_data
from schakel.mechanism.situation import Claim, Person, Situation
from schakel.rules.conditions import holds, support
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY, MAY_APPLY
from schakel.vocabulary.facts import fact_of
from tests import situations
from tests.situations import Scene

CONTENT = load()
DAY = date(2025, 6, 2)


def scenes(name: str, number: int, **more: object) -> Iterator[tuple[Random, Scene]]:
    """Random scenes with the randomness that made them, for what else is drawn."""
    for place in range(number):
        r = Random(f"{name} {place}")
        yield r, situations.scene(r, CONTENT, **more)  # type: ignore[arg-type]


def look(scene: Scene) -> PersonView:
    return assess(CONTENT, scene.situation).persons[0]


def statuses(view: PersonView) -> dict[str, str]:
    """Duties, rights and gaps with their status."""
    duties = {outcome.duty.id: outcome.status for outcome in view.duties}
    return duties | {name: outcome.status for name, outcome in view.decided.items() if not name.startswith("duty:")}


def question_of(view: PersonView) -> str | None:
    question = next_question(view)
    return question.fact.id if question else None


def settled(view: PersonView) -> dict[str, str]:
    return {name: status for name, status in statuses(view).items() if status != MAY_APPLY}


def condition(edition: Edition, duty: str) -> frozenset[str]:
    """The components that a duty rests on, overrides included."""
    unread = edition.unread_conditions.get(duty)
    return support(edition.conditions[duty]) | (support(unread) if unread else frozenset())


def mentioning(*facts: str) -> set[str]:
    """The protective duties that rest on one of these facts on some day."""
    return {
        duty.id
        for edition in editions(CONTENT)
        for duty in CONTENT.duties.values()
        if duty.protective and {fact_of(name) for name in condition(edition, duty.id)} & set(facts)
    }


# --- learning ---------------------------------------------------------------------------------------------------------


def test_learning_never_drops_what_applied_nor_revives_what_was_ruled_out() -> None:
    for r, scene in scenes("learning", 60, share=0.05):
        before = settled(look(scene))
        for fact in r.sample(scene.unknown(), 12):
            scene = scene.learn(fact)
            after = settled(look(scene))
            lost = {name: (status, after.get(name)) for name, status in before.items() if after.get(name) != status}
            assert not lost, f"after learning {fact.id}: {lost}\n{scene.situation}"
            before = after


def test_only_revising_takes_back_what_applied() -> None:
    told = situations.scene(Random(1), CONTENT, share=0.0, on=DAY, indication="yes", danger="acute").situation
    assert assess(CONTENT, told).persons[0].by_id["police-immediate-help"].status == APPLIES
    revised = told.revise(Claim("danger", ("none",)), "1")
    assert assess(CONTENT, revised).persons[0].by_id["police-immediate-help"].status == DOES_NOT_APPLY
    contradicted = told.learn(Claim("danger", ("none",)), "1")
    assert assess(CONTENT, contradicted).persons[0].by_id["police-immediate-help"].status == MAY_APPLY


def test_a_duty_is_decided_once_all_its_facts_are_known() -> None:
    for r, scene in scenes("decided", 400, share=0.0):
        duty = r.choice(list(CONTENT.duties))
        edition = scene.edition
        for name in {fact_of(component) for component in condition(edition, duty)}:
            claim = scene.claim(CONTENT.facts[name])
            if name == "finder":
                scene = replace(scene, situation=scene.situation.by(scene.world["finder"]))
            elif claim is not None:
                scene = scene.learn(CONTENT.facts[name])
        outcome = look(scene).by_id[duty]
        open_days = [name for name in outcome.hangs_on if CONTENT.facts[name].kind == "date"]
        if outcome.unread or open_days:  # a text not read; an event that has not come, which cannot be told
            assert outcome.status == MAY_APPLY
            continue
        expected = APPLIES if holds(edition.conditions[duty], scene.world) else DOES_NOT_APPLY
        assert outcome.status == expected, (duty, scene.situation)


def test_the_order_in_which_facts_are_told_does_not_matter() -> None:
    for r, scene in scenes("order", 80):
        claims = list(scene.situation.persons[0].claims)
        r.shuffle(claims)
        cut = r.randint(0, len(claims))
        told = replace(scene.situation, shared=tuple(claims[:cut]), persons=(Person("1", tuple(claims[cut:])),))
        one, other = look(scene), assess(CONTENT, told).persons[0]
        assert one.decided == other.decided
        assert question_of(one) == question_of(other)


# --- protection depends on nothing it may not depend on --------------------------------------------------------------


def test_refusing_consent_changes_no_protective_duty() -> None:
    assert mentioning("consent_care") == set(), "no protective duty asks for consent"
    protective = [duty.id for duty in CONTENT.duties.values() if duty.protective]
    for _, scene in scenes("consent", 60):
        answers = [
            look(replace(scene, situation=scene.situation.revise(Claim("consent_care", values), "1")))
            for values in (("yes",), ("no",), ("yes", "no"))
        ]
        for duty in protective:
            assert len({view.by_id[duty].status for view in answers}) == 1, duty


# Where the source itself makes protection follow on a report or cooperation, or on what hinders it.
REVIEWED_COOPERATION = {
    "individual-assessment": "K19: an individual assessment at every report",
    "hardship-route": "D12, L8: the permit for who cannot or will not cooperate for weighty reasons",
    "hardship-police-statement": "D12, L8: the evidence for that permit",
    "hardship-medical-statement": "D12, L8: the evidence for that permit",
}
# Where the source makes a duty start with the request of the person.
REVIEWED_WISH = {
    "wmo-investigation": "A2: the municipality investigates after a notification",
    "wmo-decision": "A2: and decides on an application",
}


def test_only_the_reviewed_protective_duties_depend_on_reporting_or_cooperating() -> None:
    assert mentioning("cooperation", "hindrance") == set(REVIEWED_COOPERATION)
    for name, why in REVIEWED_COOPERATION.items():
        rows = {source.row for source in CONTENT.duties[name].sources}
        assert rows & set(why.partition(":")[0].split(", ")), f"{name} no longer carries the row it was reviewed with"


def test_only_the_reviewed_protective_duties_depend_on_the_wish_for_shelter() -> None:
    assert mentioning("wish_shelter") == set(REVIEWED_WISH)


def test_cooperating_or_not_changes_no_other_protective_duty() -> None:
    others = [duty.id for duty in CONTENT.duties.values() if duty.protective and duty.id not in REVIEWED_COOPERATION]
    for _, scene in scenes("cooperation", 60):
        known = tuple(claim for claim in scene.situation.persons[0].claims if claim.fact != "hindrance")
        person = replace(scene.situation, persons=(Person("1", known),))
        answers = [
            assess(CONTENT, person.revise(Claim("cooperation", (value,)), "1")).persons[0]
            for value in CONTENT.facts["cooperation"].value_ids
        ]
        for duty in others:
            assert len({view.by_id[duty].status for view in answers}) == 1, duty


# Protective duties that exist for one form of exploitation only, because a source gives the power or the claim for that
# form. None is urgent: at the moment of danger all forms are the same. Who follows up a signal differs by form too
# (mandates section 1), and is no protective duty.
REVIEWED_FORM = {
    "back-pay": "K18: wages can be owed where there was work",
    "employer-fines-do-not-stop-victim-route": "section 6 farm: fines for an employer",
    "labour-inspectorate-places": "C4: places of the labour inspectorate",
    "stop-allowance-recovery": "K32: recovery of allowances claimed under coercion",
    "stop-work-serious-danger": "mandates section 2: the power to stop work",
}


def test_only_the_reviewed_protective_duties_depend_on_the_form_or_sector() -> None:
    assert mentioning("form", "sector") == set(REVIEWED_FORM)
    assert not any(CONTENT.duties[name].urgent for name in REVIEWED_FORM)


def test_equal_facts_give_equal_urgency_across_forms() -> None:
    forms = CONTENT.facts["form"].value_ids
    for _, scene in scenes("forms", 40, on=DAY):
        kept = tuple(claim for claim in scene.situation.persons[0].claims if claim.fact not in ("form", "sector"))
        told = replace(scene.situation, persons=(Person("1", kept),))
        seen = {form: urgency(assess(CONTENT, told.learn(Claim("form", (form,)), "1")).persons[0]) for form in forms}
        first = seen[forms[0]]
        for form, found in seen.items():
            assert found == first, f"{form} against {forms[0]}: {found - first} {first - found}\n{told}"


def urgency(view: PersonView) -> Counter[tuple[str, bool, str]]:
    """Task, urgency and stage of the protective duties that apply, the reviewed ones left out."""
    return Counter(
        (one.duty.task, one.duty.urgent, one.duty.stage)
        for one in view.with_status(APPLIES)
        if one.duty.protective and one.duty.id not in REVIEWED_FORM
    )


NOT_SIGNS = {
    "sector": ["prostitution_licensed", "prostitution_unlicensed", "farming", "domestic_work", "transport_shipping"],
    "residence": ["none", "refused_at_border", "asylum"],
    "nationality": ["eu", "third_country"],
    "papers": ["none_or_false", "held_by_other"],
    "language": ["interpreter_needed"],
    "place_kind": ["workplace", "dwelling", "street", "border", "reception_centre"],
    "age": ["adult"],
}


def without_papers(r: Random, **more: str) -> Situation:
    """Sex work, migrant work, or being here without papers: no sign of anything."""
    picked = {fact: r.choice(values) for fact, values in NOT_SIGNS.items() if r.random() < 0.7} | more
    if picked.get("residence") == "refused_at_border":
        picked.pop("nationality", None)
    who = r.choice([*CONTENT.facts["finder"].value_ids, None])
    return from_data(CONTENT, {"who": who, "persons": [{"id": "1", "facts": picked}]}, on=DAY)


# An action that is still to come is prepared whether or not there is a sign: whether there is one, and who you are, may
# be asked of you; it is no question about the person or about what was seen.
ABOUT_YOUR_OWN_WORK = ("finder", "action")


@pytest.mark.parametrize("seed", range(40))
def test_sex_work_migrant_work_or_no_papers_alone_trigger_nothing(seed: int) -> None:
    told = without_papers(Random(f"no sign {seed}"))
    view = assess(CONTENT, told).persons[0]
    assert [one.duty.id for one in view.with_status(APPLIES)] == []
    question = next_question(view)
    assert question is not None
    assert question.fact.id == "indication", "nothing but whether there is a sign"


@pytest.mark.parametrize("seed", range(40))
def test_without_a_sign_nothing_applies_and_nothing_is_asked(seed: int) -> None:
    told = without_papers(Random(f"no sign {seed}"), indication="no")
    view = assess(CONTENT, told).persons[0]
    assert [one.duty.id for one in view.with_status(APPLIES)] == []
    assert [right.id for right, _ in view.rights] == []
    assert question_of(view) in (None, *ABOUT_YOUR_OWN_WORK)
