"""Somebody is missing: told at once, searched for, found, and only then closed."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import signals, stored
from loket.casework.access import Standing, standing
from loket.casework.actions.common import locked_person, same_version, stopped, writing
from loket.casework.alerting import parties
from loket.casework.directory import Directory
from loket.casework.models import Alert, AlertStep
from schakel.casework.lifecycles import Move, Refusal, lifecycles, move
from schakel.mechanism.content import load

PURPOSE = "safety"
ACTION = "missing_alert"


def report(*, by: Member, person: uuid.UUID, words: str) -> Alert:
    """Somebody is missing: the police of the region hear it, and the guardian. Raises Refused if that was told before.

    Where no police organisation has an account, the registration point is told to call: nothing waits for an account.
    """
    entry = {"event": "casework.missing", "kind": "person", "object": person}
    with writing(by=by, purpose=PURPOSE) as trail:
        row = locked_person(person)
        here = standing(by, row)
        relation = here.must(ACTION, PURPOSE, **entry)
        if Alert.objects.filter(person=row).exclude(state="closed").exists():
            raise Refused("already_missing", subject=row.subject_id, **entry)
        place = stored.encounter(row.encounter, ()).municipality
        made = Alert(
            person=row, subject=row.subject, sender_id=by.organisation, begun_on=timezone.localdate(),
            police_id=Directory.now().receiver("police", place),
        )  # fmt: skip
        made.save(force_insert=True)
        _step(made, "report", made.state, words, by)
        trail.note("casework.missing", kind="person", object=row.pk, subject=row.subject_id, relation=relation)
        _tell(made, "report", ("police", "guardian", "registrar"), here)
    return made


def act(*, by: Member, alert: uuid.UUID, event: str, words: str = "", version: int) -> Alert:
    """One step: taken up, made public with a reason, found, closed with what came of it."""
    entry = {"event": f"casework.missing_{event}", "kind": "alert", "object": alert}
    with writing(by=by, purpose=PURPOSE) as trail:
        row, here = _locked(by, alert)
        relation = here.must(ACTION, PURPOSE, **entry)
        same_version(row, version, subject=row.subject_id, **entry)
        step = _moved(by, row, event, words, entry)
        row.state, row.version = step.to, row.version + 1
        row.save(update_fields=["state", "version"])
        _step(row, event, step.to, words, by)
        trail.note(**entry, subject=row.subject_id, relation=relation)
        _tell(row, event, step.notice, here)
    return row


def _locked(by: Member, pk: uuid.UUID) -> tuple[Alert, Standing]:
    found = Alert.objects.filter(pk=pk).values_list("person_id", flat=True).first()
    if found is None:
        raise Refused("not_found", event="casework.asked")
    person = locked_person(found)
    row = Alert.objects.select_for_update(of=("self",)).get(pk=pk)
    row.person, row.subject = person, person.subject
    return row, standing(by, person)


def _moved(by: Member, row: Alert, event: str, words: str, entry: dict[str, Any]) -> Move:
    cycle = lifecycles(load())["alert"]
    if event not in cycle.events:
        raise Refused("not_here", subject=row.subject_id, **entry)
    given = ("reason", "outcome") if words.strip() else ()
    said = move(cycle, row.state, event, by=parties(by, row), given=given)
    if isinstance(said, Refusal):
        raise stopped(said, subject=row.subject_id, **entry)
    return said


def _step(row: Alert, event: str, to: str, words: str, by: Member) -> None:
    made = AlertStep(alert=row, subject=row.subject, at=timezone.now(), event=event, to=to, by_id=by.membership)
    made.words = words.strip()[:2000] or None
    made.save(force_insert=True)


def _tell(row: Alert, event: str, notice: tuple[str, ...], here: Standing) -> None:
    registry = here.registration.registry_id if here.registration else None
    told = {"police": row.police_id or registry, "sender": row.sender_id, "registrar": registry}
    signals.moved.send(
        Alert, lifecycle="alert", event=event, notice=notice, person=here.person, memberships=[],
        organisations=[told[party] for party in notice if told.get(party)],
    )  # fmt: skip
