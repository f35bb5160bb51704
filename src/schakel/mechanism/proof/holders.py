"""When the holder of a duty counts for a goal: who it is, that it exists, has the power, and can be reached."""

from __future__ import annotations

from schakel.mechanism.edition import Edition
from schakel.mechanism.model import ANYONE, FINDER, STRENGTHS, Duty, Goal, Organisation
from schakel.rules.conditions import ALWAYS, NEVER, Condition, Is, both, either

MUST = STRENGTHS[0]
PERSON = "person"
NOBODY = frozenset({ANYONE, PERSON})
"""Holders that are no concrete organisation: they meet no goal."""
ALWAYS_OPEN = "always"
TIME, OFFICE_HOURS = "time", "office_hours"


def counting(edition: Edition, duty: Duty, goal: Goal) -> Condition:
    """When `duty` meets `goal`: it applies, as a must by a text that was read, and its holder counts."""
    musts = (edition.version_condition(one) for one in duty.versions if one.read and one.strength == MUST)
    return both(edition.conditions[duty.id], either(*musts), carried(edition, duty, goal))


def carried(edition: Edition, duty: Duty, goal: Goal) -> Condition:
    """When the holder is concrete, exists, has the power of the goal, and can be reached at that hour."""
    if duty.holder == FINDER:
        return by_finder(edition, goal)
    organisation = None if duty.holder in NOBODY else edition.content.organisations.get(duty.holder)
    if organisation is None or not able(edition, organisation, goal.power):
        return NEVER
    return reached(edition, organisation, goal)


def by_finder(edition: Edition, goal: Goal) -> Condition:
    """The finders whose own organisation counts. Whoever finds a person is there, and so is reached at any hour."""
    facts, organisations = edition.content.facts, edition.content.organisations
    found = {
        value.id
        for value in facts[FINDER].values
        if value.organisation in organisations and able(edition, organisations[value.organisation], goal.power)
    }
    return Is(FINDER, frozenset(found)) if found else NEVER


def able(edition: Edition, organisation: Organisation, power: str | None) -> bool:
    """Whether it exists on the days of the edition and has the power."""
    return organisation.id not in NOBODY and organisation.existed(edition.day) and organisation.has(power)


def reached(edition: Edition, organisation: Organisation, goal: Goal) -> Condition:
    """When it can be reached: always, or in office hours only. A goal that need not be met at night asks nothing."""
    if not goal.at_night or organisation.hours == ALWAYS_OPEN:
        return ALWAYS
    stand_in = edition.content.organisations.get(organisation.night_holder)
    if stand_in and stand_in.hours == ALWAYS_OPEN and able(edition, stand_in, goal.power):
        return ALWAYS
    known = OFFICE_HOURS in edition.space.domains.get(TIME, ())
    return Is(TIME, frozenset({OFFICE_HOURS})) if known else NEVER
