"""Cases for the tests of casework: people of the simulation's kind, with invented neutral facts."""

from __future__ import annotations

from typing import Any

from tests.counter import Someone

FACTS: dict[str, Any] = {
    "who": "labour_inspector",
    "shared": {"action": ["under_way"], "indication": "yes", "form": "labour"},
    "persons": [{"id": "1", "facts": {"age": "adult", "age_doubt": "none"}}],
}


def registrar(name: str = "Registratiepunt") -> Someone:
    """The registration point: without one nothing can be submitted."""
    return Someone("registrar", name)


def finder(name: str = "Inspectie", kind: str = "labour-inspectorate", person: str = "") -> Someone:
    """Somebody who reports."""
    return Someone("finder", name, kind=kind, name=person)


def draft(who: Someone, facts: dict[str, Any] | None = None) -> Any:
    """A draft that somebody began from a plan."""
    from loket.casework.actions import drafting

    return drafting.begin(by=who.member, facts=FACTS if facts is None else facts)


def submitted(who: Someone, facts: dict[str, Any] | None = None, *, named: bool = True) -> list[Any]:
    """The registrations of a draft that was submitted, with a name and a ground, or as a count."""
    from loket.casework.actions import drafting, registering
    from loket.casework.models import Encounter, Person
    from schakel.casework.person import Identity

    row = draft(who, facts)
    for person in Person.objects.filter(encounter=row) if named else ():
        version = Encounter.objects.get(pk=row.pk).version
        name = Identity("Persoon", f"Voorbeeld {person.number}", "2001-02-03")
        drafting.identify(
            by=who.member, person=person.pk, identity=name, contact="", version=version,
            purposes={"registration-figures": "public-task"},
        )  # fmt: skip
    return registering.submit(by=who.member, encounter=row.pk, version=Encounter.objects.get(pk=row.pk).version)


def accepted(who: Someone, by: Someone, facts: dict[str, Any] | None = None, *, named: bool = True) -> list[Any]:
    """The same, accepted (a count: counted) by the registrar."""
    from loket.casework.actions import registering

    rows = submitted(who, facts, named=named)
    event = "accept" if named else "count"
    return [registering.step(by=by.member, registration=one.pk, event=event, version=one.version) for one in rows]
