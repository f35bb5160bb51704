"""The rows of a referral: how one is made, locked, changed, and who hears of it. For the verbs in `referral` only."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from loket.accounts.models import Organisation
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import Denied, Standing, spoken
from loket.casework.actions.outbox import tell_each
from loket.casework.models import Person, Referral, ReferralStep, Registration
from loket.casework.slices import pack
from loket.site.prepared import prepared
from loket.site.rows import insert, update
from schakel.casework import referral as pure
from schakel.casework.lifecycles import lifecycles
from schakel.casework.refusals import no_event
from schakel.mechanism.content import load
from schakel.networks.decision import Decision


def known(cycle: str, event: str) -> str:
    """The event, if the lifecycle knows it: what was typed in its place is never a name in the log."""
    events = lifecycles(load())[cycle].events
    if event not in events:
        raise no_event(event, cycle, events)
    return event


def made(by: Member, person: Person, asked: Any, pure_row: pure.Referral, today: date) -> Referral:
    receiver = works_as(asked.receiver, asked.receiver_kind)
    if asked.receiver and (receiver is None or str(receiver.pk) == by.organisation):
        raise Refused("no_such_receiver", event="casework.refer", kind="person", object=person.pk)
    row = Referral(
        subject=person.subject, person=person, sender_id=by.organisation, receiver=receiver,
        receiver_kind=asked.receiver_kind, kind=asked.kind, purpose=asked.purpose, asked_by_id=by.user, asked_on=today,
        answer_by=asked.answer_by, message=asked.message.strip() or None, slice=pack(pure_row.slice),
    )  # fmt: skip
    insert([row])
    return row


def wanted(person: Person, here: Standing, found: Mapping[str, Decision], asked: Any) -> frozenset[str]:
    """What is to come along: nobody sends what they may not see themselves.

    Raises Denied, in the log, where something of what was chosen as a `whole` may not come along (any more).
    """
    chosen: frozenset[str] = asked.fields
    sees = here.sees() | {"signal"}
    wrong = [name for name in found if name in chosen and not (name in sees and found[name].allowed)]
    if asked.whole and wrong:
        raise Denied("nothing_to_share", spoken(found[wrong[0]]), event="casework.may_not_share", kind="person",
                     object=person.pk, subject=person.subject_id, place=" ".join(wrong)[:120])  # fmt: skip
    return chosen & sees


def works_as(organisation: uuid.UUID | None, kind: str) -> Organisation | None:
    """The organisation, where it is of this kind and works here."""
    found: Organisation | None = _organisation.first(organisation, kind) if organisation else None
    return found


@prepared
def _organisation(pk: uuid.UUID, kind: str) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk=pk, kind=kind, ended_at=None)


@prepared
def _where(pk: uuid.UUID) -> QuerySet[Referral]:
    return Referral.objects.only("person_id", "purpose", "kind").filter(pk=pk)


@prepared
def _locked(pk: uuid.UUID) -> QuerySet[Referral]:
    return Referral.objects.select_for_update().filter(pk=pk)


def where(referral: uuid.UUID) -> Referral:
    row: Referral | None = _where.first(referral)
    if row is None:
        raise Refused("not_found", event="casework.asked", kind="referral", object=referral)
    return row


def locked(referral: uuid.UUID, person: Person) -> Referral:
    row: Referral
    (row,) = _locked(referral)
    row.person, row.subject = person, person.subject
    return row


def save(row: Referral, after: pure.Referral, outcome: str = "") -> None:
    row.state, row.changed_on, row.reason = after.state, after.changed_on, after.reason or None
    row.outcome = outcome or row.outcome
    row.version += 1
    update(row, "state", "changed_on", "reason", "outcome", "version")


def record(row: Referral, by: Member | None, event: str, to: str, words: str, *, by_telephone: bool = False) -> None:
    insert([ReferralStep(
        referral=row, subject=row.subject, at=timezone.now(), event=event, to=to,
        organisation_id=by.organisation if by else None, by_telephone=by_telephone, words=words.strip() or None,
    )])  # fmt: skip


def tell_sides(row: Referral, here: Standing | None, notice: Collection[str], what: str) -> None:
    """Something waits for the sides of a referral: no words, no person. Without a receiver the registrar hears it."""
    registry = here.registration.registry_id if here and here.registration else _registry(row)
    tell_parties({"sender": row.sender_id, "receiver": row.receiver_id or registry}, registry, notice, what, row.pk)


def tell_parties(
    sides: Mapping[str, Any], registry: Any, notice: Collection[str], what: str, thing: uuid.UUID
) -> None:  # fmt: skip
    """The sides that must be told, as organisations; of the registration point its registrars, unless it is a side."""
    to: dict[Any, None] = {sides[party]: None for party in notice if sides.get(party)}
    roles = {registry: "registrar"} if registry and registry not in to and "registrar" in notice else {}
    tell_each(what=what, to={**to, **dict.fromkeys(roles)}, roles=roles, object=thing)


def _registry(row: Referral) -> uuid.UUID | None:
    found = Registration.objects.filter(person=row.person_id).values_list("registry_id", flat=True).last()
    return found or None


def place_of(fields: Collection[str]) -> str:
    return " ".join(sorted(fields))[:120]


def grounds_of(part: pure.Slice) -> str:
    return " ".join(sorted({ground for one in part.decisions.values() for ground in one.grounds}))[:80]
