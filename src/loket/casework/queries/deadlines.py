"""The last days of one's own work, without a word about what it is: for a calendar on a telephone."""

from __future__ import annotations

from django.db.models import Q

from loket.accounts.models import Membership
from loket.casework.access import early
from loket.casework.models import Task
from schakel.casework.agenda import Deadline
from schakel.casework.duty import WAITING

MOST = 1_000


def deadlines(*, of: Membership) -> list[Deadline]:
    """The days of the tasks that are this person's, or their organisation's without somebody of its own."""
    own = Q(assigned=of) | Q(assigned=None, organisation=of.organisation_id)
    seen = {} if early(of.role) else {"handed_on": True}
    rows = Task.objects.filter(own, state__in=WAITING, **seen).exclude(due=None).exclude(strength="may").order_by("due")
    return [Deadline(str(pk), due) for pk, due in rows.values_list("pk", "due")[:MOST]]
