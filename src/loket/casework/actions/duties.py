"""Duties as tasks: made and changed when facts or rules change, done or refused with a reason; none is ever lost."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from loket.accounts.models import Membership, Organisation
from loket.accounts.people import Member
from loket.audit.who import Refused, Trail
from loket.casework import signals, stored
from loket.casework.access import Denied, Standing, standing
from loket.casework.actions.common import locked_task, same_version, stopped, writing
from loket.casework.actions.duty_rows import Case, case_of
from loket.casework.actions.handing import tell_made
from loket.casework.directory import Directory
from loket.casework.models import Encounter, Task, TaskChange
from loket.site.prepared import prepared
from loket.site.rows import insert, update
from schakel.casework import duty as duties
from schakel.casework.encounter import Encounter as CaseEncounter
from schakel.casework.encounter import situation
from schakel.casework.ending import OVER, TAKEN, why_over
from schakel.casework.lifecycles import Move, Refusal, lifecycles
from schakel.casework.minors import turning_18
from schakel.casework.recompute import Change, telling
from schakel.mechanism.assess import assess
from schakel.mechanism.content import load
from schakel.vocabulary.texts import Text


def recomputed(
    row: Encounter, *, by: Member | None, trail: Trail, on: date | None = None, case: Case | None = None
) -> list[Change]:
    """The tasks of an encounter brought up to date with its facts and the rules of a day, inside the transaction of
    the caller; what changed is kept with its reason, and returned. `case`: where it was read already."""
    day, case = on or timezone.localdate(), case or case_of(row)
    if not case.people:
        return []
    met = _near_eighteen(stored.encounter(row, case.people.values()), day)
    changes = telling(case.tasks, assess(load(), situation(met, day)), stored.task)
    if changes:
        made = _keep(changes, case, met.municipality, by)
        _note(changes, case, trail)
        tell_made(made, by)
    return list(changes)


def _near_eighteen(met: CaseEncounter, day: date) -> CaseEncounter:
    """The encounter with, for whoever is about to turn eighteen, the fact that makes the hand-over a duty."""
    within = settings.LOKET_HANDOVER_DAYS
    return replace(met, persons=tuple(turning_18(person, day, within=within) for person in met.persons))


def _keep(changes: Sequence[Change], case: Case, place: str, by: Member | None) -> list[Task]:
    """Store every change: the tasks as they are now, and what changed and why; new ones in one go, and returned."""
    made, said = [], []
    placed = [_placed(case.tasks.get(change.task.key), change) for change in changes]
    holders = {change.task.holder for change, known in zip(changes, placed, strict=True) if not known}
    own = _own_kinds(case.row, by) if holders else set()
    directory = Directory.now(holders - own)
    for change, known in zip(changes, placed, strict=True):
        task = case.tasks.get(change.task.key) or _new(change, case)
        columns = stored.task_columns(change.task, change.before)  # each that is written costs its index, or a seal
        if not known:  # the finder's own, or whom the directory names
            ours, holder = change.task.holder in own, change.task.holder
            columns["organisation_id"] = case.row.organisation_id if ours else directory.receiver(holder, place)
            columns["assigned_id"] = case.row.reporter_id if ours else None
        for name, value in columns.items():
            setattr(task, name, value)
        _close(task)
        said.append(_changed(task, change.kind, change.why, by))
        if change.before:  # of whom it is, and which duty, never changes: many keys and indexes hang on that
            update(task, *columns, "closed_at", "version")
        else:
            made.append(task)
    insert(made)
    insert(said)
    return made


def _placed(task: Task | None, change: Change) -> bool:
    """Whether a task is already with whom it must be."""
    return task is not None and task.organisation_id is not None and task.holder == change.task.holder


def _new(change: Change, case: Case) -> Task:
    person = case.people[change.task.person]
    row, others = case.registrations[change.task.person], case.tasks.values()
    # As the others of this person: a count that goes on by name was taken up already.
    seen = row.state in TAKEN or any(one.handed_on for one in others if one.person_id == person.pk)
    return Task(
        person=person, subject=person.subject, duty=change.task.duty, registry_id=row.registry_id, handed_on=seen
    )


def _note(changes: Iterable[Change], case: Case, trail: Trail) -> None:
    """One entry a person: how many tasks of theirs changed, and in which way."""
    for key, person in case.people.items():
        kinds = Counter(change.kind for change in changes if change.task.person == key)
        if kinds:
            place = ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))
            trail.note("casework.task_changed", kind="person", object=person.pk, subject=person.subject_id, place=place)


def _own_kinds(row: Encounter, by: Member | None) -> set[str]:
    """The holders that are the finder's own organisation: its kind, and how the content calls the finder's duties."""
    mine = by is not None and by.organisation == str(row.organisation_id)
    kind = by.organisation_kind if by and mine else _kind.first(row.organisation_id)[0]
    return {kind, duties_of_finder(row)}


@prepared
def _kind(organisation: uuid.UUID) -> QuerySet[Any]:
    return Organisation.objects.filter(pk=organisation).values_list("kind")


def duties_of_finder(row: Encounter) -> str:
    """The kind that holds the finder's duties where the content knows an organisation for it; the word otherwise."""
    known = load().facts["finder"]
    return (known.value(row.who).organisation if row.who in known.value_ids else "") or "finder"


