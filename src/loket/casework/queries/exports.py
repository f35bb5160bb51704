"""Rows of the standard (HTCDS 2.0) for one receiver: each person asked of the sharing rules by itself, and logged.

What a receiver may not have is left out, field by field; a person of whom nothing may go is no row. Nothing goes to who
gets messages about one person only: to them an export is forbidden, whatever else would be allowed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused, Trail
from loket.casework import stored
from loket.casework.access import Denied, Standing, spoken, standings
from loket.casework.models import Ground, Kept, Registration
from loket.casework.queries.sharing import Asked, grounds, said_by
from loket.casework.reading import looking
from schakel.casework.content import sharing
from schakel.casework.htcds import Record, inward, shared_row, standard
from schakel.casework.htcds_people import record_of
from schakel.casework.referral import slice_of
from schakel.mechanism.content import load
from schakel.networks.decision import Decision
from schakel.networks.sharing import Party, Question, allowed_fields
from schakel.vocabulary.errors import refused

STATES: Final = ("accepted", "reopened", "closed")
MOST: Final = 2_000  # registrations that one file is made of
EXPORT: Final = "export"


@dataclass
class Export:
    """Rows by the names of the standard, how many persons were left out, and which fields how often."""

    columns: tuple[str, ...] = ()
    rows: list[dict[str, str]] = field(default_factory=list)
    nobody: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def export(
    *, by: Member, receiver_kind: str, purpose: str, since: date | None = None, until: date | None = None
) -> Export:
    """What this organisation may give out to that kind of organisation for that purpose, of who was registered with it
    in these days (both of them too).

    Raises Refused for who may not give out, Denied where a rule forbids an export to this receiver at all, BadInput
    for days in the wrong order, or that hold more than go in one file: nobody is left out unseen.
    """
    if since and until and until < since:
        raise refused(
            ("the last day comes before the first", "Change one of the two"),
            ("de laatste dag ligt voor de eerste", "Verander een van de twee"),
        )
    today, found = timezone.localdate(), Export(tuple(standard(load()).fields))
    with looking(by, "registration") as trail:
        if by.role != "registrar":
            raise Refused("not_in_your_role", event="exchange.export", kind="registration")
        _not_forbidden(by, receiver_kind, purpose, today)
        rows = Registration.objects.filter(registry=by.organisation, named=True, state__in=STATES)
        rows = rows.filter(made_on__range=(since or date.min, until or date.max)).order_by("made_on", "pk")
        _must_fit(rows)
        chosen = list(rows.select_related("person__subject", "person__encounter__subject", "person__kept"))
        asked = Asked(receiver_kind, purpose, {})
        here = standings(by, [row.person for row in chosen], chosen)
        told: dict[object, list[Ground]] = {}
        for ground in grounds(asked).filter(person__in=[row.person_id for row in chosen]):
            told.setdefault(ground.person_id, []).append(ground)
        for row in chosen:
            question = _question(by, receiver_kind, purpose, today, said_by(told.get(row.person_id, ())))
            _row(found, here[row.person_id], row, question, trail)
    return found


def _must_fit(rows: QuerySet[Registration]) -> None:
    """Raises BadInput where these are more than one file takes, and not all of one day."""
    days = rows.values_list("made_on", flat=True)
    many, beyond = days.count(), days[MOST : MOST + 1].first()
    first, last = days.first(), days.last()
    if beyond is None or first is None or first == last:
        return
    raise refused(
        ("these days hold {many} registrations, and one file at most {most}",
         "Choose fewer days, for instance until {day}, and then the days that follow"),
        ("in deze dagen vallen {many} registraties, en in een bestand passen er {most}",
         "Kies minder dagen, bijvoorbeeld tot en met {day}, en daarna de dagen die volgen"),
        many=many, most=MOST, day=max(first, beyond - timedelta(days=1)),
    )  # fmt: skip


def _question(by: Member, kind: str, purpose: str, on: date, circumstances: dict[str, str] | None = None) -> Question:
    return Question(Party(by.organisation_kind, role=by.role), Party(kind), "signal", purpose, on,
                    circumstances=circumstances or {}, way=EXPORT)  # fmt: skip


def _not_forbidden(by: Member, kind: str, purpose: str, on: date) -> None:
    """One sentence for the whole, where a rule forbids every kind of data to this receiver."""
    book = sharing(load())
    answers: list[Decision] = list(allowed_fields(book, _question(by, kind, purpose, on)).values())
    if all(one.answer == "refused" for one in answers):
        raise Denied("export_refused", spoken(answers[0]), event="exchange.export", kind="registration", place=kind)


def _row(found: Export, here: Standing, row: Registration, question: Question, trail: Trail) -> None:
    book, form = sharing(load()), standard(load())
    decisions = allowed_fields(book, question)
    allowed = slice_of(decisions).fields & here.sees()
    words, left = shared_row(form, book, record(row), allowed) if allowed else ({}, ())
    found.left_out.update(left)
    if not words:
        found.nobody += 1
        return
    found.rows.append(words)
    grounds = {ground for name in allowed for ground in decisions[name].grounds}
    trail.note("exchange.export", kind="person", object=here.person.pk, subject=here.person.subject_id,
               relation=here.must("see_status"), ground=",".join(sorted(grounds))[:80],
               place=f"{question.receiver.kind}: {' '.join(sorted(allowed))}"[:120])  # fmt: skip


def record(row: Registration) -> Record:
    """The record of a person: what is ours, and the words that came in by the standard and have no place here."""
    form, person = standard(load()), stored.person(row.person)
    met = stored.encounter(row.person.encounter, ())
    for claim in met.shared:
        person = person.tell(claim)
    ours = record_of(person)
    kept: Kept | None = getattr(row.person, "kept", None)
    if kept is not None:
        kept.subject = row.person.subject
    cells = stored.unpack(kept.cells) if kept is not None and kept.form == "htcds" else {}
    places = dict(ours.places)
    for name, word in cells.items():
        one = form.fields[name]
        if one.place and one.place not in places:
            places[one.place] = inward(one, word)
    faults = tuple(name for name, word in cells.items() if not form.fields[name].permits(word))
    return Record(places, cells, faults)
