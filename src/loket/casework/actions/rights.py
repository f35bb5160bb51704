"""What the person concerned can do: say what is wrong, object, take it back; and who stands for them on record."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from loket.accounts import queries as accounts
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import Standing, standing
from loket.casework.actions import correcting
from loket.casework.actions.common import locked_person, same_version, stopped, writing
from loket.casework.actions.ending import receivers
from loket.casework.actions.outbox import tell, tell_all
from loket.casework.actions.referral_rows import known
from loket.casework.models import Correction, CorrectionStep, Person, Registration, Representation
from loket.site.rows import insert
from schakel.casework import process as pure
from schakel.casework.lifecycles import Refusal, lifecycles
from schakel.mechanism.content import load
from schakel.vocabulary.errors import refused

CYCLE: Final = "correction"
KINDS: Final = ("correct", "object")
ROLES: Final = {"self": "person", "guardian": "guardian", "lawyer": "lawyer"}
BASES: Final = ("own_choice", "court", "interim", "institution")


def ask(*, by: Member, person: uuid.UUID, kind: str, words: str, place: str = "", value: str = "") -> Correction:
    """A request of the person: something is wrong, or they object. Raises BadInput for a request without words.

    `place` and `value`: what a part should read instead (see `correcting`), so that granting it applies it.
    """
    new = correcting.reading(place if kind == "correct" else "", value)
    if kind not in KINDS or not (words.strip() or new):
        raise refused(
            ("a request needs words", "Say what is wrong, or to what you object"),
            ("een verzoek heeft woorden nodig", "Zeg wat er niet klopt, of waartegen u bezwaar maakt"),
        )
    with writing(by=by, purpose="own") as trail:
        row = locked_person(person)
        here = standing(by, row)
        entry = {"event": f"casework.ask_{kind}", "kind": "correction", "subject": row.subject_id}
        relation = here.must("ask_correction", "own", **entry)
        made = Correction(
            person=row, subject=row.subject, kind=kind, state=lifecycles(load())[CYCLE].start, asked_by_id=by.user,
            asked_on=timezone.localdate(), words=words.strip(), place=place if new else "", value=new or None,
        )  # fmt: skip
        insert([made])
        _record(made, by, "ask_it", "")
        trail.note(**entry, object=made.pk, relation=relation)
        _tell_registrar(here, made)
    return made


def act(*, by: Member, correction: uuid.UUID, event: str, words: str = "", version: int | None = None) -> Correction:
    """One step of a request: taken up, asked back, answered, granted, granted in part, refused, withdrawn."""
    where = Correction.objects.only("person_id").filter(pk=correction).first()
    if where is None:
        raise Refused("not_found", event="casework.asked", kind="correction", object=correction)
    known(CYCLE, event)
    with writing(by=by, purpose="own") as trail:
        person = locked_person(where.person_id)
        row = Correction.objects.select_for_update().get(pk=correction)
        row.person, row.subject = person, person.subject
        here = standing(by, person)
        entry = {"event": f"casework.correction_{event}", "kind": "correction", "object": row.pk,
                 "subject": person.subject_id}  # fmt: skip
        decides = by.role == "registrar"
        relation = (here.must("decide_correction", "registration", **entry) if decides
                    else here.must("ask_correction", "own", **entry))  # fmt: skip
        same_version(row, version, **entry)
        now = pure.Process(str(row.pk), CYCLE, str(person.pk), row.state, row.asked_on)
        moved = pure.act(lifecycles(load()), now, event, timezone.localdate(), by={by.role}, words=words)
        if isinstance(moved, Refusal):
            raise stopped(moved, **entry)
        row.state, row.version = moved[0].state, row.version + 1
        row.save(update_fields=["state", "version"])
        _record(row, by, event, words)
        trail.note(**entry, relation=relation)
        if event == "grant":
            correcting.apply(row, by, trail)
        if "registrar" in moved[1].notice:
            _tell_registrar(here, row)
        if "receivers" in moved[1].notice:  # who was told what is now corrected
            tell_all(what=f"correction.{row.state}", organisations=receivers(person.pk))
    return row


def represent(
    *, by: Member, person: uuid.UUID, membership: uuid.UUID, role: str, basis: str, on: date | None = None
) -> Representation:
    """Put on record who the person is at the counter, or who stands for them; from now on they can look."""
    entry = {"event": "casework.represent", "kind": "person", "object": person}
    with writing(by=by, purpose="registration") as trail:
        row = locked_person(person)
        relation = standing(by, row).must("decide_registration", "registration", subject=row.subject_id, **entry)
        who = accounts.member(membership)
        if who is None or role not in ROLES or ROLES[role] != who.role or basis not in BASES:
            raise Refused("no_such_representative", subject=row.subject_id, **entry)
        if role == "self" and _others(row, who.user):
            raise Refused("account_of_another", subject=row.subject_id, **entry)
        made, _ = Representation.objects.get_or_create(
            person=row, user_id=who.user, role=role, ended=None,
            defaults={"begun": on or timezone.localdate(), "by": basis},
        )  # fmt: skip
        trail.note(**entry, subject=row.subject_id, relation=relation, place=f"{role} {basis}")
    return made


def end(*, by: Member, representation: uuid.UUID) -> None:
    """Somebody no longer stands for the person, from today."""
    entry = {"event": "casework.end_representation", "kind": "representation", "object": representation}
    found = Representation.objects.filter(pk=representation, ended=None).values_list("person_id", flat=True).first()
    with writing(by=by, purpose="registration") as trail:
        if found is None:
            raise Refused("not_found", **entry)
        row = locked_person(found)
        relation = standing(by, row).must("decide_registration", "registration", subject=row.subject_id, **entry)
        # The last day is yesterday: whoever was ended today sees nothing more today.
        Representation.objects.filter(pk=representation).update(ended=timezone.localdate() - timedelta(days=1))
        trail.note(**entry, subject=row.subject_id, relation=relation)


def _others(row: Person, user: str) -> bool:
    """Whether this account is already another person: one account is one person, unless the two were merged."""
    rows = Representation.objects.filter(user=user, role="self", ended=None).exclude(person=row)
    for other in rows.values_list("person_id", flat=True):
        two = {other, row.pk}
        if not Registration.objects.filter(person__in=two, merged_into__person__in=two).exists():
            return True
    return False


def _record(row: Correction, by: Member, event: str, words: str) -> None:
    insert([CorrectionStep(
        correction=row, subject=row.subject, at=timezone.now(), event=event, to=row.state,
        organisation_id=by.organisation, words=words.strip() or None,
    )])  # fmt: skip


def _tell_registrar(here: Standing, row: Correction) -> None:
    if here.registration and here.registration.registry_id:
        tell(what=f"correction.{row.state}", organisation=here.registration.registry_id, object=row.pk,
             role="registrar")  # fmt: skip
