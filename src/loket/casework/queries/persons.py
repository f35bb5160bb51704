"""One person of an encounter, for the forms: what one fact is now, who it is, and on which grounds it may be told."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import stored
from loket.casework.access import OWN_DRAFT, Standing, standing
from loket.casework.models import Person, Registration
from loket.casework.queries.facts import Told, municipality_name, told_lines
from loket.casework.queries.grounds import Offered, offered
from loket.casework.reading import looking, opened
from loket.casework.taking import tells
from loket.site.prepared import prepared
from schakel.casework.content import sharing
from schakel.casework.person import Identity
from schakel.casework.registration import PURPOSES
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim


def encounter_of(pk: uuid.UUID) -> uuid.UUID:
    """The encounter of a person; whoever goes there is asked what they may see there."""
    found = Person.objects.filter(pk=pk).values_list("encounter_id", flat=True).first()
    if found is None:
        raise Refused("not_found", event="casework.read")
    return found


@dataclass(frozen=True)
class FactNow:
    """What was told of one fact so far. `number` is that of the person, 0 for everyone."""

    encounter: uuid.UUID
    version: int
    number: int
    claims: tuple[Claim, ...]
    lines: tuple[Told, ...]
    draft: bool


def fact(*, by: Member, pk: uuid.UUID, fact: str, person: bool, lang: str) -> FactNow:
    """What was told of a fact, for whoever may tell more of it. Raises Refused otherwise."""
    with looking(by) as trail:
        row = _person(pk) if person else _first(pk)
        here = standing(by, row)
        relation = _must_tell(here)
        opened(trail, here, relation, f"fact {fact}")
        claims = stored.person(row).claims if person else stored.encounter(row.encounter, ()).shared
    own = tuple(one for one in claims if one.fact == fact)
    kinds = frozenset({sharing(load()).field_of.get(fact, "")})
    return FactNow(
        encounter=row.encounter_id, version=row.encounter.version, number=row.number if person else 0, claims=own,
        lines=tuple(told_lines(own, kinds, lang)), draft=here.state == "draft",
    )  # fmt: skip


def _must_tell(here: Standing) -> str:
    return here.must(OWN_DRAFT if here.state == "draft" else "add_facts", event="casework.read")


def _person(pk: uuid.UUID) -> Person:
    row: Person | None = _known.first(pk)
    if row is None:
        raise Refused("not_found", event="casework.read")
    return row


@prepared
def _known(pk: uuid.UUID) -> QuerySet[Person]:
    return Person.objects.select_related("subject", "encounter__subject").filter(pk=pk, subject__erased_at=None)


@prepared
def _met(encounter: uuid.UUID) -> QuerySet[Person]:
    rows = Person.objects.select_related("subject", "encounter__subject")
    return rows.filter(encounter=encounter, subject__erased_at=None).order_by("number")[:1]


def _first(encounter: uuid.UUID) -> Person:
    row: Person | None = _met.first(encounter)
    if row is None:
        raise Refused("not_found", event="casework.read")
    return row


@dataclass(frozen=True)
class IdentityNow:
    """Who it is so far, and the grounds that the sharing rules offer. `chosen`: name or count was chosen before."""

    encounter: uuid.UUID
    version: int
    number: int
    identity: Identity | None
    contact: str
    named: bool
    chosen: bool
    grounds: dict[str, str]
    purposes: tuple[str, ...]
    consent_by: str
    offered: dict[str, list[Offered]]


def identity(*, by: Member, pk: uuid.UUID, lang: str, shown: bool = True) -> IdentityNow:
    """For whoever fills in the draft. Raises Refused otherwise.

    Not `shown`: only what a form is held against. Who it is stays closed then, so that there is no reading to log.
    """
    with looking(by, "registration") as trail:
        row = _person(pk)
        here = standing(by, row)
        relation = here.must(OWN_DRAFT, "registration", event="casework.read")
        if shown:
            opened(trail, here, relation, "identity")
    registration: Any = here.registration or Registration()
    today = timezone.localdate()
    return IdentityNow(
        encounter=row.encounter_id, version=row.encounter.version, number=row.number,
        identity=stored.identity(row) if shown else None, contact=(shown and row.contact) or "",
        named=registration.named, chosen=registration.named,
        grounds=dict(registration.grounds), purposes=tuple(registration.purposes), consent_by=registration.consent_by,
        offered={purpose: offered(tells(by, row.encounter.who), purpose, today, lang) for purpose in PURPOSES},
    )  # fmt: skip


@dataclass(frozen=True)
class CountNow:
    """A count whose person may be named now, and the grounds that the sharing rules offer for it."""

    version: int
    offered: dict[str, list[Offered]]


def count(*, by: Member, pk: uuid.UUID, lang: str) -> CountNow:
    """For whoever reported it, as long as it counts. Raises Refused otherwise."""
    with looking(by, "registration") as trail:
        rows = Registration.objects.select_related("person__subject", "person__encounter__subject")
        row = rows.filter(pk=pk, named=False, state="counted", person__subject__erased_at=None).first()
        if row is None:
            raise Refused("not_found", event="casework.read")
        here = standing(by, row.person, row)
        opened(trail, here, here.must("answer_question", "registration", event="casework.read"), "identity")
    today = timezone.localdate()
    return CountNow(row.version, {one: offered(by.organisation_kind, one, today, lang) for one in PURPOSES})


@dataclass(frozen=True)
class PlaceNow:
    """The municipality of an encounter as it is now."""

    version: int
    name: str


def municipality(*, by: Member, pk: uuid.UUID) -> PlaceNow:
    """For whoever may tell more of the encounter. Raises Refused otherwise."""
    with looking(by) as trail:
        row = _first(pk)
        here = standing(by, row)
        opened(trail, here, _must_tell(here), "municipality")
    code = stored.encounter(row.encounter, ()).municipality
    return PlaceNow(row.encounter.version, municipality_name(code))
