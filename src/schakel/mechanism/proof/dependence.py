"""Which claims a change of the content can touch: only these need to be shown again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from schakel.mechanism.content import Content
from schakel.mechanism.model import FINDER, Duty
from schakel.mechanism.proof.claims import Item, Scope
from schakel.mechanism.proof.holders import TIME
from schakel.rules.conditions import support

KINDS = ("duties", "goals", "gaps", "rights", "organisations", "constraints")


@dataclass(frozen=True)
class Touched:
    """The ids that differ between two contents, by kind."""

    ids: Mapping[str, frozenset[str]]

    def __getitem__(self, kind: str) -> frozenset[str]:
        return self.ids[kind]


def touched(old: Content, new: Content) -> Touched:
    """Every duty, goal, gap, right, organisation and constraint that reads differently, is new or is gone."""
    return Touched({kind: frozenset(_differing(getattr(old, kind), getattr(new, kind))) for kind in KINDS})


def _differing(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    for name in {**old, **new}:
        before, after = old.get(name), new.get(name)
        if before is not after and before != after:
            yield name


def both_sides(old: Content, new: Content, name: str) -> tuple[Duty, ...]:
    """A duty as it was and as it is, where it exists."""
    return tuple(content.duties[name] for content in (old, new) if name in content.duties)


def overridden(old: Content, new: Content, duties: frozenset[str]) -> frozenset[str]:
    """The duties that any of `duties` overrides, before or after."""
    return frozenset(lesser for name in duties for duty in both_sides(old, new, name) for lesser in duty.overrides)


def changed_duties(old: Content, new: Content, change: Touched) -> frozenset[str]:
    """The duties of which the condition or the holder can differ: those touched, and those they override."""
    organisations = change["organisations"]
    held = {
        duty.id
        for content in (old, new)
        for duty in content.duties.values()
        if organisations and (duty.holder in organisations or duty.holder == FINDER)
    }
    return change["duties"] | held | overridden(old, new, change["duties"])


def scope(old: Content, new: Content, change: Touched) -> Scope:
    """The parts of the content about which a claim can come out differently."""
    duties = set(changed_duties(old, new, change) | _constrained(old, new, change))
    goals = set(change["goals"]) | _goals_under(old, new, change)
    tasks = set()
    for name in duties:
        for duty in both_sides(old, new, name):
            goals |= set(duty.meets)
            tasks.add(duty.task)
    for content in (old, new):
        goals |= {goal.id for goal in content.goals.values() if change["gaps"] & set(goal.gaps)}
        duties |= {duty.id for duty in content.duties.values() if duties & set(duty.after)}
    items: set[Item] = {("duty", name) for name in duties} | {("goal", name) for name in goals}
    items |= {("task", name) for name in tasks}
    return Scope(frozenset(items | ({("constraint", "")} if change["constraints"] else set())))


def _components(old: Content, new: Content, change: Touched) -> frozenset[str]:
    """The components that a changed constraint can reach, through the others as well."""
    rules = [item for content in (old, new) for item in content.constraints.values()]
    reached = {name for item in rules if item.id in change["constraints"] for name in support(item.never)}
    grown = True
    while grown:
        wider = {name for item in rules if reached & support(item.never) for name in support(item.never)} | reached
        grown, reached = wider != reached, wider
    return frozenset(reached)


def _constrained(old: Content, new: Content, change: Touched) -> set[str]:
    """The duties of which a condition rests on what a changed constraint can reach."""
    reached = _components(old, new, change)
    return {
        duty.id
        for content in (old, new)
        for duty in content.duties.values()
        if reached and any(reached & support(version.applies_when) for version in duty.versions)
    }


def _goals_under(old: Content, new: Content, change: Touched) -> set[str]:
    reached = _components(old, new, change)
    found = set()
    for content in (old, new) if reached else ():
        everywhere = reached & {FINDER, TIME}
        for goal in content.goals.values():
            gaps = [content.gaps[name].when for name in goal.gaps if name in content.gaps]
            if everywhere or any(reached & support(condition) for condition in (goal.when, *gaps)):
                found.add(goal.id)
    return found
