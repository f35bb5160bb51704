"""From a record of HTCDS to a person of ours and back; what the standard has no room for stays with us."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from schakel.casework.htcds import Record
from schakel.casework.person import CasePerson, Exploitation, Identity
from schakel.mechanism.situation import Claim

SOURCE = "HTCDS"


def person_of(record: Record, person_id: str, on: date | None = None) -> CasePerson:
    """The person of a record: identity, facts said by HTCDS, and a situation of exploitation where a form was told."""

    def one(place: str) -> str:
        return next(iter(record.places.get(place, ())), "")

    identity = Identity(
        one("identity.given_names"), one("identity.surname"), one("identity.birth_date"), one("identity.sex"),
        record.places.get("identity.nationalities", ()),
    )  # fmt: skip
    claims = tuple(
        Claim(place.removeprefix("fact:"), values, source=SOURCE, said_on=on, certainty="document")
        for place, values in record.places.items() if place.startswith("fact:") and place != "fact:form"
    )  # fmt: skip
    forms = record.places.get("fact:form", ())
    situations = (Exploitation(SOURCE, forms, one("fact:sector")),) if forms else ()
    return CasePerson(person_id, claims, (), identity if identity != Identity() else None, situations)


def record_of(person: CasePerson, more: Mapping[str, str] | None = None) -> Record:
    """The record of a person of ours; `more` gives other places (registration, referral, contact, ground).

    A fact on which claims disagree is left out: the standard has no room for two readings.
    """
    identity = person.identity or Identity()
    places: dict[str, tuple[str, ...]] = {
        "identity.given_names": (identity.given_names,), "identity.surname": (identity.surname,),
        "identity.birth_date": (identity.birth_date,), "identity.sex": (identity.sex,),
        "identity.nationalities": identity.nationalities,
    }  # fmt: skip
    for fact in ("indication", "sector"):
        said = {claim.values for claim in person.told(fact)}
        if len(said) == 1:
            places[f"fact:{fact}"] = next(iter(said))
    places["fact:form"] = person.forms or next((claim.values for claim in person.told("form")), ())
    places |= {place: (word,) for place, word in (more or {}).items()}
    return Record({place: values for place, values in places.items() if any(values)}, {})
