"""The rows that duties are worked out on: who of an encounter is worked on, with their tasks. For `duties` only."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from loket.casework.models import Encounter, Person, Registration, Task
from loket.site.prepared import prepared
from schakel.casework.ending import WORKING


@dataclass
class Case:
    """What a recomputation works on: the persons whose duties are tasks, their registrations and their tasks."""

    row: Encounter
    people: dict[str, Person]
    registrations: dict[str, Registration]
    tasks: dict[tuple[str, str], Task]


def case_of(row: Encounter, of: uuid.UUID | None = None) -> Case:
    """What of an encounter is worked on now, or of one person of it: nobody while it is a draft, or once it ended."""
    people, registrations = {}, {}
    for registration in _working(row.pk) if of is None else _working_on(of):
        registration.person.encounter = row
        people[str(registration.person_id)] = registration.person
        registrations[str(registration.person_id)] = registration
    return _with_tasks(row, people, registrations)


def case_with(row: Encounter, person: Person, registration: Registration) -> Case:
    """The same of one person whose registration, which runs, was read already."""
    return _with_tasks(row, {str(person.pk): person}, {str(person.pk): registration})


def _with_tasks(row: Encounter, people: dict[str, Person], registrations: dict[str, Registration]) -> Case:
    tasks = {}
    for task in _tasks([one.pk for one in people.values()]):
        task.subject = people[str(task.person_id)].subject  # one object, so that its key is opened once
        tasks[str(task.person_id), task.duty] = task
    return Case(row, people, registrations, tasks)


@prepared
def _working(encounter: uuid.UUID) -> QuerySet[Registration]:
    rows = Registration.objects.filter(person__encounter=encounter, state__in=WORKING)
    return rows.select_related("person__subject").order_by("person__number")


@prepared
def _working_on(person: uuid.UUID) -> QuerySet[Registration]:
    return Registration.objects.filter(person=person, state__in=WORKING).select_related("person__subject")


@prepared
def _tasks(persons: list[uuid.UUID]) -> QuerySet[Task]:
    return Task.objects.filter(person__in=persons).order_by("made_on", "pk")
