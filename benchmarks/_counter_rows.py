"""The rows of one encounter as the verbs of the counter would have left them."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from _counter_country import Duty, Plan
from _counter_pen import Key, Pen, plain

from loket.casework import models, stored
from schakel.casework.ending import TAKEN
from schakel.casework.person import Identity

# How a registration came where it is: each step with the days after the one before.
WAYS = {
    "draft": (), "submitted": (("submit", "submitted", 0),),
    "returned": (("submit", "submitted", 0), ("ask", "returned", 2)),
    "accepted": (("submit", "submitted", 0), ("accept", "accepted", 2)),
    "counted": (("submit", "submitted", 0), ("count", "counted", 2)),
    "declined": (("submit", "submitted", 0), ("decline", "declined", 3)),
    "withdrawn": (("submit", "submitted", 0), ("withdraw", "withdrawn", 9)),
    "closed": (("submit", "submitted", 0), ("accept", "accepted", 2), ("close", "closed", 90)),
}  # fmt: skip
# What share of the tasks is where, by how far the registration came: done, refused, not applicable; the rest waits.
# With a registration that ended everything stops that was not done.
FATES = {
    "closed": (0.86, 0.0, 0.14), "declined": (0.1, 0.0, 0.9), "withdrawn": (0.4, 0.0, 0.6),
    "counted": (0.86, 0.02, 0.11), "accepted": (0.55, 0.02, 0.1),
}  # fmt: skip
OVER = ("closed", "declined", "withdrawn", "counted")
LOGGED = (
    0.1  # of what is over: the share with every change of its tasks, and each in the log; the rest has its steps only
)
DONE = b'{"nl":"Gedaan.","en":"Done."}'
REFUSED = b"Niet mogelijk op deze plek."


@dataclass(frozen=True)
class Case:
    """What is to become of one encounter: the plan, who reported, who is in it, and how far it came."""

    plan: Plan
    by: Any
    registrar: Any
    people: tuple[Identity | None, ...]
    state: str
    at: datetime


def write(pen: Pen, case: Case, holders: Any) -> list[tuple[str, Key]]:
    """All rows of one encounter; the persons with their keys, for what care adds to them."""
    plan, at = case.plan, plain(case.at)
    key, by = pen.subject(at), case.by
    encounter = pen.add(
        models.Encounter, key, None, [("shared", plan.shared)], found_on=plain(plan.found_on), who=plan.who,
        organisation_id=hexadecimal(by.organisation), reporter_id=hexadecimal(by.membership), made_at=at,
        changed_at=at, version=2 + len(case.people),
    )  # fmt: skip
    pen.add(models.Report, key, encounter_id=encounter, reported_on=at[:10], reporter_kind=by.organisation_kind,
            organisation_id=hexadecimal(by.organisation), reporter_id=hexadecimal(by.membership))  # fmt: skip
    return [person(pen, case, encounter, place, identity, holders) for place, identity in enumerate(case.people, 1)]


def hexadecimal(name: str) -> str:
    return name.replace("-", "")


def person(pen: Pen, case: Case, encounter: str, number: int, who: Identity | None, holders: Any) -> Any:
    """One person with a registration, its steps and its tasks."""
    at = plain(case.at)
    key, sealed = pen.subject(at), [("facts", case.plan.facts)]
    if who:
        sealed.append(("identity", (stored.identity_text(who) or "").encode()))
    row = pen.add(models.Person, key, None, sealed, encounter_id=encounter, number=number)
    pen.entry(at, case.by, "casework.begin", "person", row, key, "reported")
    if who:
        pen.index(key, who)
        pen.entry(at, case.by, "casework.identify", "person", row, key, "reported", "named")
    registration(pen, case, row, key, bool(who))
    if case.state != "draft":
        logged = case.state not in OVER or pen.chance.random() < LOGGED
        times = [plain(case.at + timedelta(days=days)) for days in range(0, 8, 2)]
        for duty in case.plan.duties:
            task(pen, case, row, key, duty, holders, times, logged=logged)
    return row, key


def registration(pen: Pen, case: Case, row: str, key: Key, named: bool) -> None:
    way, at, steps = WAYS[case.state], case.at, []
    for event, to, days in way:
        at = min(at + timedelta(days=days, minutes=7), datetime.now(UTC))
        steps.append((plain(at), event, to))
    day, registry = plain(at), hexadecimal(case.registrar.organisation) if way else None
    sealed = {"returned": [("question", b"Welke taal spreekt deze persoon?")], "declined": [("reason", b"Dubbel.")]}
    made = pen.add(
        models.Registration, key, None, sealed.get(case.state, ()), person_id=row, named=int(named), state=case.state,
        made_on=plain(case.at.date()), changed_at=day, submitted_at=steps[0][0] if way else None, registry_id=registry,
        responsible_id=registry, reporter_id=hexadecimal(case.by.membership), purposes='["registration-figures"]',
        version=1 + len(way),
        grounds='{"registration-figures": "public-task"}' if named else "{}", content=pen.protocol,
        outcome="helped" if case.state == "closed" else "", outcome_on=day[:10] if case.state == "closed" else None,
        destroy_on=None if way else plain(case.at.date() + timedelta(days=14)),
    )  # fmt: skip
    for moment_, event, to in steps:
        by = case.by if event in ("submit", "withdraw") else case.registrar
        pen.add(models.Step, key, registration_id=made, at=moment_, event=event, to=to,
                by_id=hexadecimal(by.membership))  # fmt: skip
        relation = "reported" if by is case.by else "registers"
        pen.entry(moment_, by, f"casework.{event}", "registration", made, key, relation)
    for _ in range(2):  # somebody looked at it, and looked again
        pen.entry(day, case.registrar, "casework.read", "person", row, key, "registers", "registration")


def task(pen: Pen, case: Case, row: str, key: Key, duty: Duty, holders: Any, times: list[str], *, logged: bool) -> None:
    """One task with what changed about it, and the entries."""
    done, refused, out = FATES.get(case.state, (0.1, 0.0, 0.0))
    fate, begun = pen.chance.random(), times[0]
    state = ("done" if fate < done else "refused" if fate < done + refused else
             "not_applicable" if fate < done + refused + out else "open")  # fmt: skip
    holder, mine = holders(duty.holder, case)
    closed = None if state == "open" else times[1 + len(duty.say) % 3]
    sealed = [*duty.sealed, ("reason", REFUSED)] if state == "refused" else duty.sealed
    made = pen.add(
        models.Task, key, duty.frame, sealed, person_id=row, organisation_id=holder, assigned_id=mine, state=state,
        registry_id=hexadecimal(case.registrar.organisation), closed_at=closed, made_on=begun[:10],
        handed_on=int(case.state in TAKEN),
    )  # fmt: skip
    if not logged:
        return
    pen.add(models.TaskChange, key, None, [("say", duty.say)], task_id=made, at=begun, kind="new", state="open")
    pen.entry(begun, case.by, "casework.task_changed", "task", made, key, "", "new")
    if closed and state in ("done", "refused"):
        event = "finish" if state == "done" else "refuse"
        pen.add(models.TaskChange, key, None, [("say", DONE)], task_id=made, at=closed, kind=event, state=state,
                by_id=hexadecimal(case.by.membership))  # fmt: skip
        pen.entry(closed, case.by, f"casework.task_{event}", "task", made, key, "assigned", "", "care")


def moment(day: date, chance: random.Random) -> datetime:
    """A moment of a working day."""
    return datetime.combine(day, time(8 + chance.randrange(10), chance.randrange(60)), UTC)


def several(people: Iterable[Identity], count: int) -> tuple[Identity, ...]:
    source = iter(people)
    return tuple(next(source) for _ in range(count))
