"""A report: that somebody told, on a day, of an encounter. Every report is kept; none is merged away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schakel.vocabulary.errors import refused


@dataclass(frozen=True, slots=True)
class Report:
    """Who reported, when, about which encounter and, where that is told, which person.

    `reporter_kind` is a kind of organisation of the content, or a value of the fact `finder` for who belongs to none.
    """

    id: str
    encounter: str
    reported_on: date
    reporter_kind: str
    reporter: str = ""
    person: str = ""
    reference: str = ""


def keep(reports: tuple[Report, ...], new: Report) -> tuple[Report, ...]:
    """The reports with one more. The same report twice is kept once; another report under the same id is refused."""
    for old in reports:
        if old.id == new.id:
            if old == new:
                return reports
            raise refused(("report '{id}' exists already with other words", "Give the new report an id of its own"),
                          ("melding '{id}' bestaat al met andere inhoud", "Geef de nieuwe melding een eigen id"),
                          id=new.id)  # fmt: skip
    return (*reports, new)


def first_and_last(reports: tuple[Report, ...], person: str) -> tuple[date, date] | None:
    """The first and the last day on which this person was reported; None when nobody did."""
    days = sorted(report.reported_on for report in reports if report.person in ("", person))
    return (days[0], days[-1]) if days else None
