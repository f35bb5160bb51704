"""The list of registrations that may be of somebody who was registered before: for the registration point only."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db.models import QuerySet

from loket.accounts.people import Member
from loket.casework.models import Registration
from loket.casework.queries.duplicates import must_search, pairs, shown_of
from loket.site import paging
from loket.site.prepared import Prepared, prepared
from loket.vault.queries import Shared, pseudonym, same_words
from schakel.casework.duplicates import KINDS

OPEN: Final = ("submitted", "accepted", "reopened")
LOOKED: Final = 60  # registrations that one page goes through


@dataclass(frozen=True)
class Waiting:
    """A registration with possible doubles, on the registrar's list."""

    id: uuid.UUID
    name: str
    made_on: date
    doubles: int


def waiting(*, by: Member, number: int = 1) -> paging.Page[Waiting]:
    """The running registrations that may be of somebody who was registered before, the newest first.

    A page goes through so many registrations and shows those that share a word with another: to find them all, every
    running registration would have to be compared at every look.
    """
    must_search(by, "see_duplicates", "casework.duplicates")
    ids = [pk for pk, _ in _newest(number)(uuid.UUID(by.organisation))]
    newest = {row[0]: row for row in _lines(ids[:LOOKED])}
    shown = [newest[pk] for pk in ids[:LOOKED]]
    doubles = _doubles({pk: subject for pk, subject, _, _ in shown}, uuid.UUID(by.organisation))
    lines = (Waiting(pk, pseudonym(by.organisation, person), made_on, doubles[pk])
             for pk, _, person, made_on in shown if doubles[pk])  # fmt: skip
    return paging.Page(tuple(lines), number, -1, more=len(ids) > LOOKED, size=LOOKED, looked=len(shown))


def _doubles(shown: Mapping[uuid.UUID, uuid.UUID], registry: uuid.UUID) -> dict[uuid.UUID, int]:
    """How many other registrations may be of the same person as each of these; shown: their subjects.

    Sets are cut by sets and not one by one: of forty registrations of one person each has 39 doubles.
    """
    same = {one: _everybody(words) for one, words in same_words(shown.values(), KINDS).items()}
    known = dict(_all_of(list(_union(same.values())), registry))
    here = frozenset(one for one in _union(same.values()) if one in known)
    subjects = {pk: one for one, pk in known.items()}
    apart: dict[uuid.UUID, set[uuid.UUID]] = {pk: {subject} for pk, subject in shown.items()}
    for pair in pairs(list(shown)):
        for one, other in (pair, pair[::-1]):
            if one in apart and other in subjects:
                apart[one].add(subjects[other])
    return {pk: len((same[subject] & here) - apart[pk]) for pk, subject in shown.items()}


def _everybody(words: Iterable[Shared]) -> frozenset[uuid.UUID]:
    return _union(all_ for _, all_ in words)


def _union(several: Iterable[frozenset[uuid.UUID]]) -> frozenset[uuid.UUID]:
    return frozenset[uuid.UUID]().union(*several)


@lru_cache(maxsize=256)
def _newest(number: int) -> Prepared:
    def rows(registry: uuid.UUID) -> QuerySet[Any]:
        own = Registration.objects.filter(registry=registry, named=True, subject__erased_at=None)
        return paging.merged([own.filter(state=state) for state in OPEN], "-submitted_at", number, LOOKED)

    return prepared(rows)


@prepared
def _lines(ids: list[uuid.UUID]) -> QuerySet[Any]:
    return Registration.objects.filter(pk__in=ids).values_list("pk", "subject", "person", "made_on")


@prepared
def _all_of(subjects: list[uuid.UUID], registry: uuid.UUID) -> QuerySet[Any]:
    """Their registrations: subject and id."""
    return shown_of(subjects, registry).values_list("subject_id", "pk")
