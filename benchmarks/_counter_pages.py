"""Every page of the counter, for the people who use it, each with some different ones to ask."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from _counter import Ask, Visitor
from django.db.models import Model
from django.urls import reverse

from loket.casework import models, stored
from loket.casework.models import Encounter, Person, Placement, Referral, Registration, Representation, Task

Asks = list[Ask]
Pick = Callable[[Any, int], list[Any]]
URL = "casework:"


class Guests:
    """The people of the house as visitors, signed in when they are first asked for."""

    def __init__(self, house: Any) -> None:
        self.house, self.of = house, cache(Visitor)
        self.by_membership = {one.membership: one for one in house.members}
        self.registrar = self.of(house.registrars[0])

    def member(self, membership: Any) -> Visitor:
        return self.of(self.by_membership[str(membership)])

    def at(self, organisation: Any) -> Visitor:
        return self.of(next(one for one in self.house.members if one.organisation == str(organisation)))

    def role(self, role: str, count: int) -> list[Visitor]:
        """People in a role, each of another organisation where there are enough."""
        found = {one.organisation: one for one in self.house.of_role[role]}
        return [self.of(one) for one in list(found.values())[:count]]


def link(name: str, *ids: Any) -> str:
    return reverse(name if ":" in name else URL + name, args=ids)


def some(rows: Any, count: int) -> list[Any]:
    """Some rows, the same in each run: ids are random."""
    return list(rows.order_by("pk")[:count])


def others(rows: Any, count: int) -> list[Any]:
    """Some rows, others in each run, so that hardly any was changed by an earlier one: from a random id on."""
    first = uuid.UUID(int=random.Random(time.time_ns()).getrandbits(128))
    return [*some(rows.filter(pk__gte=first), count), *some(rows.filter(pk__lt=first), count)][:count]


def pages(guests: Guests, count: int) -> dict[str, Callable[[], Asks]]:
    """The pages by name, each as a way to make its requests."""
    registrar = guests.registrar

    def everybody(name: str, roles: Iterable[str]) -> dict[str, Callable[[], Asks]]:
        return {f"{label(name)}: {role}": lambda role=role: [one.get(link(name)) for one in guests.role(role, count)]
                for role in roles}  # fmt: skip

    def each(name: str, rows: Callable[[], Iterable[Any]], who: Callable[[Any], Visitor] = lambda _: registrar) -> Any:
        return lambda: [who(row).get(link(name, row.pk)) for row in rows()]

    def own(name: str, state: str = "accepted") -> Any:
        return lambda: [registrar.get(link(name, row.person_id)) for row in registered(state, count)]

    return {
        **everybody("accounts:home", ("finder", "registrar")),
        **everybody("work", ("finder", "registrar", "care_coordinator", "shelter")),
        "my work today: to be given": lambda: [registrar.get(link("work") + "?groep=to_place&bladzijde=3")],
        **everybody("reports", ("finder",)),
        "encounter: draft": each("encounter", lambda: drafts(count), lambda row: guests.member(row.reporter_id)),
        "encounter: registrar": lambda: [registrar.get(link("encounter", row.person.encounter_id))
                                         for row in registered("submitted", count)],
        "fact: form": lambda: [guests.member(row.reporter_id).get(link("fact", row.pk, "danger"))
                               for row in drafts(count)],
        "identity: form": lambda: [guests.member(row.reporter_id).get(link("identity", row.persons.first().pk))
                                   for row in drafts(count)],
        "registrations: submitted": lambda: [registrar.get(link("registrations"))],
        "registrations: closed": lambda: [registrar.get(link("registrations") + "?stand=closed&bladzijde=3")],
        "registration": each("registration", lambda: registered("submitted", count)),
        "person and timeline: accepted": own("person"),
        "person and timeline: closed": own("person", "closed"),
        "task": each("task", lambda: tasks(guests, count), lambda row: guests.at(row.organisation_id)),
        **everybody("stalled", ("registrar", "finder", "care_coordinator")),
        **everybody("referrals", ("registrar", "care_coordinator")),
        "referrals: over": lambda: [registrar.get(link("referrals") + "?groep=over&bladzijde=3")],
        "referral: sender": each("referral", lambda: some(referrals("accepted"), count)),
        "referral: receiver": each("referral", lambda: some(referrals("accepted"), count),
                                   lambda row: guests.at(row.receiver_id)),
        "refer: form": own("refer"),
        **everybody("placements", ("registrar", "shelter")),
        "place: sender": each("placement", lambda: some(Placement.objects.filter(state="offered"), count)),
        "place: receiver": each("placement", lambda: some(Placement.objects.filter(state="placed"), count),
                                lambda row: guests.at(row.shelter_id)),
        "where somebody stays": lambda: [guests.of(one).get(link("stay", row.person_id))
                                         for one, row in selves(guests, count)],
        "ask a place: form": own("ask_place"),
        **everybody("directory", ("registrar", "shelter")),
        "search: form": lambda: [registrar.get(link("search"))],
        "search: by name": lambda: [registrar.post(link("search"), surname=row.surname, given_names=row.given_names)
                                    for row in names(count)],
        "possible doubles: list": lambda: [registrar.get(link("doubles"))],
        "possible doubles: of one": each("duplicates", lambda: registered("submitted", count)),
        "grounds": own("grounds"), "attachments": own("attachments"),
        "who speaks for somebody": own("representatives"),
        "own page": lambda: [guests.of(one).get(link("own_page", row.person_id)) for one, row in selves(guests, count)],
        "requests to be put right": lambda: [registrar.get(link("corrections"))],
        "emergencies": lambda: [registrar.get(link("emergencies"))],
        "connections": lambda: [registrar.get(link("connections"))],
        "import": lambda: [registrar.get(link("intake"))],
        "organisations": lambda: [registrar.get(link("accounts:organisations"))],
    }  # fmt: skip


def label(name: str) -> str:
    return {"accounts:home": "home", "work": "my work today", "stalled": "stalled duties",
            "placements": "requests for a place", "reports": "what one reported"}.get(name, name)  # fmt: skip


def registered(state: str, count: int, *, named: bool = True, pick: Pick = some) -> list[Registration]:
    """Some registrations in a state, of encounters of one person."""
    return pick(Registration.objects.select_related("person").filter(state=state, named=named), count)


def drafts(count: int) -> list[Encounter]:
    return some(Encounter.objects.filter(persons__registrations__state="draft").distinct(), count)


def referrals(state: str) -> Any:
    return Referral.objects.filter(state=state)


def tasks(guests: Guests, count: int, pick: Pick = some) -> list[Task]:
    """Open tasks of accepted registrations, at organisations whose people do duties."""
    able = {one.organisation for one in guests.house.members if one.role in ("finder", "care_coordinator", "shelter")}
    first = {one.organisation: one.role for one in reversed(guests.house.members)}
    able = {one for one in able if first[one] in ("finder", "care_coordinator", "shelter")}
    rows = Task.objects.filter(state="open", organisation__in=able, person__registrations__state="accepted")
    return pick(rows.defer("why", "receipt", "ruled_out_by", "reason"), count)


def names(count: int) -> list[Any]:
    """Who some registered people are."""
    rows = Person.objects.select_related("subject").filter(identity__isnull=False)
    return [stored.identity(row) for row in some(rows, count)]


def selves(guests: Guests, count: int) -> list[tuple[Any, Representation]]:
    """People with an account of their own, each with what is registered about them."""
    by_user = {one.user: one for one in guests.house.of_role["person"]}
    rows = models.Representation.objects.filter(user__in=by_user, role="self")
    return [(by_user[str(row.user_id)], row) for row in some(rows, count)]


def newest(row: Model) -> Any:
    """The row as it is now."""
    return type(row).objects.get(pk=row.pk)
