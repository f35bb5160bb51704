"""Lists as a program reads them, a page at a time: what the member it acts for would see on the pages, and no more."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import early
from loket.casework.models import Placement, Registration
from loket.casework.queries import places, work
from loket.casework.queries import referrals as sent
from loket.casework.reading import looking
from schakel.casework.referral import status_for_finder


@dataclass(frozen=True)
class RegistrationLine:
    """A registration in a list. `state` is empty for who sees the status only."""

    id: uuid.UUID
    status: str
    state: str
    named: bool
    found_on: date
    submitted_at: datetime | None


def registrations(*, by: Member, page: int, size: int, lang: str) -> tuple[list[RegistrationLine], bool]:
    """What this member registered, or, for the registration point, what came in; newest first, and whether more follow.

    Raises Refused for who neither reports nor works at the registration point.
    """
    with looking(by, "registration") as trail:
        if by.role not in ("registrar", "finder"):
            raise Refused("not_in_your_role", event="casework.list", kind="registration")
        trail.note("casework.list", kind="registration", place=f"page {page}")
    point = by.role == "registrar"
    mine = {"registry": by.organisation} if point else {"person__encounter__reporter": by.membership}
    rows = Registration.objects.filter(**mine).exclude(state="destroyed").select_related("person__encounter")
    rows = rows.select_related("merged_into").order_by("-made_on", "pk")
    found = list(rows[(page - 1) * size : page * size + 1])
    return [_line(row, point, lang) for row in found[:size]], len(found) > size


def _line(row: Registration, point: bool, lang: str) -> RegistrationLine:
    merged = row.merged_into.state if row.merged_into else ""
    return RegistrationLine(
        row.pk, status_for_finder(row.state, merged)(lang), row.state if point or row.state == "draft" else "",
        row.named, row.person.encounter.found_on, row.submitted_at,
    )  # fmt: skip


def person_of(*, registration: uuid.UUID) -> uuid.UUID:
    """The person of a registration; what a program may know of them is asked where it asks for it."""
    found = Registration.objects.filter(pk=registration).values_list("person_id", flat=True).first()
    if found is None:
        raise Refused("not_found", event="exchange.api")
    return found


def duties(*, by: Member, page: int, size: int, lang: str) -> tuple[list[work.TaskLine], bool]:
    """The open tasks of the own organisation, the oldest last day first, and whether there is another page."""
    today = timezone.localdate()
    with looking(by, "care") as trail:
        rows = work.in_order(work.tasks_of(uuid.UUID(by.organisation), early(by.role)))
        found = list(rows[(page - 1) * size : page * size + 1])
        shown = work.does(by, found[:size])
        trail.note("casework.work", place=f"tasks {len(shown)}")
    return [work.line(row, by, today, lang) for row in shown], len(found) > size


def referrals(*, by: Member, page: int, size: int, lang: str) -> tuple[list[sent.Card], bool]:
    """Referrals that the own organisation sent or got, in the groups of the list, and whether there is another page."""
    ids = sent.LIST.every(by, page, size)
    cards = sent.cards(by, lang, ids[:size])
    return [cards[pk] for pk in ids[:size] if pk in cards], len(ids) > size


def placements(*, by: Member, page: int, size: int, lang: str) -> tuple[list[places.Card], bool]:
    """Requests for a place that the own organisation made or got, newest first, and whether there is another page.

    The registration point also sees those that have no shelter yet.
    """
    own = Q(sender=by.organisation) | Q(shelter=by.organisation)
    if by.role == "registrar":
        here = Registration.objects.filter(registry=by.organisation).values("person")
        own |= Q(person__in=here, shelter=None, state="waiting")
    rows = Placement.objects.filter(own).order_by("-asked_on", "pk").values_list("pk", flat=True)
    ids = list(rows[(page - 1) * size : page * size + 1])
    cards = places.cards(by, lang, ids[:size])
    return [cards[pk] for pk in ids[:size] if pk in cards], len(ids) > size
