"""Where somebody in a role can go: what stands in the menu, and what stands on the overview with a word about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schakel.casework.content import access
from schakel.mechanism.content import load
from schakel.networks.roles import Role

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
    relation: str = ""  # where the action goes with a relation that not everybody in the role has


PLACES: Final = (
    Place("work", "casework.work", ("do_duty", "submit"), first=True),
    Place("registrations", "casework.registrations", ("decide_registration",), first=True),
    Place("referrals", "care.referrals", ("refer", "answer_referral"), first=True),
    Place("placements", "care.placements", ("request_place", "offer_place"), first=True),
    Place("own", "care.own", ("ask_correction",), first=True),
    Place("reports", "casework.reports", ("submit",)),
    Place("stalled", "casework.stalled", ("see_stalled",)),
    Place("missing_list", "casework.missing_list", ("missing_alert",)),
    Place("search", "care.search", ("search_name",)),
    Place("doubles", "care.doubles", ("see_duplicates",)),
    Place("corrections", "care.corrections", ("decide_correction",)),
    Place("erasures", "care.erasures", ("erase", "ask_erasure")),
    Place("emergencies", "care.emergencies", ("decide_registration", "verify_audit")),
    Place("directory", "care.directory", ("do_duty", "submit", "refer", "answer_referral")),
    Place("intake", "exchange.intake", ("submit",), relation="reported"),
    Place("exports", "exchange.exports", ("decide_registration",)),
    Place("connections", "exchange.connections", (ANYBODY,)),
)


def places(role: str, *, first: bool | None = None) -> list[Place]:
    """The pages for a role, in order; `first` picks those of the menu, or those of the overview only."""
    found = access(load()).roles[role]
    may = {ANYBODY, *found.actions}
    return [one for one in PLACES if may & set(one.actions) and first in (None, one.first) and _related(one, found)]


def _related(one: Place, role: Role) -> bool:
    """Whether the role has one of the actions with the relation that the page asks for."""
    return not one.relation or any(
        one.relation in grant.relations and set(one.actions) & grant.actions for grant in role.grants
    )
