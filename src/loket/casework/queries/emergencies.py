"""What was seen in emergencies, and still has to be looked into; for the registration point and the auditor."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from loket.accounts.people import Member
from loket.casework.access import Denied, spoken
from loket.casework.models import EmergencyLook, Registration
from loket.casework.queries.seen import label
from loket.casework.reading import looking
from loket.site import paging
from loket.site.pages import Pages
from schakel.casework.content import access
from schakel.mechanism.content import load
from schakel.networks.access import may


@dataclass(frozen=True)
class Look:
    """One person looked at inside one glass. The auditor sees who did what, and of the person a stand-in only."""

    id: uuid.UUID
    person: uuid.UUID | None
    name: str
    who: str
    role: str
    organisation: str
    reason: str
    note: str
    at: datetime
    verdict: str
    told_on: date | None
    own: bool
    may_tell: bool


def looks(*, by: Member, number: int = 1) -> paging.Page[Look]:
    """Every look in an emergency, those that nobody looked into first."""
    auditor = by.role == "auditor"
    action, relation, purpose = (
        ("see_readers", "agreed", "oversight") if auditor else ("decide_correction", "registers", "registration")
    )
    decision = may(access(load()), action, by.role, relation, "accepted", purpose)
    with looking(by, purpose) as trail:
        if not decision.allowed:
            raise Denied("no_role", spoken(decision), event="casework.see_emergencies", kind="look")
        trail.note("casework.see_emergencies", kind="look", relation=relation)
    page = LOOKS.read(number, None if auditor else uuid.UUID(by.organisation))
    return page.holding([_look(row, by, auditor) for row in page.rows])


def _looks(registry: uuid.UUID | None) -> QuerySet[EmergencyLook]:
    """Those at people whom this organisation registers; None: all of them."""
    rows = EmergencyLook.objects.select_related(
        "person__subject", "glass__membership__user", "glass__membership__organisation"
    )
    if registry:
        rows = rows.filter(Exists(Registration.objects.filter(person=OuterRef("person"), registry=registry)))
    return rows.order_by(F("reviewed_at").asc(nulls_first=True), "-at", "pk")


LOOKS = Pages(_looks)


def _look(row: EmergencyLook, by: Member, auditor: bool) -> Look:
    who = row.glass.membership
    return Look(
        row.pk, None if auditor else row.person_id, label(by.organisation, row.person), who.user.name, who.role,
        who.organisation.name, row.glass.reason, row.glass.note or "", row.at, row.verdict, row.told_on,
        str(who.user_id) == by.user, not auditor,
    )  # fmt: skip
