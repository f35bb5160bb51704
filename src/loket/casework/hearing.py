"""What casework does when somebody leaves: what they reported and were doing goes to their colleague."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from loket.accounts.models import Membership
from loket.accounts.signals import membership_ends
from loket.audit.who import Refused
from loket.casework.models import Encounter, Registration, Report, Task
from loket.casework.queries.reported import WAIT
from schakel.casework.duty import WAITING


@receiver(membership_ends, sender=Membership, dispatch_uid="casework.hand_over")
def hand_over(ending: Any, to: Any, **_: Any) -> int:
    """Move drafts, reports and tasks to the colleague; without one a task goes back to the organisation.

    Raises Refused where a draft or a question would be left to nobody: it waits for whoever reported, for nobody else.
    """
    left = Registration.objects.filter(reporter=ending, state__in=WAIT)
    if to is None and left.exists():
        raise Refused("work_needs_heir", event="accounts.end_membership", kind="membership", object=ending)
    tasks: int = Task.objects.filter(assigned=ending, state__in=WAITING).update(assigned=to)
    if to is None:
        return tasks
    reports: int = Encounter.objects.filter(reporter=ending).update(reporter=to)
    Registration.objects.filter(reporter=ending).update(reporter=to)
    Report.objects.filter(reporter=ending).update(reporter=to)
    return tasks + reports
