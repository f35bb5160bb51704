"""What somebody reported: drafts to go on with, questions to answer, and the status of what came of the rest."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

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


@dataclass(frozen=True)
class Today:
    """What stands with today's work: what waits for oneself, the newest of the rest, and whether there is more."""

    rows: tuple[ReportLine, ...] = ()
    more: bool = False


def today(*, by: Member, lang: str) -> Today:
    """What waits for this member, however old it is, and then the newest that they reported."""
    waits = reports(by=by, lang=lang, waits=True, size=HEAD)
    newest = reports(by=by, lang=lang, size=HEAD)
    rest = (one for one in newest.rows if one.id not in {known.id for known in waits.rows})
    return Today((*waits.rows, *rest), waits.more or newest.more)


def reports(
    *, by: Member, lang: str, waits: bool = False, number: int = 1, size: int = paging.SIZE
) -> paging.Page[ReportLine]:
    """What this member reported, or what of it waits for them; of what was submitted the status only."""
    if "submit" not in access(load()).roles[by.role].actions:
        return paging.Page()
    found: dict[uuid.UUID, list[Registration]] = {}
    for one in _reported(waits, number, size)(uuid.UUID(by.membership)):
        found.setdefault(one.person.encounter_id, []).append(one)
    lines = [_report(several[0].person.encounter, several, lang) for several in found.values()]
    return paging.of(lines, number, -1, size)


@lru_cache(maxsize=512)
def _reported(waits: bool, number: int, size: int) -> Prepared:
    """The registrations of a page of encounters that somebody reported, encounter by encounter: one question."""
    start = (number - 1) * size

    def rows(reporter: uuid.UUID) -> QuerySet[Registration]:
        asked = Registration.objects.filter(reporter=reporter, state__in=WAIT).values("person__encounter")
        mine = Encounter.objects.filter(pk__in=asked) if waits else Encounter.objects.filter(reporter=reporter)
        page = mine.order_by("-made_at", "pk").values("pk")[start : start + size + 1]
        found = Registration.objects.filter(person__encounter__in=page).exclude(state="destroyed")
        found = found.select_related("person__encounter", "merged_into").only(*READ)
        return found.order_by("-person__encounter__made_at", "person__encounter", "person__number", "made_on")

    return prepared(rows)


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
