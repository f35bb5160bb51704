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
from schakel.mechanism.model import FINDER, Duty, Version
from schakel.mechanism.proof.leads import LEAD
from schakel.mechanism.proof.prover import Prover
from schakel.mechanism.scenarios import Scenario, failures, scenarios
from schakel.mechanism.situation import known
from schakel.rules.conditions import NEVER, Is
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
            if any(_Doubt(self.content, mutant, one, person, duties).any() for person in one.expect):
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


@dataclass(frozen=True, eq=False)
class _Doubt:
    """Whether an expectation of one person in one scenario may no longer come true in a changed content."""

    content: Content
    mutant: Prover
    scenario: Scenario
    person: str
    duties: frozenset[str]

    def any(self) -> bool:
        known_duties = self.mutant.content.duties
        if any(name not in known_duties for key in (*STATUSES, "due") for name in self.wanted.get(key) or ()):
            return True
        return any(self._statuses()) or any(self._terms()) or any(self._leads()) or any(self._others())

    @property
    def wanted(self) -> Mapping[str, Any]:
        return self.scenario.expect[self.person]

    @cached_property
    def edition(self) -> Edition:
        return next(edition for edition in self.mutant.editions if self.scenario.situation.on in edition.period)

    @cached_property
    def told(self) -> int:
        """The literal of all that the scenario tells of the person."""
        content, space = self.mutant.content, self.edition.space
        situation = self.scenario.situation
        told = known(content.facts, situation, situation.person(str(self.person)), content.counting)
        masks = zip(space.names, masks_of(self.edition, told), space.anything, strict=True)
        narrowed = (Is(name, frozenset(space.values(name, mask))) for name, mask, free in masks if mask != free)
        return self.mutant.all_of(narrowed)

    def _statuses(self) -> Iterator[bool]:
        for status in STATUSES:
            for name in self.wanted.get(status) or ():
                yield name in self.duties and self._status(name) != status

    def _terms(self) -> Iterator[bool]:
        """Whether a touched duty with an expected last day has other texts, or no longer applies."""
        for name in self.duties.intersection(self.wanted.get("due") or ()):
            before, after = self.content.duties[name].versions, self.mutant.content.duties[name].versions
            yield [_dated(one) for one in before] != [_dated(one) for one in after]
            yield self._status(name) == DOES_NOT_APPLY

    def _leads(self) -> Iterator[bool]:
        for task, holder in (self.wanted.get("lead") or {}).items():
            leading = [duty for duty in self.mutant.content.duties.values() if (duty.task, duty.part) == (task, LEAD)]
            yield holder not in {self._holder(duty) for duty in leading if self._status(duty.id) == APPLIES}

    def _holder(self, duty: Duty) -> str:
        who = self.scenario.situation.who
        own = self.mutant.content.facts[FINDER].value(who).organisation if who else ""
        return own or FINDER if duty.holder == FINDER else duty.holder

    def _others(self) -> Iterator[bool]:
        """Whether an expected right or gap can no longer come up."""
        content = self.mutant.content
        whens = [
            content.rights[name].applies_when for name in self.wanted.get("rights") or () if name in content.rights
        ]
        whens += [content.gaps[name].when for name in self.wanted.get("gaps") or () if name in content.gaps]
        yield from (not self._possible(self.mutant.literal(when)) for when in whens)

    def _possible(self, literal: int) -> bool:
        return self.mutant.possible(self.edition, self.told, literal)

    def _status(self, name: str) -> str:
        """The status of a duty; a text that was not read makes it at most possible."""
        applies = self.mutant.literal(self.edition.conditions[name])
        if not self._possible(-applies):
            return APPLIES
        unread = self.mutant.literal(self.edition.unread_conditions.get(name, NEVER))
        return MAY_APPLY if self._possible(applies) or self._possible(unread) else DOES_NOT_APPLY


def _dated(version: Version) -> tuple[object, ...]:
    return version.period, version.selected_by, version.term
