"""Two people at one case, an expired session, a colleague who leaves: nothing is overwritten unseen or lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from loket.accounts import actions as accounts
from loket.audit.who import Refused
from loket.casework.actions import drafting, duties, registering
from loket.casework.models import Encounter, Person, Registration, Step, Task
from tests import cases
from tests.counter import Someone, html

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def client() -> Client:
    return Client()


def test_who_saves_an_older_version_is_told_so_and_keeps_what_was_typed(client: Client) -> None:
    inspector = cases.finder()
    row = cases.draft(inspector)
    inspector.at(client)
    url = reverse("casework:fact", args=[row.pk, "form"])
    assert client.post(url, {"value": ["labour"], "version": 1}).status_code == 302
    late = client.post(url, {"value": ["sexual"], "version": 1, "source": "een collega"})
    assert late.status_code == 409
    page = html(late)
    assert "intussen gewijzigd" in page
    assert 'value="een collega"' in page
    assert "Arbeidsuitbuiting" in page  # what stands there now
    assert 'value="sexual" checked' in page  # and what was typed


def test_of_two_decisions_on_one_version_the_second_is_refused() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    row = cases.submitted(inspector)[0]
    registering.step(by=registrar.member, registration=row.pk, event="accept", version=row.version)
    with pytest.raises(Refused) as refused:
        registering.step(by=registrar.member, registration=row.pk, event="accept", version=row.version)
    assert refused.value.reason == "changed_meanwhile"
    assert Step.objects.filter(registration=row.pk).count() == 2


def test_a_form_of_an_expired_session_is_held_until_its_maker_signs_in(client: Client) -> None:
    inspector = cases.finder()
    row = cases.draft(inspector)
    url = reverse("casework:fact", args=[row.pk, "form"])
    held = client.post(url, {"value": ["labour"], "version": 1})
    assert held.status_code == 403
    parcel = html(held).split('name="parcel" value="')[1].split('"')[0]
    assert "labour" not in html(held)
    client.post("/nl/loket/inloggen/", {"login": inspector.user.email, "password": Someone.PASSWORD, "parcel": parcel})
    page = html(client.post("/nl/loket/twee-stappen/authenticate/", {"code": inspector.code, "parcel": parcel}))
    assert f'action="{url}"' in page
    assert 'name="value" value="labour"' in page
    assert client.post(url, {"value": ["labour"], "version": 1}).status_code == 302


def test_a_form_that_was_held_too_long_or_was_altered_opens_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loket.casework import parcel

    sealed = parcel.seal("/nl/loket/zaken/nieuw/", [("facts", "{}")])
    assert parcel.read(sealed).fields == (("facts", "{}"),)
    with pytest.raises(Refused) as broken:
        parcel.read(sealed[:-8] + "AAAAAAA=")
    assert broken.value.reason == "parcel_broken"
    now = parcel.time.time()
    monkeypatch.setattr(parcel.time, "time", lambda: now + 31 * 60)
    with pytest.raises(Refused) as old:
        parcel.read(sealed)
    assert old.value.reason == "parcel_old"


def test_what_somebody_reported_and_was_doing_goes_to_a_colleague() -> None:
    cases.registrar()
    leaving, heir = (
        Someone("finder", "Inspectie", kind="labour-inspectorate", manages=True, name="een"),
        cases.finder(person="twee"),
    )
    row = cases.submitted(leaving)[0]
    draft = cases.draft(leaving)
    mine = Task.objects.filter(assigned=leaving.member.membership).count()
    assert mine
    manager = Someone("finder", "Inspectie", kind="labour-inspectorate", manages=True, name="drie")
    moved = accounts.end_membership(
        by=manager.member, membership=leaving.member.membership, hand_over_to=heir.member.membership
    )  # type: ignore[arg-type]
    assert moved >= mine + 2
    assert str(Encounter.objects.get(pk=draft.pk).reporter_id) == heir.member.membership
    assert str(Encounter.objects.get(pk=row.person.encounter_id).reporter_id) == heir.member.membership
    assert Task.objects.filter(assigned=heir.member.membership).count() == mine


def test_somebody_taken_out_of_a_draft_cannot_be_read_again() -> None:
    inspector = cases.finder()
    row = cases.draft(inspector)
    drafting.add_persons(by=inspector.member, encounter=row.pk, number=1, like=None, version=1)
    person = Person.objects.get(encounter=row, number=2)
    drafting.remove_person(by=inspector.member, person=person.pk, version=2)
    gone = Person.objects.select_related("subject").get(pk=person.pk)
    assert gone.subject.wrapped is None
    assert not gone.facts
    assert Registration.objects.get(person=person).state == "destroyed"


def test_a_task_that_a_colleague_finished_is_not_finished_twice() -> None:
    cases.registrar()
    inspector = cases.finder()
    cases.submitted(inspector)
    task = Task.objects.filter(organisation__name="Inspectie").first()
    assert task is not None
    duties.act(by=inspector.member, task=task.pk, event="finish", version=task.version)
    with pytest.raises(Refused):
        duties.act(by=inspector.member, task=task.pk, event="finish", version=task.version)


def test_a_draft_is_not_left_to_nobody() -> None:
    leaving = cases.finder()
    manager = Someone("finder", "Inspectie", kind="labour-inspectorate", manages=True, name="drie")
    cases.draft(leaving)
    with pytest.raises(Refused) as refused:
        accounts.end_membership(by=manager.member, membership=leaving.member.membership, hand_over_to=None)  # type: ignore[arg-type]
    assert refused.value.reason == "work_needs_heir"
