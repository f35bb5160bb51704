"""Who sees what of a case: by relation, purpose, role and state; a refusal is a sentence, and stands in the log."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loket.audit.models import Entry
from loket.casework.access import Denied, standing
from loket.casework.models import Encounter, Person, Registration, Task
from schakel.mechanism.content import load
from tests import cases
from tests.counter import Someone

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def client() -> Client:
    """What goes wrong is raised here: a page that breaks is no refusal."""
    return Client()


def html(response: Any) -> str:
    return str(response.content.decode())


def person_of(row: Registration) -> Person:
    return Person.objects.select_related("encounter", "subject").get(pk=row.person_id)


def test_a_draft_is_seen_by_its_maker_only(client: Client) -> None:
    inspector, colleague, registrar = cases.finder(), cases.finder(person="finder 2"), cases.registrar()
    row = cases.draft(inspector)
    url = reverse("casework:encounter", args=[row.pk])
    assert inspector.at(client).get(url).status_code == 200
    for other in (colleague, registrar):
        answer = other.at(client).get(url)
        assert answer.status_code == 403
        assert "een concept invullen" in html(answer)  # what, and below it why and what next
    refused = Entry.objects.filter(event="casework.read", outcome="refused")
    assert refused.count() == 2
    assert all(entry.subject for entry in refused)


def test_after_submitting_the_finder_sees_the_status_only(client: Client) -> None:
    inspector, registrar = cases.finder(), cases.registrar()
    row = cases.submitted(inspector)[0]
    inspector.at(client)
    assert client.get(reverse("casework:encounter", args=[row.person.encounter_id])).status_code == 403
    assert client.get(reverse("casework:person", args=[row.person_id])).status_code == 403
    page = html(client.get(reverse("casework:registration", args=[row.pk])))
    assert "Ontvangen." in page
    assert "Voorbeeld 1" not in page
    page = html(registrar.at(client).get(reverse("casework:registration", args=[row.pk])))
    assert "Voorbeeld 1" in page


def test_a_task_gives_sight_of_the_task_and_of_nothing_else(client: Client) -> None:
    inspector = cases.finder()
    cases.registrar()
    officer = Someone("finder", "Politie", kind="police", name="agent 1")
    row = cases.submitted(inspector)[0]
    own = Task.objects.filter(organisation__name="Politie").first()
    assert own is not None
    officer.at(client)
    page = html(client.get(reverse("casework:task", args=[own.pk])))
    assert "Dat ziet u niet in deze rol" not in page  # why one's own duty applies may be read
    assert "Voorbeeld" not in page
    assert client.get(reverse("casework:person", args=[row.person_id])).status_code == 403
    others = Task.objects.filter(organisation__name="Inspectie").first()
    assert others is not None
    done = client.post(reverse("casework:task_act", args=[others.pk, "finish"]), {"version": others.version})
    assert done.status_code == 400
    assert Task.objects.get(pk=others.pk).state == "open"


def test_a_registrar_of_another_point_sees_nothing(client: Client) -> None:
    inspector = cases.finder()
    cases.registrar()
    row = cases.submitted(inspector)[0]
    other = cases.registrar("Ander punt")
    assert other.at(client).get(reverse("casework:registration", args=[row.pk])).status_code == 403
    with pytest.raises(Denied) as denied:
        standing(other.member, person_of(row)).must("decide_registration", "registration")
    assert denied.value.say("nl")
    assert denied.value.say("en")


def test_in_an_emergency_the_glass_shows_what_the_rules_allow_and_no_more(client: Client) -> None:
    from loket.accounts import actions as accounts
    from loket.accounts import queries

    inspector = cases.finder()
    cases.registrar()
    row = cases.submitted(inspector)[0]
    other = cases.registrar("Ander punt")
    accounts.open_glass(by=other.member, reason="acute_danger", note="Iemand loopt nu gevaar.")
    member = queries.membership(other.user, other.member.membership)
    assert member is not None
    here = standing(member, person_of(row))
    assert here.relations == ("emergency",)
    assert {"identity", "contact"} <= here.sees("safety")
    assert "residence" not in here.sees("safety")
    assert here.sees("registration") == frozenset()


def test_nobody_reads_a_list_of_names(client: Client) -> None:
    inspector, registrar = cases.finder(), cases.registrar()
    cases.submitted(inspector)
    for who in (inspector, registrar):
        who.at(client)
        for name in ("casework:work", "casework:registrations", "casework:stalled"):
            assert "Voorbeeld 1" not in html(client.get(reverse(name)))


def test_what_is_not_there_is_not_there_and_says_nothing(client: Client) -> None:
    inspector = cases.finder()
    row = cases.draft(inspector)
    inspector.at(client)
    for name in ("encounter", "person", "registration", "task"):
        assert client.get(reverse(f"casework:{name}", args=[row.subject_id])).status_code == 404


def test_every_read_of_a_person_is_in_the_log_with_relation_and_purpose(client: Client) -> None:
    inspector, registrar = cases.finder(), cases.registrar()
    row = cases.submitted(inspector)[0]
    registrar.at(client)
    before = Entry.objects.count()
    client.get(reverse("casework:person", args=[row.person_id]))
    entry = Entry.objects.order_by("number").last()
    assert entry is not None
    assert Entry.objects.count() == before + 1
    assert (entry.event, entry.relation, entry.purpose) == ("casework.read", "registers", "registration")
    assert entry.subject
    assert entry.protocol


def test_facts_of_kinds_that_a_role_may_not_see_are_not_shown(client: Client) -> None:
    inspector, registrar = cases.finder(), cases.registrar()
    facts = {**cases.FACTS, "persons": [{"id": "1", "facts": {"age": "adult", "injuries": "visible"}}]}
    row = cases.submitted(inspector, facts)[0]
    page = html(registrar.at(client).get(reverse("casework:registration", args=[row.pk])))
    injuries = load().facts["injuries"]
    assert injuries.name("nl").lower() not in page.lower()  # health data is not for the registration point
    assert Encounter.objects.filter(pk=row.person.encounter_id).exists()
