"""Why a rule holds or does not: the few facts that settle it, to be said in a sentence."""

from __future__ import annotations

from schakel.rules.conditions import atoms
from schakel.rules.engine import RuleSet, Verdicts
from schakel.rules.space import Masks


def why(rules: RuleSet, name: str, masks: Masks, verdicts: Verdicts, truth: bool) -> tuple[str, ...]:
    """The components whose possible values make rule `name` certainly `truth`, in reading order.

    `verdicts` are those of `rules` for `masks`, worked out once a situation.
    Where every part of a choice is needed, all are given; where one suffices, the one that rests on
    the fewest facts. A rule that is settled only because its cases are exhausted, or by a
    constraint, rests on all its known components.
    """
    settled = verdicts.truths if truth else verdicts.falsehoods
    top = verdicts.top_of[name]
    if settled[top]:
        return tuple(dict.fromkeys(_decisive(top, truth, settled, verdicts)))
    space = rules.space
    names = dict.fromkeys(atom.fact for atom in atoms(rules.rules[name]))
    known = tuple(name for name in names if masks[space.index[name]] != space.anything[space.index[name]])
    return known or tuple(names)


def _decisive(number: int, truth: bool, settled: list[bool], verdicts: Verdicts) -> list[str]:
    node = verdicts.nodes[number]
    if node.component:
        return [node.component]
    parts = [_decisive(part, truth, settled, verdicts) for part in node.parts if settled[part]]
    if node.conjunction is truth:
        return [name for part in parts for name in part]
    return min(parts, key=len, default=[])
