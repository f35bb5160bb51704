"""Which action of the access book each event of a registration is, and for which purpose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

REGISTRATION: Final = "registration"
DECIDES: Final = "decide_registration"
ACTIONS: Final[Mapping[str, str]] = {
    "merge": "merge", "unmerge": "merge", "answer": "answer_question", "name": "answer_question",
    "submit": "submit",
}  # fmt: skip
# The access book knows no action of its own for withdrawing: for each role the nearest of what it may do.
WITHDRAWS: Final[Mapping[str, tuple[str, str]]] = {
    "finder": ("answer_question", REGISTRATION), "person": ("withdraw_consent", "own"),
    "guardian": ("withdraw_consent", "own"),
}  # fmt: skip
ELSEWHERE: Final = ("submit", "merge", "unmerge", "destroy", "name")  # these have actions of their own


def action_of(event: str, role: str) -> tuple[str, str]:
    """The action and the purpose that an event takes of somebody in a role."""
    if event == "withdraw":
        return WITHDRAWS.get(role, (DECIDES, REGISTRATION))
    return ACTIONS.get(event, DECIDES), REGISTRATION
