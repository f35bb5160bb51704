"""A registration has ended: what still waits for it stops, and says so; help that was accepted goes on.

What stops, and where it goes, stands in the lifecycles of duties, referrals, transfers and requests for a place: the
event `registration_ends`. Where the data of the person are destroyed nobody can end what still runs: `data_destroyed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from schakel.casework.duty import OPEN, REFUSED
from schakel.casework.lifecycles import Lifecycle, Transition, lifecycles
from schakel.casework.words import each, filled, title_of
from schakel.mechanism.content import Content
from schakel.vocabulary.texts import Text, text

EVENT: Final = "registration_ends"
DESTROYED_EVENT: Final = "data_destroyed"
ENDED: Final = "ended"  # the kind of the change of a task
DESTROYED: Final = "destroyed"

# The states of a registration, or of a count, in which its duties are tasks; before that the plan is only shown.
WORKING: Final = ("submitted", "returned", "accepted", "reopened", "counted")
# Those in which the registration point has taken it up: before that only the finder and that point work on it.
TAKEN: Final = ("accepted", "reopened", "counted")
# Those in which nothing that waits goes on. A count that goes on by name (`named`) is none: its duties go on with it.
OVER: Final = ("declined", "closed", "withdrawn", "merged", "double", DESTROYED)
# What stops, as it is stored (that a duty is late, its day says): the states that the lifecycles name.
TASKS: Final = (OPEN, REFUSED)
REFERRALS: Final = ("requested", "refused", "expired")
REQUESTS: Final = ("waiting", "offered", "refused")

WHY: Final = text({"nl": "De registratie is {state}.", "en": "The registration is {state}."})
BACK: Final = text({
    "nl": "Loopt zij weer, dan komt deze plicht terug als zij dan nog geldt.",
    "en": "When it runs again, this duty comes back if it then still holds.",
})  # fmt: skip
SAID: Final = text({"nl": "Gestopt: {title}. {why}", "en": "Stopped: {title}. {why}"})


@lru_cache(maxsize=32)
def stopping(cycle: Lifecycle, event: str = EVENT) -> Mapping[str, Transition]:
    """What stops with a registration: by state the transition, from the table of the lifecycle."""
    return {row.state: row for row in cycle.transitions if row.event == event}


@lru_cache(maxsize=64)
def why_over(content: Content, cycle: str, state: str) -> Text:
    """Why a duty is no task any more, and whether it comes back; `cycle` is `registration` or `count`."""
    found = lifecycles(content)[cycle]
    name, again = found.state(state).name, any(row.to in WORKING for row in found.exits(state))
    return each(lambda lang: " ".join([WHY(lang).format(state=name(lang)), *([BACK(lang)] if again else [])]))


def stopped(content: Content, duty: str, why: Text) -> Text:
    """What is put on record of a duty that stops."""
    return filled(SAID, title=title_of(content, duty), why=why)
