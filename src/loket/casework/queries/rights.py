"""For the registration point: requests of people to be put right, and who speaks for whom on record."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from loket.accounts import queries as accounts
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import Denied, spoken, standing, standings
from loket.casework.models import Correction, Person, Registration, Representation
from loket.casework.queries.own import Request, requests
from loket.casework.queries.seen import label
from loket.casework.reading import looking, opened
from loket.site import paging
from schakel.casework.content import access
from schakel.mechanism.content import load
from schakel.networks.access import may

OPEN = ("asked", "in_review", "question")


def waiting(*, by: Member, lang: str, number: int = 1) -> paging.Page[Request]:
    """The requests that are not decided yet, the oldest first."""
    decision = may(access(load()), "decide_correction", by.role, "registers", "accepted", "registration")
    with looking(by, "registration") as trail:
        if not decision.allowed:
            raise Denied("no_role", spoken(decision), event="casework.decide_correction", kind="correction")
        registered = Registration.objects.filter(person=OuterRef("person"), registry=by.organisation)
        rows = Correction.objects.select_related("person__encounter__subject", "person__subject")
        rows = rows.filter(Exists(registered), state__in=OPEN).order_by("asked_on", "pk")
        page = paging.read(rows, number)
        here = standings(by, {row.person_id: row.person for row in page.rows}.values())
        for one in here.values():
            opened(trail, one, one.must("decide_correction", "registration", event="casework.read"), "requests")
    return page.holding(requests(list(page.rows), dict(here), lang))


@dataclass(frozen=True)
class Stands:
    """Somebody who is, or speaks for, a person on record."""

    id: uuid.UUID
    who: str
    role: str
    begun: date
    ended: date | None
    basis: str


@dataclass(frozen=True)
class Page:
    """Who speaks for one person, and who could."""

    person: uuid.UUID
    name: str
    lines: tuple[Stands, ...]
    accounts: tuple[tuple[str, str], ...]


def representatives(*, by: Member, person: uuid.UUID) -> Page:
    """Who speaks for a person. Raises Denied for everybody but the registration point."""
    row = Person.objects.select_related("encounter__subject", "subject").filter(pk=person).first()
    if row is None:
        raise Refused("not_found", event="casework.read")
    with looking(by, "registration") as trail:
        here = standing(by, row)
        relation = here.must("decide_registration", "registration", event="casework.read")
        opened(trail, here, relation, "representatives")
    rows = Representation.objects.select_related("user").filter(person=row).order_by("-begun", "pk")
    people = accounts.in_roles("person", "guardian", "lawyer")
    return Page(
        row.pk, label(by.organisation, row),
        tuple(Stands(one.pk, one.user.name, one.role, one.begun, one.ended, one.by) for one in rows),
        tuple((one.membership, f"{one.name}, {one.organisation_name}") for one in people),
    )  # fmt: skip
