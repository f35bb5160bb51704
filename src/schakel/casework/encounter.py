"""An encounter: one meeting, several persons; what is shared is told once, and each person has their own plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from schakel.casework.person import CasePerson
from schakel.casework.report import Report, keep
from schakel.mechanism.situation import Claim, Person, Situation
from schakel.vocabulary.errors import refused

MOST = 200
FORM = "form"


@dataclass(frozen=True, slots=True)
class Encounter:
    """Where, when and by whom people were met; the persons, and every report."""

    id: str
    found_on: date
    who: str | None = None
    municipality: str = ""
    shared: tuple[Claim, ...] = ()
    signals: tuple[str, ...] = ()
    persons: tuple[CasePerson, ...] = ()
    reports: tuple[Report, ...] = ()

    def person(self, person_id: str) -> CasePerson:
        """The person with this id; a sentence when there is none."""
        for one in self.persons:
            if one.id == person_id:
                return one
        raise refused(("there is no person '{id}' in this encounter", "Choose a person of this encounter"),
                      ("er is geen persoon '{id}' in deze ontmoeting", "Kies een persoon uit deze ontmoeting"),
                      id=person_id)  # fmt: skip

    def meet(self, person: CasePerson) -> Encounter:
        """With one more person."""
        if any(one.id == person.id for one in self.persons) or len(self.persons) >= MOST:
            raise refused(("person '{id}' cannot be added", "Give an id of its own; an encounter holds 200 persons"),
                          ("persoon '{id}' kan er niet bij", "Geef een eigen id; een ontmoeting heeft 200 personen"),
                          id=person.id)  # fmt: skip
        return replace(self, persons=(*self.persons, person))

    def changed(self, person: CasePerson) -> Encounter:
        """With a newer reading of one of its persons."""
        self.person(person.id)
        return replace(self, persons=tuple(person if one.id == person.id else one for one in self.persons))

    def tell(self, claim: Claim, person_id: str | None = None) -> Encounter:
        """With one more fact, about everyone or about one person."""
        if person_id is None:
            return replace(self, shared=(*self.shared, claim))
        return self.changed(self.person(person_id).tell(claim))

    def report(self, new: Report) -> Encounter:
        """With one more report; none is ever lost."""
        return replace(self, reports=keep(self.reports, new))


def situation(encounter: Encounter, on: date) -> Situation:
    """The encounter as the mechanism reads it, on a day.

    The day of the finding and the forms of the known situations of exploitation come along as facts; who somebody is
    does not. What was told later than `on` is left out.
    """
    found = Claim("found_on", (), day=encounter.found_on, source="encounter")
    days = (found,) if encounter.found_on <= on and not any(one.fact == "found_on" for one in encounter.shared) else ()
    return Situation(
        on=on, who=encounter.who, shared=(*_until(encounter.shared, on), *days),
        persons=tuple(_person(one, on) for one in encounter.persons) or (Person("1"),),
        signals=encounter.signals, municipality=encounter.municipality,
    )  # fmt: skip


def _person(person: CasePerson, on: date) -> Person:
    claims = _until(person.claims, on)
    if person.forms and not any(claim.fact == FORM for claim in claims):
        claims = (*claims, Claim(FORM, person.forms, source="exploitation"))
    return Person(person.id, claims, person.signals)


def _until(claims: tuple[Claim, ...], on: date) -> tuple[Claim, ...]:
    """The claims said by a day. A claim that revises takes the place of the earlier ones on the same fact."""
    kept: list[Claim] = []
    for claim in claims:
        if (claim.said_on is None or claim.said_on <= on) and (claim.day is None or claim.day <= on):
            if claim.revises:
                kept = [one for one in kept if one.fact != claim.fact]
            kept.append(claim)
    return tuple(kept)
