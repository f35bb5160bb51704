"""What a part of the account should read, as the person asked it: kept with the request, applied with one press."""

from __future__ import annotations

from dataclasses import replace

from loket.accounts.people import Member
from loket.audit.who import Trail
from loket.casework import naming, stored
from loket.casework.actions.drafting import touch
from loket.casework.actions.telling import followed_for, told
from loket.casework.models import Correction, Person
from loket.casework.parts import CONTACT, FACT, LISTS, PLACES
from loket.vault import actions as vault
from schakel.casework.person import Identity
from schakel.linkage.dates import birth
from schakel.mechanism.content import load
from schakel.vocabulary.errors import refused


def reading(place: str, typed: str) -> str:
    """The new reading as it is kept; nothing where the request names no part. Raises BadInput for what cannot be."""
    if not place:
        return ""
    if place not in PLACES and not (place.startswith(FACT) and place.removeprefix(FACT) in load().facts):
        raise refused(("there is no such part", "Choose a part from the list"),
                      ("dat deel bestaat niet", "Kies een deel uit de lijst"))  # fmt: skip
    if place == "identity.birth_date" and typed.strip() and birth(typed.strip()).year is None:
        raise refused(("this is no date of birth", "Write it as 1999-05-03, or the year only"),
                      ("dit is geen geboortedatum", "Schrijf het als 1999-05-03, of alleen het jaar"))  # fmt: skip
    if not typed.strip():
        raise refused(("the new reading is empty", "Write down what it should say"),
                      ("er staat niet wat het moet worden", "Schrijf op wat er moet staan"))  # fmt: skip
    return typed.strip()[:2000]


def apply(row: Correction, by: Member, trail: Trail) -> None:
    """Put the new reading in the place of the old one, inside the transaction of the caller; nothing where none was
    asked. An earlier answer to a fact stays on record. Raises BadInput where it cannot be together with the rest."""
    if not row.place or not row.value:
        return
    person: Person = row.person
    if row.place.startswith(FACT):
        _fact(person, row.value, by)
    elif row.place == CONTACT:
        person.contact = row.value
        person.save(update_fields=["contact"])
    else:
        _identity(person, row.place.removeprefix("identity."), row.value)
    touch(person.encounter)
    trail.note("casework.correction_apply", kind="correction", object=row.pk, subject=person.subject_id,
               place=row.place)  # fmt: skip
    followed_for(person, by, trail)


def _fact(person: Person, value: str, by: Member) -> None:
    now = stored.person(person)
    claim = stored.claim(stored.unpack(value))
    person.facts = stored.facts_text(replace(now, claims=told(now.claims, claim, by, beside=False, draft=False)))
    person.save(update_fields=["facts"])


def _identity(person: Person, part: str, value: str) -> None:
    said = tuple(one.strip() for one in value.split(",") if one.strip()) if part in LISTS else value
    known = replace(stored.identity(person) or Identity(), **{part: said})
    person.identity = stored.identity_text(known)
    person.save(update_fields=["identity"])
    vault.index(subject=person.subject, words=naming.words(known))
