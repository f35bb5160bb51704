"""Conditions over facts: a small tree that is read from content, negated, and said aloud.

After reading, a condition is in negation normal form over finite domains: `All`, `AnyOf` and `Is`.
There is no `Not`: "not in these values" is "in the other values", because every domain is finite
and closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schakel.rules.reading import Document, Path
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.facts import YES, FactTable, component


@dataclass(frozen=True, slots=True)
class Is:
    """The component `fact` has one of `values`."""

    fact: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; with no parts it always holds."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; with no parts it never holds."""

    parts: tuple[Condition, ...] = ()


Condition = Is | All | AnyOf
Domains = Mapping[str, tuple[str, ...]]

ALWAYS = All()
NEVER = AnyOf()


def both(*parts: Condition) -> Condition:
    """All of `parts`, flattened; NEVER as soon as one never holds."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,))]
    if NEVER in flat:
        return NEVER
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else All(unique)


def either(*parts: Condition) -> Condition:
    """At least one of `parts`, flattened; ALWAYS as soon as one always holds."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,))]
    if ALWAYS in flat:
        return ALWAYS
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else AnyOf(unique)


def negate(condition: Condition, domains: Domains) -> Condition:
    """The condition that holds exactly where `condition` does not."""
    if isinstance(condition, Is):
        rest = frozenset(domains[condition.fact]) - condition.values
        return Is(condition.fact, rest) if rest else NEVER
    parts = (negate(part, domains) for part in condition.parts)
    return either(*parts) if isinstance(condition, All) else both(*parts)


def support(condition: Condition) -> frozenset[str]:
    """The components that a condition rests on."""
    return frozenset(atom.fact for atom in atoms(condition))


def atoms(condition: Condition) -> Iterator[Is]:
    """Every `Is` in the tree, from left to right."""
    if isinstance(condition, Is):
        yield condition
    else:
        for part in condition.parts:
            yield from atoms(part)


def holds(condition: Condition, assignment: Mapping[str, str]) -> bool:
    """Whether the condition holds when every fact it rests on has one value: the plain meaning."""
    if isinstance(condition, Is):
        return assignment[condition.fact] in condition.values
    truths = (holds(part, assignment) for part in condition.parts)
    return all(truths) if isinstance(condition, All) else any(truths)


@dataclass(frozen=True)
class Reader:
    """Reads conditions of content: names of definitions, facts and `all`, `any`, `not`."""

    facts: FactTable
    definitions: Mapping[str, Condition]

    def read(self, data: Any, document: Document, path: Path) -> Condition:
        """The condition in `data`; a `BadInput` with its line when a word is unknown."""
        if isinstance(data, str):
            return self._definition(data, document, path)
        if not isinstance(data, dict) or not data:
            raise BadInput("a condition is a name, or a mapping with a fact or with all, any or not",
                           where=document.where(path), remedy="See docs/reference/content.md")  # fmt: skip
        return both(*(self._part(key, value, document, path) for key, value in data.items()))

    def _part(self, key: str, value: Any, document: Document, path: Path) -> Condition:
        here = (*path, key)
        if key in ("all", "any"):
            if not isinstance(value, list) or not value:
                raise BadInput(f"'{key}' wants a list", where=document.where(here), remedy="Give at least one part")
            parts = [self.read(part, document, (*here, index)) for index, part in enumerate(value)]
            return both(*parts) if key == "all" else either(*parts)
        if key == "not":
            return negate(self.read(value, document, here), self.facts.domains)
        if key == "always" and value is True:
            return ALWAYS
        return self._fact(key, value, document, here)

    def _definition(self, name: str, document: Document, path: Path) -> Condition:
        if name not in self.definitions:
            raise BadInput(f"there is no definition '{name}'", where=document.where(path),
                           remedy="Definitions stand in content/definitions")  # fmt: skip
        return self.definitions[name]

    def _fact(self, key: str, value: Any, document: Document, path: Path) -> Condition:
        fact = self.facts.find(key, document.where(path))
        wanted = [str(item) for item in (value if isinstance(value, list) else [value])]
        unknown = [item for item in wanted if item not in fact.value_ids]
        if unknown or not wanted or fact.kind not in ("choice", "many"):
            raise BadInput(f"'{unknown[0] if unknown else key}' is no value of '{key}' that a condition can ask for",
                           where=document.where(path), remedy=f"Choose from {', '.join(fact.value_ids)}")  # fmt: skip
        if fact.kind == "many":
            return either(*(Is(component(key, item), frozenset({YES})) for item in wanted))
        return Is(key, frozenset(wanted))
