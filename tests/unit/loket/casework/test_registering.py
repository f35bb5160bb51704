"""From a plan to a draft, to a registration, to tasks: what is kept, what is refused, and what is never lost."""

from __future__ import annotations

from typing import Any

import pytest

from loket.audit.models import Entry
from loket.audit.who import Refused
from loket.casework.actions import drafting, registering
from loket.casework.models import Encounter, Ground, Person, Registration, Task
from schakel.casework.person import Identity
from tests import cases
from tests.counter import Someone

pytestmark = pytest.mark.usefixtures("database")


def test_a_plan_becomes_a_draft_a_registration_and_tasks() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    rows = cases.submitted(inspector)
    assert [row.state for row in rows] == ["submitted"]
    assert Task.objects.filter(state="open").exists()
    row = registering.step(by=registrar.member, registration=rows[0].pk, event="accept", version=rows[0].version)
    assert row.state == "accepted"
    assert "casework.accept" in Entry.objects.values_list("event", flat=True)


def test_without_a_ground_a_name_is_not_submitted() -> None:
    cases.registrar()
    inspector = cases.finder()
    row = cases.draft(inspector)
    person = Person.objects.get(encounter=row)
    drafting.identify(by=inspector.member, person=person.pk, identity=Identity("A"), contact="", purposes={}, version=1)
    with pytest.raises(Refused):
        registering.submit(by=inspector.member, encounter=row.pk, version=2)
    assert Registration.objects.get(person=person).state == "draft"


def test_a_count_needs_no_name_and_no_ground() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    rows: list[Any] = cases.accepted(inspector, registrar, named=False)
    assert [row.state for row in rows] == ["counted"]


def drafted(who: Someone, age: str, ground: str, consent_by: tuple[str, ...]) -> Encounter:
    """A draft with a name, on a ground, ready to be submitted."""
    facts = {**cases.FACTS, "persons": [{"id": "1", "facts": {"age": age}}]}
    row = cases.draft(who, facts)
    drafting.identify(
        by=who.member, person=Person.objects.get(encounter=row).pk, identity=Identity(surname="Voorbeeld"), contact="",
        purposes={"registration-figures": ground}, consent_by=consent_by, version=1,
    )  # fmt: skip
    return row


def test_the_ground_of_a_registration_is_on_record_with_who_consented_or_why_it_holds() -> None:
    cases.registrar()
    helper = cases.finder("Opvang", "shelter")
    row = drafted(helper, "adult", "consent", ("person",))
    registering.submit(by=helper.member, encounter=row.pk, version=2)
    consent = Ground.objects.get()
    assert (consent.state, consent.ground, consent.given_by) == ("given", "consent", "person")
    inspector = cases.finder()
    cases.submitted(inspector)
    other = Ground.objects.select_related("subject").get(state="other_ground")
    assert other.ground == "public-task"
    assert other.note


def test_a_child_cannot_consent_alone_where_the_content_says_so_and_nothing_is_submitted() -> None:
    cases.registrar()
    helper = cases.finder("Opvang", "shelter")
    row = drafted(helper, "12_15", "consent", ("person",))
    with pytest.raises(Refused) as refused:
        registering.submit(by=helper.member, encounter=row.pk, version=2)
    assert refused.value.reason == "consent_lacks"
    assert Registration.objects.get().state == "draft"
    assert not Ground.objects.exists()
