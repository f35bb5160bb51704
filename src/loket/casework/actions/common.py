"""What every action of casework shares: one transaction with the version of the rules, locked rows, and edits told."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from loket.accounts.people import Member
from loket.audit.actions import act
from loket.audit.who import SERVER, Actor, Refused, Trail
from loket.casework.access import Denied
from loket.casework.models import Encounter, Person, Registration, Task
from loket.site.prepared import Prepared, prepared
from schakel.casework.lifecycles import Refusal
from schakel.mechanism.content import load


@contextmanager
def writing(*, by: Member | None, purpose: str) -> Iterator[Trail]:
    """One transaction; its entries say under which version of the content it was decided. by=None: a command."""
    with act(by=actor(by), purpose=purpose, protocol=load().fingerprint) as trail:
        yield trail


@contextmanager
def together(by: Member) -> Iterator[None]:
    """Several actions as one: a refusal of any undoes them all, and is still written in the log."""
    try:
        with transaction.atomic():
            yield
    except Refused as refused:
        with writing(by=by, purpose=""):
            raise refused


def actor(by: Member | None) -> Actor:
    return by.actor if by else SERVER


@prepared
def _encounter(pk: uuid.UUID) -> Any:
    return Encounter.objects.select_for_update(of=("self",)).select_related("subject").filter(pk=pk)


@prepared
def _encounter_of_person(pk: uuid.UUID) -> Any:
    return Encounter.objects.select_for_update(of=("self",)).select_related("subject").filter(persons=pk)


@prepared
def _encounter_of_registration(pk: uuid.UUID) -> Any:
    rows = Encounter.objects.select_for_update(of=("self",)).select_related("subject")
    return rows.filter(persons__registrations=pk)


@prepared
def _person(pk: uuid.UUID) -> Any:
    return Person.objects.select_for_update(of=("self",)).select_related("subject").filter(pk=pk)


@prepared
def _registration(pk: uuid.UUID) -> Any:
    rows = Registration.objects.select_for_update(of=("self", "person")).select_related("person__subject")
    return rows.filter(pk=pk)


@prepared
def _encounter_of_task(pk: uuid.UUID) -> Any:
    return Encounter.objects.select_for_update(of=("self",)).select_related("subject").filter(persons__tasks=pk)


@prepared
def _task(pk: uuid.UUID) -> Any:
    return Task.objects.select_for_update(of=("self", "person")).select_related("person__subject").filter(pk=pk)


def locked_encounter(pk: Any) -> Encounter:
    """The encounter, locked until the transaction ends. Raises Refused where there is none."""
    row: Encounter = _found(_encounter, pk)
    return row


def locked_person(pk: Any) -> Person:
    """The person with their encounter, both locked in that order, so that no two writers wait for each other."""
    encounter = _found(_encounter_of_person, pk)
    person: Person = _found(_person, pk)
    person.encounter = encounter
    return person


def locked_registration(pk: Any) -> Registration:
    """The registration with its person and encounter, all locked; the encounter first, as every writer does."""
    encounter = _found(_encounter_of_registration, pk)
    row: Registration = _found(_registration, pk)
    row.person.encounter, row.subject = encounter, row.person.subject
    return row


def locked_task(pk: Any) -> Task:
    """The task with its person and encounter, all locked; the encounter first, as every writer does."""
    encounter = _found(_encounter_of_task, pk)
    row: Task = _found(_task, pk)
    row.person.encounter, row.subject = encounter, row.person.subject
    return row


def _found(asked: Prepared, pk: Any) -> Any:
    row = asked.first(pk if isinstance(pk, uuid.UUID) else uuid.UUID(str(pk)))
    if row is None:
        raise Refused("not_found", event="casework.asked")
    return row


def same_version(row: Any, version: int | None, **entry: Any) -> None:
    """Raises Refused where somebody else changed it since the page was opened: nothing is overwritten unseen."""
    if version is not None and row.version != version:
        raise Refused("changed_meanwhile", **entry)


def stopped(refusal: Refusal, **entry: Any) -> Denied:
    """A refusal of a lifecycle as one that is told and logged."""
    return Denied("not_in_this_state", refusal.why, **entry)
