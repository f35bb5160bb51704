"""The outbox: what has to be told is written with what it is about; one worker takes it and settles it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from loket.accounts import mail
from loket.accounts.models import Membership
from loket.casework import outgoing
from loket.casework.models.outbox import GIVEN_UP, SENT, WAITING, Message, Webhook
from loket.site.prepared import prepared
from loket.site.rows import insert

BATCH = 20


def tell(
    *, what: str, organisation: uuid.UUID | str, object: uuid.UUID | str | None = None, role: str = "",
    membership: uuid.UUID | str | None = None, at: datetime | None = None,
) -> None:  # fmt: skip
    """Let an organisation know that there is something: a mail without content, and a line to each of its webhooks.

    Inside the transaction of what it is about. The mail, where mail can be sent at all, goes to the membership, or else
    to everybody of the organisation (in a role); who has one on its way already gets no second.
    """
    tell_each(what=what, to={organisation: membership}, roles={organisation: role}, object=object, at=at)


def tell_all(*, what: str, organisations: Iterable[uuid.UUID], at: datetime | None = None) -> None:
    """The same for several organisations at once, in as few queries as for one; each member gets one mail at most."""
    tell_each(what=what, to=dict.fromkeys(organisations), at=at)


def tell_each(
    *, what: str, to: Mapping[Any, Any], roles: Mapping[Any, str] | None = None,
    object: uuid.UUID | str | None = None, at: datetime | None = None,
) -> None:  # fmt: skip
    """The same for several: each organisation with the membership that the mail goes to, or None for everybody (in the
    role that `roles` has for it)."""
    wanted, now = {_id(place): pk and _id(pk) for place, pk in to.items()}, at or timezone.now()
    only = {_id(place): role for place, role in (roles or {}).items() if role}
    if not wanted:
        return
    places, common = list(wanted), {"what": what, "object": object and _id(object), "made_at": now, "due_at": now}
    rows = [
        Message(kind="mail", membership_id=pk, organisation_id=place, **common)
        for pk, place, works_as in (_reachable(places) if mail.possible() else ())
        if wanted[place] in (None, pk) and only.get(place, works_as) == works_as
    ]
    rows += [
        Message(kind="webhook", webhook=hook, organisation_id=hook.organisation_id, **common)
        for hook in _webhooks(places) if what in hook.events
    ]  # fmt: skip
    insert(rows)


def _id(one: uuid.UUID | str) -> uuid.UUID:
    return one if isinstance(one, uuid.UUID) else uuid.UUID(one)


@prepared
def _reachable(organisations: list[uuid.UUID]) -> QuerySet[Any]:
    """Who works there and has no mail on its way."""
    on_its_way = Message.objects.filter(kind="mail", state=WAITING, membership=OuterRef("pk"))
    rows = Membership.objects.filter(organisation__in=organisations, until=None, user__is_active=True)
    return rows.exclude(Exists(on_its_way)).order_by("pk").values_list("pk", "organisation_id", "role")


@prepared
def _webhooks(organisations: list[uuid.UUID]) -> QuerySet[Webhook]:
    return Webhook.objects.filter(organisation__in=organisations, ended_at=None)


@transaction.atomic
def claim(*, now: datetime) -> list[uuid.UUID]:
    """Take the lines that are due; for a while no other worker does. A worker that dies lets them go by itself."""
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    rows = Message.objects.filter(free, state=WAITING, due_at__lte=now).order_by("due_at", "pk")
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(skip_locked=True)
    taken = list(rows.values_list("pk", flat=True)[:BATCH])
    Message.objects.filter(pk__in=taken).update(claimed_until=now + outgoing.CLAIM)
    return taken


@transaction.atomic
def settle(*, message: uuid.UUID, now: datetime, problem: str = "", last: bool = False) -> str:
    """Write down how a try went: sent, waiting for the next, or given up. The state it is in now."""
    row = Message.objects.select_for_update().filter(pk=message, state=WAITING).first()
    if row is None:
        return SENT
    row.tries += 1
    again = None if last else outgoing.next_try(row.tries, now)
    row.claimed_until, row.problem = None, problem
    if not problem:
        row.state, row.settled_at = SENT, now
    elif again:
        row.due_at = again
    else:
        row.state, row.settled_at = GIVEN_UP, now
    row.save()
    return row.state


def forget(*, before: datetime) -> int:
    """Throw away lines that were settled before then; how many."""
    return Message.objects.filter(state__in=(SENT, GIVEN_UP), settled_at__lt=before).delete()[0]


def drop(*, messages: Iterable[uuid.UUID]) -> int:
    """Take lines back that did not go yet (an account that ends)."""
    return Message.objects.filter(pk__in=list(messages), state=WAITING).delete()[0]
