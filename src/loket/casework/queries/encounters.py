"""An encounter with its persons: what was told, how sure, what is still worth asking, and what would follow from it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import stored
from loket.casework.access import OWN_DRAFT, Standing, registrations_of, standings
from loket.casework.models import Encounter, Person, Registration
from loket.casework.queries.facts import Told, municipality_name, told_lines
from loket.casework.queries.reports import ADD, ReportLine, lines
from loket.casework.reading import looking, opened
from loket.site.prepared import prepared
from loket.vault.queries import pseudonym
from schakel.casework.content import sharing
from schakel.casework.encounter import Encounter as CaseEncounter
from schakel.casework.encounter import situation
from schakel.casework.form import ALWAYS_ASKED
from schakel.casework.person import Exploitation, Identity
from schakel.casework.words import name_of
from schakel.mechanism.asking import permitted, questions
from schakel.mechanism.assess import Assessment, PersonView, assess
from schakel.mechanism.content import load
from schakel.rules.outcome import APPLIES

FOUND = "found_on"  # stands on the page as the day of the encounter
NEXT = 3  # questions that are offered at a time


@dataclass(frozen=True)
class PersonLine:
    """One person of an encounter as somebody may see them; what they may not see is empty."""

    id: uuid.UUID
    number: int
    name: str  # the pseudonym at this organisation
    identity: Identity | None
    contact: str
    named: bool
    state: str
    registration: uuid.UUID | None
    grounds: dict[str, str]
    purposes: tuple[str, ...]
    told: tuple[Told, ...]
    exploitations: tuple[Exploitation, ...]
    ask: tuple[tuple[str, str], ...]  # fact id and its question, the best first
    may_tell: bool


@dataclass(frozen=True)
class EncounterPage:
    """What one page shows. `duties` are those that would become tasks: title, holder and whether it is one's own."""

    id: uuid.UUID
    version: int
    found_on: date
    who: str
    municipality: str
    destroy_on: date | None
    draft: bool
    shared: tuple[Told, ...]
    signals: int
    persons: tuple[PersonLine, ...]
    reports: tuple[ReportLine, ...]
    duties: tuple[tuple[str, str, bool], ...]
    others: tuple[tuple[str, str], ...]  # facts that can still be told: id and name
    may_report: bool

    @property
    def missing(self) -> tuple[PersonLine, ...]:
        """Persons with a name of whom a purpose has no ground yet: with those it cannot be submitted."""
        return tuple(one for one in self.persons if one.named and not all(one.grounds.get(p) for p in one.purposes))


def encounter(*, by: Member, pk: uuid.UUID, lang: str) -> EncounterPage:
    """The page of one encounter, for whoever fills in the draft, or may see what was told. Raises Refused otherwise."""
    with looking(by) as trail:
        row, people = _rows(pk)
        newest = {one.person_id: one for one in registrations_of([one.pk for one in people])}
        here = standings(by, people, newest.values())
        shown = [person for person in people if _shows(here[person.pk])]
        if not shown:
            first = here[people[0].pk]
            first.must(OWN_DRAFT if first.state == "draft" else "see_situation", event="casework.read")
        for person in shown:
            opened(trail, here[person.pk], here[person.pk].sees_by(), "encounter")
    met = stored.encounter(row, shown)
    assessed = assess(load(), situation(met, timezone.localdate()))
    return _page(by, row, met, assessed, shown, here, newest, lang)


def _rows(pk: uuid.UUID) -> tuple[Encounter, list[Person]]:
    row, people = _met.first(pk), _people(pk)
    if row is None or not people:
        raise Refused("not_found", event="casework.read")
    for person in people:
        person.encounter = row
    return row, people


@prepared
def _met(pk: uuid.UUID) -> QuerySet[Encounter]:
    return Encounter.objects.select_related("subject", "organisation").filter(pk=pk)


