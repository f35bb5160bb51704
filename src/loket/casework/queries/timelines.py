"""One person's page: who it is, their timeline, and their tasks; of each only what this member may see."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, QuerySet
from django.utils import timezone

from loket.accounts.pages import lang
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import stored, stored_care
from loket.casework.access import Standing, registrations_of, standing
from loket.casework.models import Person, Registration, Report, Step, Task
from loket.casework.queries.tasks import purpose_for
from loket.casework.queries.work import SEALED, plain
from loket.casework.reading import looking, opened
from loket.site.prepared import prepared
from loket.vault.queries import pseudonym
from schakel.casework import duty as duties
from schakel.casework.content import sharing
from schakel.casework.duty import DutyTask
from schakel.casework.encounter import Encounter as CaseEncounter
from schakel.casework.minors import turns_18
from schakel.casework.person import CasePerson, Identity
from schakel.casework.timeline import Line, timeline
from schakel.casework.words import name_of, title_of
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim

EMERGENCY = "emergency"


@dataclass(frozen=True)
class TaskLine:
    """One task in the list of a person's plan."""

    id: uuid.UUID
    title: str
    holder: str
    state: str
    due: date | None
    urgent: bool
    uncertain: bool


@dataclass(frozen=True)
class PersonPage:
    """What one page shows of a person. `kinds` are the kinds of data that this member may see."""

    id: uuid.UUID
    number: int
    encounter: uuid.UUID
    registration: uuid.UUID | None
    name: str
    state: str
    cycle: str
    named: bool
    kinds: frozenset[str]
    identity: Identity | None
    contact: str
    adult_on: date | None
    adult_exact: bool
    acts: tuple[tuple[str, str], ...]  # what this member may do for the person: address and words
    lines: tuple[Line, ...]
    to_come: tuple[Line, ...]
    tasks: tuple[TaskLine, ...]

    @property
    def waiting(self) -> tuple[TaskLine, ...]:
        return tuple(one for one in self.tasks if one.state in duties.WAITING)

    @property
    def settled(self) -> tuple[TaskLine, ...]:
        """The tasks that wait for nobody: done, refused, or ruled out."""
        return tuple(one for one in self.tasks if one.state not in duties.WAITING)


def person(*, by: Member, pk: uuid.UUID, purpose: str = "") -> PersonPage:
    """The page of one person. Raises Refused where nothing of them may be seen; a status alone is not this page."""
    with looking(by, purpose) as trail:
        row = _known.first(pk)
        if row is None:
            raise Refused("not_found", event="casework.read")
        registrations = registrations_of([row.pk])
        here = standing(by, row, registrations[-1] if registrations else None)
        purpose = purpose or _purpose(here)
        kinds = here.sees(purpose)
        if EMERGENCY in here.relations:
            kinds |= here.sees("safety")
        if not kinds - {"status"}:
            here.must("see_situation", purpose, event="casework.read")
        opened(trail, here, here.sees_by(purpose), " ".join(sorted(kinds)))
    return _page(by, row, registrations, here, kinds)


@prepared
def _known(pk: uuid.UUID) -> QuerySet[Person]:
    rows = Person.objects.select_related("subject", "encounter__subject", "encounter__organisation")
    return rows.filter(pk=pk, subject__erased_at=None)


def _purpose(here: Standing) -> str:
    """The usual purpose of the role, or acute danger for who is here in an emergency only."""
    return "safety" if here.relations == (EMERGENCY,) else ""


def _page(
    by: Member, row: Person, registrations: list[Registration], here: Standing, kinds: frozenset[str]
) -> PersonPage:
    today, language, newest = timezone.localdate(), lang(), registrations[-1] if registrations else None
    tasks = _tasks(row, here, kinds)
    duties_now = [duties.at(plain(one, one.holder), today) for one in tasks]
    lines = _lines(row, registrations, duties_now, kinds, today)
    known = stored.person(row)
    identity = known.identity if "identity" in kinds else None
    birthday = turns_18(identity.birth_date) if identity else None
    soon = birthday if birthday and birthday.on > today else None
    return PersonPage(
        id=row.pk, number=row.number, encounter=row.encounter_id, registration=newest.pk if newest else None,
        name=pseudonym(by.organisation, row.pk), state=newest.state if newest else "",
        cycle="registration" if newest and newest.named else "count", named=bool(newest and newest.named), kinds=kinds,
        identity=identity, contact=(row.contact or "") if "contact" in kinds else "",
        adult_on=soon.on if soon else None, adult_exact=bool(soon and soon.exact),
        acts=_acts(here),
        lines=tuple(one for one in lines if one.on <= today), to_come=tuple(one for one in lines if one.on > today),
        tasks=tuple(_task(one, now, language) for one, now in zip(tasks, duties_now, strict=True)),
    )  # fmt: skip


