"""The plain meaning: enumerate the completions and look. Slow, and the judge of the fast engine.

Nothing clever stands here on purpose. A rule *applies* if it holds in every completion that the
constraints allow, *may apply* if it holds in some, *does not apply* if it holds in none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from schakel.rules.conditions import Condition, holds, support
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY, MAY_APPLY
from schakel.rules.space import Space

Possible = Mapping[str, tuple[str, ...]]


def completions(space: Space, possible: Possible, names: frozenset[str]) -> Iterator[dict[str, str]]:
    """Every assignment of `names` that extends to a completion of the whole situation.

    `possible` gives the values still open for each component that is not wholly unknown.
    """
    ordered = sorted(names)
    fitting = [_fitting(space, possible, names, group) for group in groups(space)]
    for values in product(*(possible.get(name, space.domains[name]) for name in ordered)):
        assignment = dict(zip(ordered, values, strict=True))
        if all(tuple(assignment[name] for name in shared) in fits for shared, fits in fitting):
            yield assignment


def _fitting(
    space: Space, possible: Possible, names: frozenset[str], group: list[Condition]
) -> tuple[list[str], set[tuple[str, ...]]]:
    """The components of `names` that a group of constraints speaks of, and the values of these that it lets be."""
    shared = sorted(names & _names(group))
    choices = product(*(possible.get(name, space.domains[name]) for name in shared))
    fits = (values for values in choices if _extends(space, possible, dict(zip(shared, values, strict=True)), group))
    return shared, set(fits)


def groups(space: Space) -> list[list[Condition]]:
    """The forbidden conditions, those that share a component together."""
    out: list[tuple[set[str], list[Condition]]] = []
    for rule in space.constraints:
        names, conditions = set(support(rule.never)), [rule.never]
        for other in [entry for entry in out if entry[0] & names]:
            out.remove(other)
            names |= other[0]
            conditions += other[1]
        out.append((names, conditions))
    return [conditions for _, conditions in out]


def _extends(space: Space, possible: Possible, assignment: Mapping[str, str], never: list[Condition]) -> bool:
    """Whether the other components of a group can be filled in without breaking one of its constraints.

    Constraints that share no component are looked at apart, which changes nothing in the answer.
    """
    names = sorted(_names(never))
    choices = [(assignment[name],) if name in assignment else possible.get(name, space.domains[name]) for name in names]
    for values in product(*choices):
        whole = dict(zip(names, values, strict=True))
        if not any(holds(condition, whole) for condition in never):
            return True
    return False


def _names(conditions: list[Condition]) -> frozenset[str]:
    return frozenset().union(*(support(condition) for condition in conditions))


def status(space: Space, possible: Possible, condition: Condition) -> str:
    """The status of one rule in one situation, by enumeration."""
    truths = {holds(condition, assignment) for assignment in completions(space, possible, support(condition))}
    if truths == {True}:
        return APPLIES
    return MAY_APPLY if True in truths else DOES_NOT_APPLY


def hangs_on(space: Space, possible: Possible, condition: Condition) -> frozenset[str]:
    """The components on which an undecided rule hangs.

    A component counts if knowing its value can decide the rule, or if two completions that agree on
    everything else the rule rests on, and differ in it, disagree about the rule.
    """
    if status(space, possible, condition) != MAY_APPLY:
        return frozenset()
    names = support(condition)
    worlds = list(completions(space, possible, names))
    return frozenset(name for name in names if _matters(name, worlds, condition))


def _matters(name: str, worlds: list[dict[str, str]], condition: Condition) -> bool:
    by_value: dict[str, set[bool]] = {}
    by_rest: dict[tuple[tuple[str, str], ...], set[bool]] = {}
    for world in worlds:
        truth = holds(condition, world)
        by_value.setdefault(world[name], set()).add(truth)
        rest = tuple(sorted((key, value) for key, value in world.items() if key != name))
        by_rest.setdefault(rest, set()).add(truth)
    decides = len(by_value) > 1 and any(len(truths) == 1 for truths in by_value.values())
    return decides or any(len(truths) == 2 for truths in by_rest.values())
