"""What the outbox hears: a registration or a task moved, and somebody must be told that there is something."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.dispatch import receiver

from loket.accounts.models import Membership
from loket.accounts.signals import membership_ends
from loket.casework import signals
from loket.casework.actions.outbox import tell_each
from loket.casework.models import ApiClient, CalendarFeed
from loket.site.prepared import prepared

# What an event is called to the outside (`outgoing.EVENTS`); what is not in it goes as a mail only.
CALLED: Final = {
    "submit": "registration.submitted", "answer": "registration.submitted", "ask": "registration.returned",
    "accept": "registration.accepted", "count": "registration.accepted", "decline": "registration.declined",
    "close": "registration.closed",
}  # fmt: skip


@receiver(signals.moved, dispatch_uid="casework.outbox")
def moved(
    lifecycle: str, event: str, organisations: Iterable[Any], memberships: Iterable[Any], thing: Any = None, **_: Any
) -> None:
    """A mail to the people that were named, or else to the organisation; and a line to its webhooks."""
    what = CALLED.get(event, f"{lifecycle}.{event}") if lifecycle != "duty" else f"duty.{event}"
    people = [one for one in memberships if one]
    named = dict(_places(people)) if people else {}
    tell_each(what=what, to={**dict.fromkeys(one for one in organisations if one), **named}, object=thing)


@prepared
def _places(memberships: list[UUID]) -> QuerySet[Any]:
    return Membership.objects.filter(pk__in=memberships).values_list("organisation_id", "pk")


@receiver(membership_ends, sender=Membership, dispatch_uid="casework.connections_end")
def connections_end(ending: Any, at: Any, **_: Any) -> int:
    """Keys and calendars of somebody who leaves stop with them; there is nothing to hand over."""
    ApiClient.objects.filter(membership=ending, ended_at=None).update(ended_at=at)
    CalendarFeed.objects.filter(membership=ending, ended_at=None).update(ended_at=at)
    return 0
