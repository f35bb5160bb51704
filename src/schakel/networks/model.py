"""The nouns of sharing: parties, purposes, kinds of data, grounds, circumstances and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from schakel.rules.conditions import Condition
from schakel.rules.space import Space
from schakel.vocabulary.facts import FactTable
from schakel.vocabulary.periods import Period
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import Text

ANYONE: Final = "anyone"
ALL: Final = "all"
PERMITS: Final = "permits"
UNDECIDED: Final = "undecided"
FORBIDS: Final = "forbids"
EFFECTS: Final = (PERMITS, UNDECIDED, FORBIDS)
CONSENT: Final = "consent"


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of organisation that rules name together."""

    id: str
    name: Text
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class FieldKind:
    """A kind of data: which facts of the vocabulary belong to it, and whether it is special or criminal data."""

    id: str
    text: Text
    facts: tuple[str, ...]
    special: bool


@dataclass(frozen=True, slots=True)
class SharingRule:
    """Who may, or may not, tell whom which kinds of data, for which purposes, on which ground, and when."""

    id: str
    effect: str
    senders: frozenset[str]
    receivers: frozenset[str]
    purposes: frozenset[str]
    fields: frozenset[str]
    ground: str
    when: Condition
    because: Text
    next_step: Text | None
    note: Text | None
    lawyer: bool
    fallback: bool
    period: Period
    sources: tuple[Source, ...]
    file: str


@dataclass(frozen=True, eq=False)
class SharingBook:
    """All sharing rules with the lists that they are written in."""

    groups: Mapping[str, Group]
    others: Mapping[str, Text]
    units: Mapping[tuple[str, str], str]
    purposes: Mapping[str, Text]
    fields: Mapping[str, FieldKind]
    grounds: Mapping[str, Text]
    circumstances: FactTable
    derived: frozenset[str]
    rules: Mapping[str, SharingRule]
    record: tuple[Text, ...]
    lawyer: Text

    @cached_property
    def space(self) -> Space:
        return Space(self.circumstances.domains)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The circumstances that a person tells; the others follow from the question."""
        return tuple(name for name in self.circumstances if name not in self.derived)

    @cached_property
    def field_of(self) -> dict[str, str]:
        """The kind of data to which each fact of the vocabulary belongs."""
        return {fact: one.id for one in self.fields.values() for fact in one.facts}

    def between(self, sender: str, receiver: str) -> tuple[SharingRule, ...]:
        """The rules that name these two kinds, but for the fallback."""
        pair = sender, receiver
        if pair not in self._pairs:
            named = (rule for rule in self.rules.values() if sender in rule.senders and receiver in rule.receivers)
            self._pairs[pair] = tuple(rule for rule in named if not rule.fallback)
        return self._pairs[pair]

    @cached_property
    def _pairs(self) -> dict[tuple[str, str], tuple[SharingRule, ...]]:
        return {}

    @cached_property
    def fallback(self) -> SharingRule:
        return next(rule for rule in self.rules.values() if rule.fallback)
