"""Who is missing: on a person's page, and as a list for who searches and for the registration point."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import Standing, standing
from loket.casework.alerting import parties
from loket.casework.models import Alert, AlertStep, Person, Registration
from loket.casework.reading import looking, opened
from loket.site import paging
from loket.vault.queries import pseudonym
from schakel.casework.lifecycles import lifecycles
from schakel.mechanism.content import load

PURPOSE = "safety"


@dataclass(frozen=True)
class Line:
    """One disappearance in a list, by pseudonym."""

    person: uuid.UUID
    name: str
    state: str
    begun_on: date
    sender: str
    police: str


@dataclass(frozen=True)
class Page:
    """What is known of the disappearance of one person, and what this member may do now."""

    person: uuid.UUID
    name: str
    alert: uuid.UUID | None
    version: int
    state: str
    otherwise: str
    police: str
    begun_on: date | None
    steps: tuple[tuple[datetime, str, str], ...]
    events: tuple[tuple[str, bool], ...]  # event, and whether it comes with words
    may_report: bool


def missing(*, by: Member, number: int = 1) -> paging.Page[Line]:
    """Everybody who is missing, as far as the own organisation told it, searches, or registers; nothing for others."""
    rows, own = Alert.objects.exclude(state="closed"), Q(sender=by.organisation) | Q(police=by.organisation)
    parts = [rows.filter(own)]
    if by.role == "registrar":  # in two, because an `OR` would read every person
        here = Exists(Registration.objects.filter(person=OuterRef("person"), registry=by.organisation))
        parts.append(rows.filter(here).exclude(sender=by.organisation).exclude(police=by.organisation))
    with looking(by, PURPOSE) as trail:
        trail.note("casework.missing_list")
        ids = [pk for pk, _ in paging.merged(parts, "begun_on", number)]
        found = Alert.objects.filter(pk__in=ids[: paging.SIZE]).select_related("sender", "police")
        page = paging.Page(tuple(found.order_by("begun_on", "pk")), number, -1, more=len(ids) > paging.SIZE)
    return page.holding([
        Line(row.person_id, pseudonym(by.organisation, row.person_id), row.state, row.begun_on, row.sender.name,
             row.police.name if row.police else "") for row in page.rows
    ])  # fmt: skip


def page(*, by: Member, pk: uuid.UUID, lang: str) -> Page:
    """The page about the disappearance of one person. Raises Refused for who may not report or follow it."""
    with looking(by, PURPOSE) as trail:
        person = Person.objects.select_related("subject", "encounter").filter(pk=pk, subject__erased_at=None).first()
        if person is None:
            raise Refused("not_found", event="casework.read")
        here = standing(by, person)
        opened(trail, here, here.must("missing_alert", PURPOSE, event="casework.read"), "missing")
    row = Alert.objects.select_related("police").filter(person=person).order_by("-begun_on", "-pk").first()
    return _page(by, person, here, row, lang)


def _page(by: Member, person: Person, here: Standing, row: Alert | None, lang: str) -> Page:
    cycle, name = lifecycles(load())["alert"], pseudonym(by.organisation, person.pk)
    if row is None:
        return Page(person.pk, name, None, 0, "", "", "", None, (), (), may_report=True)
    state = cycle.state(row.state)
    exits = [one for one in cycle.exits(row.state) if parties(by, row) & set(one.who)]
    return Page(
        person.pk, name, row.pk, row.version, row.state, state.otherwise(lang), row.police.name if row.police else "",
        row.begun_on, tuple(_steps(row, person)), tuple((one.event, bool(one.needs)) for one in exits),
        may_report=row.state == "closed",
    )  # fmt: skip


def _steps(row: Alert, person: Person) -> list[tuple[datetime, str, str]]:
    out = []
    for step in AlertStep.objects.filter(alert=row).order_by("at", "pk"):
        step.subject = person.subject
        out.append((timezone.localtime(step.at), step.event, step.words or ""))
    return out
