"""Which action of the access book each event of a registration is, and for which purpose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

REGISTRATION: Final = "registration"
DECIDES: Final = "decide_registration"
ACTIONS: Final[Mapping[str, str]] = {
    "merge": "merge", "unmerge": "merge", "unmark": "merge", "answer": "answer_question", "name": "answer_question",
    "submit": "submit",
}  # fmt: skip
OWN: Final = frozenset({"person", "guardian", "lawyer"})  # who withdraws for the person, with the data as their own
ELSEWHERE: Final = ("submit", "merge", "unmerge", "destroy", "name")  # these have actions of their own


def action_of(event: str, role: str) -> tuple[str, str]:
    """The action and the purpose that an event takes of somebody in a role."""
    if event == "withdraw":
        return "withdraw_registration", "own" if role in OWN else REGISTRATION
    return ACTIONS.get(event, DECIDES), REGISTRATION
