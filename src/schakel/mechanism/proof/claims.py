"""What is to be shown: things that may happen in no situation, and things that must be able to happen in some."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from schakel.mechanism.assess import PersonView
from schakel.mechanism.edition import Edition
from schakel.rules.conditions import Condition
from schakel.vocabulary.texts import Text

Item = tuple[str, str]
Names = Mapping[str, Text | str]


@dataclass(frozen=True, eq=False)
class Forbidden:
    """In no situation of `edition` do all of `holds` hold while none of `fails` does.

    `item` is the part of the content it is about (its kind and id), `names` fills the sentence of
    `kind`, `judge` looks at a wholly told situation with the engine and says whether it refutes the
    claim, and `limit` bounds how many counterexamples an edition shows.
    """

    kind: str
    id: str
    item: Item
    edition: Edition
    holds: tuple[Condition, ...]
    fails: tuple[Condition, ...]
    judge: Callable[[PersonView], bool]
    names: Names
    limit: int = 1


@dataclass(frozen=True, eq=False)
class Needed:
    """In some situation of some edition all conditions hold: each alternative is an edition with its conditions."""

    kind: str
    id: str
    item: Item
    alternatives: tuple[tuple[Edition, tuple[Condition, ...], tuple[Condition, ...]], ...]
    names: Names


@dataclass(frozen=True, eq=False)
class Broken:
    """Something wrong that needs no solver: a name that does not exist, a circle."""

    kind: str
    id: str
    item: Item
    names: Names


Claim = Forbidden | Needed | Broken


@dataclass(frozen=True)
class Scope:
    """Which parts of the content are looked at; `items` None means all of them."""

    items: frozenset[Item] | None = None

    def __contains__(self, item: Item) -> bool:
        return self.items is None or item in self.items


EVERYTHING = Scope()
