"""Webhooks and calendars: where else somebody wants to hear of their work. Each secret is shown once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.utils import timezone

from loket.accounts.people import Member
from loket.accounts.roles import APART
from loket.audit.actions import act
from loket.audit.who import Refused
from loket.casework import outgoing, transport
from loket.casework.access import Denied, spoken
from loket.casework.models.outbox import CalendarFeed, Webhook

PURPOSE = "keeping_connections"


def must_manage(by: Member, event: str) -> None:
    """Only who manages the accounts of an organisation that works on cases. Raises Refused."""
    if not by.manages or by.role in APART:
        raise Refused("not_in_your_role", event=event, kind="organisation", object=by.organisation)


def add_webhook(*, by: Member, address: str, events: Iterable[str]) -> tuple[Webhook, str]:
    """A webhook of the own organisation, and its secret. Raises Refused: not allowed, not on the list, or forbidden."""
    asked = {"event": "exchange.add_webhook", "kind": "organisation", "object": by.organisation}
    secret, wanted = outgoing.new_secret("webhook"), [one for one in outgoing.EVENTS if one in set(events)]
    with act(by=by.actor, purpose=PURPOSE) as trail:
        must_manage(by, "exchange.add_webhook")
        if rule := outgoing.forbidden(by.organisation_kind, timezone.localdate()):
            raise Denied("webhook_forbidden", spoken(rule), **asked)
        try:
            transport.place(address)
        except transport.NotSent as problem:
            raise Refused(f"webhook_{problem.problem}", **asked) from None
        if not wanted:
            raise Refused("webhook_needs_events", **asked)
        made = Webhook.objects.create(
            organisation_id=by.organisation, address=address, events=wanted, secret=secret,
            made_by_id=by.membership, made_at=timezone.now(),
        )  # fmt: skip
        trail.note("exchange.add_webhook", kind="webhook", object=made.pk, place=f"events {len(wanted)}")
    return made, secret


def end_webhook(*, by: Member, webhook: uuid.UUID) -> None:
    with act(by=by.actor, purpose=PURPOSE) as trail:
        must_manage(by, "exchange.end_webhook")
        found = Webhook.objects.filter(pk=webhook, organisation=by.organisation, ended_at=None)
        if found.update(ended_at=timezone.now()):
            trail.note("exchange.end_webhook", kind="webhook", object=webhook)


def new_calendar(*, by: Member, lang: str) -> str:
    """The secret of a new address for the own deadlines; an older one stops at once."""
    secret = outgoing.new_secret("calendar")
    with act(by=by.actor, purpose=PURPOSE) as trail:
        now = timezone.now()
        CalendarFeed.objects.filter(membership=by.membership, ended_at=None).update(ended_at=now)
        made = CalendarFeed.objects.create(
            membership_id=by.membership, digest=outgoing.digest(secret), lang=lang, made_at=now
        )
        trail.note("exchange.new_calendar", kind="calendar", object=made.pk)
    return secret


def end_calendar(*, by: Member) -> None:
    with act(by=by.actor, purpose=PURPOSE) as trail:
        if CalendarFeed.objects.filter(membership=by.membership, ended_at=None).update(ended_at=timezone.now()):
            trail.note("exchange.end_calendar", kind="membership", object=by.membership)
