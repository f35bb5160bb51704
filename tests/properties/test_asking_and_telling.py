"""What is asked and what is told, in every situation of the Dutch content: tried on random situations."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from schakel.mechanism.asking import next_question
from schakel.mechanism.assess import PersonView, assess
from schakel.mechanism.edition import Edition, edition_on, editions
from schakel.mechanism.explain import because
from schakel.mechanism.facts_file import from_data
from schakel.mechanism.plan import facts_document, plan, replay
from schakel.mechanism.situation import Claim, Person, Situation
from schakel.rules.conditions import NEVER
from schakel.rules.outcome import MAY_APPLY
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.facts import EVERYONE, Fact
from tests.properties.test_mechanism import CONTENT, DAY, look, question_of, scenes, statuses
from tests.situations import Scene

# --- the next question ------------------------------------------------------------------------------------------------

# What only asking the person would tell: never asked of a layman who may have a child before them. Reviewed by hand.
QUESTIONING_A_CHILD = {
    "age_claimed", "age_at_recruitment", "age_at_exploitation", "exploited_where", "sexual_violence", "children",
    "consent_care",
}  # fmt: skip
SPECIALISTS = {"police", "kmar"}


def answers(fact: Fact, edition: Edition, on: date) -> Iterator[Claim]:
    """Every answer that can be given to a question."""
    if fact.kind == "date":
        firsts = [piece.first for piece in edition.stretches.get(fact.id, ()) if piece.first]
        yield from (Claim(fact.id, (), day=day) for day in firsts)
    elif fact.kind == "many":
        yield Claim(fact.id, ())
        yield from (Claim(fact.id, (value,)) for value in fact.value_ids)
    else:
        yield from (Claim(fact.id, (value,)) for value in fact.value_ids)


def changes_something(scene: Scene, view: PersonView, fact: Fact) -> bool:
    """Whether some answer changes the status of a duty, or on what it hangs."""
    for claim in answers(fact, scene.edition, scene.situation.on):
        try:
            after = assess(CONTENT, scene.situation.learn(claim, "1")).persons[0]
        except BadInput:  # this answer cannot be
            continue
        if statuses(after) != statuses(view):
            return True
    return False


def test_the_next_question_can_always_change_something() -> None:
    asked = Counter[str]()
    for _, scene in scenes("question", 150):
        view = look(scene)
        question = next_question(view)
        if question is None:
            continue
        asked[question.fact.id] += 1
        assert changes_something(scene, view, question.fact), f"{question.fact.id}\n{scene.situation}"
    assert len(asked) > 12, f"the sample says little: {asked}"


def test_the_next_question_is_one_that_the_finder_may_ask() -> None:
    for _, scene in scenes("permitted", 250):
        view = look(scene)
        question = next_question(view)
        if question is None:
            continue
        who, fact = scene.situation.who, question.fact
        assert EVERYONE in fact.asking.by or who in fact.asking.by, f"{who} may not ask {fact.id}"
        assert not fact.recorded_only
        if may_be_child(view) and who not in SPECIALISTS:
            assert fact.id not in QUESTIONING_A_CHILD, f"{who} would question a child about {fact.id}"


def may_be_child(view: PersonView) -> bool:
    certain = view.known.possible.get("age") == ("adult",) and view.known.possible.get("age_doubt") == ("none",)
    return not certain


def test_nothing_is_asked_only_when_nothing_permitted_can_settle_anything() -> None:
    silent = 0
    for _, scene in scenes("silence", 60, share=0.7):
        view = look(scene)
        if question_of(view) is not None:
            continue
        silent += 1
        for outcome in view.with_status(MAY_APPLY):
            for name in outcome.hangs_on:
                fact, who = CONTENT.facts[name], scene.situation.who
                barred = not (EVERYONE in fact.asking.by or who in fact.asking.by)
                assert barred or (may_be_child(view) and who not in SPECIALISTS), (outcome.duty.id, name)
    assert silent > 5


# --- explanation, receipts, documents --------------------------------------------------------------------------------


def test_every_outcome_has_a_sentence_in_both_languages() -> None:
    for _, scene in scenes("sentence", 60):
        for outcome in look(scene).duties:
            for lang in ("nl", "en"):
                sentence = because(outcome, lang)
                assert sentence[0].isupper(), sentence
                assert sentence.endswith("."), sentence
                assert "{" not in sentence, sentence
            assert because(outcome, "nl") != because(outcome, "en")


def test_what_rules_a_duty_out_rules_it_out_by_itself() -> None:
    """With nothing known but the reasons that are given, each duty is decided in the same way."""
    for _, scene in scenes("reasons", 50):
        view = look(scene)
        for outcome in view.duties:
            if outcome.status == MAY_APPLY or scene.edition.conditions[outcome.duty.id] == NEVER:
                continue
            assert outcome.reasons, outcome.duty.id
            assert decided_by(view, outcome.reasons, outcome.duty.id) == outcome.status, (
                outcome.duty.id, outcome.reasons, scene.situation,
            )  # fmt: skip


def decided_by(view: PersonView, components: tuple[str, ...], duty: str) -> str:
    space = view.edition.space
    masks = list(space.anything)
    for name in components:
        masks[space.index[name]] = view.masks[space.index[name]]
    outcomes = view.edition.rules.decide(tuple(masks))
    assert outcomes is not None
    return outcomes[f"duty:{duty}"].status


def several_persons(r: Random, scene: Scene) -> Situation:
    """The person of the scene with others, sources, guesses and contradictions about them."""
    claims = scene.situation.persons[0].claims
    sources = ("", "the girl herself", "a colleague: 'hij zei van niet'")
    noted = tuple(
        replace(claim, source=r.choice(sources), said_on=scene.situation.on - timedelta(days=r.randint(0, 9)),
                certainty=r.choice(("", "said", "document", "guessed")))
        for claim in claims
    )  # fmt: skip
    signs = tuple(r.sample(sorted(CONTENT.indicators), r.randint(0, 2)))
    persons = (Person("worker 1", noted), Person("worker 2", (), signs), Person("1", claims[::-1]))
    return replace(scene.situation, persons=persons, municipality=r.choice(["", "GM0363"]))


def test_a_receipt_replays() -> None:
    for r, scene in scenes("receipt", 30):
        made = plan(assess(CONTENT, several_persons(r, scene)), "nl", with_facts=True)["receipt"]
        kept = json.loads(json.dumps(made))
        assert replay(CONTENT, kept)
        kept["outcomes"] = "0" * 64
        assert not replay(CONTENT, kept)


def test_a_receipt_carries_no_facts_unless_asked_for() -> None:
    for r, scene in scenes("receipt", 10):
        made = plan(assess(CONTENT, several_persons(r, scene)), "nl")["receipt"]
        assert set(made) == {"content", "engine", "on", "edition"}


def test_a_facts_document_can_be_read_again() -> None:
    for r, scene in scenes("document", 60):
        told = several_persons(r, scene)
        again = from_data(CONTENT, json.loads(json.dumps(facts_document(told))), on=DAY)
        assert in_order(again) == in_order(told)


def in_order(told: Situation) -> Situation:
    """The claims by fact: a document keeps the order within a fact, not between facts."""
    persons = tuple(
        replace(person, claims=tuple(sorted(person.claims, key=lambda claim: claim.fact))) for person in told.persons
    )
    return replace(told, persons=persons)


def test_editions_cover_every_day_once() -> None:
    found = list(editions(CONTENT))
    assert found[0].period.first == date(2013, 1, 1)
    assert found[-1].period.last is None
    for one, following in pairwise(found):
        assert one.period.last is not None
        assert following.period.first == one.period.last + timedelta(days=1)
        assert edition_on(CONTENT, one.period.last) == one
