"""What changes between two days, or between two contents: the review document for a change of rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from schakel.mechanism.assess import assess
from schakel.mechanism.content import Content
from schakel.mechanism.edition import Edition, edition_on
from schakel.mechanism.explain import condition_sentence
from schakel.mechanism.model import Duty, Version
from schakel.mechanism.scenarios import Scenario, scenarios
from schakel.mechanism.situation import Claim, Situation
from schakel.rules.conditions import NEVER
from schakel.vocabulary.errors import BadInput

NOTHING = "-"


@dataclass(frozen=True)
class Side:
    """One side of a comparison: a content on a day."""

    content: Content
    on: date

    @property
    def edition(self) -> Edition:
        return edition_on(self.content, self.on)


@dataclass(frozen=True)
class RuleChange:
    """What reads differently in one duty."""

    duty: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class OutcomeChange:
    """An outcome that differs for one person of one scenario."""

    scenario: str
    person: str
    duty: str
    before: str
    after: str


def rule_changes(old: Side, new: Side, lang: str) -> Iterator[RuleChange]:
    """The duties that begin, end, or read differently."""
    for name in dict.fromkeys([*old.content.duties, *new.content.duties]):
        before, after = _readings(old, name, lang), _readings(new, name, lang)
        if not before or not after:
            if before or after:
                yield RuleChange(
                    name, "begins" if after else "ends", before.get("what", NOTHING), after.get("what", NOTHING)
                )
            continue
        for what in dict.fromkeys([*before, *after]):
            if before.get(what, NOTHING) != after.get(what, NOTHING):
                yield RuleChange(name, what, before.get(what, NOTHING), after.get(what, NOTHING))


def _readings(side: Side, name: str, lang: str) -> dict[str, str]:
    """How a duty reads on a day: one entry an aspect, so that a change can be named."""
    duty = side.content.duties.get(name)
    versions = [one for one in duty.versions if side.edition.chosen(one) != NEVER] if duty else []
    if not duty or not versions:
        return {}
    return {"what": duty.what(lang), "holder": duty.holder, **_version_readings(side.content, duty, versions, lang)}


def _version_readings(content: Content, duty: Duty, versions: list[Version], lang: str) -> dict[str, str]:
    def joined(parts: list[str]) -> str:
        return " / ".join(dict.fromkeys(parts))

    return {
        "strength": joined([one.strength for one in versions]),
        "norm": joined([one.norm for one in versions]),
        "read": joined(["yes" if one.read else "no" for one in versions]),
        "applies when": joined([condition_sentence(content, one.applies_when, lang) for one in versions]),
        "term": joined([one.term.text(lang) for one in versions if one.term]) or NOTHING,
        "part": duty.part,
    }


def outcome_changes(old: Side, new: Side) -> Iterator[OutcomeChange]:
    """The scenarios in which some duty gets another status; scenarios of the new content are used."""
    for one in scenarios(new.content):
        before, after = _statuses(old, one), _statuses(new, one)
        for key in dict.fromkeys([*before, *after]):
            was, is_now = before.get(key, NOTHING), after.get(key, NOTHING)
            if was != is_now:
                yield OutcomeChange(one.id, key[0], key[1], was, is_now)


def _statuses(side: Side, one: Scenario) -> dict[tuple[str, str], str]:
    """The status of every duty for every person, on that side's day; later days of events are left out."""
    try:
        assessment = assess(side.content, _moved(one.situation, side.on))
    except (BadInput, KeyError):
        return {}
    return {(view.person.id, out.duty.id): out.status for view in assessment.persons for out in view.duties}


def _moved(situation: Situation, on: date) -> Situation:
    def kept(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(claim for claim in claims if claim.day is None or claim.day <= on)

    persons = tuple(replace(person, claims=kept(person.claims)) for person in situation.persons)
    return replace(situation, on=on, shared=kept(situation.shared), persons=persons)
