"""The worker goes on with imports that somebody said yes to, as them, a few rows at a time between other work."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass, fields
from typing import Final

from loket.accounts.models import Membership
from loket.accounts.people import Member
from loket.accounts.queries import acting
from loket.audit.who import Actor, Refused
from loket.casework.actions import intake
from loket.casework.models import Intake
from schakel.vocabulary.errors import BadInput

ROWS: Final = 50  # of one import, before mails and other imports get their turn
log = logging.getLogger("loket.worker")


@dataclass(frozen=True)
class OnBehalf(Member):
    """Who said yes, as the worker acts for them: the log says that it was an import."""

    @property
    def actor(self) -> Actor:
        return Actor(user=self.user, organisation=self.organisation, role=self.role, client="import")


def go_on(most: int = ROWS) -> int:
    """Some rows of each import that runs; how many came in. One that cannot go on is stopped, and its page says so."""
    running = Intake.objects.filter(state="running").order_by("made_at", "pk")
    return sum(_some(pk, membership, most) for pk, membership in list(running.values_list("pk", "membership_id")))


def _some(pk: uuid.UUID, membership: uuid.UUID, most: int) -> int:
    rows = Membership.objects.select_related("user", "organisation", "unit")
    row = rows.filter(pk=membership, until=None, user__is_active=True).first()
    if row is None:  # who said yes no longer works here
        intake.halt(intake=pk, why="gone")
        return 0
    member = acting(row)
    by = OnBehalf(**{one.name: getattr(member, one.name) for one in fields(Member)})
    before = Intake.objects.values_list("done", flat=True).get(pk=pk)
    try:
        return intake.go_on(by=by, intake=pk, most=most).done - before
    except (Refused, BadInput) as error:
        log.info("import halted", extra={"fields": {"why": type(error).__name__}})
        return 0
