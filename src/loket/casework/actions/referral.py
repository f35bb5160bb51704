"""Referring somebody, or handing over who answers for them; and every answer to it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from loket.accounts import queries as accounts
from loket.accounts.models import Organisation
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import stored_care
from loket.casework.access import Denied, Standing, spoken, standing
from loket.casework.actions import referral_rows as rows
from loket.casework.actions.common import locked_person, same_version, stopped, writing
from loket.casework.models import Person, Referral, Registration
from loket.casework.queries import sharing
from loket.casework.queries.seen import sides
from schakel.casework import referral as pure
from schakel.casework.lifecycles import Refusal, lifecycles
from schakel.mechanism.content import load
from schakel.networks.decision import Decision
from schakel.vocabulary.errors import refused


@dataclass(frozen=True)
class Request:
    """What is asked. ``receiver`` None: nobody was found, so the registrar looks for one. ``fields``: what to send;
    ``whole``: all of it or nothing, where somebody chose it from what they were shown."""

    kind: str
    purpose: str
    receiver_kind: str
    receiver: uuid.UUID | None = None
    fields: frozenset[str] = frozenset()
    whole: bool = False
    circumstances: Mapping[str, str] = field(default_factory=dict)
    message: str = ""
    answer_by: date | None = None


def refer(*, by: Member, person: uuid.UUID, asked: Request, on: date | None = None) -> Referral:
    """A new referral or transfer, with the slice that the sharing rules permit of what was wanted.

    Raises Denied where nothing may be shared or this member may not refer, `BadInput` where nothing was chosen.
    """
    today = on or timezone.localdate()
    with writing(by=by, purpose=sharing.access_purpose(asked.purpose)) as trail:
        row = locked_person(person)
        here = standing(by, row)
        relation = here.must("refer", "care", event="casework.refer")
        found = sharing.decisions(by, row, _question(asked), today)
        sharing.noted(trail, row, asked.receiver_kind, found)
        wanted = rows.wanted(row, here, found, asked)
        _must_share(row, found, wanted)
        asked_of = pure.request(
            "new", str(row.pk), by.organisation, str(asked.receiver or ""), asked.purpose,
            {name: one for name, one in found.items() if name in wanted}, today, kind=asked.kind,
            answer_by=asked.answer_by,
        )  # fmt: skip
        made = rows.made(by, row, asked, asked_of, today)
        rows.record(made, by, "request", "requested", "")
        trail.note("casework.refer", kind="referral", object=made.pk, subject=row.subject_id, relation=relation,
                   place=rows.place_of(asked_of.slice.fields), ground=rows.grounds_of(asked_of.slice))  # fmt: skip
        rows.tell_sides(made, here, ("receiver",), "referral.requested")
    return made


def act(
    *, by: Member, referral: uuid.UUID, event: str, version: int | None = None, words: str = "",
    by_telephone: bool = False, on: date | None = None,
) -> Referral:  # fmt: skip
    """One step of a referral: accept, refuse, finish, revoke, ask again; as the lifecycle allows.

    by_telephone: the registration point writes down what a receiver without an account said.
    """
    where = rows.where(referral)
    rows.known(where.kind, event)
    with writing(by=by, purpose=sharing.access_purpose(where.purpose)) as trail:
        person = locked_person(where.person_id)
        row = rows.locked(referral, person)
        here = standing(by, person)
        entry = {"event": f"casework.referral_{event}", "kind": "referral", "object": row.pk,
                 "subject": person.subject_id}  # fmt: skip
        who = parties(here, row, by_telephone=by_telephone)
        relation = _must(here, row, event, who, entry)
        same_version(row, version, **entry)
        cycle = lifecycles(load())[row.kind]
        moved = pure.act(cycle, stored_care.referral(row), event, on or timezone.localdate(), by=who, reason=words,
                         outcome=words)  # fmt: skip
        if isinstance(moved, Refusal):
            raise stopped(moved, **entry)
        rows.save(row, moved[0], words if event == "finish" else "")
        rows.record(row, by, event, row.state, words, by_telephone=by_telephone)
        if row.kind == pure.TRANSFER and row.state == "accepted":
            Registration.objects.filter(person=person).update(responsible=row.receiver_id)
        trail.note(**entry, relation=relation)
        rows.tell_sides(row, here, moved[1].notice, f"referral.{row.state}")
    return row


def appoint(*, by: Member, referral: uuid.UUID, receiver: uuid.UUID, version: int | None = None) -> Referral:
    """The registrar found who takes a referral that had no receiver. What may be seen stays what was decided."""
    where = rows.where(referral)
    with writing(by=by, purpose="care") as trail:
        person = locked_person(where.person_id)
        row = rows.locked(referral, person)
        here = standing(by, person)
        entry = {"event": "casework.referral_appoint", "kind": "referral", "object": row.pk,
                 "subject": person.subject_id}  # fmt: skip
        if "registers" not in here.relations:
            here.must("decide_registration", **entry)
        relation = here.must("refer", "care", **entry)
        same_version(row, version, **entry)
        found = Organisation.objects.filter(pk=receiver, kind=row.receiver_kind, ended_at=None).first()
        if found is None or row.state not in ("requested", "expired"):
            raise Refused("no_such_receiver", **entry)
        row.receiver, row.version = found, row.version + 1
        row.save()
        rows.record(row, by, "appoint", row.state, "")
        trail.note(**entry, relation=relation)
        rows.tell_sides(row, here, ("receiver", "sender"), "referral.requested")
    return row


def expire(*, on: date) -> int:
    """Every request whose day for an answer has passed: the sender and the registrar hear it. For the clock."""
    late = list(Referral.objects.filter(state="requested", answer_by__lt=on).values_list("pk", "person_id"))
    for pk, person_id in late:
        with writing(by=None, purpose="care") as trail:
            person = locked_person(person_id)
            row = rows.locked(pk, person)
            moved = pure.act(lifecycles(load())[row.kind], stored_care.referral(row), "expire", on, by={"clock"})
            if isinstance(moved, Refusal):
                continue
            rows.save(row, moved[0])
            rows.record(row, None, "expire", row.state, "")
            trail.note("casework.referral_expire", kind="referral", object=row.pk, subject=person.subject_id)
            rows.tell_sides(row, None, moved[1].notice, "referral.expired")
    return len(late)


def parties(here: Standing, row: Referral, *, by_telephone: bool = False) -> frozenset[str]:
    """What a member is in a referral. By telephone the registrar speaks for a receiver who cannot sign in."""
    found = sides(here, row.sender_id, row.receiver_id)
    if by_telephone and "registrar" in found and row.receiver_id and row.receiver_id not in accounts.staffed():
        return found | {"receiver"}
    return found


def _must_share(person: Person, found: Mapping[str, Decision], wanted: frozenset[str]) -> None:
    """Raises Denied, in the log, where nothing of what is wanted may be shared: with why, and what can be done."""
    if not wanted:
        raise refused(("nothing was chosen to send along", "Choose at least one kind of data"),
                      ("er is niets gekozen om mee te sturen", "Kies ten minste één soort gegevens"))  # fmt: skip
    if not any(found[name].allowed for name in wanted):
        why = found[min(wanted, key=list(found).index)]
        raise Denied("nothing_to_share", spoken(why), event="casework.may_not_share", kind="person", object=person.pk,
                     subject=person.subject_id, place=" ".join(sorted(wanted))[:120])  # fmt: skip


def _question(asked: Request) -> sharing.Asked:
    return sharing.Asked(asked.receiver_kind, asked.purpose, asked.circumstances)


def _must(here: Standing, row: Referral, event: str, who: Collection[str], entry: dict[str, object]) -> str:
    """The relation that lets this member take the step, as the access rules have it."""
    purpose = sharing.access_purpose(row.purpose)
    if "receiver" in who and "registrar" not in who and event in ("accept", "refuse", "finish"):
        answers = row.state != "accepted"
        return here.must("answer_referral" if answers else "do_duty", purpose, **entry)
    if "receiver" in who and row.state == "accepted" and event in ("finish", "refuse"):
        return here.must("do_duty", "care", **entry)  # written down by the registrar, also once the registration ended
    if {"person", "guardian"} & set(who):
        return here.must("withdraw_consent", "own", **entry)
    return here.must("refer", "care", **entry)
