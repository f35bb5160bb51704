"""A report that somebody tells by telephone or letter: who told it, and by whose rules on sharing it goes on.

The registration point writes it down. Report, person and situation stay three things: who told is kept with the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from loket.accounts.people import Member
from schakel.mechanism.content import load

CHANNELS: Final = ("telephone", "letter")
TAKES: Final = "registrar"  # the role that writes down what others tell
TOOK: Final = "took"
REPORTED: Final = "reported"
SELF, CITIZEN = "person_self", "citizen"


@dataclass(frozen=True)
class Taken:
    """What is kept of the telling: how, who (a value of the fact `finder`), in which words they are known, and when."""

    channel: str
    who: str
    teller: str
    on: date


def relation_of(by: Member) -> str:
    """How somebody who fills in a draft stands to it: as who reported it, or as who wrote down what was told."""
    return TOOK if by.role == TAKES else REPORTED


def reporter_kind(who: str) -> str:
    """The kind of organisation that told, or the kind of finder for who belongs to none."""
    finder = load().facts["finder"]
    return (finder.value(who).organisation or who) if who in finder.value_ids else who


def tells(by: Member, who: str) -> str:
    """By whose rules on sharing a draft is submitted: those of who told it, whoever wrote it down."""
    if by.role != TAKES:
        return by.organisation_kind
    kind = reporter_kind(who)
    if kind in load().organisations:
        return kind
    return "person" if who == SELF else CITIZEN
