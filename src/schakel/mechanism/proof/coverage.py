"""Nobody falls between two chairs: each goal is met by a holder that counts, outside its known gaps and not inside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from schakel.mechanism.assess import DutyOutcome, PersonView
from schakel.mechanism.content import Content
from schakel.mechanism.edition import Edition
from schakel.mechanism.model import Gap, Goal, Organisation
from schakel.mechanism.proof.claims import EVERYTHING, Claim, Forbidden, Needed, Scope
from schakel.mechanism.proof.holders import ALWAYS_OPEN, MUST, NOBODY, OFFICE_HOURS, TIME, counting
from schakel.mechanism.proof.prover import Prover
from schakel.mechanism.proof.replay import outcome
from schakel.rules.conditions import NEVER, Condition
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY

COUNTEREXAMPLES = 6
"""How many counterexamples of one goal an edition shows at most."""


def claims(prover: Prover, scope: Scope = EVERYTHING) -> Iterator[Claim]:
    """Every goal in every edition, and every known gap."""
    for goal in prover.content.goals.values():
        if ("goal", goal.id) in scope:
            yield from _covered(prover, goal)
            yield from _gaps_needed(prover, goal)


def _covered(prover: Prover, goal: Goal) -> Iterator[Claim]:
    item, names = ("goal", goal.id), {"goal": goal.title}
    outside = tuple((edition, (goal.when,), gap_conditions(edition, goal)) for edition in prover.editions)
    for edition, holds, gaps in outside:
        judge = partial(uncovered, goal=goal)
        yield Forbidden("uncovered", goal.id, item, edition, holds, (*gaps, *met(edition, goal)), judge, names,
                        COUNTEREXAMPLES)  # fmt: skip
    yield Needed("vacuous", goal.id, item, tuple((edition, (goal.when,), ()) for edition, _, _ in outside), names)


def _gaps_needed(prover: Prover, goal: Goal) -> Iterator[Claim]:
    for gap in known_gaps(prover.content, goal):
        inside = tuple((claim.edition, claim.holds, claim.fails) for claim in inside_gap(prover, goal, gap))
        yield Needed("gap_not_needed", f"{gap.id}/{goal.id}", ("goal", goal.id), inside,
                     {"gap": gap.title, "goal": goal.title})  # fmt: skip


def swallowed(prover: Prover, goal: Goal) -> list[Edition]:
    """The editions in which the known gaps of a goal leave nothing of it to be proven."""
    return [
        edition
        for edition in prover.editions
        if not prover.possible(edition, prover.all_of((goal.when,), gap_conditions(edition, goal)))
    ]


def inside_gap(prover: Prover, goal: Goal, gap: Gap) -> Iterator[Forbidden]:
    """For each edition of the gap: the goal is not met inside it. Refuted means that the gap is there."""
    for edition in prover.editions:
        if edition.day in gap.period:
            yield Forbidden(
                "gap", f"{gap.id}/{goal.id}", ("goal", goal.id), edition, (goal.when, gap.when), met(edition, goal),
                partial(fails_inside, goal=goal, gap=gap), {"gap": gap.title, "goal": goal.title},
            )  # fmt: skip


def known_gaps(content: Content, goal: Goal) -> tuple[Gap, ...]:
    """The known gaps that a goal names."""
    return tuple(content.gaps[name] for name in goal.gaps if name in content.gaps)


def gap_conditions(edition: Edition, goal: Goal) -> tuple[Condition, ...]:
    return tuple(gap.when for gap in known_gaps(edition.content, goal) if edition.day in gap.period)


def met(edition: Edition, goal: Goal) -> tuple[Condition, ...]:
    """The conditions under which a duty meets the goal, one a duty; those that never do are left out."""
    found = (counting(edition, duty, goal) for duty in edition.content.duties.values() if goal.id in duty.meets)
    return tuple(condition for condition in found if condition != NEVER)


# What follows is the plain meaning, read off the engine's answers in a wholly told situation: the judge of the above.


def uncovered(view: PersonView, goal: Goal) -> bool:
    """Whether the goal comes up in this situation, outside its known gaps, and no duty meets it."""
    outside = all(
        view.decided[f"gap:{gap.id}"].status == DOES_NOT_APPLY
        for gap in known_gaps(view.content, goal)
        if view.edition.day in gap.period
    )
    return outside and outcome(view.edition, view.masks, goal.when).status == APPLIES and not meeting(view, goal)


def fails_inside(view: PersonView, goal: Goal, gap: Gap) -> bool:
    """Whether the goal comes up in this situation, inside a known gap, and no duty meets it."""
    inside = view.decided[f"gap:{gap.id}"].status == APPLIES
    return inside and outcome(view.edition, view.masks, goal.when).status == APPLIES and not meeting(view, goal)


def meeting(view: PersonView, goal: Goal) -> tuple[str, ...]:
    """The duties that meet the goal in this situation."""
    return tuple(one.duty.id for one in view.duties if goal.id in one.duty.meets and _counts(view, one, goal))


def _counts(view: PersonView, one: DutyOutcome, goal: Goal) -> bool:
    version, organisation = one.version, view.content.organisations.get(one.holder)
    if one.status != APPLIES or version is None or not version.read or version.strength != MUST:
        return False
    if organisation is None or organisation.id in NOBODY or not _able(view, organisation, goal):
        return False
    there = one.duty.holder != one.holder or not goal.at_night or organisation.hours == ALWAYS_OPEN
    return there or OFFICE_HOURS in _values(view, TIME) or _stand_in(view, organisation, goal)


def _able(view: PersonView, organisation: Organisation, goal: Goal) -> bool:
    return organisation.existed(view.situation.on) and organisation.has(goal.power)


def _stand_in(view: PersonView, organisation: Organisation, goal: Goal) -> bool:
    other = view.content.organisations.get(organisation.night_holder)
    return other is not None and other.hours == ALWAYS_OPEN and _able(view, other, goal)


def _values(view: PersonView, name: str) -> tuple[str, ...]:
    space = view.edition.space
    return space.values(name, view.masks[space.index[name]]) if name in space.index else ()
