"""Random rule sets and random situations, always from a seed: what generated tests and benchmarks are fed with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from math import prod
from random import Random

from schakel.mechanism.assess import masks_of
from schakel.mechanism.content import Content
from schakel.mechanism.edition import NOT_YET, Edition, edition_on, stretch_id
from schakel.mechanism.situation import Claim, Person, Situation, known
from schakel.rules import reference
from schakel.rules.conditions import Condition, Is, both, either, holds, support
from schakel.rules.engine import RuleSet
from schakel.rules.space import Constraint, Space
from schakel.vocabulary.facts import YES, Fact, component

World = Mapping[str, str]
FIRST_DAY, LAST_DAY = date(2013, 6, 1), date(2026, 6, 1)
SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0)
"""How much of a situation is known: from nothing to everything."""


def rule_set(r: Random, facts: int = 7, rules: int = 6) -> RuleSet:
    """A small rule set over facts with two to four values and up to five constraints."""
    domains = {f"f{number}": tuple("abcd"[: r.randint(2, 4)]) for number in range(facts)}
    constraints = tuple(Constraint(f"c{number}", _forbidden(r, domains)) for number in range(r.randint(0, 5)))
    return RuleSet(Space(domains, constraints), {f"r{number}": _condition(r, domains, 3) for number in range(rules)})


def _forbidden(r: Random, domains: Mapping[str, tuple[str, ...]]) -> Condition:
    return both(*(Is(name, frozenset(r.sample(domains[name], 1))) for name in r.sample(list(domains), r.randint(2, 3))))


def _condition(r: Random, domains: Mapping[str, tuple[str, ...]], depth: int) -> Condition:
    if depth == 0 or r.random() < 0.3:
        name = r.choice(list(domains))
        return Is(name, frozenset(r.sample(domains[name], r.randint(1, len(domains[name]) - 1))))
    parts = [_condition(r, domains, depth - 1) for _ in range(r.randint(1, 3))]
    return both(*parts) if r.random() < 0.5 else either(*parts)


def possible(r: Random, space: Space) -> dict[str, tuple[str, ...]]:
    """Some facts narrowed to some of their values; it may contradict the constraints."""
    chosen = r.sample(space.names, r.randint(0, len(space.names) - 2))
    return {name: tuple(r.sample(space.domains[name], r.randint(1, len(space.domains[name])))) for name in chosen}


def world(r: Random, space: Space, given: World | None = None) -> dict[str, str]:
    """A whole situation that the constraints allow, group by group until one fits."""
    out: dict[str, str] = {name: r.choice(values) for name, values in space.domains.items()} | dict(given or {})
    for group in reference.groups(space):
        names = sorted({name for condition in group for name in support(condition)} - set(given or {}))
        for attempt in count():
            if not any(holds(condition, out) for condition in group):
                break
            assert attempt < 100_000, "no world was found: the constraints leave too little, or what is given clashes"
            out |= {name: r.choice(space.domains[name]) for name in names}
    return out


@dataclass(frozen=True)
class Scene:
    """A world and what is known of it: `situation` tells a share of the facts, all of them true in `world`."""

    content: Content
    edition: Edition
    world: World
    situation: Situation

    def unknown(self) -> list[Fact]:
        """The facts that can be told and were not."""
        told = {claim.fact for claim in self.situation.claims_about(self.situation.persons[0])} | {"finder"}
        return [fact for fact in self.content.facts.facts if fact.id not in told and self.claim(fact) is not None]

    def claim(self, fact: Fact) -> Claim | None:
        """The true answer to a fact, None where there is none (a date that has not come)."""
        return _claim(self.edition, self.world, fact)

    def learn(self, fact: Fact) -> Scene:
        """The same world with one more fact told."""
        claim = self.claim(fact)
        assert claim is not None
        return replace(self, situation=self.situation.learn(claim, self.situation.persons[0].id))


def scene(r: Random, content: Content, *, share: float | None = None, on: date | None = None, **given: str) -> Scene:
    """A random person on a random day, with about `share` of the facts told; `given` components are always told."""
    day = on or FIRST_DAY + timedelta(days=r.randrange((LAST_DAY - FIRST_DAY).days))
    edition = edition_on(content, day)
    given = {"indication": YES if r.random() < 0.9 else "no", **given}
    whole = world(r, edition.space, given)
    part = r.choice(SHARES) if share is None else share
    told = [fact for fact in content.facts.facts if fact.id in given or (fact.id != "finder" and r.random() < part)]
    claims = tuple(claim for fact in told if (claim := _claim(edition, whole, fact, r)) is not None)
    who = whole["finder"] if given.get("finder") or r.random() < 0.9 else None
    claims = tuple(claim for claim in claims if claim.fact != "finder")
    return Scene(content, edition, whole, Situation(on=day, who=who, persons=(Person("1", claims),)))


def scenes(seed: int, content: Content, number: int, *, on: date | None = None) -> Iterator[Scene]:
    """`number` random scenes; the one at place n is the same whatever the number."""
    return (scene(Random(f"{seed}/{place}"), content, on=on) for place in range(number))


def _claim(edition: Edition, whole: World, fact: Fact, r: Random | None = None) -> Claim | None:
    if fact.kind == "many":
        return Claim(fact.id, tuple(value for value in fact.value_ids if whole[component(fact.id, value)] == YES))
    if fact.kind == "date":
        return _day_claim(edition, whole, fact, r)
    if fact.id not in whole:
        return None
    others = [value for value in fact.value_ids if value != whole[fact.id]]
    also = r.sample(others, 1) if r and len(others) > 1 and r.random() < 0.1 else []  # "one of these two"
    return Claim(fact.id, (whole[fact.id], *also))


def _day_claim(edition: Edition, whole: World, fact: Fact, r: Random | None) -> Claim | None:
    if fact.id not in edition.stretches:  # no rule is selected by it: any day will do, and only for a term
        return Claim(fact.id, (), day=edition.day - timedelta(days=r.randint(0, 400))) if r else None
    if whole[fact.id] == NOT_YET:
        return None
    piece = next(piece for piece in edition.stretches[fact.id] if stretch_id(piece) == whole[fact.id])
    first = piece.first or FIRST_DAY
    span = min(piece.last or edition.day, edition.day) - first
    return Claim(fact.id, (), day=first + timedelta(days=r.randint(0, span.days) if r else 0))


def against_reference(r: Random, content: Content, rules: int, affordable: int) -> Iterator[str]:
    """Decide a random scene and judge a few of its rules by the reference: the statuses that were found equal.

    The reference enumerates, so only rules with at most `affordable` assignments are drawn; how much is known differs
    from scene to scene, so that every rule is drawn in some.
    """
    drawn = scene(r, content)
    space, all_rules = drawn.edition.space, drawn.edition.rules
    masks = masks_of(drawn.edition, known(content.facts, drawn.situation, drawn.situation.persons[0], frozenset()))
    told = {name: space.values(name, mask) for name, mask in zip(space.names, masks, strict=True)}
    outcomes = all_rules.decide(masks)
    assert outcomes is not None, "true facts never contradict"
    within = [name for name, rule in all_rules.rules.items() if assignments(told, rule) <= affordable]
    for name in r.sample(within, min(rules, len(within))):
        rule, found = all_rules.rules[name], outcomes[name]
        expected = reference.status(space, told, rule), reference.hangs_on(space, told, rule)
        assert (found.status, found.hangs_on) == expected, f"{name} on {drawn.situation.on}: {drawn.situation}"
        yield found.status


def assignments(told: Mapping[str, tuple[str, ...]], rule: Condition) -> int:
    """In how many ways the facts of a rule can be filled in, constraints aside."""
    return prod(len(told[name]) for name in support(rule))
