"""What somebody reported: drafts to go on with, questions to answer, and the status of what came of the rest."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db.models import QuerySet

from loket.accounts.people import Member
from loket.casework.models import Encounter, Registration
from loket.site import paging
from loket.site.prepared import Prepared, prepared
from schakel.casework.content import access
from schakel.casework.referral import status_for_finder
from schakel.mechanism.content import load

HEAD: Final = 10  # so many stand on the page with today's work
WAIT: Final = ("draft", "returned")  # for whoever reported


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

    @property
    def waits(self) -> bool:
        """Whether it waits for whoever reported it."""
        return self.draft or self.question


@dataclass(frozen=True)
class Today:
    """What stands with today's work: what waits for oneself, the newest of the rest, and whether there is more."""

    rows: tuple[ReportLine, ...] = ()
    more: bool = False


def today(*, by: Member, lang: str) -> Today:
    """What waits for this member, however old it is, and then the newest that they reported; both in one question."""
    if not _reports(by):
        return Today()
    every = _lines(_today(uuid.UUID(by.membership)), lang)  # the newest stand first, whichever they are
    waits = [one for one in every if one.waits]
    rest = [one for one in every[:HEAD] if not one.waits]
    return Today((*waits[:HEAD], *rest), len(every) > HEAD)


def reports(
    *, by: Member, lang: str, waits: bool = False, number: int = 1, size: int = paging.SIZE
) -> paging.Page[ReportLine]:
    """What this member reported, or what of it waits for them; of what was submitted the status only."""
    found = _page(waits, number, size)(uuid.UUID(by.membership)) if _reports(by) else []
    return paging.of(_lines(found, lang), number, -1, size)


def _reports(by: Member) -> bool:
    return "submit" in access(load()).roles[by.role].actions


def _lines(found: Iterable[Registration], lang: str) -> list[ReportLine]:
    met: dict[uuid.UUID, list[Registration]] = {}
    for one in found:
        met.setdefault(one.person.encounter_id, []).append(one)
    return [_report(several[0].person.encounter, several, lang) for several in met.values()]


@lru_cache(maxsize=512)
def _page(waits: bool, number: int, size: int) -> Prepared:
    """The registrations of a page of encounters: one question."""
    start = (number - 1) * size
    return prepared(lambda reporter: _of(_met(reporter, waits)[start : start + size + 1]))


@prepared
def _today(reporter: uuid.UUID) -> QuerySet[Registration]:
    """Those of the newest encounters, and of the newest that wait; one more of each than stands on the page."""
    newest, waits = (Encounter.objects.filter(pk__in=_met(reporter, one)[: HEAD + 1]) for one in (False, True))
    return _of(newest.values("pk").union(waits.values("pk")))


def _met(reporter: uuid.UUID, waits: bool) -> QuerySet[Any]:
    """The encounters of a reporter, or those that wait for them, the newest first."""
    asked = Registration.objects.filter(reporter=reporter, state__in=WAIT).values("person__encounter")
    mine = Encounter.objects.filter(pk__in=asked) if waits else Encounter.objects.filter(reporter=reporter)
    return mine.order_by("-made_at", "pk").values("pk")


def _of(encounters: QuerySet[Any]) -> QuerySet[Registration]:
    """Their registrations, encounter by encounter."""
    rows = Registration.objects.filter(person__encounter__in=encounters).exclude(state="destroyed")
    rows = rows.select_related("person__encounter", "merged_into").only(*READ)
    return rows.order_by("-person__encounter__made_at", "person__encounter", "person__number", "made_on")


READ: Final = ("person", "state", "made_on", "destroy_on", "merged_into__state", "person__number",
               "person__encounter__found_on", "person__encounter__made_at")  # fmt: skip


def _report(row: Encounter, registrations: Iterable[Registration], lang: str) -> ReportLine:
    newest = {one.person_id: one for one in registrations}.values()
    said = [status_for_finder(one.state, one.merged_into.state if one.merged_into else "")(lang) for one in newest]
    drafts = [one.destroy_on for one in newest if one.state == "draft" and one.destroy_on]
    asked = tuple(one.pk for one in newest if one.state == "returned")
    return ReportLine(
        id=row.pk, found_on=row.found_on, persons=len(newest), draft=any(one.state == "draft" for one in newest),
        destroy_on=min(drafts, default=None), statuses=tuple(dict.fromkeys(said)), question=bool(asked),
        registrations=asked, links=tuple((one.pk, one.person.number) for one in newest if one.state != "draft"),
    )  # fmt: skip
