"""May this be told to them, and on which ground: asked of the sharing rules with what is on record about the person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from loket.accounts.people import Member
from loket.audit.who import Trail
from loket.casework.models import Ground, Person
from loket.casework.slices import book
from loket.site.prepared import prepared
from schakel.casework.referral import Slice, slice_of
from schakel.networks.decision import Decision
from schakel.networks.sharing import Party, Question, allowed_fields

# What a purpose of sharing is called among the purposes of access.
ACCESS_PURPOSE: Final[Mapping[str, str]] = {
    "legal-help": "proceedings", "residence-decision": "proceedings", "criminal-investigation": "proceedings",
    "registration-figures": "registration",
}  # fmt: skip
# For which purposes somebody can be referred; the others go by a message about one person, or not by a referral at all.
PURPOSES: Final = (
    "protect-now", "arrange-care", "child-protection", "guardianship", "legal-help", "victim-rights",
    "criminal-investigation", "residence-decision", "partnership-case",
)  # fmt: skip
SHELTER: Final = "shelter-placement"
SENT: Final = ("signal", "identity", "contact", "situation", "needs", "health", "criminal", "residence", "care-plan")
ON_RECORD: Final = ("consent", "ground_documented")  # follow from the grounds on record, so nobody is asked


def access_purpose(purpose: str) -> str:
    """The purpose of access under which a referral for this purpose is handled."""
    return ACCESS_PURPOSE.get(purpose, "care")


@dataclass(frozen=True)
class Asked:
    """What somebody wants to tell whom: the kind of receiver, the purpose, and what they said of the circumstances."""

    receiver_kind: str
    purpose: str
    circumstances: Mapping[str, str]


def decisions(by: Member, person: Person, asked: Asked, on: date) -> dict[str, Decision]:
    """The decision for each kind of data that a referral can carry, with consent and other grounds as recorded."""
    told = {**asked.circumstances, **on_record(person, asked)}
    sender, receiver = Party(by.organisation_kind, role=by.role), Party(asked.receiver_kind)
    return dict(_decided(sender, receiver, asked.purpose, on, tuple(sorted(told.items()))))


@lru_cache(maxsize=500)
def _decided(
    sender: Party, receiver: Party, purpose: str, on: date, told: tuple[tuple[str, str], ...]
) -> Mapping[str, Decision]:
    """The rules know kinds and circumstances, no persons: what they say today of these words they say to everybody."""
    question = Question(
        sender=sender, receiver=receiver, field=SENT[0], purpose=purpose, on=on, circumstances=dict(told)
    )  # fmt: skip
    return allowed_fields(book(), question, SENT)


def on_record(person: Person, asked: Asked) -> dict[str, str]:
    """What the grounds on record say: consent for this receiver and purpose, and whether another ground was weighed."""
    return said_by(_grounds(person.pk, asked.purpose, asked.receiver_kind))


@prepared
def _grounds(person: UUID, purpose: str, receiver_kind: str) -> QuerySet[Ground]:
    return grounds(Asked(receiver_kind, purpose, {})).filter(person=person)


def grounds(asked: Asked) -> QuerySet[Ground]:
    """The grounds on record for a purpose and a receiver; what is about this receiver comes last, and counts."""
    rows = Ground.objects.filter(purpose=asked.purpose, receiver_kind__in=("", asked.receiver_kind))
    return rows.order_by("receiver_kind", "recorded_at")


def said_by(rows: Iterable[Ground]) -> dict[str, str]:
    """What grounds of one person say, in their order."""
    told: dict[str, str] = {}
    for row in rows:
        if row.state in ("given", "refused", "withdrawn"):
            told["consent"] = row.state
        if row.state == "other_ground":
            told["ground_documented"] = "yes"
    return told


def part(found: Mapping[str, Decision], wanted: Mapping[str, object] | set[str] | frozenset[str]) -> Slice:
    """The slice of what is wanted, as far as it is permitted."""
    return slice_of({name: one for name, one in found.items() if name in wanted})


def still_asked(found: Mapping[str, Decision]) -> tuple[str, ...]:
    """The circumstances that answers still hang on, and that a person can tell; in the order of the content."""
    open_ones = {name for one in found.values() for name in one.hangs_on}
    return tuple(name for name in book().asked if name in open_ones and name not in ON_RECORD)


def on_record_missing(found: Mapping[str, Decision]) -> bool:
    """Whether consent, or another ground on record, would change an answer."""
    return any(set(one.hangs_on) & set(ON_RECORD) for one in found.values())


def noted(trail: Trail, person: Person, receiver_kind: str, found: Mapping[str, Decision]) -> None:
    """Every answer of the sharing rules is in the log: what was permitted, and what was not."""
    for event, group in (
        ("casework.may_share", [name for name, one in found.items() if one.allowed]),
        ("casework.may_not_share", [name for name, one in found.items() if not one.allowed]),
    ):
        if group:
            trail.note(event, kind="person", object=person.pk, subject=person.subject_id,
                       place=f"{receiver_kind}: {' '.join(group)}"[:120])  # fmt: skip
