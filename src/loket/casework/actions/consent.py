"""Putting on record what sharing rests on: consent or another ground; and taking consent back, at every receiver."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused, Trail
from loket.casework import stored_care
from loket.casework.access import Denied, Standing, standing
from loket.casework.actions import withdrawing
from loket.casework.actions.common import locked_person, same_version, stopped, writing
from loket.casework.actions.referral_rows import known
from loket.casework.models import Ground, Person, Registration
from loket.casework.queries.known import age
from loket.casework.slices import book
from loket.site.prepared import prepared
from loket.site.rows import insert, update
from schakel.casework import consent as pure
from schakel.casework.lifecycles import Refusal, lifecycles
from schakel.casework.registration import PURPOSES
from schakel.mechanism.content import load
from schakel.networks.model import CONSENT
from schakel.networks.refusals import not_known

NEW: Final = "asked"
OWN: Final = frozenset({"person", "guardian", "lawyer"})


@dataclass(frozen=True)
class Said:
    """What somebody puts on record. ``answer``: give, refuse or use_other; nothing yet: asked. ``receiver_kind`` empty:
    every receiver of this purpose."""

    purpose: str
    answer: str
    receiver_kind: str = ""
    given_by: tuple[str, ...] = ()
    ground: str = CONSENT
    told: str = ""
    note: str = ""


def record(*, by: Member, person: uuid.UUID, said: Said, on: date | None = None) -> Ground:
    """A new ground on record. Raises Denied where a consent lacks who must give it, BadInput for an unknown word."""
    with writing(by=by, purpose="care") as trail:
        row = locked_person(person)
        here = standing(by, row)
        relation = here.must("record_ground", event="casework.record_ground")
        return put(trail=trail, here=here, relation=relation, said=said, on=on or timezone.localdate())


def put(*, trail: Trail, here: Standing, relation: str, said: Said, on: date) -> Ground:
    """The same inside the transaction of another verb, which has asked whether it may."""
    row, by = here.person, here.by
    for kind, word, allowed in (("purpose", said.purpose, book().purposes), ("ground", said.ground, book().grounds),
                                ("party", said.receiver_kind, ("", *load().organisations))):  # fmt: skip
        if word not in allowed:
            raise not_known(kind, word, allowed)
    made = Ground(
        subject=row.subject, person=row, purpose=said.purpose, receiver_kind=said.receiver_kind, ground=CONSENT,
        state=NEW, asked_by_id=by.organisation, told=said.told, on=on, recorded_at=timezone.now(),
    )  # fmt: skip
    entry = {"event": "casework.record_ground", "kind": "ground", "object": made.pk, "subject": row.subject_id}
    if said.answer:
        _answered(made, here, said, on, entry)
    insert([made])
    mirror(made)
    trail.note(**entry, relation=relation, ground=made.ground, place=f"{made.purpose} {made.receiver_kind}".strip())
    return made


def answer(*, by: Member, ground: uuid.UUID, said: Said, version: int | None = None, on: date | None = None) -> Ground:
    """The next step of a ground on record: given after all, refused, another ground, an objection."""
    row, person = _found(ground)
    known("ground", said.answer)
    with writing(by=by, purpose="care") as trail:
        locked = locked_person(person)
        here = standing(by, locked)
        (row,) = _locked(row.pk)
        row.person, row.subject = locked, locked.subject
        entry = {"event": f"casework.ground_{said.answer}", "kind": "ground", "object": row.pk,
                 "subject": locked.subject_id}  # fmt: skip
        relation = here.must("withdraw_consent" if said.answer == "object" else "record_ground",
                             purpose_of_own(by) if said.answer == "object" else "", **entry)  # fmt: skip
        same_version(row, version, **entry)
        before, row.recorded_at = row.ground, timezone.now()
        _answered(row, here, said, on or timezone.localdate(), entry)
        row.version += 1
        update(row)
        mirror(row, before)
        trail.note(**entry, relation=relation, ground=row.ground)
        if said.answer == "object":
            withdrawing.tell_receivers(row, here)
    return row


def withdraw(*, by: Member, ground: uuid.UUID, version: int | None = None, on: date | None = None) -> int:
    """Take consent back: what rested on it alone leaves every slice, and every receiver hears it. How many it reached.

    The person, or whoever helps them and writes down that they said so. No protection hangs on it.
    """
    row, person = _found(ground)
    with writing(by=by, purpose="care") as trail:
        locked = locked_person(person)
        here = standing(by, locked)
        (row,) = _locked(row.pk)
        row.person, row.subject = locked, locked.subject
        entry = {"event": "casework.withdraw_consent", "kind": "ground", "object": row.pk,
                 "subject": locked.subject_id}  # fmt: skip
        relation = here.must("withdraw_consent", purpose_of_own(by), **entry)
        same_version(row, version, **entry)
        reached = withdrawing.withdraw(row, here, on or timezone.localdate(), trail)
        mirror(row, CONSENT)
        trail.note(**entry, relation=relation, ground=CONSENT, place=f"reached {reached}")
    return reached


def purpose_of_own(by: Member) -> str:
    """Whoever speaks for the person acts for the person's own data; others because they arrange care."""
    return "own" if by.role in OWN else "care"


