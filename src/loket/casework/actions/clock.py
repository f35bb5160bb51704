"""What the passing of time does, with nobody at a page: tasks looked at again, drafts destroyed, who turns eighteen.

Late is never stored; what is stored is that it was noted, so that whoever must hear of it hears it once.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from loket.audit.chain import Verdict
from loket.audit.checking import check
from loket.audit.who import SERVER, Trail
from loket.casework import signals, stored
from loket.casework.actions import ending
from loket.casework.actions.common import locked_encounter, locked_person, writing
from loket.casework.actions.drafting import destroy_old
from loket.casework.actions.duties import recomputed
from loket.casework.actions.erasing import erase_due
from loket.casework.actions.referral import expire
from loket.casework.models import Registration, Task, TaskChange
from schakel.casework.duty import WAITING
from schakel.casework.ending import WORKING
from schakel.casework.lifecycles import lifecycles
from schakel.mechanism.content import load

LATE = "term_passes"


@dataclass(frozen=True)
class Ticked:
    """How many cases were looked at, tasks changed, terms passed, drafts and people destroyed, requests expired, and
    things stopped that still waited for a registration that is over."""

    cases: int
    changes: int
    late: int
    drafts: int
    erased: int
    expired: int
    ended: int


def tick(*, on: date | None = None) -> Ticked:
    """Bring every live case up to date with a day and with the rules of now; one transaction a case.

    Can be stopped and repeated: what was done stays done, and the rest is done the next time.
    """
    day = on or timezone.localdate()
    live = Registration.objects.filter(state__in=WORKING).values_list("person__encounter_id", flat=True)
    changes = late = 0
    cases = sorted(set(live), key=str)
    for identifier in cases:
        with writing(by=None, purpose="care") as trail:
            changes += len(recomputed(locked_encounter(identifier), by=None, trail=trail, on=day))
            late += _note_late(identifier, day, trail)
    drafts, ended, erased = destroy_old(on=day), end_left(), erase_due(on=day)
    return Ticked(len(cases), changes, late, drafts, erased, expire(on=day), ended + (end_left() if erased else 0))


def end_left() -> int:
    """Stop whatever still waits for registrations that are over: what was left open before they stopped it themselves,
    and help that ran on for somebody whose data are now destroyed. How many things; one transaction a person."""
    stopped = 0
    for identifier in ending.over_with_work():
        with writing(by=None, purpose="care") as trail:
            stopped += ending.end_left(locked_person(identifier), trail=trail)
    return stopped


def night() -> tuple[Ticked, Verdict]:
    """What is done every night: what the new day brings, and then the whole log followed once."""
    return tick(), check(by=SERVER)


def _note_late(encounter: uuid.UUID, day: date, trail: Trail) -> int:
    """Note once of each task that its last day has passed, and let holder, sender and registrar hear it: the holder as
    soon as they may see it."""
    passed = Q(extended__lt=day) | Q(extended=None, due__lt=day)
    rows = Task.objects.filter(passed, person__encounter=encounter, state__in=WAITING).exclude(strength="may")
    fresh = rows.exclude(changes__kind=LATE).select_related("subject", "person__subject", "person__encounter")
    said = lifecycles(load())["duty"].events[LATE]
    notice = lifecycles(load())["duty"].table["open", LATE].notice
    found = list(fresh)
    for task in found:
        TaskChange.objects.create(task=task, subject=task.subject, at=timezone.now(), kind=LATE, state="late",
                                  say=stored.pack(dict(said.by_tag)))  # fmt: skip
        trail.note("casework.task_late", kind="task", object=task.pk, subject=task.subject_id)
        signals.moved.send(
            Task, lifecycle="duty", event=LATE, notice=notice, person=task.person, thing=task.pk,
            organisations=[one for one in (task.organisation_id if task.handed_on else None, task.registry_id) if one],
            memberships=[one for one in (task.assigned_id, task.person.encounter.reporter_id) if one],
        )  # fmt: skip
    return len(found)
