"""Every counterexample again in the engine itself, from its facts document, before anybody sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import yaml

from schakel.mechanism.assess import PersonView, assess, masks_of
from schakel.mechanism.content import Content
from schakel.mechanism.edition import NOT_YET, Edition
from schakel.mechanism.facts_file import parse_facts
from schakel.mechanism.proof.claims import Forbidden
from schakel.mechanism.proof.told import Cube, Told, by_finder, document
from schakel.mechanism.situation import Situation, known
from schakel.rules.conditions import Condition
from schakel.rules.engine import RuleSet
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY, Outcome
from schakel.rules.space import Masks


class Unconfirmed(RuntimeError):
    """The engine does not confirm what the solver found: one of the two is wrong, and nothing may be printed."""


def written(facts: object) -> str:
    """A facts document as YAML."""
    return yaml.safe_dump(facts, sort_keys=False, allow_unicode=True)


def confirm(content: Content, claim: Forbidden, cube: Cube, whole: Cube) -> None:
    """Raise `Unconfirmed` unless the engine, too, refutes `claim`.

    In `whole`, one wholly told situation, the plain judge of the claim must say so of the assessment;
    in the shortened `cube`, for each of its finders, every condition must be certain that has to
    hold, and impossible that has to fail.
    """
    if not claim.judge(view_of(content, claim.edition, whole)):
        raise Unconfirmed(f"{claim.kind} {claim.id}: the engine does not see it in {shown(content, claim, whole)}")
    for told in by_finder(cube):
        if not certain(content, claim, told):
            raise Unconfirmed(f"{claim.kind} {claim.id}: not certain for the engine in {shown(content, claim, told)}")


def certain(content: Content, claim: Forbidden, cube: Cube) -> bool:
    """Whether the engine holds that all is so that refutes the claim, whatever has not been told."""
    edition = claim.edition
    masks = masks_in(content, edition, cube)
    holding = all(outcome(edition, masks, one).status == APPLIES for one in claim.holds)
    return holding and all(outcome(edition, masks, one).status == DOES_NOT_APPLY for one in claim.fails)


def outcome(edition: Edition, masks: Masks, condition: Condition) -> Outcome:
    """What the engine says of one condition."""
    return RuleSet(edition.space, {"asked": condition}).decide_consistent(masks)["asked"]


def shown(content: Content, claim: Forbidden, cube: Cube) -> str:
    return str(document(content, claim.edition.day, cube))


def situation_of(content: Content, edition: Edition, cube: Sequence[Told]) -> Situation:
    """The situation, read back from the text of its facts document."""
    text = written(document(content, edition.day, cube))
    return parse_facts(content, text, on=edition.day, name="counterexample")


def view_of(content: Content, edition: Edition, cube: Sequence[Told]) -> PersonView:
    """The engine's view of a situation.

    A facts document cannot say that an event has not happened; events of `cube` that have not are
    taken into account afterwards.
    """
    view = assess(content, situation_of(content, edition, cube)).persons[0]
    if not any(told.pending for told in cube):
        return view
    masks = _without_pending(view.edition, view.masks, cube)
    return replace(view, masks=masks, decided=view.edition.rules.decide_consistent(masks))


def masks_in(content: Content, edition: Edition, cube: Sequence[Told]) -> Masks:
    """What a situation leaves possible, as the engine prunes it."""
    situation = situation_of(content, edition, cube)
    told = known(content.facts, situation, situation.persons[0], content.counting)
    return _without_pending(edition, masks_of(edition, told), cube)


def _without_pending(edition: Edition, masks: Masks, cube: Sequence[Told]) -> Masks:
    space = edition.space
    narrowed = list(masks)
    for told in cube:
        if told.pending:
            narrowed[space.index[told.fact]] &= space.bits[told.fact, NOT_YET]
    consistent = space.consistent(tuple(narrowed))
    if consistent is None:
        raise Unconfirmed(f"the engine holds that this cannot be: {document(edition.content, edition.day, cube)}")
    return consistent
