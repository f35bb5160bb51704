"""Was this person seen before? For the registration point only: possible doubles, and a search by name."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import CharField, Q, QuerySet, UUIDField

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import naming, stored
from loket.casework.access import Denied, spoken, standing, standings
from loket.casework.models import Merge, NotTheSame, Person, Registration
from loket.casework.queries.ending import StillOpen, still_open
from loket.casework.queries.seen import identity_lines, label
from loket.casework.reading import looking, opened
from loket.site.planning import unindexed
from loket.site.prepared import prepared
from loket.vault.queries import alike, in_common, search
from loket.vault.words import Word
from schakel.casework.content import access
from schakel.casework.duplicates import KINDS
from schakel.casework.lifecycles import lifecycles
from schakel.casework.person import Identity
from schakel.mechanism.content import load
from schakel.networks.access import may

PURPOSE: Final = "registration"
SHOWN: Final = ("submitted", "returned", "accepted", "reopened", "declined", "closed", "withdrawn")
MOST: Final = 40
CLOSEST: Final = 12  # shown beside a registration at a time, the strongest first: each is somebody who is looked at
COMPARED: Final = 100


@dataclass(frozen=True)
class Line:
    """One registration that may be of the same person: who it is, where it stands, and what the two have in common."""

    id: uuid.UUID
    name: str
    identity: tuple[tuple[str, str], ...]
    state: str
    made_on: date
    common: tuple[str, ...]
    version: int


@dataclass(frozen=True)
class Merged:
    """A merge that still stands."""

    id: uuid.UUID
    name: str
    on: date
    reason: str


@dataclass(frozen=True)
class Page:
    """One registration beside those that may be the same."""

    own: Line
    others: tuple[Line, ...]
    more: int  # how many more are like it, less so than these
    merged: tuple[Merged, ...]
    open: StillOpen | None  # what is still open for this one, and stops when it goes into another


def page(*, by: Member, pk: uuid.UUID, lang: str) -> Page:
    """The possible doubles of one registration. Raises Denied for everybody but the registration point."""
    row = _registration(pk)
    with looking(by, PURPOSE) as trail:
        here = standing(by, row.person, row)
        relation = here.must("see_duplicates", PURPOSE, event="casework.duplicates")
        opened(trail, here, relation, "duplicates")
        common = {one: _ordered(kinds) for one, kinds in in_common(row.subject_id, KINDS).items()}
        alike_ = _closest(by, common, _apart(row))
        others = _whole(alike_[:CLOSEST])
        own_others = standings(by, [one.person for one in others], others)
        for one in others:
            opened(trail, own_others[one.person_id], relation, "duplicates")
    return Page(
        own=_line(by, row, (), lang),
        others=tuple(sorted((_line(by, one, common[one.subject_id], lang) for one in others), key=_strength)),
        more=len(alike_[CLOSEST:]),
        merged=tuple(Merged(one.pk, label(by.organisation, one.merged.person), one.on, one.reason or "")
                     for one in _merges(row.pk)),
        open=still_open(row.person_id) if others and "care-plan" in here.sees(PURPOSE) else None,
    )  # fmt: skip


def _closest(
    by: Member, common: Mapping[uuid.UUID, tuple[str, ...]], without: Collection[uuid.UUID]
) -> list[uuid.UUID]:  # fmt: skip
    """Their registrations here, the strongest first: without those that are on record as somebody else."""
    subjects = sorted(common, key=lambda one: (_rank(common[one]), -len(common[one]), one.int))[:COMPARED]
    place = {one: number for number, one in enumerate(subjects)}
    found = [(place[subject], pk) for pk, subject in _here(subjects, uuid.UUID(by.organisation)) if pk not in without]
    return [pk for _, pk in sorted(found, key=lambda row: (row[0], row[1].int))]


@prepared
def _here(subjects: list[uuid.UUID], registry: uuid.UUID) -> QuerySet[Any]:
    return shown_of(subjects, registry).values_list("pk", "subject")


def shown_of(subjects: list[uuid.UUID], registry: uuid.UUID) -> QuerySet[Registration]:
    """The registrations by name of these people at a registration point, as far as they are shown: found by the people,
    who are few, and not among all that lie there."""
    here = {"at": unindexed("registry", UUIDField()), "stands": unindexed("state", CharField())}
    return Registration.objects.alias(**here).filter(subject__in=subjects, at=registry, stands__in=SHOWN, named=True)


@prepared
def _whole(registrations: list[uuid.UUID]) -> QuerySet[Registration]:
    rows = Registration.objects.select_related("person__encounter__subject", "person__subject", "subject")
    return rows.filter(pk__in=registrations)


@prepared
def _merges(kept: uuid.UUID) -> QuerySet[Merge]:
    return Merge.objects.select_related("merged__person", "subject").filter(kept=kept, undone_on=None)


def _registration(pk: uuid.UUID) -> Registration:
    row: Registration | None = _one.first(pk)
    if row is None:
        raise Refused("not_found", event="casework.read")
    return row


@prepared
def _one(pk: uuid.UUID) -> QuerySet[Registration]:
    rows = Registration.objects.select_related("person__encounter__subject", "person__subject", "subject")
    return rows.filter(pk=pk)


@prepared
def _shown(subjects: list[uuid.UUID], registry: uuid.UUID) -> QuerySet[Registration]:
    rows = shown_of(subjects, registry)
    rows = rows.select_related("person__encounter__subject", "person__subject", "subject")
    return rows.order_by("made_on", "pk")[:MOST]


def _apart(row: Registration) -> set[uuid.UUID]:
    """The registrations that were put on record as somebody else."""
    return {one for pair in pairs([row.pk]) for one in pair} - {row.pk}


@prepared
def pairs(registrations: list[uuid.UUID]) -> QuerySet[Any]:
    rows = NotTheSame.objects.filter(Q(one__in=registrations) | Q(other__in=registrations))
    return rows.values_list("one_id", "other_id")


def _ordered(kinds: set[str]) -> tuple[str, ...]:
    return tuple(kind for kind in KINDS if kind in kinds)


def _strength(one: Line) -> tuple[int, int, str]:
    return _rank(one.common), -len(one.common), str(one.id)


def _rank(common: tuple[str, ...]) -> int:
    return KINDS.index(common[0]) if common else len(KINDS)


def _line(by: Member, row: Registration, common: tuple[str, ...], lang: str) -> Line:
    cycle = lifecycles(load())["registration" if row.named else "count"]
    return Line(
        row.pk, label(by.organisation, row.person), identity_lines(stored.identity(row.person), lang),
        cycle.state(row.state).name(lang), row.made_on, common, row.version,
    )  # fmt: skip


def find(*, by: Member, identity: Identity, lang: str) -> tuple[Line, ...]:
    """Who was registered under this name or one that sounds like it. Every result is a read, in the log.

    Raises Denied, in the log, for who has no relation that lets them search: whoever calls lets others know.
    """
    must_search(by, "search_name", "casework.search")
    found = alike(naming.same_person(identity))
    for subject in search(_said(identity)):
        found.setdefault(subject, set())
    rows = _shown(list(found), uuid.UUID(by.organisation))
    with looking(by, PURPOSE) as trail:
        trail.note("casework.search", kind="search", place=f"{len(rows)} found", relation="registers")
        for pk, here in standings(by, [row.person for row in rows], rows).items():
            if any(row.person_id == pk for row in rows):
                opened(trail, here, here.must("search_name", PURPOSE, event="casework.search"), "search")
    return tuple(sorted((_line(by, row, _ordered(found[row.subject_id]), lang) for row in rows), key=_strength))


def _said(identity: Identity) -> list[Word]:
    """The words that were typed; a birth date alone finds nobody, for it fits many."""
    words = [Word("surname", identity.surname), Word("given_names", identity.given_names)]
    said = [word for word in words if word.said]
    born = Word("birth_date", identity.birth_date)
    return [*said, born] if said and born.said else said


def must_search(by: Member, action: str, event: str) -> None:
    """The registration point has the relation `registers` to all whom it registers; nobody else has one by a name."""
    registers = by.role == "registrar" and bool(_registers(uuid.UUID(by.organisation)))
    relation = "registers" if registers else "none"
    decision = may(access(load()), action, by.role, relation, "accepted", PURPOSE)
    with looking(by, PURPOSE):
        if not decision.allowed:
            raise Denied("no_relation_to_search", spoken(decision), event=event, kind="search", relation=relation)


@prepared
def _registers(registry: uuid.UUID) -> QuerySet[Any]:
    """Whether there is any registration here."""
    return Registration.objects.filter(registry=registry).values_list("pk")[:1]


def person_of(pk: uuid.UUID) -> uuid.UUID | None:
    """The person of a registration."""
    return Person.objects.filter(registrations=pk).values_list("pk", flat=True).first()
