"""What is recorded of one person, in sections, and who looked: for the person concerned and who speaks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from loket.accounts import queries as accounts
from loket.audit import queries as audit
from loket.audit.account import sentences
from loket.casework import stored, stored_care
from loket.casework.access import Standing, registrations_of
from loket.casework.models import Report, Step, Task
from loket.casework.queries.consents import of_person
from loket.casework.queries.work import SEALED, plain
from loket.site.prepared import Prepared, prepared
from loket.site.wording import wording
from schakel.casework.content import sharing
from schakel.casework.encounter import Encounter
from schakel.casework.export import HEADS, Section, export
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim

OWN: Final = "own"
# Sections of the account that are about one kind of data only: left out where that kind may not be seen.
ABOUT: Final = {"identity": "identity", "exploitation": "situation", "shared": "care-plan", "grounds": "care-plan",
                "tasks": "care-plan"}  # fmt: skip
ALL: Final = frozenset(HEADS) - {"readers"}
RECORDED: Final = frozenset({"identity", "facts", "exploitation", "tasks", "timeline", "rights"})
SHARED: Final = frozenset({"shared"})
SAME: Final = ("event", "outcome", "role", "organisation", "purpose", "ground", "relation", "emergency")


def sections(here: Standing, wanted: frozenset[str] = ALL) -> tuple[Section, ...]:
    """The account of `schakel.casework.export`, of what this member may see: for the person everything.

    wanted: only these sections, and only what they need is read.
    """
    kinds = here.sees(OWN)
    shown = {name for name in wanted if ABOUT.get(name, "status") in (*kinds, "status")}
    person = here.person
    found = export(
        load(), _encounter(here, kinds, shown), str(person.pk), timezone.localdate(),
        registrations=_registrations(here) if "timeline" in shown else (),
        tasks=[plain(one, one.holder) for one in _tasks(person.pk)] if "tasks" in shown else (),
        referrals=stored_care.referrals_of(person) if "shared" in shown else (),
        grounds=[stored_care.ground(one) for one in _own_rows(of_person, here)] if "grounds" in shown else (),
    )  # fmt: skip
    heads = {HEADS[name] for name in shown}
    return tuple(one for one in found if one.head in heads)


def _own_rows(asked: Prepared, here: Standing) -> list[Any]:
    rows = asked(here.person.pk)
    for row in rows:
        row.subject = here.person.subject
    return rows


@prepared
def _tasks(person: UUID) -> QuerySet[Task]:
    """What the account tells of a task is not sealed."""
    return Task.objects.filter(person=person).defer(*SEALED)


@prepared
def _steps(registrations: list[UUID]) -> QuerySet[Step]:
    return Step.objects.filter(registration__in=registrations).defer("words").order_by("at")


@prepared
def _reports(encounter: UUID, person: UUID) -> QuerySet[Report]:
    """Those of everybody in the encounter, and those of this person."""
    rows = Report.objects.filter(Q(person=None) | Q(person=person), encounter=encounter)
    return rows.defer("reference")


def _registrations(here: Standing) -> list[Any]:
    """Every registration of the person with its steps: two queries."""
    rows = registrations_of([here.person.pk])
    steps = _steps([row.pk for row in rows])
    for row in rows:
        row.person, row.subject = here.person, here.person.subject
    return [stored.registration(row, [step for step in steps if step.registration_id == row.pk]) for row in rows]


def _encounter(here: Standing, kinds: frozenset[str], shown: set[str]) -> Encounter:
    """The encounter with this one person: nobody else of it, and no source that is not an organisation of the counter.

    Who told something may be somebody who must stay unknown; organisations are not.
    """
    row = here.person
    for report in (told := _reports(row.encounter_id, row.pk) if "timeline" in shown else []):
        report.reference = None
    whole = stored.encounter(row.encounter, [row], told)
    claims = (*whole.shared, *whole.persons[0].claims)
    names = {one.name for one in accounts.organisations()} if any(one.source for one in claims) else set()
    person = replace(
        whole.persons[0], claims=_own(whole.persons[0].claims, kinds, names),
        identity=whole.persons[0].identity if "identity" in kinds else None,
        exploitations=whole.persons[0].exploitations if "situation" in kinds else (),
    )  # fmt: skip
    return replace(whole, shared=_own(whole.shared, kinds, names), persons=(person,))


def _own(claims: Iterable[Claim], kinds: frozenset[str], names: set[str]) -> tuple[Claim, ...]:
    book = sharing(load())
    seen = (one for one in claims if book.field_of.get(one.fact) in kinds)
    return tuple(one if one.source in names else replace(one, source="") for one in seen)


def readers(here: Standing, lang: str) -> Iterator[str]:
    """The log as sentences, the newest first; the same thing done several times on a day is said once."""
    often: dict[tuple[object, ...], int] = {}
    last: list[tuple[tuple[object, ...], dict[str, Any]]] = []
    for entry in reversed(audit.about(here.person.subject_id)):
        key = (timezone.localdate(entry["at"]), *(entry[name] for name in SAME))
        often[key] = often.get(key, 0) + 1
        if often[key] == 1:
            last.append((key, entry))
    for (key, _), line in zip(last, sentences([entry for _, entry in last], lang), strict=True):
        yield wording().say("care.times", lang, line=line, number=often[key]) if often[key] > 1 else line