def _close(task: Task) -> None:
    """When it was closed, as long as it is; every change makes a new version."""
    closed = task.state not in duties.WAITING
    task.closed_at = (task.closed_at or timezone.now()) if closed else None
    task.version += 1


def _changed(task: Task, kind: str, say: Text, by: Member | None) -> TaskChange:
    return TaskChange(
        task=task, subject=task.subject, at=timezone.now(), kind=kind, state=task.state,
        by_id=by.membership if by else None, say=stored.pack(dict(say.by_tag)),
    )  # fmt: skip


def act(*, by: Member, task: uuid.UUID, event: str, reason: str = "", version: int) -> None:
    """Done, refused with a reason, or taken back: by whoever holds it (the registrar may open a refused one again)."""
    entry = {"event": f"casework.task_{event}", "kind": "task", "object": task}
    with writing(by=by, purpose="care") as trail:
        row, here = _locked(by, task)
        purpose = "proceedings" if by.role in ("lawyer", "prosecutor", "immigration_liaison") else "care"
        relation = here.must("do_duty", purpose, **entry)
        same_version(row, version, **entry)
        _must_run(here, subject=here.person.subject_id, **entry)
        today = timezone.localdate()
        before = duties.at(stored.task(row), today)
        parties = [by.role, *(["holder"] if _holds(by, row, here) else [])]
        moved = duties.act(lifecycles(load())["duty"], before, event, by=parties, reason=reason)
        if isinstance(moved, Refusal):
            raise stopped(moved, subject=here.person.subject_id, **entry)
        after, move = moved
        row.state, row.reason = after.state, reason.strip() or row.reason
        _close(row)
        update(row, "state", "reason", "closed_at", "version")
        insert([_changed(row, event, _said(event), by)])
        trail.note(**entry, subject=here.person.subject_id, relation=relation)
        _tell(move, row, here)


def _must_run(here: Standing, **entry: Any) -> None:
    """Raises Denied where the registration is over: what waited has stopped, and comes back when it runs again."""
    row = here.registration
    if row and row.state in OVER:
        why = why_over(load(), "registration" if row.named else "count", row.state)
        raise Denied("not_in_this_state", why, **entry)


def take(*, by: Member, task: uuid.UUID, version: int) -> None:
    """Somebody of the organisation that has the task takes it up: it stands on their name, and the others see so."""
    entry = {"event": "casework.task_take", "kind": "task", "object": task}
    with writing(by=by, purpose="care") as trail:
        row, here = _locked(by, task)
        relation = here.must("do_duty", "care", **entry)
        same_version(row, version, **entry)
        if not _holds(by, row, here):
            raise Refused("task_of_others", subject=here.person.subject_id, **entry)
        row.assigned_id, row.version = by.membership, row.version + 1
        update(row, "assigned", "version")
        trail.note(**entry, subject=here.person.subject_id, relation=relation)


def place(*, by: Member, task: uuid.UUID, organisation: uuid.UUID, version: int) -> None:
    """The registrar found who does it: a task without an organisation goes to one that has an account here."""
    entry = {"event": "casework.task_place", "kind": "task", "object": task}
    with writing(by=by, purpose="care") as trail:
        row, here = _locked(by, task)
        relation = here.must("refer", "care", **entry)
        same_version(row, version, **entry)
        works = Membership.objects.filter(organisation=organisation, until=None, organisation__ended_at=None)
        if not works.exists():
            raise Refused("organisation_ended", **entry)
        row.organisation_id, row.assigned_id, row.version = organisation, None, row.version + 1
        update(row, "organisation", "assigned", "version")
        trail.note(**entry, subject=here.person.subject_id, relation=relation)


def _locked(by: Member, pk: uuid.UUID) -> tuple[Task, Standing]:
    row = locked_task(pk)
    return row, standing(by, row.person)


def _holds(by: Member, row: Task, here: Standing) -> bool:
    """Whether this member's side has the task: their organisation, or the registration point where nobody else has."""
    if row.organisation_id:
        return str(row.organisation_id) == by.organisation
    return "registers" in here.relations


def _said(event: str) -> Text:
    return lifecycles(load())["duty"].events[event]


def _tell(move: Move, row: Task, here: Standing) -> None:
    """Let whoever must be told hear that something moved."""
    told: Iterable[Any] = {row.registry_id, row.organisation_id} - {None}
    signals.moved.send(
        Task, lifecycle=move.lifecycle, event=move.event, notice=move.notice, person=here.person,
        organisations=list(told), memberships=[here.person.encounter.reporter_id], thing=row.pk,
    )  # fmt: skip
