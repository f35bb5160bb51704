"""What is known: one encounter, several persons, and for each fact who said it, when, how sure.

A situation gives each fact the set of values still possible: unknown is all of them, contradicting
claims leave those claimed, an answer leaves one. *Learning* shrinks a set; *revising* replaces what
was claimed and is recorded. Nothing here knows a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from schakel.vocabulary.errors import bad_input
from schakel.vocabulary.facts import NO, YES, Fact, FactTable, component

GUESSED = "guessed"
CERTAINTIES = ("documented", "document", "register", "claimed", "said", "seen", "judged", GUESSED)


@dataclass(frozen=True, slots=True)
class Claim:
    """One answer to one fact. A guess is kept and shown, and narrows nothing."""

    fact: str
    values: tuple[str, ...]
    source: str = ""
    said_on: date | None = None
    certainty: str = ""
    day: date | None = None
    revises: bool = False
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the encounter, with the claims about this person only."""

    id: str
    claims: tuple[Claim, ...] = ()
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """The encounter on the day asked for: who asks, what is shared, and the persons."""

    on: date
    who: str | None = None
    shared: tuple[Claim, ...] = ()
    persons: tuple[Person, ...] = (Person("1"),)
    signals: tuple[str, ...] = ()
    municipality: str = ""

    def person(self, person_id: str) -> Person:
        """The person with this id; a sentence when there is none."""
        for person in self.persons:
            if person.id == person_id:
                return person
        raise bad_input("no-person", name=person_id)

    def claims_about(self, person: Person) -> tuple[Claim, ...]:
        """Shared claims first, then those about the person."""
        return (*self.shared, *person.claims)

    def asked_on(self, on: date) -> Situation:
        """The same situation asked for another day."""
        return replace(self, on=on)

    def by(self, who: str) -> Situation:
        """The same situation told by this kind of finder."""
        return replace(self, who=who)

    def learn(self, claim: Claim, person_id: str | None = None) -> Situation:
        """With one more claim, about everyone or about one person."""
        return self._with(claim, person_id, keep=lambda old: True)

    def revise(self, claim: Claim, person_id: str | None = None) -> Situation:
        """With earlier claims on the same fact replaced by `claim`, which records that it revises."""
        return self._with(replace(claim, revises=True), person_id, keep=lambda old: old.fact != claim.fact)

    def _with(self, claim: Claim, person_id: str | None, keep: Callable[[Claim], bool]) -> Situation:
        if person_id is None:
            return replace(self, shared=(*filter(keep, self.shared), claim))
        changed = [
            replace(person, claims=(*filter(keep, person.claims), claim)) if person.id == person_id else person
            for person in self.persons
        ]
        self.person(person_id)
        return replace(self, persons=tuple(changed))


@dataclass(frozen=True, slots=True)
class Known:
    """Per fact the values still possible (only where something is known), the days, and the contradictions."""

    possible: Mapping[str, tuple[str, ...]]
    days: Mapping[str, date]
    conflicts: Mapping[str, tuple[Claim, ...]]


def known(facts: FactTable, situation: Situation, person: Person, counting: frozenset[str]) -> Known:
    """What is known about one person, by component.

    `counting` are the indicators that count: one of them ticked is an indication. A finder who is
    named is the value of the fact `finder`.
    """
    possible: dict[str, tuple[str, ...]] = {}
    days: dict[str, date] = {}
    conflicts: dict[str, tuple[Claim, ...]] = {}
    for fact_id, claims in by_fact(situation.claims_about(person)).items():
        fact = facts[fact_id]
        if fact.kind == "date":
            days[fact_id] = min(claim.day for claim in claims if claim.day is not None)
            disagree = len({claim.day for claim in claims}) > 1
        else:
            disagree = _narrow(fact, claims, possible)
        if disagree:
            conflicts[fact_id] = claims
    if situation.who is not None:
        possible["finder"] = (situation.who,)
    if counting.intersection((*situation.signals, *person.signals)):
        if possible.get("indication") == (NO,):
            conflicts["indication"] = by_fact(situation.claims_about(person))["indication"]
        possible["indication"] = (YES,)
    return Known(possible, days, conflicts)


def by_fact(claims: tuple[Claim, ...]) -> dict[str, tuple[Claim, ...]]:
    """The claims that count, by fact; guesses are left out."""
    out: dict[str, tuple[Claim, ...]] = {}
    for claim in claims:
        if claim.certainty != GUESSED:
            out[claim.fact] = (*out.get(claim.fact, ()), claim)
    return out


def _narrow(fact: Fact, claims: tuple[Claim, ...], possible: dict[str, tuple[str, ...]]) -> bool:
    """Put the possible values of one fact into `possible`; whether the claims contradict each other."""
    if fact.kind == "many":
        for value in fact.value_ids:
            said = {YES if value in claim.values else NO for claim in claims}
            possible[component(fact.id, value)] = tuple(sorted(said))
        return any(set(claim.values) != set(claims[0].values) for claim in claims)
    claimed = [set(claim.values) for claim in claims]
    agreed = set.intersection(*claimed)
    left = agreed or set.union(*claimed)
    possible[fact.id] = tuple(value for value in fact.value_ids if value in left)
    return not agreed
