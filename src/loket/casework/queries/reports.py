"""Reports of an encounter: who may add one, and what each says to who may read what was told."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import OWN_DRAFT, Denied, Standing, spoken, standings
from loket.casework.models import Encounter, Person, Report
from loket.casework.reading import looking
from loket.casework.taking import TOOK
from loket.site.prepared import prepared
from loket.vault.queries import pseudonym
from schakel.casework.content import access
from schakel.casework.words import name_of
from schakel.mechanism.content import load
from schakel.networks.access import may

ADD = "add_report"


@dataclass(frozen=True)
class ReportLine:
    """One report as it is shown. `channel`: how it was told, where somebody else wrote it down."""

    on: date
    who: str
    channel: str
    teller: str
    words: str
    person: int  # the number of the person it is about; 0: everyone


@dataclass(frozen=True)
class ToAdd:
    """What a report would be added to."""

    encounter: uuid.UUID
    found_on: date
    name: str  # the pseudonym of the person; empty: everyone
    number: int
    sees: bool  # whether there is a page of the encounter to go back to


def may_take(*, by: Member) -> None:
    """Raises Denied for who does not write down what others report."""
    decision = may(access(load()), OWN_DRAFT, by.role, TOOK, "draft", "registration")
    if not decision.allowed:
        with looking(by, "registration"):
            raise Denied("no_role", spoken(decision), event="casework.begin", kind="encounter")


def to_add(*, by: Member, pk: uuid.UUID, person: bool) -> ToAdd:
    """What the form says about the encounter. Raises Denied for who may not add a report to it."""
    rows = Person.objects.select_related("subject", "encounter__subject").filter(subject__erased_at=None)
    people = list(rows.filter(pk=pk) if person else rows.filter(encounter=pk))
    if not people:
        raise Refused("not_found", event="casework.add_report")
    with looking(by):
        here = standings(by, people)
        for one in people:
            here[one.pk].must(ADD, event="casework.add_report")
    first = people[0]
    return ToAdd(
        first.encounter_id, first.encounter.found_on, pseudonym(by.organisation, first.pk) if person else "",
        first.number if person else 0, here[first.pk].may("see_situation"),
    )  # fmt: skip


def lines(row: Encounter, people: list[Person], here: dict[object, Standing], lang: str) -> tuple[ReportLine, ...]:
    """Every report of an encounter; who told it, and in which words, only for who may read what was told."""
    keys = {one.pk: one for one in people}
    rows = _of(row.pk)
    return tuple(_line(one, row, keys, here, lang) for one in rows if one.person_id is None or one.person_id in keys)


@prepared
def _of(encounter: uuid.UUID) -> QuerySet[Report]:
    return Report.objects.filter(encounter=encounter).order_by("reported_on", "pk").defer("reference")


def _line(
    one: Report, row: Encounter, people: dict[object, Person], here: dict[object, Standing], lang: str
) -> ReportLine:
    about = people.get(one.person_id)
    one.subject = about.subject if about else row.subject
    reads = all("situation" in standing.sees() for standing in here.values())
    return ReportLine(
        one.reported_on, name_of(load(), one.reporter_kind)(lang), one.channel, (one.teller or "") if reads else "",
        (one.words or "") if reads else "", about.number if about else 0,
    )  # fmt: skip
