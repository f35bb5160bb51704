"""Single facts about a person that a decision needs: read off what was told, never guessed."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet

from loket.casework import stored
from loket.casework.models import Person
from loket.site.prepared import prepared
from schakel.casework.groups import groups_of
from schakel.mechanism.situation import GUESSED


@prepared
def person_with_all(pk: uuid.UUID) -> QuerySet[Person]:
    """A person with the encounter, and the subjects whose keys open what is sealed of both."""
    return Person.objects.select_related("encounter__subject", "subject").filter(pk=pk)


def age(row: Person) -> str:
    """The age group that everyone who told it agrees on; nothing where it is not known, or they do not agree."""
    claims = (*stored.encounter(row.encounter, ()).shared, *stored.person(row).claims)
    said: set[str] = set()
    for one in (one for one in claims if one.fact == "age" and one.certainty != GUESSED):
        said = set(one.values) if one.revises else said | set(one.values)
    return next(iter(said)) if len(said) == 1 else ""


def groups(row: Person) -> frozenset[str]:
    """The target groups that the person may belong to."""
    return groups_of(stored.person(row), stored.encounter(row.encounter, ()).shared)


def municipality(row: Person) -> str:
    """Where the person was met; nothing where it is not known."""
    return stored.encounter(row.encounter, ()).municipality


def municipality_of(pk: uuid.UUID) -> str:
    """The same for a person by id, for a verb that asks itself whether it may be done."""
    row = person_with_all.first(pk)
    return municipality(row) if row else ""
