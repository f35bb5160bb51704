"""The closed list of what can be known: facts, their values, and who may ask whom."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from schakel.vocabulary.errors import bad_input
from schakel.vocabulary.messages import near
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import Text

EVERYONE = "everyone"
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Value:
    """One possible answer: `text` to choose it by, `phrase` to say it in a sentence."""

    id: str
    text: Text
    phrase: Text
    range: tuple[int, int] | None = None
    group: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who may ask (finder ids, or everyone), of whom or what, a warning where asking harms, and what to ask first."""

    by: frozenset[str]
    of: str
    warning: Text | None = None
    first: tuple[str, ...] = ()

    def allows(self, finder: str | None) -> bool:
        """Whether `finder` may ask; an unknown finder may ask what everyone may."""
        return EVERYONE in self.by or finder in self.by


@dataclass(frozen=True)
class Fact:
    """A fact: its question and values. `kind` is choice, many (several at once) or date."""

    id: str
    kind: str
    scope: str
    name: Text
    question: Text
    help: Text | None
    values: tuple[Value, ...]
    asking: Asking
    judged_by: frozenset[str]
    recorded_only: bool
    background: bool
    event: Text | None
    sources: tuple[Source, ...]

    @cached_property  # a place has hundreds, and a page asks dozens of times
    def value_ids(self) -> tuple[str, ...]:
        return tuple(value.id for value in self.values)

    def value(self, value_id: str) -> Value:
        """The value with this id; KeyError where there is none."""
        for value in self.values:
            if value.id == value_id:
                return value
        raise KeyError(value_id)


@dataclass(frozen=True)
class FactTable(Mapping[str, Fact]):
    """All facts by id, in the order in which they are asked when nothing else decides."""

    facts: tuple[Fact, ...]

    @cached_property
    def by_id(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.facts}

    def __getitem__(self, fact_id: str) -> Fact:
        return self.by_id[fact_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_id)

    def __len__(self) -> int:
        return len(self.facts)

    def find(self, fact_id: str, where: str) -> Fact:
        """The fact with this id, or a sentence that names the nearest ones."""
        if fact_id in self.by_id:
            return self.by_id[fact_id]
        close = difflib.get_close_matches(fact_id, self.by_id, n=3)
        raise bad_input("no-fact", where, name=fact_id, near=near(close, "`schakel facts`"))

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each fact in the list."""
        return {fact.id: place for place, fact in enumerate(self.facts)}

    @cached_property
    def background(self) -> frozenset[str]:
        """The components that only give the background of a reason, such as who asks."""
        return frozenset(name for name in self.domains if self[fact_of(name)].background)

    @cached_property
    def domains(self) -> dict[str, tuple[str, ...]]:
        """The finite domain of each component: a fact that takes several values has one yes/no component a value."""
        out: dict[str, tuple[str, ...]] = {}
        for fact in self.facts:
            if fact.kind == "choice":
                out[fact.id] = fact.value_ids
            elif fact.kind == "many":
                out.update({component(fact.id, value): (NO, YES) for value in fact.value_ids})
        return out


def component(fact_id: str, value_id: str) -> str:
    """The name of the yes/no component that says whether `value_id` is among the values of `fact_id`."""
    return f"{fact_id}.{value_id}"


def fact_of(component_id: str) -> str:
    """The fact to which a component belongs."""
    return component_id.partition(".")[0]
