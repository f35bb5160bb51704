"""No double lead: of one task, for one person, two different holders never lead at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from schakel.mechanism.assess import PersonView
from schakel.mechanism.content import Content
from schakel.mechanism.model import FINDER, PARTS, Duty
from schakel.mechanism.proof.claims import EVERYTHING, Claim, Forbidden, Names, Scope
from schakel.mechanism.proof.prover import Prover
from schakel.rules.conditions import ALWAYS, NEVER, Condition, Is
from schakel.rules.outcome import APPLIES

LEAD = PARTS[0]


def claims(prover: Prover, scope: Scope = EVERYTHING) -> Iterator[Claim]:
    """Every pair of lead duties of one task with different holders, in every edition."""
    for task, duties in leading(prover.content).items():
        if ("task", task) not in scope:
            continue
        for one, other in combinations(duties, 2):
            apart = different(prover.content, one, other)
            if apart == NEVER:
                continue
            judge = partial(both_lead, one=one, other=other)
            names: Names = {"task": task, "one": one.title, "other": other.title}
            for edition in prover.editions:
                holds = (edition.conditions[one.id], edition.conditions[other.id], apart)
                yield Forbidden("double_lead", f"{task}: {one.id} / {other.id}", ("task", task), edition, holds, (),
                                judge, names)  # fmt: skip


def leading(content: Content) -> dict[str, list[Duty]]:
    """The lead duties of each task."""
    out: dict[str, list[Duty]] = {}
    for duty in content.duties.values():
        if duty.part == LEAD:
            out.setdefault(duty.task, []).append(duty)
    return out


def different(content: Content, one: Duty, other: Duty) -> Condition:
    """When the holders of two duties are different: a finder is the organisation that the finder works for."""
    if one.holder == other.holder:
        return NEVER
    if FINDER not in (one.holder, other.holder):
        return ALWAYS
    concrete = other.holder if one.holder == FINDER else one.holder
    elsewhere = frozenset(value.id for value in content.facts[FINDER].values if value.organisation != concrete)
    return Is(FINDER, elsewhere) if elsewhere else NEVER


def both_lead(view: PersonView, one: Duty, other: Duty) -> bool:
    """Whether, for the engine, both apply and their holders differ."""
    first, second = view.by_id[one.id], view.by_id[other.id]
    return first.status == second.status == APPLIES and first.holder != second.holder
