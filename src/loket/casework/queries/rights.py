"""For the registration point: requests of people to be put right, and who speaks for whom on record."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from loket.accounts import queries as accounts
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import Denied, spoken, standing, standings
from loket.casework.models import Correction, Registration, Representation
from loket.casework.queries.known import person_with_all
from loket.casework.queries.own import Request, requests
from loket.casework.queries.seen import label
from loket.casework.reading import looking, opened
from loket.site import paging
from loket.site.pages import Pages
from loket.site.prepared import prepared
from schakel.casework.content import access
from schakel.mechanism.content import load
from schakel.networks.access import may

OPEN = ("asked", "in_review", "question")
SPEAK = ("person", "guardian", "lawyer")  # in these roles somebody is, or speaks for, a person


def waiting(*, by: Member, lang: str, number: int = 1) -> paging.Page[Request]:
    """The requests that are not decided yet, the oldest first."""
    decision = may(access(load()), "decide_correction", by.role, "registers", "accepted", "registration")
    with looking(by, "registration") as trail:
        if not decision.allowed:
            raise Denied("no_role", spoken(decision), event="casework.decide_correction", kind="correction")
        page = WAITING.read(number, uuid.UUID(by.organisation))
        here = standings(by, {row.person_id: row.person for row in page.rows}.values())
        for one in here.values():
            opened(trail, one, one.must("decide_correction", "registration", event="casework.read"), "requests")
    return page.holding(requests(list(page.rows), dict(here), lang))


def _waiting(registry: uuid.UUID) -> QuerySet[Correction]:
    registered = Registration.objects.filter(person=OuterRef("person"), registry=registry)
    rows = Correction.objects.select_related("person__encounter", "person__subject")
    return rows.filter(Exists(registered), state__in=OPEN).order_by("asked_on", "pk")


WAITING = Pages(_waiting, size=15)  # each stands there whole, with all that can be done about it


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
    row = person_with_all.first(person)
    if row is None:
        raise Refused("not_found", event="casework.read")
    with looking(by, "registration") as trail:
        here = standing(by, row)
        relation = here.must("decide_registration", "registration", event="casework.read")
        opened(trail, here, relation, "representatives")
    return Page(
        row.pk, label(by.organisation, row),
        tuple(Stands(*one) for one in _stand(row.pk)),
        tuple((str(pk), f"{name}, {organisation}") for pk, name, organisation in accounts.called(list(SPEAK))),
    )  # fmt: skip


@prepared
def _stand(person: uuid.UUID) -> QuerySet[Any]:
    rows = Representation.objects.filter(person=person).order_by("-begun", "pk")
    return rows.values_list("pk", "user__name", "role", "begun", "ended", "by")
