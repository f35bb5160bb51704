"""Where somebody in a role can go: what stands in the menu, and what stands on the overview with a word about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schakel.casework.content import access
from schakel.mechanism.content import load

ANYBODY: Final = ""


@dataclass(frozen=True)
class Place:
    """One page: the name of its address, the key of its words, and the actions of which a role needs one to go there.

    `first`: in the menu of every page; the others stand on the overview.
    """

    url: str
    words: str
    actions: tuple[str, ...]
    first: bool = False


PLACES: Final = (
    Place("work", "casework.work", ("do_duty", "submit"), first=True),
    Place("registrations", "casework.registrations", ("decide_registration",), first=True),
    Place("referrals", "care.referrals", ("refer", "answer_referral"), first=True),
    Place("placements", "care.placements", ("request_place", "offer_place"), first=True),
    Place("own", "care.own", ("ask_correction",), first=True),
    Place("stalled", "casework.stalled", ("see_stalled",)),
    Place("missing_list", "casework.missing_list", ("missing_alert",)),
    Place("search", "care.search", ("search_name",)),
    Place("doubles", "care.doubles", ("see_duplicates",)),
    Place("corrections", "care.corrections", ("decide_correction",)),
    Place("emergencies", "care.emergencies", ("decide_registration", "verify_audit")),
    Place("directory", "care.directory", ("do_duty", "submit", "refer", "answer_referral")),
    Place("intake", "exchange.intake", ("submit",)),
    Place("exports", "exchange.exports", ("decide_registration",)),
    Place("connections", "exchange.connections", (ANYBODY,)),
)


def places(role: str, *, first: bool | None = None) -> list[Place]:
    """The pages for a role, in order; `first` picks those of the menu, or those of the overview only."""
    may = {ANYBODY, *access(load()).roles[role].actions}
    return [one for one in PLACES if may & set(one.actions) and first in (None, one.first)]
