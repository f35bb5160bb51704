"""Nothing waits that nobody can move: duties, referrals and requests, in every state of theirs and of a registration.

For each there is a role with a relation that may take a step out of it, or the program does.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from schakel.casework.content import access
from schakel.casework.ending import DESTROYED, DESTROYED_EVENT, EVENT, OVER, WORKING
from schakel.casework.lifecycles import lifecycles
from schakel.mechanism.content import load
from schakel.networks.access import granted

CYCLES = lifecycles(load())
BOOK = access(load())
WAITING = {
    "duty": ("open", "late", "refused"), "referral": ("requested", "accepted", "refused", "expired"),
    "transfer": ("requested", "refused", "expired"), "placement": ("waiting", "offered", "placed", "refused"),
}  # fmt: skip
OWN = ("person", "guardian", "lawyer")  # who speaks for the person: few have an account, so no case hangs on them
INVITED = ("requested", "expired", "waiting", "offered")  # what a receiver is before they said yes (`queries.ties`)
# What a party's step is among the actions of the access book, and by which relation they take it.
ANSWERS = {"referral": "answer_referral", "transfer": "answer_referral", "placement": "offer_place", "duty": "do_duty"}
ASKS = {"referral": "refer", "transfer": "refer", "placement": "request_place", "duty": "do_duty"}
SEEN_AS = {"counted": "accepted", "double": "merged"}  # a count, as the access book knows it
CASES = [(cycle, state) for cycle, states in WAITING.items() for state in states]


def steps(cycle: str, state: str, party: str) -> Iterator[tuple[str, str]]:
    """The actions of the access book, each with the relation, by which this party takes a step."""
    if party in ("receiver", "holder"):
        relation = "invited" if state in INVITED else "assigned"
        yield ("do_duty" if cycle == "referral" and state == "accepted" else ANSWERS[cycle]), relation
    elif party in ("sender", "registrar"):
        yield ASKS[cycle], "registers" if party == "registrar" else "assigned"
        yield ASKS[cycle], "registers"
    elif party == "person":
        yield "withdraw_consent", "self"
    elif party == "guardian":
        yield "withdraw_consent", "represents"


def movers(cycle: str, state: str, registration: str) -> set[str]:
    """The roles that can take some step out of this state, in this state of the registration."""
    parties = {party for row in CYCLES[cycle].exits(state) for party in row.who}
    asked = {step for party in parties for step in steps(cycle, state, party)}
    here = SEEN_AS.get(registration, registration)
    return {role for role in BOOK.roles for action, relation in asked for purpose in BOOK.purposes
            if granted(BOOK, action, role, relation, here, purpose)}  # fmt: skip


def test_everything_that_waits_is_looked_at() -> None:
    for cycle in ("referral", "transfer", "placement"):
        assert set(WAITING[cycle]) == {name for name, state in CYCLES[cycle].states.items() if not state.final}
    assert set(CYCLES["duty"].states) - set(WAITING["duty"]) == {"done", "not_applicable"}


@pytest.mark.parametrize(("cycle", "state"), CASES)
def test_while_a_registration_runs_somebody_can_move_what_waits(cycle: str, state: str) -> None:
    for registration in WORKING:
        assert movers(cycle, state, registration), f"{cycle} {state} is stuck while a registration is {registration}"


@pytest.mark.parametrize(("cycle", "state"), CASES)
def test_once_it_is_over_it_stops_or_somebody_at_the_counter_can_move_it(cycle: str, state: str) -> None:
    stops = (state, EVENT) in CYCLES[cycle].table
    for registration in set(OVER) - {DESTROYED}:
        able = movers(cycle, state, registration) - set(OWN)
        assert stops or able, f"{cycle} {state} is stuck once a registration is {registration}"


@pytest.mark.parametrize(("cycle", "state"), CASES)
def test_once_the_data_are_destroyed_the_program_ends_it(cycle: str, state: str) -> None:
    assert {event for event in (EVENT, DESTROYED_EVENT) if (state, event) in CYCLES[cycle].table}


def test_every_role_that_can_answer_a_referral_can_report_it_done_whatever_became_of_the_registration() -> None:
    receivers = {role for role in BOOK.roles for state in BOOK.states for purpose in BOOK.purposes
                 if granted(BOOK, "answer_referral", role, "invited", state, purpose)}  # fmt: skip
    assert receivers == {"care_coordinator", "shelter", "lawyer", "victim_support", "prosecutor", "network_coordinator"}
    for registration in ("accepted", "reopened", "declined", "closed", "withdrawn", "merged"):
        assert movers("referral", "accepted", registration) >= receivers
        assert movers("placement", "placed", registration) >= {"shelter"}


def test_no_more_of_a_person_is_seen_once_it_is_over_than_before() -> None:
    """What was granted for ended registrations to say that help is done shows nothing."""
    for role in BOOK.roles.values():
        for grant in role.grants:
            if "merged" in grant.states and "submitted" not in grant.states:
                assert grant.actions <= {"do_duty", "offer_place"}
                assert grant.relations == ({"registers"} if role.id == "registrar" else {"assigned"})
