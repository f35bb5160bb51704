"""What a write asks of the database stays few: nothing is looked up twice, and nothing task by task."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.casework.actions import consent, drafting, duties, referral, registering, shelter, telling
from loket.casework.models import Encounter, Person, Task
from schakel.casework.person import Identity
from schakel.mechanism.situation import Claim
from tests import care, cases

pytestmark = pytest.mark.usefixtures("database")
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT pg_advisory_xact_lock")
PEOPLE = {**cases.FACTS, "persons": [{"id": str(number), "facts": {"age": "adult"}} for number in range(1, 5)]}


def asked(write: Callable[[], Any]) -> list[str]:
    """What a write asks; the beginning, the end and the lock of the log are no questions."""
    with CaptureQueriesContext(connection) as caught:
        write()
    return [said for one in caught.captured_queries if not (said := str(one["sql"])).startswith(CONTROL)]


def within(most: int, write: Callable[[], Any]) -> None:
    found = asked(write)
    assert len(found) <= most, f"{len(found)} statements\n" + "\n".join(one[:150] for one in found)


def version(row: Any) -> int:
    return int(type(row).objects.get(pk=row.pk).version)


def test_a_draft_is_begun_filled_in_and_submitted_in_few_statements() -> None:
    inspector, registrar = cases.finder(), cases.registrar()
    within(8, lambda: cases.draft(inspector))
    row = cases.draft(inspector)
    person = Person.objects.get(encounter=row)
    by, name = inspector.member, Identity("Persoon", "Voorbeeld", "2001-02-03")
    within(14, lambda: telling.tell(by=by, person=person.pk, claim=Claim("danger", ("none",)), version=version(row)))
    within(13, lambda: telling.tell_shared(by=by, encounter=row.pk, claim=Claim("form", ("labour",)),
                                           version=version(row)))  # fmt: skip
    within(16, lambda: drafting.identify(by=by, person=person.pk, identity=name, contact="", version=version(row),
                                         purposes={"registration-figures": "public-task"}))  # fmt: skip
    within(25, lambda: registering.submit(by=by, encounter=row.pk, version=version(row)))
    assert Task.objects.filter(person=person).count() > 10
    assert registrar.member.organisation == str(Task.objects.filter(person=person)[0].registry_id)


def test_four_people_take_no_more_statements_for_their_tasks_than_one() -> None:
    inspector, _ = cases.finder(), cases.registrar()
    one, four = cases.draft(inspector), cases.draft(inspector, PEOPLE)
    few, many = (
        asked(lambda row=row: registering.submit(by=inspector.member, encounter=row.pk, version=version(row)))
        for row in (one, four)
    )
    own = [said for said in many if "casework_task" in said]
    assert len(own) <= len([said for said in few if "casework_task" in said]) + 2 * len(PEOPLE["persons"])
    assert len(many) - len(few) <= 3 * 8  # what each of the others adds: a step, rows of tasks, who hears of it


def test_decisions_and_tasks_take_few_statements() -> None:
    inspector, registrar = cases.finder(), cases.registrar()
    row = cases.submitted(inspector)[0]
    # Whose tasks it hands on is read once, marked once and told once, however many there are.
    within(14, lambda: registering.step(by=registrar.member, registration=row.pk, event="accept", version=row.version))
    task = Task.objects.filter(organisation=inspector.member.organisation, state="open")[0]
    within(10, lambda: duties.take(by=inspector.member, task=task.pk, version=task.version))
    within(15, lambda: duties.act(by=inspector.member, task=task.pk, event="finish", version=version(task)))
    encounter = Encounter.objects.get(pk=row.person.encounter_id)
    within(20, lambda: telling.tell(by=registrar.member, person=row.person_id, claim=Claim("injuries", ("visible",)),
                                    version=encounter.version))  # fmt: skip


def test_arranging_care_takes_few_statements() -> None:
    world = care.world()
    said = consent.Said("arrange-care", "give", "", ("person",))
    by, person = world.registrar.member, world.person.pk
    within(8, lambda: consent.record(by=by, person=person, said=said))
    within(13, world.refers)
    first, second = world.refers(), world.refers()
    answers = {"by": world.carer.member, "words": "Vol."}
    within(15, lambda: referral.act(referral=first.pk, event="accept", version=1, **answers))
    within(15, lambda: referral.act(referral=second.pk, event="refuse", version=1, **answers))
    world.consents("shelter-placement")
    within(14, world.asks_place)
    place = world.asks_place()
    within(16, lambda: shelter.act(by=world.house.member, placement=place.pk, event="offer", version=1))
