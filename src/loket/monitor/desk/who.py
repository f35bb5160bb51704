"""Who may make, sign and publish figures: a researcher of the Rapporteur, and nobody else. No ministry approves."""

from __future__ import annotations

from typing import Final

from loket.accounts.people import Member
from loket.audit.actions import act
from loket.audit.who import Refused

ROLE: Final = "researcher"
ORGANISATION: Final = "national-rapporteur"
PURPOSE: Final = "publishing_figures"


def may(member: Member) -> bool:
    """Whether this person is a researcher of the Rapporteur."""
    return member.role == ROLE and member.organisation_kind == ORGANISATION


def must(member: Member, event: str, **entry: object) -> None:
    """Raises Refused, so that the refusal is told and written in the log."""
    if not may(member):
        raise Refused("only_rapporteur", event=event, **entry)


def must_read(member: Member, event: str, **entry: object) -> None:
    """The same where nothing is written: who tried to look and might not is in the log all the same."""
    if not may(member):
        with act(by=member.actor, purpose=PURPOSE):
            must(member, event, **entry)
