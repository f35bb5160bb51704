"""Why a rule holds or does not: the few facts that settle it, to be said in a sentence."""

from __future__ import annotations

from schakel.rules.conditions import All, Condition, Is, atoms
from schakel.rules.engine import kleene
from schakel.rules.space import Masks, Space


def why(rule: Condition, masks: Masks, space: Space, truth: bool) -> tuple[str, ...]:
    """The components whose possible values make `rule` certainly `truth`, in reading order.

    Where every part of a choice is needed, all are given; where one suffices, the one that rests on
    the fewest facts. A rule that is settled only because its cases are exhausted, or by a
    constraint, rests on all its known components.
    """
    if kleene(rule, masks, space) is truth:
        return tuple(dict.fromkeys(_decisive(rule, masks, space, truth)))
    names = dict.fromkeys(atom.fact for atom in atoms(rule))
    known = tuple(name for name in names if masks[space.index[name]] != space.anything[space.index[name]])
    return known or tuple(names)


def _decisive(rule: Condition, masks: Masks, space: Space, truth: bool) -> list[str]:
    if isinstance(rule, Is):
        return [rule.fact]
    settled = [part for part in rule.parts if kleene(part, masks, space) is truth]
    if isinstance(rule, All) is truth:
        return [name for part in settled for name in _decisive(part, masks, space, truth)]
    return min((_decisive(part, masks, space, truth) for part in settled), key=len, default=[])
