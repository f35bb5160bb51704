"""Referral and transfer: asked of a receiver, each with its own slice; the finder sees the status only.

What a receiver may see is what the sharing decisions allowed, kind of data by kind of data: a slice cannot hold a field
without a permitting decision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from schakel.casework.lifecycles import Lifecycle, Move, Refusal, move
from schakel.casework.person import CasePerson, Identity
from schakel.mechanism.situation import Claim
from schakel.networks.decision import Decision
from schakel.networks.model import CONSENT, SharingBook
from schakel.vocabulary.errors import refused
from schakel.vocabulary.texts import Text, text

REFERRAL: Final = "referral"
TRANSFER: Final = "transfer"


@dataclass(frozen=True, slots=True)
class Slice:
    """What one receiver may see: kinds of data, each with the decision that allowed it."""

    decisions: Mapping[str, Decision]

    def __post_init__(self) -> None:
        if not all(decision.allowed for decision in self.decisions.values()):
            raise ValueError("a slice holds only kinds of data that a sharing decision allowed")

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(self.decisions)

    @property
    def on_consent(self) -> frozenset[str]:
        """The kinds of data that rest on consent alone: withdrawal takes them away."""
        return frozenset(name for name, one in self.decisions.items() if one.grounds == (CONSENT,))

    def without(self, fields: Collection[str]) -> Slice:
        return Slice({name: one for name, one in self.decisions.items() if name not in fields})


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral, or a transfer of responsibility: who asks whom, for what, with which slice, in what state."""

    id: str
    person: str
    sender: str
    receiver: str
    purpose: str
    kind: str
    slice: Slice
    state: str
    asked_on: date
    answer_by: date | None = None
    reason: str = ""
    outcome: str = ""
    changed_on: date | None = None

    @property
    def responsible(self) -> str:
        """Who answers for the person: the receiver only once a transfer was taken over."""
        return self.receiver if self.kind == TRANSFER and self.state == "accepted" else self.sender


def slice_of(decisions: Mapping[str, Decision]) -> Slice:
    """The slice that these decisions leave: what is not permitted is left out."""
    return Slice({name: one for name, one in decisions.items() if one.allowed})


def request(
    id_: str, person: str, sender: str, receiver: str, purpose: str, decisions: Mapping[str, Decision], on: date, *,
    kind: str = REFERRAL, answer_by: date | None = None,
) -> Referral:  # fmt: skip
    """A new referral. Raises `BadInput` where nothing may be shared, or the day for an answer lies before it."""
    part = slice_of(decisions)
    if not part.fields:
        step = next((one.next_step for one in decisions.values() if one.next_step), None)
        raise refused(
            ("nothing may be shared with this receiver", step("en") if step else "Refer without data"),
            ("met deze ontvanger mag niets worden gedeeld", step("nl") if step else "Verwijs zonder gegevens"),
        )  # fmt: skip
    if answer_by is not None and answer_by < on:
        raise refused(("the day for an answer lies before the request", "Give a later day"),
                      ("de dag voor een antwoord ligt voor het verzoek", "Geef een latere dag"))  # fmt: skip
    return Referral(id_, person, sender, receiver, purpose, kind, part, "requested", on, answer_by)


def act(
    cycle: Lifecycle,
    referral: Referral,
    event: str,
    on: date,
    *,
    by: Collection[str],
    reason: str = "",
    outcome: str = "",
) -> tuple[Referral, Move] | Refusal:
    """The referral after an event, with who is told; or the sentence why it cannot be."""
    given = [name for name, words in (("reason", reason), ("outcome", outcome)) if words.strip()]
    step = move(cycle, referral.state, event, by=by, given=given)
    if isinstance(step, Refusal):
        return step
    now = replace(
        referral, state=step.to, reason=reason or referral.reason, outcome=outcome or referral.outcome, changed_on=on
    )
    return now, step


def overdue(referral: Referral, on: date) -> bool:
    """Whether the time for an answer has passed without one."""
    return unanswered(referral.state, referral.answer_by, on)


def unanswered(state: str, answer_by: date | None, on: date) -> bool:
    """The same from the two things that it hangs on, for lists that open nothing else."""
    return state == "requested" and answer_by is not None and on > answer_by


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """What one receiver sees of a person."""

    claims: tuple[Claim, ...]
    identity: Identity | None
    fields: frozenset[str]


def seen(book: SharingBook, person: CasePerson, shared: Iterable[Claim], part: Slice) -> SeenPerson:
    """The slice of a person: the facts of the allowed kinds, and who it is only where identity is among them."""
    claims = tuple(claim for claim in (*shared, *person.claims) if book.field_of.get(claim.fact) in part.fields)
    return SeenPerson(claims, person.identity if "identity" in part.fields else None, part.fields)


RECEIVED: Final = text({"nl": "Ontvangen.", "en": "Received."})
TAKEN_UP: Final = text({"nl": "Opgepakt.", "en": "Taken up."})
CLOSED: Final = text({"nl": "Gesloten.", "en": "Closed."})
COULD_NOT: Final = text({"nl": "Kon niet worden opgepakt.", "en": "Could not be taken up."})
RETURNED: Final = text({"nl": "Er is een vraag voor u.", "en": "There is a question for you."})
FINDER_SEES: Final[Mapping[str, Text]] = {
    "draft": text({"nl": "Nog niet ingediend.", "en": "Not submitted yet."}),
    "submitted": RECEIVED, "returned": RETURNED, "accepted": TAKEN_UP, "reopened": TAKEN_UP, "declined": COULD_NOT,
    "closed": CLOSED, "withdrawn": CLOSED, "destroyed": CLOSED, "counted": TAKEN_UP, "named": TAKEN_UP,
}  # fmt: skip


def status_for_finder(state: str, merged_into: str = "") -> Text:
    """What a finder sees of a registration: the status, in the same words whether the person was known already or not.

    A registration that was merged, or a count that was a double, shows the status of the one it went into: give that
    one's state as `merged_into`. Until it is known, the finder sees *received*.
    """
    if state in ("merged", "double"):
        state = merged_into if merged_into in FINDER_SEES else "submitted"
    return FINDER_SEES[state]