@prepared
def _people(encounter: uuid.UUID) -> QuerySet[Person]:
    return Person.objects.select_related("subject").filter(encounter=encounter, subject__erased_at=None)


def _shows(here: Standing) -> bool:
    return "situation" in here.sees()


def _page(
    by: Member, row: Encounter, met: CaseEncounter, assessed: Assessment, people: list[Person],
    here: dict[Any, Standing], newest: dict[Any, Registration], lang: str,
) -> EncounterPage:  # fmt: skip
    views = {view.person.id: view for view in assessed.persons}
    draft = all(one.state == "draft" for one in newest.values())
    kinds = here[people[0].pk].sees()
    days = [one.destroy_on for one in newest.values() if one.destroy_on]
    return EncounterPage(
        id=row.pk, version=row.version, found_on=row.found_on, who=_who(row.who, lang),
        municipality=municipality_name(met.municipality), destroy_on=min(days, default=None), draft=draft,
        shared=tuple(one for one in told_lines(met.shared, kinds, lang) if one.fact != FOUND), signals=len(met.signals),
        persons=tuple(
            _line(by, person, newest.get(person.pk), here[person.pk], views[str(person.pk)], lang) for person in people
        ),
        reports=lines(row, people, {one.pk: here[one.pk] for one in people}, lang), duties=_duties(views, lang),
        others=_others(views, lang), may_report=all(here[one.pk].may(ADD) for one in people),
    )  # fmt: skip


def _who(who: str, lang: str) -> str:
    fact = load().facts["finder"]
    return fact.value(who).text(lang) if who in fact.value_ids else ""


def _line(
    by: Member, person: Person, registration: Registration | None, here: Standing, view: PersonView, lang: str
) -> PersonLine:
    kinds, known = here.sees(), stored.person(person)
    return PersonLine(
        id=person.pk, number=person.number, name=pseudonym(by.organisation, person.pk),
        identity=known.identity if "identity" in kinds else None,
        contact=(person.contact or "") if "contact" in kinds else "",
        named=bool(registration and registration.named), state=registration.state if registration else "",
        registration=registration.pk if registration else None,
        grounds=dict(registration.grounds) if registration else {},
        purposes=tuple(registration.purposes) if registration else (),
        told=tuple(told_lines(known.claims, kinds, lang)), exploitations=known.exploitations, ask=_ask(view, lang),
        may_tell=here.may(OWN_DRAFT) if here.state == "draft" else here.may("add_facts"),
    )  # fmt: skip


def _ask(view: PersonView, lang: str) -> tuple[tuple[str, str], ...]:
    """What is always asked and was not told yet, then the questions on which most hangs."""
    content, told = view.content, {*view.known.possible, *view.known.days}
    first = [content.facts[name] for name in ALWAYS_ASKED if name not in told]
    then = [one.fact for one in questions(view) if one.fact.id not in told]
    ordered = {fact.id: fact for fact in (*(one for one in first if permitted(view, one)), *then)}
    return tuple((fact.id, fact.question(lang)) for fact in list(ordered.values())[:NEXT])


def _others(views: dict[str, PersonView], lang: str) -> tuple[tuple[str, str], ...]:
    facts = [fact for fact in load().facts.facts if fact.id in sharing(load()).field_of and fact.id != "finder"]
    rows = ((fact.id, fact.name(lang)) for fact in facts if any(permitted(view, fact) for view in views.values()))
    return tuple(sorted(rows, key=lambda one: one[1].casefold()))


def _duties(views: dict[str, PersonView], lang: str) -> tuple[tuple[str, str, bool], ...]:
    """Every duty that applies to somebody, once, in the order in which they are done."""
    found = {one.duty.id: one for view in views.values() for one in view.with_status(APPLIES)}
    return tuple(
        (one.duty.title(lang), name_of(load(), one.holder)(lang), one.yours) for one in found.values()
        if one.strength != "may"
    )  # fmt: skip
