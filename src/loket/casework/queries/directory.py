"""The directory: which organisation of a kind is there for this region and group, who can sign in, what is free."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from loket.accounts import queries as accounts
from loket.accounts.models import Organisation
from loket.accounts.people import Member
from loket.site.prepared import prepared
from schakel.casework.content import access
from schakel.casework.groups import GROUPS
from schakel.mechanism.content import load
from schakel.networks.directory import NATIONAL, Entry, Lead, lead
from schakel.vocabulary.places import Municipality
from schakel.vocabulary.texts import Text


@dataclass(frozen=True)
class Line:
    """One organisation of the directory. ``free``: how many places are free; None where it told nothing."""

    id: uuid.UUID
    name: str
    kind: str
    region: str
    groups: tuple[str, ...]
    account: bool
    free: int | None
    told_at: datetime | None
    version: int = 0

    @property
    def entry(self) -> Entry:
        return Entry(str(self.id), self.kind, regions(self.region), frozenset(self.groups), self.account, self.free)


def lines(kinds: Collection[str] | None = None) -> tuple[Line, ...]:
    """Every organisation at the counter, or those of these kinds, by name: one query."""
    return tuple(_line(*row) for row in (_every() if kinds is None else _of_kinds(list(kinds))))


@prepared
def _every() -> QuerySet[Any]:
    rows = Organisation.objects.filter(ended_at=None).order_by("name")
    told = ("places__groups", "target_group", "places__free", "places__told_at", "places__version")
    return rows.values_list("pk", "name", "kind", "region", accounts.somebody_at("pk"), *told)


@prepared
def _of_kinds(kinds: list[str]) -> QuerySet[Any]:
    return _every.make().filter(kind__in=kinds)


def _line(pk: uuid.UUID, name: str, kind: str, region: str, account: bool, told: str | None, admitted: str,
          free: int | None, told_at: datetime | None, version: int | None) -> Line:  # fmt: skip
    groups = admitted if told is None else told  # what it told itself goes before what it was admitted with
    fitting = tuple(group for group in groups.split() if group in GROUPS)
    return Line(pk, name, kind, region, fitting, account, free, told_at, version or 0)


def shown(
    by: Member, every: Iterable[Line], *, kind: str = "", group: str = "", region: str = ""
) -> tuple[Line, ...]:  # fmt: skip
    """The directory for this member, narrowed down. How many places are free is for those who may ask for one."""
    wanted = regions(region) - {NATIONAL}
    found = (
        one for one in every
        if kind in ("", one.kind) and (not group or not one.groups or group in one.groups)
        and (not wanted or regions(one.region) & {*wanted, NATIONAL})
    )  # fmt: skip
    return tuple(one if sees_places(by) or str(one.id) == by.organisation else _closed(one) for one in found)


def sees_places(by: Member) -> bool:
    """Whether this role ever asks for a place, or offers one."""
    book = access(load())
    return by.role in (*book.may_ever["request_place"], *book.may_ever["offer_place"])


def _closed(one: Line) -> Line:
    return Line(one.id, one.name, one.kind, one.region, one.groups, one.account, None, None)


@lru_cache(maxsize=4_096)  # asked of every organisation each time; what is typed in the search comes by here too
def regions(words: str) -> frozenset[str]:
    """The codes that a region stands for: a municipality or safety region by code or name; nothing: the whole country.

    Several regions stand with a comma between them. A word that is no place is kept as it is (a police unit).
    """
    if not words.strip():
        return frozenset({NATIONAL})
    return frozenset(code for word in words.split(",") if word.strip() for code in _codes(word.strip()))


def _codes(word: str) -> Collection[str]:
    """A name that is both a municipality's and a safety region's stands for both."""
    places = load().places
    found = {one.safety_region for one in places.municipalities if one.safety_region_name.lower() == word.lower()}
    if place := places.index.get(word.lower()):
        found.add(place.code)
    return found or (word,)


def municipality(code: str) -> Municipality | None:
    """The municipality of a code or name, where there is one."""
    return load().places.index.get(code.strip().lower())


@dataclass(frozen=True)
class Receivers:
    """Whom a kind of organisation leads to: the organisations, nearest first; or why it is the registrar's task."""

    lines: tuple[Line, ...]
    task_of_registrar: Text | None


def receivers(
    kind: str, place: str, groups: frozenset[str], *, without: str = "", avoid: Collection[str] = ()
) -> Receivers:
    """The organisations of a kind for a region and groups.

    ``without`` leaves out the own organisation, ``avoid`` those that lie where this person must not be.
    """
    every = (one for one in lines([kind]) if str(one.id) != without)
    all_lines = {str(one.id): one for one in every if not regions(one.region) & set(avoid)}
    found: Lead = lead(kind, municipality(place), groups, [one.entry for one in all_lines.values()])
    return Receivers(tuple(all_lines[entry.id] for entry in found.entries), found.task_of_registrar)
