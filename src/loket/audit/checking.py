"""The whole chain followed from its start, and what was found kept: following a long one takes minutes."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from loket.audit import chain, queries
from loket.audit.models import Check
from loket.audit.who import Actor
from loket.site.prepared import prepared

HOUSE = "house"


def check(*, by: Actor) -> chain.Verdict:
    """Follow the chain, and hold it against the head that was found before; a later check knows this one's."""
    before = last()
    verdict = queries.verdict({before.entries: before.head} if before and before.holds and before.entries else None)
    Check.objects.create(chain=HOUSE, at=timezone.now(), client=by.client, entries=verdict.entries, head=verdict.head,
                         broken_at=verdict.broken_at, why=verdict.why)  # fmt: skip
    return verdict


def last() -> Check | None:
    """The newest check; None: there was none yet."""
    found: Check | None = _checks.first(HOUSE)
    return found


@prepared
def _checks(name: str) -> QuerySet[Any]:
    return Check.objects.filter(chain=name).order_by("-pk")[:1]
