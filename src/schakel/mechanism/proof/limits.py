"""Each constraint excludes only what its reason says, and all of them together leave everything else possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from schakel.mechanism.assess import masks_of
from schakel.mechanism.edition import Edition
from schakel.mechanism.explain import clause_of
from schakel.mechanism.facts_file import from_data
from schakel.mechanism.model import FINDER, ConstraintItem
from schakel.mechanism.proof.claims import Broken, Names
from schakel.mechanism.proof.prover import Prover, lasting
from schakel.mechanism.situation import known
from schakel.rules.conditions import All, Condition, Is, support
from schakel.vocabulary.texts import LANGUAGES, Text, text

Value = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Limits:
    """The constraints of one content. They do not change in time, so the last edition stands for all."""

    prover: Prover

    @cached_property
    def edition(self) -> Edition:
        return self.prover.editions[-1]

    @cached_property
    def never(self) -> dict[str, int]:
        """For each constraint the literal of what it excludes."""
        return {item.id: self.prover.literal(item.never) for item in lasting(self.prover.content).values()}

    def allowed(self, *literals: int, without: frozenset[str] = frozenset()) -> bool:
        """Whether the literals can be true together under all constraints but `without`."""
        kept = [-literal for name, literal in self.never.items() if name not in without]
        return self.prover.circuit.possible([*literals, *kept])

    def findings(self) -> Iterator[Broken]:
        """Situations and values that should be possible and are not."""
        if not self.allowed():
            yield Broken("impossible", "constraints", ("constraint", ""), {})
            return
        yield from self._lost_situations()
        lost = [value for value in self._values() if not self.allowed(self._atom(value))]
        for value in lost:
            yield self._broken("lost_value", "=".join(value), (value,))

    def _lost_situations(self) -> Iterator[Broken]:
        for item in lasting(self.prover.content).values():
            for number, situation in enumerate(item.still_possible, start=1):
                wanted = self.prover.literal(self._told(situation))
                if not self.allowed(wanted):
                    names = {"constraint": item.id, "words": plain(situation), "by": self._by(wanted)}
                    yield Broken("lost_situation", f"{item.id}: {number}", ("constraint", item.id), names)

    def _told(self, situation: dict[str, object]) -> Condition:
        """The condition of a situation given as facts."""
        facts = {name: answer for name, answer in situation.items() if name != FINDER}
        data = {"who": situation.get(FINDER), "shared": facts}
        told = from_data(self.prover.content, data, on=self.edition.day, name="still_possible")
        space = self.edition.space
        masks = masks_of(self.edition, known(self.prover.content.facts, told, told.persons[0], frozenset()))
        narrowed = (
            Is(name, frozenset(space.values(name, mask)))
            for name, mask, whole in zip(space.names, masks, space.anything, strict=True)
            if mask != whole
        )
        return All(tuple(narrowed))

    def _values(self) -> list[Value]:
        facts = self.prover.content.facts.domains
        return [(name, value) for name, values in facts.items() for value in values]

    def _atom(self, value: Value) -> int:
        return self.prover.circuit.atoms(value[0])[value[1]]

    def joint(self) -> Iterator[Broken]:
        """Pairs of values that only several constraints together exclude: each follows, none says so."""
        possible = [value for value in self._values() if self.allowed(self._atom(value))]
        home = self.edition.space.island_of
        index = self.edition.space.index
        for one, other in combinations(possible, 2):
            if one[0] != other[0] and home[index[one[0]]] == home[index[other[0]]]:
                together = (self._atom(one), self._atom(other))
                if not self.allowed(*together) and not self._said(one, other):
                    yield self._broken("lost_pair", f"{'='.join(one)} {'='.join(other)}", (one, other))

    def _said(self, one: Value, other: Value) -> bool:
        """Whether a single constraint that names both facts excludes the pair by itself."""
        return any(
            {one[0], other[0]} <= support(item.never) and self._alone(item, one, other)
            for item in lasting(self.prover.content).values()
        )

    def _alone(self, item: ConstraintItem, one: Value, other: Value) -> bool:
        return not self.prover.circuit.possible([self._atom(one), self._atom(other), -self.never[item.id]])

    def _broken(self, kind: str, name: str, values: tuple[Value, ...]) -> Broken:
        wanted = self.prover.circuit.conjunction(map(self._atom, values))
        names: Names = {"words": self._words(values), "by": self._by(wanted)}
        return Broken(kind, name, ("constraint", name), names)

    def _by(self, wanted: int) -> str:
        """The constraints that together exclude something, none of them idle."""
        without: frozenset[str] = frozenset()
        for name in self.never:
            if not self.allowed(wanted, without=without | {name}):
                without |= {name}
        return ", ".join(name for name in self.never if name not in without)

    def _words(self, values: tuple[Value, ...]) -> Text:
        content = self.prover.content
        return text({
            lang: "; ".join(clause_of(content, name, (value,), lang) for name, value in values) for lang in LANGUAGES
        })  # fmt: skip

    def implied(self) -> Iterator[str]:
        """The constraints that exclude nothing the others do not exclude."""
        for name, literal in self.never.items():
            if not self.allowed(literal, without=frozenset({name})):
                yield name


def plain(situation: dict[str, object]) -> str:
    """A situation of the content as it stands there."""
    return ", ".join(f"{name}: {value}" for name, value in situation.items())
