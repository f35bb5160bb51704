"""What is still open for somebody, said before their registration is ended: it then stops, or goes on."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from loket.casework.models import Person, Placement, Referral, Task
from loket.site import paging
from loket.site.prepared import prepared
from schakel.casework.duty import OPEN
from schakel.casework.ending import REFERRALS, REQUESTS, TASKS


@dataclass(frozen=True)
class StillOpen:
    """How many duties wait and how many of these are late, how many referrals and requests for a place nobody took up;
    and how many referrals and stays go on."""

    duties: int
    late: int
    referrals: int
    requests: int
    helping: int
    stays: int

    @property
    def stops(self) -> bool:
        """Whether anything stops."""
        return bool(self.duties or self.referrals or self.requests)

    @property
    def goes_on(self) -> bool:
        return bool(self.helping or self.stays)


def still_open(person: uuid.UUID, on: date | None = None) -> StillOpen:
    """One question; whoever asks it has been asked whether they may know."""
    return StillOpen(*_counted(person, on or timezone.localdate())[0])


@prepared
def _counted(person: uuid.UUID, day: date) -> QuerySet[Any]:
    tasks = Task.objects.filter(person=person, state__in=TASKS).exclude(strength="may")
    passed = Q(extended__lt=day) | Q(extended=None, due__lt=day)
    referrals, places = Referral.objects.filter(person=person), Placement.objects.filter(person=person)
    counts = (
        tasks, tasks.filter(passed, state=OPEN), referrals.filter(state__in=REFERRALS),
        places.filter(state__in=REQUESTS), referrals.filter(state="accepted", kind="referral"),
        places.filter(state="placed"),
    )  # fmt: skip
    return paging.totals(Person.objects.filter(pk=person), {str(one): [rows] for one, rows in enumerate(counts)})