# Pages about one person: the address, its words, and the actions and purposes of which one must be allowed.
ACTS = (
    ("refer", "care.refer", (("refer", "care"),)),
    ("ask_place", "care.ask_place", (("request_place", "care"),)),
    ("grounds", "care.grounds", (("record_ground", ""), ("withdraw_consent", "care"))),
    ("stay", "care.stay", (("see_whereabouts", ""),)),
    ("attachments", "exchange.files", (("add_facts", ""), ("see_situation", ""))),
    ("add_person_report", "casework.add_report", (("add_report", ""),)),
    ("missing", "casework.missing", (("missing_alert", "safety"),)),
    ("ask_erasure", "care.ask_erasure", (("ask_erasure", "registration"),)),
    ("representatives", "care.representatives", (("decide_registration", "registration"),)),
)


def _acts(here: Standing) -> tuple[tuple[str, str], ...]:
    return tuple((url, words) for url, words, asked in ACTS if any(here.may(*one) for one in asked))


def _tasks(row: Person, here: Standing, kinds: frozenset[str]) -> list[Task]:
    """All tasks for who may see the plan; for who has some of them, those of their own organisation."""
    if "care-plan" in kinds:
        return _plan(row.pk, None)
    return _plan(row.pk, uuid.UUID(here.by.organisation)) if here.may("do_duty", purpose_for(here)) else []


@prepared
def _plan(person: uuid.UUID, organisation: uuid.UUID | None) -> QuerySet[Task]:
    rows = Task.objects.filter(person=person)
    rows = rows.filter(organisation=organisation) if organisation else rows
    return rows.defer(*SEALED).order_by(F("due").asc(nulls_last=True), "made_on", "pk")


def _task(row: Task, now: DutyTask, language: str) -> TaskLine:
    content = load()
    return TaskLine(
        row.pk, title_of(content, row.duty)(language), name_of(content, row.holder)(language), now.state, row.due,
        row.urgent, row.uncertain,
    )  # fmt: skip


def _lines(
    row: Person, registrations: list[Registration], tasks: list[DutyTask], kinds: frozenset[str], today: date
) -> tuple[Line, ...]:
    """The timeline, from the facts of the kinds that may be seen only."""
    by_registration: dict[uuid.UUID, list[Step]] = {}
    for step in _steps([one.pk for one in registrations]):
        by_registration.setdefault(step.registration_id, []).append(step)
    for one in registrations:
        one.person, one.subject = row, row.subject
    met = _seen(stored.encounter(row.encounter, [row], _reports(row)), kinds)
    told = [stored.registration(one, by_registration.get(one.pk, ())) for one in registrations]
    referrals = stored_care.referrals_of(row) if "care-plan" in kinds else ()
    return timeline(
        load(), met, str(row.pk), today, registrations=told, tasks=tasks, referrals=referrals,
    )  # fmt: skip


@prepared
def _steps(registrations: list[uuid.UUID]) -> QuerySet[Step]:
    return Step.objects.filter(registration__in=registrations).defer("words").order_by("at", "pk")


@prepared
def _reports_of(encounter: uuid.UUID) -> QuerySet[Report]:
    return Report.objects.filter(encounter=encounter).defer("reference")


def _reports(row: Person) -> list[Report]:
    rows = _reports_of(row.encounter_id)
    for one in rows:
        one.reference = None  # the reporter's own number is for the reporter: not shown here, so not read one by one
    return rows


def _seen(met: CaseEncounter, kinds: frozenset[str]) -> CaseEncounter:
    """The encounter with the facts of these kinds only."""
    book = sharing(load())

    def kept(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(one for one in claims if book.field_of.get(one.fact) in kinds)

    people = tuple(CasePerson(one.id, kept(one.claims)) for one in met.persons)
    return replace(met, shared=kept(met.shared), persons=people)
