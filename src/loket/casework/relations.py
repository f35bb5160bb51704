"""How a member is related to persons: looked up in what is stored, a few queries for all of them together.

A relation is a fact of the case (reported, registers, invited, assigned, represents, self), never a right: what it
allows, `access` asks of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from loket.accounts.people import Member
from loket.casework.models import Alert, Encounter, Person, Registration, Report, Representation, Task
from loket.casework.queries.ties import ties
from loket.casework.taking import TOOK
from loket.site.prepared import prepared
from schakel.casework.content import access as access_book
from schakel.casework.duty import WAITING
from schakel.mechanism.content import load
from schakel.networks.access import BREAK_GLASS, granted

# Those with an assignment on record for the whole house: research, audit, keeping of keys.
AGREED: Final = frozenset({"researcher", "auditor", "key_keeper"})
SEARCHES: Final = "police"
REPRESENTS: Final = {"guardian": "represents", "lawyer": "represents", "self": "self"}


@dataclass
class Relations:
    """Relations by person, and the kinds of data that were shared with the member's organisation by person."""

    found: dict[Any, set[str]] = field(default_factory=dict)
    shared: dict[Any, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    def add(self, person: Any, relation: str) -> None:
        self.found.setdefault(person, set()).add(relation)

    def of(self, person: Any) -> tuple[str, ...]:
        """The relations to one person; `past` only where there is no other, `none` where there is none at all."""
        here = self.found.get(person, set())
        return tuple(sorted(here - {"past"})) or (("past",) if here else ("none",))


def relations(by: Member, persons: Iterable[Person], newest: Mapping[Any, Registration]) -> Relations:
    """All relations of one member to these persons; `newest` are their registrations."""
    people, out = list(persons), Relations()
    if by.role in AGREED:
        for person in people:
            out.add(person.pk, "agreed")
        return out
    used = _used(by.role)
    _registers(by, newest, out)
    if TOOK in used:
        _took(by, people, out)
    if "reported" in used:
        _reported(by, people, out)
    if "assigned" in used:
        _assigned(by, people, out)
    if used & {"represents", "self"}:
        _represents(by, people, out)
    if used & {"invited", "assigned"}:
        _referred(by, people, out)
    if by.organisation_kind == SEARCHES:
        _searches(by, people, out)
    if by.emergency:
        _emergency(by, people, newest, out)
    return out


def _used(role: str) -> frozenset[str]:
    """The relations that anything hangs on for this role: the others need not be looked up."""
    grants = access_book(load()).roles[role].grants
    return frozenset(relation for grant in grants for relation in grant.relations)


def _searches(by: Member, people: list[Person], out: Relations) -> None:
    """Who is missing is a task of the police organisation that searches, until it is closed."""
    for person, state in _alerts(UUID(by.organisation), [one.pk for one in people]):
        out.add(person, "past" if state == "closed" else "assigned")


@prepared
def _alerts(police: UUID, persons: list[UUID]) -> QuerySet[Any]:
    return Alert.objects.filter(person__in=persons, police=police).values_list("person_id", "state")


def _emergency(by: Member, people: list[Person], newest: Mapping[Any, Registration], out: Relations) -> None:
    """An opened glass reaches as far as the rules let this role break it, from the relation there is: no further."""
    book = access_book(load())
    for person in people:
        row = newest.get(person.pk)
        state = row.state if row else "draft"
        if any(granted(book, BREAK_GLASS, by.role, relation, state, "safety") for relation in out.of(person.pk)):
            out.add(person.pk, "emergency")


def _reported(by: Member, people: list[Person], out: Relations) -> None:
    """Who told of the encounter: the one who made it, and whoever reported it since."""
    own = {one.encounter_id for one in people if str(one.encounter.reporter_id) == by.membership}
    if others := {one.encounter_id for one in people} - own:
        own.update(encounter for (encounter,) in _reports(UUID(by.membership), list(others)))
    for person in people:
        if person.encounter_id in own:
            out.add(person.pk, "reported")


@prepared
def _reports(reporter: UUID, encounters: list[UUID]) -> QuerySet[Any]:
    return Report.objects.filter(encounter__in=encounters, reporter=reporter).values_list("encounter_id")


def _took(by: Member, people: list[Person], out: Relations) -> None:
    """Who wrote down what somebody else told: one query, and none where the encounters are here already."""
    if all(Person.encounter.is_cached(one) for one in people):  # type: ignore[attr-defined]
        mine = {one.encounter_id for one in people if str(one.encounter.reporter_id) == by.membership}
    else:
        rows = Encounter.objects.filter(pk__in={one.encounter_id for one in people}, reporter=by.membership)
        mine = set(rows.values_list("pk", flat=True))
    for person in people:
        if person.encounter_id in mine:
            out.add(person.pk, TOOK)


def _registers(by: Member, newest: Mapping[Any, Registration], out: Relations) -> None:
    if by.role == "registrar":
        for person, registration in newest.items():
            if str(registration.registry_id) == by.organisation:
                out.add(person, "registers")


def _assigned(by: Member, people: list[Person], out: Relations) -> None:
    """The own organisation has a duty that waits; one that only had duties is a relation of the past."""
    for person, state in _tasks(UUID(by.organisation), [one.pk for one in people]):
        out.add(person, "assigned" if state in WAITING else "past")


@prepared
def _tasks(organisation: UUID, persons: list[UUID]) -> QuerySet[Any]:
    rows = Task.objects.filter(person__in=persons, organisation=organisation)
    return rows.values_list("person_id", "state").distinct()


def _represents(by: Member, people: list[Person], out: Relations) -> None:
    today = timezone.localdate()
    for one in _representations(UUID(by.user), [one.pk for one in people], today):
        role = "person" if one.role == "self" else one.role
        if role == by.role:
            out.add(one.person_id, REPRESENTS[one.role])


@prepared
def _representations(user: UUID, persons: list[UUID], today: date) -> QuerySet[Representation]:
    rows = Representation.objects.filter(person__in=persons, user=user, begun__lte=today)
    return rows.filter(Q(ended=None) | Q(ended__gte=today))


def _referred(by: Member, people: list[Person], out: Relations) -> None:
    """Referrals and requests for a place add `invited` and `assigned`, and what they share (`out.shared`)."""
    for person, found in ties(by, [one.pk for one in people]).items():
        for relation in found.relations:
            out.add(person, relation)
        out.shared[person] = found.fields
