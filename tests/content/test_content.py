"""The shipped content: valid, whole, pointing only at what exists, and true to the hazards that bind it."""

from __future__ import annotations

import re

import pytest

from schakel.mechanism.content import Content, load
from schakel.mechanism.links import broken
from schakel.mechanism.scenarios import run, scenarios


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def test_the_content_holds_together(content: Content) -> None:
    assert not [str(complaint) for complaint in broken(content)][:20]


def test_every_scenario_comes_true(content: Content) -> None:
    assert not [str(failure) for failure in run(content)][:20]


def test_there_are_at_least_sixty_scenarios(content: Content) -> None:
    assert len(list(scenarios(content))) >= 60


def test_every_duty_has_a_scenario_in_which_it_applies_may_apply_and_does_not(content: Content) -> None:
    seen = {
        (duty, status)
        for one in scenarios(content)
        for wanted in one.expect.values()
        for status in ("applies", "may_apply", "does_not_apply")
        for duty in wanted.get(status, ())
    }
    statuses = ("applies", "may_apply", "does_not_apply")
    missing = [f"{duty} {status}" for duty in content.duties for status in statuses if (duty, status) not in seen]
    assert not missing


def test_nothing_is_signed_by_a_person_who_does_not_exist(content: Content) -> None:
    assert not [duty.id for duty in content.duties.values() if duty.checked_by]


def test_ethnicity_is_no_fact(content: Content) -> None:
    words = re.compile(r"ethni|etnisch|etnic|\bras\b|\brace\b|religi|godsdienst", re.I)
    assert not [fact.id for fact in content.facts.facts for lang in ("nl", "en") if words.search(fact.question(lang))]


def test_indicators_by_origin_never_count(content: Content) -> None:
    kept = [one for one in content.indicators.values() if not one.counts]
    assert kept
    assert all(one.why_not for one in kept)


def test_strength_stands_only_where_a_source_gives_one(content: Content) -> None:
    weighted = {
        document.data["id"]
        for document in content.documents("indicators")
        for item in document.data["items"]
        if item.get("strength") or item.get("strength_for")
    }
    assert all("delphi" in name or "ilo" in name for name in weighted), weighted


def test_the_words_that_the_factsheet_asks_for(content: Content) -> None:
    texts = (
        f"{duty.title('nl')} {duty.what('nl')} {' '.join(step('nl') for step in duty.steps)}"
        for duty in content.duties.values()
    )
    assert not [text for text in texts if "loverboy" in text.lower()]
