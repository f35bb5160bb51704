"""The outbox: what has to be told is written with what it is about; one worker takes it and settles it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from loket.accounts.models import Membership
from loket.casework import outgoing
from loket.casework.models.outbox import GIVEN_UP, SENT, WAITING, Message, Webhook

BATCH = 20


def tell(
    *, what: str, organisation: uuid.UUID | str, object: uuid.UUID | str | None = None, role: str = "",
    membership: uuid.UUID | str | None = None, at: datetime | None = None,
) -> None:  # fmt: skip
    """Let an organisation know that there is something: a mail without content, and a line to each of its webhooks.

    Inside the transaction of what it is about. The mail goes to the membership, or else to everybody of the
    organisation (in a role); who has one on its way already gets no second.
    """
    now = at or timezone.now()
    to = Membership.objects.filter(organisation=organisation, until=None, user__is_active=True)
    to = to.filter(pk=membership) if membership else to.filter(role=role) if role else to
    waiting = Message.objects.filter(kind="mail", state=WAITING, organisation=organisation).values("membership")
    common = {"what": what, "object": object, "organisation_id": organisation, "made_at": now, "due_at": now}
    rows = [Message(kind="mail", membership_id=pk, **common)
            for pk in to.exclude(pk__in=waiting).order_by("pk").values_list("pk", flat=True)]  # fmt: skip
    hooks = Webhook.objects.filter(organisation=organisation, ended_at=None)
    rows += [Message(kind="webhook", webhook=hook, **common) for hook in hooks if what in hook.events]
    Message.objects.bulk_create(rows)


def tell_all(*, what: str, organisations: Iterable[uuid.UUID], at: datetime | None = None) -> None:
    """The same for several organisations at once, in as few queries as for one; each member gets one mail at most."""
    wanted, now = set(organisations), at or timezone.now()
    if not wanted:
        return
    to = Membership.objects.filter(organisation__in=wanted, until=None, user__is_active=True)
    waiting = Message.objects.filter(kind="mail", state=WAITING, organisation__in=wanted).values("membership")
    common = {"what": what, "made_at": now, "due_at": now}
    people = to.exclude(pk__in=waiting).order_by("pk").values_list("pk", "organisation_id")
    rows = [Message(kind="mail", membership_id=pk, organisation_id=place, **common) for pk, place in people]
    for hook in Webhook.objects.filter(organisation__in=wanted, ended_at=None):
        if what in hook.events:
            rows.append(Message(kind="webhook", webhook=hook, organisation_id=hook.organisation_id, **common))
    Message.objects.bulk_create(rows)


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
