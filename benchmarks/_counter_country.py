"""The people and meetings that fill the counter: drawn by `schakel.simulation`, their plans worked out by the engine.

A plan is worked out once for each of some hundreds of simulated meetings (`assess`, `recompute`), and given to every
registration that takes its facts from that meeting; the persons are all different. So what is stored is what the site
itself would have stored, without deciding two million duties one by one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from _counter_pen import TABLES, plain

from loket.casework import models, stored
from schakel.casework.encounter import Encounter, situation
from schakel.casework.person import CasePerson, Identity
from schakel.casework.recompute import Change, recompute
from schakel.mechanism.assess import assess
from schakel.mechanism.content import load
from schakel.mechanism.facts_file import from_data
from schakel.simulation.country import SIZES, Country
from schakel.simulation.simulate import simulate

NOT_FACTS = ("encounter", "person", "at", "finder", "municipality")
SEALED = ("why", "receipt", "ruled_out_by", "reason")
MEETINGS_A_PERSON = 0.21  # in the simulated country: how many of its people are met on a list


@dataclass(frozen=True)
class Duty:
    """One task as it is stored: a row with its open columns, the texts to be sealed, and what changed."""

    holder: str
    frame: list[Any]
    sealed: tuple[tuple[str, bytes], ...]
    say: bytes


@dataclass(frozen=True)
class Plan:
    """What was told at one meeting, and the tasks that follow."""

    who: str
    municipality: str
    found_on: date
    shared: bytes
    facts: bytes
    duties: tuple[Duty, ...]


def country(registrations: int, seed: int) -> Any:
    """A synthetic country in which at least so many people are met."""
    demo: Country = SIZES["demo"]
    people = max(demo.people, int(registrations / MEETINGS_A_PERSON * 1.2))
    return simulate(replace(demo, people=people), seed=seed)


def identities(made: Any) -> Iterator[Identity]:
    """Who the people are, one after another; again from the start where there are too few."""
    columns = ["given_names", "surname", "birth_date", "sex", "nationalities", "alias"]
    rows = made.people[columns].astype({"birth_date": str}).values.tolist()
    while True:
        for given, surname, born, sex, nationalities, alias in rows:
            yield Identity(
                word(given), word(surname), born[:10], word(sex), tuple(word(nationalities).split()),
                tuple(filter(None, [word(alias)])),
            )  # fmt: skip


def word(value: Any) -> str:
    return value if isinstance(value, str) else ""


def plans(made: Any, count: int, days_ago: tuple[int, int], today: date, seed: int) -> list[Plan]:
    """Plans of so many meetings, each with a day of its own so many days ago."""
    chance = random.Random(seed)
    meetings = made.encounters.sample(count, random_state=seed).to_dict("records")
    return [plan(one, today - timedelta(days=chance.randint(*days_ago))) for one in meetings]


def plan(meeting: dict[str, Any], day: date) -> Plan:
    """One meeting as it was told on its own day, and the tasks of that day."""
    content = load()
    told = {name: value for name, value in meeting.items() if name not in NOT_FACTS and isinstance(value, str)}
    facts = {name: value.split() if content.facts[name].kind == "many" else value for name, value in told.items()}
    shared = {name: value for name, value in facts.items() if content.facts[name].scope == "encounter"}
    own = {name: value for name, value in facts.items() if name not in shared}
    document = {"who": meeting["finder"], "municipality": meeting["municipality"], "shared": shared,
                "persons": [{"id": "1", "facts": own}]}  # fmt: skip
    said = from_data(content, document, on=day)
    person = CasePerson("1", said.persons[0].claims)
    met = Encounter("1", day, said.who, said.municipality, said.shared, persons=(person,))
    changes = recompute((), assess(content, situation(met, day))).telling
    return Plan(said.who or "", said.municipality, day, stored.shared_text(met).encode(),
                stored.facts_text(person).encode(), tuple(map(duty, changes)))  # fmt: skip


def duty(change: Change) -> Duty:
    columns = {**stored.task_columns(change.task), "duty": change.task.duty}
    sealed = tuple((name, columns.pop(name)) for name in SEALED)
    say = stored.pack(dict(change.why.by_tag)).encode()
    row = TABLES[models.Task].frame({**{name: plain(value) for name, value in columns.items()}, "version": 2})
    return Duty(change.task.holder, row, tuple((name, text.encode()) for name, text in sealed if text), say)
