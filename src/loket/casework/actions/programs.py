"""What a program registers in one call: the encounter, who the persons are, and the registration of each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from loket.accounts.people import Member
from loket.casework.actions import drafting, registering
from loket.casework.actions.common import together
from loket.casework.models import Encounter, Person, Registration, Report
from schakel.casework.person import Identity
from schakel.vocabulary.errors import refused


@dataclass(frozen=True)
class Named:
    """Who one person of the facts document is, how to reach them, and the ground for each purpose."""

    person: str
    identity: Identity
    contact: str
    grounds: Mapping[str, str]


def register(
    *, by: Member, facts: dict[str, Any], named: Iterable[Named], reference: str = ""
) -> tuple[Encounter, list[Registration]]:
    """All of it, or nothing. Raises BadInput for a name of a person that the facts do not have."""
    with together(by):
        return _registered(by, facts, named, reference)


def _registered(
    by: Member, facts: dict[str, Any], named: Iterable[Named], reference: str
) -> tuple[Encounter, list[Registration]]:
    order = [str(one.get("id", "")) for one in facts.get("persons") or [{"id": "1"}]]
    row = drafting.begin(by=by, facts=facts)
    people = {order[person.number - 1]: person.pk for person in Person.objects.filter(encounter=row)}
    for one in named:
        if one.person not in people:
            raise refused(
                ("there is no person '{name}' in the facts", "Use the id of one of the persons"),
                ("er is geen persoon '{name}' in de feiten", "Gebruik het id van een van de personen"), name=one.person,
            )  # fmt: skip
        drafting.identify(by=by, person=people[one.person], identity=one.identity, contact=one.contact,
                          purposes=dict(one.grounds), version=_version(row))  # fmt: skip
    if reference:
        report = Report.objects.select_related("subject").get(encounter=row)
        report.reference = reference
        report.save(update_fields=["reference"])
    return row, registering.submit(by=by, encounter=row.pk, version=_version(row))


def _version(row: Encounter) -> int:
    return Encounter.objects.values_list("version", flat=True).get(pk=row.pk)
