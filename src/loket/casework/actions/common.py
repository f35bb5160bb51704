"""What every action of casework shares: one transaction with the version of the rules, locked rows, and edits told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from loket.accounts.people import Member
from loket.audit.actions import act
from loket.audit.who import SERVER, Actor, Refused, Trail
from loket.casework.access import Denied
from loket.casework.models import Encounter, Person, Registration
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


def locked_encounter(pk: Any) -> Encounter:
    """The encounter, locked until the transaction ends. Raises Refused where there is none."""
    return _found(Encounter.objects.select_for_update(of=("self",)).select_related("subject").filter(pk=pk))


def locked_person(pk: Any) -> Person:
    """The person with their encounter, both locked in that order, so that no two writers wait for each other."""
    row = _locked_encounter_of(persons=pk)
    person: Person = _found(Person.objects.select_for_update(of=("self",)).select_related("subject").filter(pk=pk))
    person.encounter = row
    return person


def locked_registration(pk: Any) -> Registration:
    """The registration with its person and encounter, all locked; the encounter first, as every writer does."""
    encounter = _locked_encounter_of(persons__registrations=pk)
    rows = Registration.objects.select_for_update(of=("self", "person")).select_related("person__subject")
    row: Registration = _found(rows.filter(pk=pk))
    row.person.encounter, row.subject = encounter, row.person.subject
    return row


def _locked_encounter_of(**one: Any) -> Encounter:
    return _found(Encounter.objects.select_for_update(of=("self",)).select_related("subject").filter(**one))


def _found(rows: Any) -> Any:
    row = rows.first()
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
