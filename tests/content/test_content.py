"""Every shipped content file: valid by its schema, whole in both languages, and pointing only at things that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from schakel.mechanism.content import DUTCH, Content, load
from schakel.mechanism.model import ANYONE, FINDER, Duty
from schakel.mechanism.scenarios import scenarios
from schakel.rules.schemas import complaints
from schakel.vocabulary.sources import Source

FOLDERS = sorted(path.name for path in DUTCH.iterdir() if path.is_dir() and path.name not in ("schema", "places"))
NOT_ORGANISATIONS = {FINDER, ANYONE, "person", "encounter"}


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_valid_by_its_schema(folder: str) -> None:
    found = [str(one) for document in load().documents(folder) for one in complaints(DUTCH / "schema", document)]
    assert not found, "\n".join(found[:20])


def test_every_source_names_an_instrument_that_is_described(content: Content) -> None:
    missing = sorted({f"{where}: {one.ref}" for where, one in all_sources(content) if one.ref not in content.law})
    assert not missing, missing


def test_every_holder_and_receiver_is_an_organisation(content: Content) -> None:
    known = NOT_ORGANISATIONS | set(content.organisations)
    wrong = [
        f"{duty.id}: {name}" for duty in content.duties.values() for name in (duty.holder, duty.to) if name not in known
    ]
    assert not wrong


def test_every_contact_is_an_organisation(content: Content) -> None:
    wrong = [duty.id for duty in content.duties.values() if duty.contact and duty.contact not in content.organisations]
    assert not wrong


def test_duties_point_at_duties_and_goals_that_exist(content: Content) -> None:
    wrong = []
    for duty in content.duties.values():
        wrong += [f"{duty.id} after {name}" for name in duty.after if name not in content.duties]
        wrong += [f"{duty.id} overrides {name}" for name in duty.overrides if name not in content.duties]
        wrong += [f"{duty.id} meets {name}" for name in duty.meets if name not in content.goals]
    assert not wrong


def test_goals_and_gaps_point_at_each_other(content: Content) -> None:
    wrong = [
        f"{goal.id}: gap {name}" for goal in content.goals.values() for name in goal.gaps if name not in content.gaps
    ]
    wrong += [
        f"{gap.id}: goal {name}" for gap in content.gaps.values() for name in gap.goals if name not in content.goals
    ]
    wrong += [f"{goal.id} does not name {gap.id}" for gap in content.gaps.values() for goal in content.goals.values()
              if goal.id in gap.goals and gap.id not in goal.gaps]  # fmt: skip
    assert not wrong


def test_every_goal_asks_for_a_power_that_somebody_has(content: Content) -> None:
    for goal in content.goals.values():
        assert goal.power is None or any(one.has(goal.power) for one in content.organisations.values()), goal.id


def test_powers_are_a_closed_list(content: Content) -> None:
    wrong = [f"{one.id}: {power.id}" for one in content.organisations.values() for power in one.powers
             if power.id not in content.powers]  # fmt: skip
    assert not wrong


def test_rights_are_told_by_a_duty(content: Content) -> None:
    wrong = [right.id for right in content.rights.values() if right.told_by and right.told_by not in content.duties]
    assert not wrong


def test_a_version_has_a_term_or_says_that_there_is_none(content: Content) -> None:
    wrong = [duty.id for duty in content.duties.values() for one in duty.versions if (one.term is None) == (one.no_term is None)
             and one.read]  # fmt: skip
    assert not wrong


def test_versions_do_not_overlap_unless_their_conditions_differ(content: Content) -> None:
    wrong = []
    for duty in content.duties.values():
        for number, one in enumerate(duty.versions):
            for other in duty.versions[number + 1 :]:
                same = one.selected_by == other.selected_by and one.applies_when == other.applies_when
                if same and one.period.overlaps(other.period):
                    wrong.append(duty.id)
    assert not wrong


def test_every_term_starts_at_an_event_that_can_be_told(content: Content) -> None:
    wrong = [duty.id for duty in content.duties.values() for one in duty.versions
             if one.term and (one.term.starts not in content.facts or content.facts[one.term.starts].kind != "date")]  # fmt: skip
    assert not wrong


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
        document.data["id"] for document in content.documents("indicators")
        for item in document.data["items"] if item.get("strength") or item.get("strength_for")
    }  # fmt: skip
    assert all("delphi" in name or "ilo" in name for name in weighted), weighted


def test_the_words_that_the_factsheet_asks_for(content: Content) -> None:
    texts = (
        duty.what("nl") + duty.title("nl") + " ".join(step("nl") for step in duty.steps)
        for duty in content.duties.values()
    )
    assert not [text for text in texts if "loverboy" in text.lower()]


def test_finders_belong_to_organisations_that_exist(content: Content) -> None:
    names = {value.organisation for value in content.facts["finder"].values if value.organisation}
    assert names <= set(content.organisations)


def test_there_are_at_least_sixty_scenarios(content: Content) -> None:
    assert len(list(scenarios(content))) >= 60


def all_sources(content: Content) -> Iterator[tuple[str, Source]]:
    """Every source of the content with what it stands in."""
    for duty in content.duties.values():
        yield from ((duty.id, one) for one in duty.sources)
    for group in (
        content.rights,
        content.goals,
        content.gaps,
        content.definitions,
        content.constraints,
        content.unread,
    ):
        for name, item in group.items():  # type: ignore[attr-defined]
            yield from ((name, one) for one in item.sources)
    for fact in content.facts.facts:
        yield from ((fact.id, one) for one in fact.sources)
    for organisation in content.organisations.values():
        for power in organisation.powers:
            yield from ((organisation.id, one) for one in power.sources)
