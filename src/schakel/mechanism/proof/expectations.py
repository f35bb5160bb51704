"""The scenarios as a net for mutants: which expectation a changed content no longer meets.

The solver says quickly which scenarios are suspect; only what the engine confirms, with the scenario
run as it always is, counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from schakel.mechanism.assess import assess, masks_of
from schakel.mechanism.content import Content
from schakel.mechanism.edition import Edition
from schakel.mechanism.proof.prover import Prover
from schakel.mechanism.scenarios import Scenario, failures, scenarios
from schakel.mechanism.situation import known
from schakel.rules.conditions import NEVER, Condition, Is
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY, MAY_APPLY, STATUSES
from schakel.vocabulary.errors import BadInput


@dataclass(frozen=True, eq=False)
class Expectations:
    """The scenarios of one content, asked of others."""

    content: Content

    @cached_property
    def all(self) -> tuple[Scenario, ...]:
        return tuple(scenarios(self.content))

    def failure(self, mutant: Prover, duties: frozenset[str]) -> str:
        """The first expectation that `mutant` does not meet; '' where all come true. `duties` are those touched."""
        for one in self.all:
            if any(_suspect(mutant, one, person, duties) for person in one.expect):
                failed = _confirmed(mutant.content, one)
                if failed:
                    return failed
        return ""


def _confirmed(content: Content, one: Scenario) -> str:
    """What the engine says against a scenario; '' when it comes true."""
    try:
        return next((str(failure) for failure in failures(one, assess(content, one.situation))), "")
    except (BadInput, KeyError) as error:
        return f"{one.id}: {error}"


def _suspect(mutant: Prover, one: Scenario, person: str, duties: frozenset[str]) -> bool:
    """Whether an expectation about a touched duty, its task, a right or a gap may no longer come true."""
    wanted = one.expect[person]
    if any(name not in mutant.content.duties for name in _named(wanted)):
        return True
    tasks = {mutant.content.duties[name].task for name in duties & mutant.content.duties.keys()}
    if duties & set(wanted.get("due") or ()) or tasks & set(wanted.get("lead") or ()):
        return True
    edition = next(edition for edition in mutant.editions if one.situation.on in edition.period)
    told = _told(mutant, edition, one, person)
    return any(
        _status(mutant, edition, told, name) != status
        for status in STATUSES
        for name in wanted.get(status, ())
        if name in duties
    ) or any(not mutant.possible(edition, told, mutant.literal(when)) for when in _others(mutant, wanted))


def _named(wanted: Mapping[str, Any]) -> Iterator[str]:
    """The duties that an expectation names."""
    for key in (*STATUSES, "due"):
        yield from wanted.get(key) or ()


def _others(mutant: Prover, wanted: Mapping[str, Any]) -> Iterator[Condition]:
    content = mutant.content
    yield from (content.rights[name].applies_when for name in wanted.get("rights") or () if name in content.rights)
    yield from (content.gaps[name].when for name in wanted.get("gaps") or () if name in content.gaps)


def _told(mutant: Prover, edition: Edition, one: Scenario, person: str) -> int:
    """The literal of all that a scenario tells of a person."""
    content, space = mutant.content, edition.space
    told = known(content.facts, one.situation, one.situation.person(str(person)), content.counting)
    masks = zip(space.names, masks_of(edition, told), space.anything, strict=True)
    return mutant.all_of(Is(name, frozenset(space.values(name, mask))) for name, mask, free in masks if mask != free)


def _status(mutant: Prover, edition: Edition, told: int, name: str) -> str:
    """The status of a duty; a text that was not read makes it at most possible."""
    applies = mutant.literal(edition.conditions[name])
    if not mutant.possible(edition, told, -applies):
        return APPLIES
    unread = mutant.literal(edition.unread_conditions.get(name, NEVER))
    either = any(mutant.possible(edition, told, literal) for literal in (applies, unread))
    return MAY_APPLY if either else DOES_NOT_APPLY