def mirror(row: Ground, before: str = "") -> None:
    """The registrations of the person name the ground of each purpose that they serve, and only one that holds.

    before: what this ground was, where it is one no longer.
    """
    if row.purpose not in PURPOSES:
        return
    for registration in _registrations(row.person_id):
        grounds = dict(registration.grounds)
        if row.state in ("given", "other_ground"):
            grounds[row.purpose] = row.ground
        elif grounds.get(row.purpose) == before:
            del grounds[row.purpose]
        if grounds != registration.grounds:
            registration.grounds = grounds
            update(registration, "grounds")


def _answered(row: Ground, here: Standing, said: Said, on: date, entry: dict[str, object]) -> None:
    """Move the ground as the lifecycle allows; keep who consented, in which language, and why another ground holds."""
    _may_consent(here.person, said, entry)
    who = _who(here, ("person", *said.given_by) if said.answer == "object" else said.given_by)
    moved = pure.act(
        lifecycles(load())["ground"], stored_care.ground(row), said.answer, on, by=who, given_by=said.given_by,
        other=said.ground if said.answer == "use_other" else "", reason=said.note,
    )  # fmt: skip
    if isinstance(moved, Refusal):
        raise stopped(moved, **entry)
    now = moved[0]
    row.state, row.ground, row.on, row.ended_on = now.state, now.ground, now.on, now.ended_on
    row.given_by, row.note = " ".join(now.given_by), said.note.strip() or row.note
    row.told = said.told or row.told


def _may_consent(person: Person, said: Said, entry: dict[str, object]) -> None:
    """Whether these people can consent at this age, as the content has it. Refusing needs nobody's leave."""
    if said.answer != "give":
        return
    known = age(person)
    rules = pure.who_consents(load(), known, said.purpose)
    if not known and any(said.purpose in rule.purposes for rule in pure.age_rules(load())):
        raise Refused("age_not_known", **entry)
    if say := pure.lacking(rules, said.given_by, said.note):
        raise Denied("consent_lacks", say, **entry)


def _who(here: Standing, given_by: Collection[str]) -> frozenset[str]:
    """The parties of the ground: whoever records is the sender; who spoke is the person, or has custody of them."""
    spoke = {"person" if one == "person" else "guardian" for one in given_by}
    role = {"registrar"} if "registers" in here.relations else set()
    own = {"person"} if "self" in here.relations else {here.by.role} if "represents" in here.relations else set()
    return frozenset({"sender", *spoke, *role, *own})


@prepared
def _registrations(person: uuid.UUID) -> QuerySet[Registration]:
    return Registration.objects.select_for_update().filter(person=person)


@prepared
def _ground(pk: uuid.UUID) -> QuerySet[Ground]:
    return Ground.objects.only("person_id").filter(pk=pk)


@prepared
def _locked(pk: uuid.UUID) -> QuerySet[Ground]:
    return Ground.objects.select_for_update().filter(pk=pk)


def _found(ground: uuid.UUID) -> tuple[Ground, uuid.UUID]:
    row: Ground | None = _ground.first(ground)
    if row is None:
        raise Refused("not_found", event="casework.asked", kind="ground", object=ground)
    return row, row.person_id
