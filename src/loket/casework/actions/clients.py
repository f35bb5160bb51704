"""Keys for programs that use the API: made by who manages the accounts, shown once, ended at any moment."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from loket.accounts.models import Membership
from loket.accounts.people import Member
from loket.audit.actions import act
from loket.audit.who import Refused
from loket.casework import outgoing
from loket.casework.actions.connections import PURPOSE, must_manage
from loket.casework.models.client import ApiClient, IdempotentAnswer

SCOPES: Final = (
    "registrations:read", "registrations:write", "referrals:read", "referrals:write", "duties:read", "duties:write",
    "placements:read", "placements:write", "attachments:read",
)  # fmt: skip
DAYS: Final = (30, 90, 365)
ANSWERS_KEPT: Final = timedelta(hours=24)


def add_client(
    *, by: Member, name: str, membership: uuid.UUID, scopes: Iterable[str], days: int
) -> tuple[ApiClient, str]:
    """A key for a program that acts for a colleague, in that role: it may never more than that person, and its scopes.

    Raises Refused where the colleague is not one, no scope is chosen, or the time is not one of `DAYS`.
    """
    asked = {"event": "exchange.add_client", "kind": "organisation", "object": by.organisation}
    secret, wanted = outgoing.new_secret("api"), [one for one in SCOPES if one in set(scopes)]
    with act(by=by.actor, purpose=PURPOSE) as trail:
        must_manage(by, "exchange.add_client")
        if not wanted or not name.strip() or days not in DAYS:
            raise Refused("client_needs_scope", **asked)
        if not Membership.objects.filter(pk=membership, organisation=by.organisation, until=None).exists():
            raise Refused("client_needs_colleague", **asked)
        made = ApiClient.objects.create(
            name=name.strip(), membership_id=membership, scopes=wanted, digest=outgoing.digest(secret),
            made_at=timezone.now(), expires_at=timezone.now() + timedelta(days=days),
        )  # fmt: skip
        trail.note("exchange.add_client", kind="client", object=made.pk, place=", ".join(wanted)[:120])
    return made, secret


def end_client(*, by: Member, client: uuid.UUID) -> None:
    with act(by=by.actor, purpose=PURPOSE) as trail:
        must_manage(by, "exchange.end_client")
        found = ApiClient.objects.filter(pk=client, membership__organisation=by.organisation, ended_at=None)
        if found.update(ended_at=timezone.now()):
            trail.note("exchange.end_client", kind="client", object=client)


def used(*, client: uuid.UUID) -> None:
    """That a key was used today (once a day is enough to see one that sleeps)."""
    today = timezone.localdate()
    ApiClient.objects.filter(pk=client).exclude(last_used_on=today).update(last_used_on=today)


def first(*, client: uuid.UUID, key: str, request: str) -> IdempotentAnswer | None:
    """Note that a request with this key began. None: it is the first; else what is known of the earlier one."""
    try:
        with transaction.atomic():
            IdempotentAnswer.objects.create(client_id=client, key=key, request=request, made_at=timezone.now())
    except IntegrityError:
        return IdempotentAnswer.objects.filter(client=client, key=key).first()
    return None


def answered(*, client: uuid.UUID, key: str, status: int, answer: str) -> None:
    """Keep the answer to a request that came to an end."""
    row = IdempotentAnswer.objects.get(client=client, key=key)
    row.status, row.answer = status, answer
    row.save(update_fields=["status", "answer"])


def unanswered(*, client: uuid.UUID, key: str) -> None:
    """Forget a request that failed on our side: the same key may be tried again."""
    IdempotentAnswer.objects.filter(client=client, key=key, status=0).delete()


def forget_answers(*, now: datetime) -> int:
    return IdempotentAnswer.objects.filter(made_at__lt=now - ANSWERS_KEPT).delete()[0]
