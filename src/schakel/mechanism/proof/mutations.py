"""All small changes to a content that somebody should notice: each one a mutant waiting to be made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from schakel.mechanism.content import Content
from schakel.mechanism.model import FINDER, PARTS, Duty, Version
from schakel.mechanism.proof.altered import altered, with_duty, without
from schakel.mechanism.proof.holders import MUST
from schakel.mechanism.proof.leads import LEAD
from schakel.rules.conditions import All, AnyOf, Condition, Domains, Is, both, either, negate
from schakel.vocabulary.periods import Period

Step = tuple[int, ...]
SHIFT = timedelta(days=400)
SHOULD, SUPPORT = "should", PARTS[1]


@dataclass(frozen=True, eq=False)
class Mutation:
    """One change: its kind, where it is made, what it does, and the content that results."""

    kind: str
    where: str
    what: str
    make: Callable[[], Content]


def mutations(content: Content, chance: Random) -> Iterator[Mutation]:
    """Every mutation of every kind; `chance` chooses the atoms that are added."""
    for duty in content.duties.values():
        yield from _of_duty(content, duty)
        yield from _of_versions(content, duty, chance)
    yield from _of_organisations(content)
    yield from _of_constraints(content, chance)
    yield from _of_definitions(content, chance)


def _of_duty(content: Content, duty: Duty) -> Iterator[Mutation]:
    yield Mutation("drop-duty", duty.id, "dropped", _changing(content, duties=without(content.duties, duty.id)))
    other = SUPPORT if duty.part == LEAD else LEAD
    yield Mutation(
        "swap-part", duty.id, f"{duty.part} → {other}", lambda: with_duty(content, replace(duty, part=other))
    )


def _of_versions(content: Content, duty: Duty, chance: Random) -> Iterator[Mutation]:
    for number, version in enumerate(duty.versions):

        def make(new: Version, number: int = number) -> Callable[[], Content]:
            versions = (*duty.versions[:number], new, *duty.versions[number + 1 :])
            return lambda: with_duty(content, replace(duty, versions=versions))

        if version.strength == MUST:
            yield Mutation("weaken-must", duty.id, "must → should", make(replace(version, strength=SHOULD)))
        for what, period in _shifted(version.period):
            yield Mutation("shift-date", duty.id, what, make(replace(version, period=period)))
        for kind, what, condition in changed(version.applies_when, content.facts.domains, chance):
            yield Mutation(kind, duty.id, what, make(replace(version, applies_when=condition)))


def _shifted(period: Period) -> Iterator[tuple[str, Period]]:
    if period.first:
        yield f"from {period.first} later", Period(period.first + SHIFT, period.last)
    if period.last:
        yield f"to {period.last} earlier", Period(period.first, period.last - SHIFT)


def changed(condition: Condition, domains: Domains, chance: Random) -> Iterator[tuple[str, str, Condition]]:
    """A condition with one part negated, dropped or added."""
    for step in steps(condition):
        part = at(condition, step)
        yield "negate-part", f"not {short(part)}", put(condition, step, negate(part, domains))
        if isinstance(part, All | AnyOf):
            join = both if isinstance(part, All) else either
            for number, dropped in enumerate(part.parts if len(part.parts) > 1 else ()):
                rest = join(*part.parts[:number], *part.parts[number + 1 :])
                yield "drop-part", f"without {short(dropped)}", put(condition, step, rest)
            atom = _atom(domains, chance)
            yield "add-part", f"with {short(atom)}", put(condition, step, join(*part.parts, atom))


def _atom(domains: Domains, chance: Random) -> Is:
    name = chance.choice(sorted(domains))
    return Is(name, frozenset({chance.choice(domains[name])}))


def steps(condition: Condition, so_far: Step = ()) -> Iterator[Step]:
    """The place of every part of a condition, itself included."""
    yield so_far
    if isinstance(condition, All | AnyOf):
        for number, part in enumerate(condition.parts):
            yield from steps(part, (*so_far, number))


def at(condition: Condition, step: Step) -> Condition:
    for number in step:
        assert isinstance(condition, All | AnyOf)
        condition = condition.parts[number]
    return condition


def put(condition: Condition, step: Step, new: Condition) -> Condition:
    """The condition with `new` in one place."""
    if not step:
        return new
    assert isinstance(condition, All | AnyOf)
    parts = list(condition.parts)
    parts[step[0]] = put(parts[step[0]], step[1:], new)
    return both(*parts) if isinstance(condition, All) else either(*parts)


def short(condition: Condition) -> str:
    """A condition in a few words."""
    if isinstance(condition, Is):
        return f"{condition.fact}={'|'.join(sorted(condition.values))}"
    return f"{'all' if isinstance(condition, All) else 'any'} of {len(condition.parts)}"


def _of_organisations(content: Content) -> Iterator[Mutation]:
    """A holder that is gone, that has lost a power some goal asks of it, or that begins later."""
    for organisation in content.organisations.values():
        held = [duty for duty in content.duties.values() if _holds(content, duty, organisation.id)]
        if not held:
            continue
        orphaned = without(content.organisations, organisation.id)
        yield _organisations(content, "drop-holder", organisation.id, "dropped", orphaned)
        asked = {content.goals[name].power for duty in held for name in duty.meets if name in content.goals}
        for power in sorted({own.id for own in organisation.powers} & {name for name in asked if name}):
            rest = tuple(own for own in organisation.powers if own.id != power)
            changed_one = {**content.organisations, organisation.id: replace(organisation, powers=rest)}
            yield _organisations(content, "drop-power", organisation.id, power, changed_one)
        for what, period in _shifted(organisation.exists):
            moved = {**content.organisations, organisation.id: replace(organisation, exists=period)}
            yield _organisations(content, "shift-date", organisation.id, what, moved)


def _holds(content: Content, duty: Duty, name: str) -> bool:
    finders = {value.organisation for value in content.facts[FINDER].values}
    return duty.holder == name or (duty.holder == FINDER and name in finders and bool(duty.meets))


def _organisations(content: Content, kind: str, where: str, what: str, table: Mapping[str, object]) -> Mutation:
    return Mutation(kind, where, what, _changing(content, organisations=table))


def _of_constraints(content: Content, chance: Random) -> Iterator[Mutation]:
    for item in content.constraints.values():
        fewer = without(content.constraints, item.id)
        yield Mutation("drop-constraint", item.id, "dropped", _changing(content, constraints=fewer))
        atom = _atom(content.facts.domains, chance)
        weaker = {**content.constraints, item.id: replace(item, never=both(item.never, atom))}
        what = f"only with {short(atom)}"
        yield Mutation("weaken-constraint", item.id, what, _changing(content, constraints=weaker))


def _of_definitions(content: Content, chance: Random) -> Iterator[Mutation]:
    for item in content.definitions.values():
        for _, what, condition in changed(item.condition, content.facts.domains, chance):
            table = {**content.definitions, item.id: replace(item, condition=condition)}
            yield Mutation("change-definition", item.id, what, _changing(content, definitions=table))


def _changing(content: Content, **tables: Mapping[str, object]) -> Callable[[], Content]:
    """Makes the content with other tables, when it is asked for."""
    return lambda: altered(content, **tables)
