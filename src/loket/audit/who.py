"""Who acts, and how a refusal is told: the words that every room uses to speak to the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

DONE, REFUSED = "done", "refused"
CLIENTS = ("counter", "api", "command", "import")


@dataclass(frozen=True)
class Actor:
    """Somebody in a role for an organisation. Names are not in it: ids only.

    on_behalf_of: the person responsible, where somebody acts for another. emergency: inside an opened glass.
    """

    user: str
    organisation: str = ""
    role: str = ""
    on_behalf_of: str = ""
    client: str = "counter"
    emergency: bool = False


# Commands on the server are given by whoever may log in there; the log can only say that it was a command.
SERVER = Actor(user="server", role="key_keeper", client="command")


class Refused(Exception):
    """This may not be done. ``reason`` is a code that the room has a sentence for, in both languages.

    Raised inside ``actions.act``, it undoes the work and is written in the log; the other fields say what was asked.
    """

    def __init__(self, reason: str, **entry: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.entry = entry


@dataclass
class Trail:
    """What is to be written when the work is done, in order."""

    notes: list[dict[str, Any]] = field(default_factory=list)

    def note(self, event: str, **what: Any) -> None:
        """One entry: see ``models.Entry`` for the fields (kind, object, subject, place, relation, purpose, ground)."""
        self.notes.append({"event": event, **what})
