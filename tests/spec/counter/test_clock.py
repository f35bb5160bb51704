"""What time and new facts do to tasks: late is told once, nothing is lost, and a draft nobody touches is destroyed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from loket.audit import queries as audit
from loket.casework import stored
from loket.casework.actions import clock, drafting, duties, registering, telling
from loket.casework.models import Encounter, Person, Registration, Task, TaskChange
from loket.casework.queries import reported, work
from schakel.casework.person import Identity
from schakel.mechanism.situation import Claim
from tests import cases
from tests.counter import Someone

pytestmark = pytest.mark.usefixtures("database")
TODAY = timezone.localdate


def test_a_fact_that_rules_duties_out_closes_their_tasks_and_says_why() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    row = cases.accepted(inspector, registrar)[0]
    before = dict(Task.objects.filter(person=row.person_id).values_list("duty", "state"))
    version, encounter = Encounter.objects.get().version, row.person.encounter_id
    telling.tell_shared(by=registrar.member, encounter=encounter, claim=Claim("form", ("sexual",)), version=version)
    after = dict(Task.objects.filter(person=row.person_id).values_list("duty", "state"))
    assert before.keys() <= after.keys()  # no task is ever lost
    closed = [duty for duty in before if before[duty] == "open" and after[duty] == "not_applicable"]
    assert closed
    changed = TaskChange.objects.filter(kind="ruled_out").select_related("subject", "task")
    assert {change.task.duty for change in changed} == set(closed)
    for change in changed:
        assert stored.words(change.say)("nl").startswith("Niet meer van toepassing")
        assert stored.words(change.say)("en").startswith("No longer applicable")
    version += 1
    telling.tell_shared(by=registrar.member, encounter=encounter, claim=Claim("form", ("labour",)), version=version)
    again = dict(Task.objects.filter(person=row.person_id).values_list("duty", "state"))
    assert {again[duty] for duty in closed} == {"open"}
    claims = stored.encounter(Encounter.objects.select_related("subject").get(), ()).shared
    assert [one.values for one in claims if one.fact == "form"] == [("labour",), ("sexual",), ("labour",)]


def test_a_term_that_passes_is_noted_once_and_the_task_is_late_on_the_list() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    helper = Someone("care_coordinator", "Veilig Thuis voorbeeld", kind="veilig-thuis", name="medewerker 1")
    told = {"age": "16_17", "vt_report_on": TODAY().isoformat()}
    cases.accepted(inspector, registrar, {**cases.FACTS, "persons": [{"id": "1", "facts": told}]})
    task = Task.objects.get(duty="veilig-thuis-start-investigation")
    assert task.due is not None
    assert task.organisation is not None
    assert clock.tick(on=task.due).late == 0
    later = (task.extended or task.due) + timedelta(days=1)
    assert clock.tick(on=later).late == 1
    assert clock.tick(on=later).late == 0
    found = work.work(by=helper.member, lang="nl", on=later)
    assert [line.id for line in found.late] == [task.pk]
    assert TODAY() <= task.due


def test_a_draft_that_nobody_touches_is_destroyed_in_time() -> None:
    inspector = cases.finder()
    row = cases.draft(inspector)
    drafting.identify(
        by=inspector.member, person=Person.objects.get().pk, identity=Identity("A", "B"), contact="", purposes={},
        version=1,
    )  # fmt: skip
    assert clock.tick(on=TODAY() + timedelta(days=13)).drafts == 0
    assert clock.tick(on=TODAY() + timedelta(days=14)).drafts == 1
    person = Person.objects.select_related("subject", "encounter__subject").get()
    assert person.subject.wrapped is None
    assert person.encounter.subject.wrapped is None
    assert stored.identity(person) is None
    assert Registration.objects.get().state == "destroyed"
    assert reported.reports(by=inspector.member, lang="nl").rows == ()
    assert row.pk == person.encounter_id


def test_turning_eighteen_makes_the_hand_over_a_duty_in_time() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    facts = {**cases.FACTS, "persons": [{"id": "1", "facts": {"age": "16_17"}}]}
    row = cases.draft(inspector, facts)
    born = date(TODAY().year - 18, TODAY().month, 28) + timedelta(days=40)
    drafting.identify(
        by=inspector.member, person=Person.objects.get().pk, identity=Identity("A", "B", born.isoformat()), contact="",
        purposes={"registration-figures": "public-task"}, version=1,
    )  # fmt: skip
    one = registering.submit(by=inspector.member, encounter=row.pk, version=2)[0]
    registering.step(by=registrar.member, registration=one.pk, event="accept", version=one.version)
    assert Task.objects.filter(kind="handover-18").exists()


def test_a_refused_duty_stays_in_sight_of_the_registration_point() -> None:
    from loket.casework.queries.stalling import stalling

    registrar, inspector = cases.registrar(), cases.finder()
    cases.submitted(inspector)
    task = Task.objects.filter(organisation__name="Inspectie").first()
    assert task is not None
    duties.act(by=inspector.member, task=task.pk, event="refuse", reason="Geen mensen.", version=task.version)
    rows = stalling(by=registrar.member, lang="nl").rows
    assert [(row.organisation, row.refused) for row in rows] == [("Inspectie", 1)]


def test_the_database_counts_what_stalls_as_the_plain_version_does() -> None:
    from loket.casework.queries.stalling import Whose, counted
    from schakel.casework.worklist import stalled

    registrar, inspector = cases.registrar(), cases.finder()
    for place in (3, 2, 1):
        cases.submitted(inspector)
        for row in Task.objects.filter(due=None).order_by("duty")[:place]:
            Task.objects.filter(pk=row.pk).update(due=TODAY() - timedelta(days=place))
    last = Task.objects.filter(due=None).order_by("duty").last()
    Task.objects.filter(pk=last.pk).update(state="refused")  # type: ignore[union-attr]
    plain = stalled((work.plain(row, str(row.organisation_id or "")) for row in Task.objects.all()), TODAY())
    assert plain
    assert set(counted(TODAY(), Whose.of(registrar.member))) == set(plain)


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    cases.registrar()
    cases.submitted(cases.finder())
    call_command("clock")
    assert capsys.readouterr().out.startswith("1 cases looked at")


def test_an_ended_registration_is_destroyed_on_its_day_and_the_log_still_holds() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    row = cases.accepted(inspector, registrar)[0]
    with override_settings(LOKET_RETENTION_DAYS={"registration": 30}):
        row = registering.step(
            by=registrar.member, registration=row.pk, event="close", outcome="helped", version=row.version
        )
    assert row.destroy_on == TODAY() + timedelta(days=30)
    assert clock.tick(on=TODAY() + timedelta(days=29)).erased == 0
    assert clock.tick(on=TODAY() + timedelta(days=30)).erased == 1
    person = Person.objects.select_related("subject", "encounter__subject").get()
    assert person.subject.wrapped is None
    assert person.encounter.subject.wrapped is None
    assert stored.identity(person) is None
    assert Registration.objects.get().state == "destroyed"
    assert audit.verdict().holds
    assert audit.about(person.subject_id)[-1]["event"] == "casework.erase"


def test_without_a_term_of_its_own_an_installation_destroys_nothing() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    row = cases.accepted(inspector, registrar)[0]
    registering.step(by=registrar.member, registration=row.pk, event="close", outcome="helped", version=row.version)
    assert clock.tick(on=TODAY() + timedelta(days=36_000)).erased == 0
