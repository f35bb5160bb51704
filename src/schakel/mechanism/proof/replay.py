"""Every counterexample again in the engine itself, from its facts document, before anybody sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import yaml

from schakel.mechanism.assess import PersonView, assess
from schakel.mechanism.content import Content
from schakel.mechanism.edition import NOT_YET, Edition
from schakel.mechanism.facts_file import parse_facts
from schakel.mechanism.proof.claims import Forbidden
from schakel.mechanism.proof.told import Cube, Told, document
from schakel.rules.conditions import Condition
from schakel.rules.engine import RuleSet
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY


class Unconfirmed(RuntimeError):
    """The engine does not confirm what the solver found: one of the two is wrong, and nothing may be printed."""


def written(facts: object) -> str:
    """A facts document as YAML."""
    return yaml.safe_dump(facts, sort_keys=False, allow_unicode=True)


def view_of(content: Content, edition: Edition, cube: Sequence[Told]) -> PersonView:
    """The engine's view of a situation, read back from the text of its facts document.

    A facts document cannot say that an event has not happened; those of `cube` are narrowed afterwards.
    """
    text = written(document(content, edition.day, cube))
    view = assess(content, parse_facts(content, text, on=edition.day, name="counterexample")).persons[0]
    pending = [told.fact for told in cube if told.pending]
    return _narrowed(view, pending) if pending else view


def _narrowed(view: PersonView, pending: list[str]) -> PersonView:
    space = view.edition.space
    masks = list(view.masks)
    for name in pending:
        masks[space.index[name]] &= space.bits[name, NOT_YET]
    consistent = space.consistent(tuple(masks))
    if consistent is None:
        raise Unconfirmed(f"the engine holds that these cannot be together: {', '.join(pending)}")
    return replace(view, masks=consistent, decided=view.edition.rules.decide_consistent(consistent))


def confirm(content: Content, claim: Forbidden, cube: Cube, whole: Cube) -> None:
    """Raise `Unconfirmed` unless the engine, too, refutes `claim`.

    In `whole`, one wholly told situation, the plain judge of the claim must say so; in the shortened
    `cube` every condition must be certain that has to hold, and impossible that has to fail.
    """
    if not claim.judge(view_of(content, claim.edition, whole)):
        raise Unconfirmed(
            f"{claim.kind} {claim.id}: the engine does not see it in {shown(content, claim, whole)}"
        )
    view = view_of(content, claim.edition, cube)
    certain = all(status(view, condition) == APPLIES for condition in claim.holds)
    ruled_out = all(status(view, condition) == DOES_NOT_APPLY for condition in claim.fails)
    if not (certain and ruled_out):
        raise Unconfirmed(
            f"{claim.kind} {claim.id}: not certain for the engine in {document(content, claim.edition.day, cube)}"
        )


def status(view: PersonView, condition: Condition) -> str:
    """What the engine says of one condition in a situation."""
    return RuleSet(view.edition.space, {"asked": condition}).decide_consistent(view.masks)["asked"].status
