"""What may be told to the outside, how often it is tried again, and how it is signed. Nothing is stored here."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from schakel.casework.content import sharing
from schakel.mechanism.content import load
from schakel.networks.decision import Decision
from schakel.networks.model import FORBIDS
from schakel.networks.sharing import MESSAGE as MESSAGE_WAY
from schakel.networks.sharing import Party, Question, may_share

EVENTS: Final = (
    "registration.submitted", "registration.returned", "registration.accepted", "registration.declined",
    "registration.closed", "referral.requested", "referral.accepted", "referral.refused", "referral.done",
    "referral.revoked", "referral.expired", "consent.withdrawn", "duty.made",
    "correction.granted", "correction.partly",
)  # fmt: skip
# Minutes until the next try. After the last one a line is given up, and the page of the organisation says so.
AGAIN: Final = (1, 5, 30, 120, 360, 720, 1_440)
CLAIM: Final = timedelta(minutes=2)  # how long one worker has for a line before another may take it
SIGNATURE: Final = "Schakel-Signature"
MESSAGE: Final = "Schakel-Message"


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after so many tries; None where enough is enough."""
    return now + timedelta(minutes=AGAIN[tries - 1]) if tries <= len(AGAIN) else None


def body(message: object, what: str, thing: object, at: datetime) -> bytes:
    """What a webhook gets: that something of this kind changed, and a random id to ask the API about. No person."""
    said = {"id": str(message), "what": what, "object": str(thing or ""), "at": at.isoformat(timespec="seconds")}
    return json.dumps(said, separators=(",", ":")).encode()


def signature(secret: str, sent: bytes, moment: int) -> str:
    """The header that proves who sent it and when: HMAC-SHA256 over the moment, a dot and the body."""
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + sent, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def new_secret(kind: str) -> str:
    """A secret that says what it is for, so that one that leaks is recognised: 256 bits."""
    return f"schakel_{kind}_{secrets.token_urlsafe(32)}"


def digest(secret: str) -> str:
    """How a secret of that size is kept: nobody guesses it back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def forbidden(kind: str, on: date) -> Decision | None:
    """The decision that forbids automatic messages to this kind of organisation, if a rule does (hazard 1)."""
    book = sharing(load())
    asked = Question(Party("comensha"), Party(kind), "status", "arrange-care", on, way="webhook")
    decision, by_message = may_share(book, asked), may_share(book, replace(asked, way=MESSAGE_WAY))
    because_of_the_way = set(decision.rules) - set(by_message.rules)
    return decision if any(book.rules[rule].effect == FORBIDS for rule in because_of_the_way) else None
