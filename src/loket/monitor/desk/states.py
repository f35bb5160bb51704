"""The lifecycle of a publication, as the content has it: what may follow on what, and the sentence where it may not."""

from __future__ import annotations

from collections.abc import Collection

from loket.audit.who import Refused
from loket.monitor.desk.models import Draft
from loket.monitor.desk.who import ROLE
from schakel.casework.lifecycles import Lifecycle, Move, lifecycles, move
from schakel.mechanism.content import load
from schakel.vocabulary.texts import Text

SERVER = "server"
GONE = ("published", "withdrawn", "discarded")
"""States in which nothing of the upload is kept any more."""


class NotNow(Refused):
    """A step that the state does not allow: told in its own sentence."""

    def __init__(self, why: Text, **entry: object) -> None:
        super().__init__("not_now", **entry)
        self.why = why


def cycle() -> Lifecycle:
    return lifecycles(load())["publication"]


def after(draft: Draft, event: str, *, by: str = ROLE, given: Collection[str] = ()) -> str:
    """The state that follows. Raises NotNow with the sentence of the table."""
    step = move(cycle(), draft.state, event, by=(by,), given=given)
    if isinstance(step, Move):
        return step.to
    raise NotNow(step.why, event=f"desk.{event}", kind="release", object=draft.pk)


def open_to(draft: Draft) -> frozenset[str]:
    """The events that the author may choose from now."""
    return frozenset(row.event for row in cycle().exits(draft.state) if ROLE in row.who)
