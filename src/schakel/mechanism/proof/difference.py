"""Old against new: whether two contents of the same facts can ever give another outcome, and where.

Compared are, for every day and over every situation: which situations are possible, when each duty
applies and by a text of what strength, norm and term, who holds it and as what, when it counts for a
goal, and when rights, goals and known gaps come up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from schakel.mechanism.content import Content
from schakel.mechanism.edition import BEGIN, NOT_YET, Edition, change_days
from schakel.mechanism.proof.circuit import Circuit
from schakel.mechanism.proof.dependence import changed_duties, touched
from schakel.mechanism.proof.holders import counting
from schakel.mechanism.proof.prover import Prover, lasting
from schakel.rules.conditions import NEVER, All, Condition, Is, both, either, support
from schakel.vocabulary.periods import Period, intervals

Labelled = dict[object, Condition]


@dataclass(frozen=True, eq=False)
class Side:
    """One of two contents; its conditions can be spoken in the stretches of time of both."""

    prover: Prover

    @property
    def content(self) -> Content:
        return self.prover.content

    @property
    def editions(self) -> tuple[Edition, ...]:
        return self.prover.editions

    def on(self, period: Period) -> Edition:
        """The edition in which a stretch of days lies."""
        return next(one for one in self.editions if (period.first or BEGIN) in one.period)

    def duty(self, edition: Edition, name: str) -> Labelled:
        """When a duty applies, by the strength, norm and term of its text."""
        duty = self.content.duties.get(name)
        out: Labelled = {}
        for version in duty.versions if duty else ():
            label = (version.read, version.strength, version.norm, version.term)
            own = edition.version_condition(version)
            applies = both(own, edition.conditions[name]) if version.read else own
            out[label] = either(out.get(label, NEVER), applies)
        return out

    def counted(self, edition: Edition, name: str) -> Labelled:
        """When a duty counts for each of its goals."""
        duty, goals = self.content.duties.get(name), self.content.goals
        return {goal: counting(edition, duty, goals[goal]) for goal in duty.meets if goal in goals} if duty else {}

    def others(self, edition: Edition, changed: Mapping[str, frozenset[str]]) -> Labelled:
        """When the changed rights, goals and known gaps come up."""
        out: Labelled = {}
        for right in self.content.rights.values():
            if right.id in changed["rights"] and edition.day in right.period:
                out["right", right.id] = right.applies_when
        for gap in self.content.gaps.values():
            if gap.id in changed["gaps"] and edition.day in gap.period:
                out["gap", gap.id] = gap.when
        goals = self.content.goals.values()
        return out | {("goal", goal.id): goal.when for goal in goals if goal.id in changed["goals"]}


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two contents side by side in one circuit; `shared` serves when it knows the same stretches of time."""

    old: Side
    new: Side
    shared: Circuit | None = None

    @cached_property
    def domains(self) -> dict[str, tuple[str, ...]]:
        """The components of both, each selecting date cut wherever either cuts it."""
        out = dict(self.old.content.facts.domains)
        last = (self.old.editions[-1], self.new.editions[-1])
        for name in sorted({name for edition in last for name in edition.stretches}):
            days = {value for edition in last for value in edition.space.domains.get(name, ())} - {NOT_YET}
            out[name] = (NOT_YET, *sorted(days))
        return out

    @cached_property
    def circuit(self) -> Circuit:
        if self.shared is not None and self.shared.domains == self.domains:
            return self.shared
        return Circuit(self.domains, set(self.domains) - set(self.old.content.facts.domains))

    def first(self) -> str | None:
        """The first difference, or None: then no situation on any day has another outcome."""
        return next(self.differences(), None)

    def differences(self) -> Iterator[str]:
        """Everything in which the two differ, in words for an editor."""
        change = touched(self.old.content, self.new.content)
        if change["constraints"] and self.circuit.possible([-self.circuit.same(*self._lawful)]):
            yield "which situations are possible"
        duties = sorted(changed_duties(self.old.content, self.new.content, change))
        yield from self._static(duties, change["organisations"])
        for period in intervals({*change_days(self.old.content), *change_days(self.new.content)}, BEGIN):
            old, new = self.old.on(period), self.new.on(period)
            for name in duties:
                yield from self._differ(period, f"{name} applies", self.old.duty(old, name), self.new.duty(new, name))
                counted = self.old.counted(old, name), self.new.counted(new, name)
                yield from self._differ(period, f"{name} meets", *counted)
            others = self.old.others(old, change.ids), self.new.others(new, change.ids)
            yield from self._differ(period, "comes up", *others)

    @cached_property
    def _lawful(self) -> tuple[int, int]:
        def literal(content: Content) -> int:
            return self.circuit.conjunction(-self.circuit.literal(one.never) for one in lasting(content).values())

        return literal(self.old.content), literal(self.new.content)

    def _static(self, duties: list[str], organisations: frozenset[str]) -> Iterator[str]:
        """Who holds a duty, as what, for which task and goals; and whether the holder is known at all."""
        old, new = self.old.content, self.new.content
        for name in duties:
            if name in old.duties and name in new.duties:
                before, after = replace(old.duties[name], versions=()), replace(new.duties[name], versions=())
                if before != after:
                    yield f"{name}: who, to whom, for what or how"
        for name in organisations:
            if (name in old.organisations) != (name in new.organisations):
                yield f"{name} is known"

    def _differ(self, period: Period, what: str, before: Labelled, after: Labelled) -> Iterator[str]:
        for label in {**before, **after}:
            left = self._spoken(self.old.on(period), before.get(label, NEVER))
            right = self._spoken(self.new.on(period), after.get(label, NEVER))
            apart = -self.circuit.same(left, right)
            if self.circuit.possible([apart, self._lawful[0], *self._reached(period, apart)]):
                yield f"when {what}, from {period.first}"

    def _spoken(self, edition: Edition, condition: Condition) -> int:
        """The literal of a condition, its stretches of time written as those of both contents."""
        if edition.stretches.keys() & support(condition):
            condition = self._finer(edition, condition)
        return self.circuit.literal(condition)

    def _finer(self, edition: Edition, condition: Condition) -> Condition:
        if not isinstance(condition, Is):
            parts = [self._finer(edition, part) for part in condition.parts]
            return both(*parts) if isinstance(condition, All) else either(*parts)
        pieces = edition.stretches.get(condition.fact)
        if pieces is None:
            return condition
        values = {value for value in self.domains[condition.fact] if _stretch_of(value, pieces) in condition.values}
        return Is(condition.fact, frozenset(values)) if values else NEVER

    def _reached(self, period: Period, literal: int) -> list[int]:
        """No date fact lies after the day asked for; said only where a date matters."""
        day = (period.first or BEGIN).isoformat()
        dates = self.circuit.dated if self.circuit.is_dated(literal) else ()
        return [
            self.circuit.literal(Is(name, frozenset(v for v in self.domains[name] if v == NOT_YET or v <= day)))
            for name in dates
        ]


def _stretch_of(value: str, pieces: tuple[Period, ...]) -> str:
    """The stretch among `pieces` in which the stretch that begins on day `value` lies."""
    starts = [(piece.first or BEGIN).isoformat() for piece in pieces]
    return value if value == NOT_YET else max((start for start in starts if start <= value), default=value)
