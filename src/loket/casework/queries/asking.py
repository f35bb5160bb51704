"""Before somebody is referred: what may be told to that kind of organisation, and which ones there are."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import Standing, standing
from loket.casework.models import Person
from loket.casework.queries import directory, sharing
from loket.casework.queries.known import groups, municipality
from loket.casework.queries.seen import Shared, label, shared_lines
from loket.casework.reading import looking
from loket.site.prepared import prepared
from schakel.casework.content import sharing as sharing_book
from schakel.casework.words import name_of
from schakel.mechanism.content import load


@dataclass(frozen=True)
class Not:
    """A kind of data that may not come along (yet): why, and what can be done."""

    id: str
    name: str
    said: str
    refused: bool


@dataclass(frozen=True)
class May:
    """The answer of the sharing rules for one receiver and purpose, and whom that kind leads to here."""

    name: str
    receiver_kind: str
    purpose: str
    allowed: tuple[Shared, ...]
    not_allowed: tuple[Not, ...]
    asks: tuple[str, ...]
    circumstances: Mapping[str, str]
    ground_missing: bool
    receivers: tuple[directory.Line, ...]
    task_of_registrar: str


@prepared
def _person(pk: uuid.UUID) -> QuerySet[Person]:
    return Person.objects.select_related("encounter__subject", "subject").filter(pk=pk)


def may_ask(*, by: Member, person: uuid.UUID, action: str = "refer") -> Standing:
    """Whether this member may refer this person, or ask a place for them. Raises Denied, in the log, otherwise."""
    row = _found(person)
    with looking(by, "care"):
        return _must(by, row, action)


def _found(person: uuid.UUID) -> Person:
    row: Person | None = _person.first(person)
    if row is None:
        raise Refused("not_found", event="casework.read")
    return row


def _must(by: Member, row: Person, action: str) -> Standing:
    here = standing(by, row)
    here.must(action, "care", event=f"casework.{action}")
    return here


def may(
    *, by: Member, person: uuid.UUID, receiver_kind: str, purpose: str, lang: str,
    circumstances: Mapping[str, str] | None = None, action: str = "refer", avoid: frozenset[str] = frozenset(),
) -> May:  # fmt: skip
    """What may come along, on which ground, and to whom; asked anew for every answer about the circumstances.

    Somebody gets to see the answers, so they are in the log.
    """
    said = dict(circumstances or {})
    asked, row = sharing.Asked(receiver_kind, purpose, said), _found(person)
    with looking(by, sharing.access_purpose(purpose)) as trail:
        here = _must(by, row, action)
        found = sharing.decisions(by, row, asked, timezone.localdate())
        sharing.noted(trail, row, receiver_kind, found)
    own = here.sees() | {"signal"}
    allowed = {name: one for name, one in found.items() if one.allowed and name in own}
    book, content = sharing_book(load()), load()
    leads = _leads(by, row, receiver_kind, avoid)
    asks = tuple(dict.fromkeys((*(name for name in book.asked if name in said), *sharing.still_asked(found))))
    return May(
        name=name_of(content, receiver_kind)(lang), receiver_kind=receiver_kind, purpose=book.purposes[purpose](lang),
        allowed=shared_lines(allowed.items(), lang),
        not_allowed=tuple(
            Not(name, book.fields[name].text(lang), one.say(lang), one.answer == "refused")
            for name, one in found.items() if not one.allowed and name in own
        ),
        asks=asks, circumstances=said, ground_missing=sharing.on_record_missing(found), receivers=leads.lines,
        task_of_registrar=leads.task_of_registrar(lang) if leads.task_of_registrar else "",
    )  # fmt: skip


@dataclass(frozen=True)
class Open:
    """To which organisations a form that comes back can go, and the municipality by which they were found."""

    receivers: tuple[directory.Line, ...]
    municipality: str


def open_to(
    *, by: Member, person: uuid.UUID, receiver_kind: str, avoid: frozenset[str] = frozenset()
) -> Open:  # fmt: skip
    """What the receiver of a form is held against. Nobody gets to see it: whether this member may do it, and what may
    come along, the verb that follows asks on locked rows, and writes down."""
    row = _found(person)
    return Open(_leads(by, row, receiver_kind, avoid).lines, municipality(row))


def _leads(by: Member, row: Person, kind: str, avoid: frozenset[str]) -> directory.Receivers:
    return directory.receivers(kind, municipality(row), groups(row), without=by.organisation, avoid=avoid)


def person_name(by: Member, person: Person) -> str:
    """What the person is called on the page."""
    return label(by.organisation, person)
