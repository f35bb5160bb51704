"""What an organisation has connected: webhooks and how they fare, keys for programs, and one's own calendar."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from loket.accounts.models import Membership
from loket.accounts.people import Member
from loket.accounts.roles import APART
from loket.casework import outgoing
from loket.casework.models import ApiClient, CalendarFeed, Message, Webhook
from loket.casework.models.outbox import GIVEN_UP, SENT, WAITING


def may_manage(by: Member) -> bool:
    return by.manages and by.role not in APART


@dataclass(frozen=True)
class Hook:
    """A webhook, and how many lines went, wait and were given up; `problem` of the newest that failed."""

    id: uuid.UUID
    address: str
    events: tuple[str, ...]
    made_at: datetime
    sent: int
    waiting: int
    given_up: int
    problem: str


@dataclass(frozen=True)
class ClientLine:
    """A key for a program: for whom it acts, what it may, and until when."""

    id: uuid.UUID
    name: str
    person: str
    role: str
    scopes: tuple[str, ...]
    expires_at: datetime
    last_used_on: date | None


def webhooks(*, by: Member) -> list[Hook]:
    """The webhooks of the own organisation; nothing for who does not manage them."""
    if not may_manage(by):
        return []
    counts: dict[str, Any] = {
        state: Count("messages", filter=Q(messages__state=state)) for state in (SENT, WAITING, GIVEN_UP)
    }
    rows = Webhook.objects.filter(organisation=by.organisation, ended_at=None).annotate(**counts).order_by("made_at")
    failed = Message.objects.filter(webhook__in=rows).exclude(problem="").order_by("made_at")
    problems = dict(failed.values_list("webhook_id", "problem"))
    return [Hook(row.pk, row.address, tuple(row.events), row.made_at, getattr(row, SENT), getattr(row, WAITING),
                 getattr(row, GIVEN_UP), problems.get(row.pk, "")) for row in rows]  # fmt: skip


def clients(*, by: Member) -> list[ClientLine]:
    """The keys of the own organisation that still work."""
    if not may_manage(by):
        return []
    rows = _working().filter(membership__organisation=by.organisation).order_by("made_at")
    return [ClientLine(row.pk, row.name, row.membership.user.name, row.membership.role, tuple(row.scopes),
                       row.expires_at, row.last_used_on) for row in rows]  # fmt: skip


def _working() -> Any:
    return ApiClient.objects.select_related("membership__user", "membership__organisation", "membership__unit").filter(
        ended_at=None, expires_at__gt=timezone.now(), membership__until=None, membership__user__is_active=True,
        membership__organisation__ended_at=None,
    )  # fmt: skip


@dataclass(frozen=True)
class Machine:
    """A program as the API knows it: its id, its scopes, and the membership for which it acts."""

    id: uuid.UUID
    scopes: frozenset[str]
    membership: Membership


def machine(secret: str) -> Machine | None:
    """The program with this key, if it still works."""
    row = _working().filter(digest=outgoing.digest(secret)).first() if len(secret) < 200 else None
    return Machine(row.pk, frozenset(row.scopes), row.membership) if row else None


def has_calendar(*, by: Member) -> bool:
    return CalendarFeed.objects.filter(membership=by.membership, ended_at=None).exists()


def calendar_owner(secret: str) -> tuple[Membership, str] | None:
    """Whose calendar an address leads to, and in which language; None if it stopped, or never was."""
    row = (
        CalendarFeed.objects.select_related("membership__user", "membership__organisation")
        .filter(digest=outgoing.digest(secret), ended_at=None, membership__until=None,
                membership__user__is_active=True, membership__organisation__ended_at=None)
        .first()
    )  # fmt: skip
    return (row.membership, row.lang) if row else None
