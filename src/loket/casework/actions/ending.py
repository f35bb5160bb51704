"""A registration ended, or runs again: what waited for it stops and says so, and its duties come back.

Help that was accepted goes on: whoever gives it reports it done, as before. Inside the transaction of the caller, with
the encounter of the person locked.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Trail
from loket.casework import stored
from loket.casework.actions.duties import recomputed
from loket.casework.actions.duty_rows import case_of
from loket.casework.actions.outbox import tell_all
from loket.casework.actions.referral_rows import tell_parties
from loket.casework.models import (
    Person,
    Placement,
    PlacementAnswer,
    Referral,
    ReferralStep,
    Registration,
    Task,
    TaskChange,
)
from loket.site.prepared import Changed, prepared, prepared_change
from loket.site.rows import insert, update
from schakel.casework.duty import NOT_APPLICABLE
from schakel.casework.ending import (
    DESTROYED,
    DESTROYED_EVENT,
    ENDED,
    EVENT,
    OVER,
    REFERRALS,
    REQUESTS,
    TASKS,
    WORKING,
    stopped,
    stopping,
    why_over,
)
from schakel.casework.lifecycles import Transition, lifecycles
from schakel.casework.recompute import BACK
from schakel.mechanism.content import load

GOES_ON: Final = ("accepted", "placed")  # a referral, a stay
REFERRAL: Final = ("person", "sender", "receiver", "kind", "state", "version")  # what is read of one
REQUEST: Final = ("person", "sender", "shelter", "state", "version")


def receivers(person: uuid.UUID) -> list[uuid.UUID]:
    """Every organisation that was asked something for this person that it may still answer, or that helps them."""
    found = (*_referred(person), *_asked(person))
    return list(dict.fromkeys(one for (one,) in found if one))


@prepared
def _referred(person: uuid.UUID) -> QuerySet[Any]:
    return Referral.objects.filter(person=person, state__in=("requested", "accepted")).values_list("receiver")


@prepared
def _asked(person: uuid.UUID) -> QuerySet[Any]:
    return Placement.objects.filter(person=person, state__in=("waiting", "offered", "placed")).values_list("shelter")


def end(row: Registration, *, by: Member | None, trail: Trail, relation: str = "") -> int:
    """Where the registration is over: stop what waits for it, and let the sides hear it; how many things stopped."""
    if row.state not in OVER:
        return 0
    gone = row.state == DESTROYED
    tasks = _tasks(row, by, trail, relation)
    referrals, requests = _open_referrals(row.person_id, gone), _open_requests(row.person_id, gone)
    for one in referrals:
        _referral(one, row, by, trail, relation)
    for one in requests:
        _request(one, row, by, trail, relation)
    return tasks + len(referrals) + len(requests)


def _tasks(row: Registration, by: Member | None, trail: Trail, relation: str) -> int:
    """Each task that waits, with why it stops; one entry for all of them, as when facts change."""
    found, now = _waiting(row.person_id), timezone.now()
    if not found:
        return 0
    _stop(row.person_id, now)
    insert(_change(row, *one, by, now) for one in found)
    trail.note("casework.task_changed", kind="person", object=row.person_id, subject=row.subject_id,
               relation=relation, place=f"{ENDED} {len(found)}")  # fmt: skip
    return len(found)


@prepared
def _waiting(person: uuid.UUID) -> QuerySet[Any]:
    return Task.objects.filter(person=person, state__in=TASKS).order_by("made_on", "pk").values_list("pk", "duty")


@prepared_change
def _stop(person: uuid.UUID, now: datetime) -> Changed:
    """All at once: whose they are and what they rest on stays, and why they stopped is kept beside them."""
    values = {"state": NOT_APPLICABLE, "uncertain": False, "closed_at": now, "version": F("version") + 1}
    return Task.objects.filter(person=person, state__in=TASKS), values


def _change(row: Registration, task: uuid.UUID, duty: str, by: Member | None, now: datetime) -> TaskChange:
    """What became of one task. Nothing can be sealed any more for somebody whose key was destroyed."""
    say = None if row.state == DESTROYED else _said(duty, "registration" if row.named else "count", row.state)
    return TaskChange(task_id=task, subject=row.subject, at=now, kind=ENDED, state=NOT_APPLICABLE,
                      by_id=by.membership if by else None, say=say)  # fmt: skip


@lru_cache(maxsize=1_000)
def _said(duty: str, cycle: str, state: str) -> str:
    return stored.pack(dict(stopped(load(), duty, why_over(load(), cycle, state)).by_tag))


@prepared
def _open_referrals(person: uuid.UUID, gone: bool) -> QuerySet[Referral]:
    """Those that nobody took up; of somebody whose data were destroyed also those that still run."""
    running = Q(state="accepted") & ~Q(kind="transfer")
    open_ = Q(state__in=REFERRALS)
    return Referral.objects.filter(open_ | running if gone else open_, person=person).only(*REFERRAL)


@prepared
def _open_requests(person: uuid.UUID, gone: bool) -> QuerySet[Placement]:
    states = (*REQUESTS, "placed") if gone else REQUESTS
    return Placement.objects.filter(person=person, state__in=states).only(*REQUEST)


def _referral(one: Referral, row: Registration, by: Member | None, trail: Trail, relation: str) -> None:
    event, step = _step(one.kind, one.state)
    one.subject, one.state, one.version = row.subject, step.to, one.version + 1
    one.changed_on = timezone.localdate()
    update(one, "state", "changed_on", "version")
    insert([ReferralStep(referral=one, subject=row.subject, at=timezone.now(), event=event, to=one.state,
                         organisation_id=by.organisation if by else None)])  # fmt: skip
    trail.note(f"casework.referral_{event}", kind="referral", object=one.pk, subject=row.subject_id, relation=relation)
    _tell(one, one.receiver_id, row, by, step, f"referral.{one.state}")


def _request(one: Placement, row: Registration, by: Member | None, trail: Trail, relation: str) -> None:
    event, step = _step("placement", one.state)
    one.subject, one.state, one.version = row.subject, step.to, one.version + 1
    one.ended_on = timezone.localdate()
    update(one, "state", "ended_on", "version")
    insert([PlacementAnswer(
        placement=one, subject=row.subject, organisation_id=by.organisation if by else None, shelter_id=one.shelter_id,
        at=timezone.now(), on=one.ended_on, event=event, to=one.state,
    )])  # fmt: skip
    trail.note(f"casework.place_{event}", kind="placement", object=one.pk, subject=row.subject_id, relation=relation)
    _tell(one, one.shelter_id, row, by, step, f"placement.{one.state}")


def _step(cycle: str, state: str) -> tuple[str, Transition]:
    """The event by which this stops, and its row in the lifecycle."""
    event = DESTROYED_EVENT if state in GOES_ON else EVENT
    return event, stopping(lifecycles(load())[cycle], event)[state]


def _tell(one: Any, receiver: Any, row: Registration, by: Member | None, step: Transition, what: str) -> None:
    """Both sides that the lifecycle names, but not who ended the registration themselves."""
    sides = {"sender": one.sender_id, "receiver": receiver or row.registry_id}
    others = {party: pk for party, pk in sides.items() if pk and not (by and str(pk) == by.organisation)}
    tell_parties(others, row.registry_id, step.notice, what, one.pk)


def run_again(row: Registration, *, by: Member, trail: Trail) -> None:
    """The duties of a registration that runs again: those that still hold come back, and who has one hears it."""
    case = case_of(row.person.encounter, of=row.person_id)
    changes = recomputed(row.person.encounter, by=by, trail=trail, case=case)
    back = (case.tasks[one.task.key].organisation_id for one in changes if one.kind == BACK)
    tell_all(what="duty.made", organisations=set(back) - {None, uuid.UUID(by.organisation)})


def over_with_work() -> Iterator[uuid.UUID]:
    """Persons of whom no registration runs, and for whom something still waits: what older installations left."""
    ended = Registration.objects.filter(state__in=OVER).exclude(person__registrations__state__in=WORKING)
    gone = ended.filter(state=DESTROYED)
    left = (
        Task.objects.filter(state__in=TASKS, person__registrations__in=ended),
        Referral.objects.filter(state__in=REFERRALS, person__registrations__in=ended),
        Referral.objects.filter(state="accepted", kind="referral", person__registrations__in=gone),
        Placement.objects.filter(state__in=REQUESTS, person__registrations__in=ended),
        Placement.objects.filter(state="placed", person__registrations__in=gone),
    )  # fmt: skip
    found = {person for rows in left for person in rows.order_by().values_list("person", flat=True).distinct()}
    yield from sorted(found, key=str)


def end_left(person: Person, *, trail: Trail) -> int:
    """Stop what still waits for somebody whose last registration has ended; for the clock."""
    row = Registration.objects.filter(person=person, state__in=OVER).order_by("made_on", "changed_at").last()
    if row is None:
        return 0
    row.person, row.subject = person, person.subject
    return end(row, by=None, trail=trail)
