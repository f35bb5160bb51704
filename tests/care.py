"""What the tests of care share: one accepted registration, and the people around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests import cases
from tests.counter import Someone

CARE = frozenset({"signal", "identity", "contact", "situation", "needs"})


@dataclass
class World:
    """A person who was registered and accepted, the registrar, the finder, a care coordinator and a shelter."""

    finder: Someone
    registrar: Someone
    carer: Someone
    house: Someone
    registration: Any

    @property
    def person(self) -> Any:
        from loket.casework.models import Person

        rows = Person.objects.select_related("encounter__subject", "subject")
        return rows.get(pk=self.registration.person_id)

    def consents(self, purpose: str = "arrange-care", receiver: str = "", by: tuple[str, ...] = ("person",)) -> Any:
        """Consent on record, as the registrar writes it down."""
        from loket.casework.actions import consent

        said = consent.Said(purpose, "give", receiver, by)
        return consent.record(by=self.registrar.member, person=self.person.pk, said=said)

    def refers(self, fields: frozenset[str] = CARE, **asked: Any) -> Any:
        """A referral of the registrar to the care coordinator."""
        from loket.casework.actions import referral

        said = {"kind": "referral", "purpose": "arrange-care", "receiver_kind": "care-coordinator",
                "receiver": self.carer.member.organisation, "fields": fields, **asked}  # fmt: skip
        return referral.refer(by=self.registrar.member, person=self.person.pk, asked=referral.Request(**said))

    def asks_place(self, **need: Any) -> Any:
        """A request of the registrar to the shelter."""
        from loket.casework.actions import shelter

        said = {"shelter_kind": "shelter", "shelter": self.house.member.organisation, "fields": CARE, **need}
        return shelter.request(by=self.registrar.member, person=self.person.pk, need=shelter.Need(**said))


def world(facts: dict[str, Any] | None = None) -> World:
    """The people and the registration, in an empty database."""
    finder, registrar = cases.finder(), cases.registrar()
    carer = Someone("care_coordinator", "Zorgregio", kind="care-coordinator")
    house = Someone("shelter", "Opvanghuis", kind="shelter")
    return World(finder, registrar, carer, house, cases.accepted(finder, registrar, facts)[0])
