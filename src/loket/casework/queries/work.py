"""My work today: what is late, what is due, what waits on others, and one's own drafts and reports."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils import timezone

from loket.accounts.people import Member
from loket.casework import stored
from loket.casework.access import Standing, standings
from loket.casework.models import Encounter, Registration, Task
from loket.casework.queries.referrals import Card, mine
from loket.casework.reading import looking
from loket.vault.queries import pseudonym
from schakel.casework import duty as duties
from schakel.casework.content import access
from schakel.casework.duty import DutyTask
from schakel.casework.referral import status_for_finder
from schakel.casework.words import name_of, title_of
from schakel.casework.worklist import work_today
from schakel.mechanism.content import load

MOST = 40
REPORTS = 20
HOLDER = "own"
SEALED = ("why", "receipt", "ruled_out_by", "reason")  # what a list does not open


@dataclass(frozen=True)
class TaskLine:
    """One task in a list: whose it is by pseudonym, what must be done by when, and who has taken it up."""

    id: uuid.UUID
    person: uuid.UUID
    name: str  # the pseudonym of the person at this organisation: never a name
    title: str
    holder: str
    state: str
    due: date | None
    extended: date | None
    urgent: bool
    uncertain: bool
    mine: bool
    taken: bool


@dataclass(frozen=True)
class Work:
    """The tasks of the member's organisation on a day, in the order in which they are done."""

    late: tuple[TaskLine, ...]
    due: tuple[TaskLine, ...]
    no_day: tuple[TaskLine, ...]
    to_place: tuple[TaskLine, ...]
    more: bool

    @property
    def number(self) -> int:
        return len(self.late) + len(self.due) + len(self.no_day)


# What a list needs of a task: not the person's own columns, and nothing that is sealed.
LISTED = (
    "duty", "kind", "holder", "organisation", "assigned", "strength", "state", "urgent", "uncertain", "made_on", "due",
    "extended", "content", "person__encounter__reporter",
)  # fmt: skip


def work(*, by: Member, lang: str, on: date | None = None) -> Work:
    """What the member's organisation has to do; for the registration point also what nobody could be found for."""
    day = on or timezone.localdate()
    with looking(by, "care") as trail:
        own, nobody = _rows(Q(organisation=by.organisation)), []
        if by.role == "registrar":
            nobody = _rows(Q(organisation=None, registry=by.organisation))
        here = standings(by, {row.person_id: row.person for row in (*own, *nobody)}.values())
        own, nobody = ([row for row in rows if _does(here[row.person_id])] for rows in (own, nobody))
        trail.note("casework.work", place=f"tasks {len(own) + len(nobody)}")
    lines = {row.pk: _line(row, by, day, lang) for row in (*own, *nobody)}
    found = work_today((plain(row) for row in own), (), day, holder=HOLDER)
    return Work(
        *(tuple(lines[task.receipt["row"]] for task in part) for part in (found.late, found.due, found.no_day)),
        tuple(lines[row.pk] for row in nobody), MOST in (len(own), len(nobody)),
    )  # fmt: skip


def plain(row: Task, holder: str = HOLDER) -> DutyTask:
    """A task for the list: nothing sealed is opened for it. `receipt` tells which row it is."""
    return DutyTask(
        duty=row.duty, task=row.kind, person=str(row.person_id), holder=holder, strength=row.strength, state=row.state,
        why=stored.words(None), made_on=row.made_on, content=row.content, receipt={"row": row.pk}, urgent=row.urgent,
        due=row.due, extended=row.extended,
    )  # fmt: skip


def _rows(whose: Q) -> list[Task]:
    """Open tasks, the oldest day first, then what is urgent; what may be done but need not is no work."""
    rows = Task.objects.filter(whose, state__in=duties.WAITING).exclude(strength="may")
    rows = rows.select_related("person__encounter").only(*LISTED)
    return list(rows.order_by(F("due").asc(nulls_last=True), "-urgent", "made_on", "pk")[:MOST])


def _does(here: Standing) -> bool:
    return any(here.may("do_duty", purpose) for purpose in ("care", "proceedings"))


def _line(row: Task, by: Member, day: date, lang: str) -> TaskLine:
    content = load()
    return TaskLine(
        id=row.pk, person=row.person_id, name=pseudonym(by.organisation, row.person_id),
        title=title_of(content, row.duty)(lang), holder=name_of(content, row.holder)(lang),
        state=duties.at(plain(row), day).state, due=row.due, extended=row.extended, urgent=row.urgent,
        uncertain=row.uncertain, mine=str(row.assigned_id) == by.membership, taken=row.assigned_id is not None,
    )  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """Referrals: those that wait for one's own answer, and one's own that nobody answered, too late or not yet."""

    to_answer: tuple[Card, ...]
    unanswered: tuple[Card, ...]
    waiting: tuple[Card, ...]


def waiting(*, by: Member, lang: str) -> Waiting:
    """What lies between the member's organisation and others; nothing for a role that neither refers nor answers."""
    if not {"refer", "answer_referral"} & access(load()).roles[by.role].actions:
        return Waiting((), (), ())
    cards = mine(by=by, lang=lang, over=False)
    asked = [one for one in cards if one.mine == "sender" and one.state in ("requested", "expired")]
    return Waiting(
        tuple(one for one in cards if one.waits_for_me and one not in asked),
        tuple(one for one in asked if one.late), tuple(one for one in asked if not one.late),
    )  # fmt: skip


@dataclass(frozen=True)
class ReportLine:
    """An encounter that the member reported: a draft to go on with, or the status of what came of it."""

    id: uuid.UUID
    found_on: date
    persons: int
    draft: bool
    destroy_on: date | None
    statuses: tuple[str, ...]
    question: bool
    registrations: tuple[uuid.UUID, ...]  # those with a question
    links: tuple[tuple[uuid.UUID, int], ...]  # every submitted one, with the number of its person


def reports(*, by: Member, lang: str) -> list[ReportLine]:
    """What this member reported, the newest first; of what was submitted the status only."""
    if "submit" not in access(load()).roles[by.role].actions:
        return []
    rows = list(Encounter.objects.filter(reporter=by.membership).order_by("-made_at")[:REPORTS])
    found: dict[uuid.UUID, list[Registration]] = {row.pk: [] for row in rows}
    registrations = Registration.objects.filter(person__encounter__in=rows).exclude(state="destroyed")
    for one in registrations.select_related("person", "merged_into").order_by("person__number", "made_on"):
        found[one.person.encounter_id].append(one)
    return [_report(row, found[row.pk], lang) for row in rows if found[row.pk]]


def _report(row: Encounter, registrations: Iterable[Registration], lang: str) -> ReportLine:
    newest = {one.person_id: one for one in registrations}.values()
    said = [status_for_finder(one.state, one.merged_into.state if one.merged_into else "")(lang) for one in newest]
    drafts = [one.destroy_on for one in newest if one.state == "draft" and one.destroy_on]
    return ReportLine(
        id=row.pk, found_on=row.found_on, persons=len(newest), draft=bool(drafts), destroy_on=min(drafts, default=None),
        statuses=tuple(dict.fromkeys(said)), question=any(one.state == "returned" for one in newest),
        registrations=tuple(one.pk for one in newest if one.state == "returned"),
        links=tuple((one.pk, one.person.number) for one in newest if one.state != "draft"),
    )  # fmt: skip
