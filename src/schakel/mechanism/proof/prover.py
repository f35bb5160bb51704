"""One content with its editions, and whether something is possible in an edition under all constraints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from schakel.mechanism.content import Content
from schakel.mechanism.edition import Edition, editions
from schakel.mechanism.model import ConstraintItem
from schakel.mechanism.proof.altered import altered
from schakel.mechanism.proof.circuit import Circuit
from schakel.mechanism.proof.dependence import overridden, touched
from schakel.rules.conditions import Condition, Is
from schakel.vocabulary.periods import Period


def lasting(content: Content) -> dict[str, ConstraintItem]:
    """The constraints that say the same on every day.

    The others say how far back an event may lie. They leave some stretch of time open for every
    other fact, so they bear only on questions in which a date fact plays a part.
    """
    return {name: item for name, item in content.constraints.items() if item.unless_within is None}


@dataclass(frozen=True, eq=False)
class Prover:
    """Answers for one content; `base`, of nearly the same content, lends its circuit, answers and conditions."""

    content: Content
    base: Prover | None = None

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        found = tuple(editions(self.content))
        if self.base is None:
            return found
        change = touched(self.base.content, self.content)["duties"]
        changed = change | overridden(self.base.content, self.content, change)
        known = {edition.period: edition for edition in self.base.editions}
        return tuple(_lent(one, known[one.period], changed) if one.period in known else one for one in found)

    @property
    def whole(self) -> Period:
        """The stretch of time that the content covers."""
        return Period(self.editions[0].period.first, self.editions[-1].period.last)

    @cached_property
    def circuit(self) -> Circuit:
        """The circuit over the widest domains: those of the last edition, in which all stretches of time exist."""
        last = self.editions[-1]
        if self.base is not None and self.base.circuit.domains == dict(last.space.domains):
            return self.base.circuit
        return Circuit(last.space.domains, last.stretches)

    def literal(self, condition: Condition, copy: int = 0) -> int:
        return self.circuit.literal(condition, copy)

    def all_of(self, holds: Iterable[Condition], fails: Iterable[Condition] = (), copy: int = 0) -> int:
        """The literal of: every condition of `holds` holds and none of `fails` does."""
        parts = [self.literal(condition, copy) for condition in holds]
        return self.circuit.conjunction([*parts, *(-self.literal(condition, copy) for condition in fails)])

    def lawful(self, copy: int = 0) -> int:
        """The literal of: no constraint is broken."""
        return self._lawful[copy]

    @cached_property
    def _lawful(self) -> tuple[int, int]:
        never = [item.never for item in lasting(self.content).values()]
        return self.all_of((), never, 0), self.all_of((), never, 1)

    def reached(self, edition: Edition, copy: int = 0) -> int:
        """The literal of: no date fact lies after the day asked for, nor too far back for what a constraint says."""
        days = (Is(name, frozenset(edition.space.domains[name])) for name in edition.stretches)
        timely = lasting(self.content)
        return self.all_of(days, (rule.never for rule in edition.space.constraints if rule.id not in timely), copy)

    def frame(self, edition: Edition, literals: Iterable[int], copies: tuple[int, ...] = (0,)) -> list[int]:
        """`literals` within the edition and the constraints; dates only where they matter: answers serve again."""
        wanted = list(literals)
        dated = any(self.circuit.is_dated(literal) for literal in wanted)
        wanted += [self.lawful(copy) for copy in copies]
        return wanted + [self.reached(edition, copy) for copy in copies if dated]

    def possible(self, edition: Edition, *literals: int) -> bool:
        """Whether a situation of the edition exists in which all literals are true."""
        return self.circuit.possible(self.frame(edition, literals))

    def certain(self, edition: Edition, given: Iterable[int], then: int) -> bool:
        """Whether `then` is true in every situation of the edition in which all of `given` are, and one exists."""
        assumed = list(given)
        return not self.possible(edition, *assumed, -then) and self.possible(edition, *assumed)

    def witness(self, edition: Edition, *literals: int) -> dict[str, str] | None:
        """A situation of the edition in which all literals are true, every component decided; None without one."""
        return self.circuit.model([*literals, self.lawful(), self.reached(edition)])


def _lent(edition: Edition, base: Edition, changed: frozenset[str]) -> Edition:
    """`edition` with the conditions of `base` for all duties that are not `changed`: these are not worked out again."""
    if edition.stretches != base.stretches:
        return edition
    duties = edition.content.duties
    part = {name: duty for name, duty in duties.items() if name in changed or changed.intersection(duty.overrides)}
    own = Edition(altered(edition.content, duties=part), edition.period)
    own.__dict__["stretches"] = edition.stretches
    edition.__dict__["conditions"] = {
        name: own.conditions[name] if name in changed else base.conditions[name] for name in duties
    }
    edition.__dict__["unread_conditions"] = dict(own.unread_conditions) | {
        name: condition for name, condition in base.unread_conditions.items() if name in duties and name not in part
    }
    return edition
