"""The pages of casework, as somebody walks them: from the plan to a registration, and to the work that follows."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from loket.casework.models import Encounter, Person, Registration, Task
from tests import cases
from tests.counter import Someone, html

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def client() -> Client:
    """What goes wrong is raised here: a page that breaks is no refusal."""
    return Client()


def test_register_this_goes_through_signing_in_to_a_draft(client: Client) -> None:
    cases.registrar()
    inspector = cases.finder()
    facts = json.dumps({"on": "2026-11-26", **cases.FACTS})
    page = html(client.post("/nl/loket/zaken/overnemen/", {"facts": facts}))
    assert 'name="parcel"' in page
    assert "labour_inspector" not in page  # sealed
    assert not Encounter.objects.exists()
    parcel = page.split('name="parcel" value="')[1].split('"')[0]
    code = client.post(
        "/nl/loket/inloggen/", {"login": inspector.user.email, "password": Someone.PASSWORD, "parcel": parcel}
    )
    assert parcel in html(code)
    held = client.post("/nl/loket/twee-stappen/authenticate/", {"code": inspector.code, "parcel": parcel})
    assert "Hiermee begint u een concept" in html(held)
    assert not Encounter.objects.exists()
    begun = client.post("/nl/loket/zaken/nieuw/", {"facts": facts})
    assert begun.status_code == 302
    assert "Persoon 1" in html(client.get(begun.headers["Location"]))


def test_a_draft_is_filled_in_submitted_accepted_and_becomes_work(client: Client) -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    row = cases.draft(inspector)
    inspector.at(client)
    person = Person.objects.get(encounter=row)
    url = reverse("casework:encounter", args=[row.pk])
    assert client.get(url).status_code == 200
    fact = reverse("casework:person_fact", args=[person.pk, "language"])
    assert client.get(fact).status_code == 200
    answer = client.post(fact, {"value": "no", "version": 1, "certainty": "seen"})
    assert answer.status_code == 400
    answer = client.post(reverse("casework:person_fact", args=[person.pk, "age"]), {"value": "minor", "version": 1})
    assert answer.status_code in (302, 400), html(answer)
    who = reverse("casework:identity", args=[person.pk])
    assert client.get(who).status_code == 200
    version = Encounter.objects.get(pk=row.pk).version
    said = {"named": "name", "surname": "Voorbeeld", "ground_figures": "public-task", "version": version}
    assert client.post(who, said).status_code == 302
    assert "Voorbeeld" in html(client.get(url))
    answer = client.post(reverse("casework:submit", args=[row.pk]), {"version": version + 1})
    assert answer.status_code == 302
    assert "Ontvangen." in html(client.get(reverse("casework:work")))
    registration = Registration.objects.get()
    registrar.at(client)
    assert client.get(reverse("casework:registrations")).status_code == 200
    page = html(client.get(reverse("casework:registration", args=[registration.pk])))
    assert "Voorbeeld" in page
    for event, more in (("accept", {}), ("close", {"outcome": "helped"}), ("reopen", {"words": "Er is meer."})):
        version = Registration.objects.get().version
        done = client.post(reverse("casework:step", args=[registration.pk, event]), {"version": version, **more})
        assert done.status_code == 302, html(done)
    assert client.get(reverse("casework:person", args=[person.pk])).status_code == 200
    assert client.get(reverse("casework:stalled")).status_code == 200
    for task in Task.objects.all():
        assert client.get(reverse("casework:task", args=[task.pk])).status_code == 200
    inspector.at(client)
    page = html(client.get(reverse("casework:work")))
    assert "Opgepakt." in page
    own = Task.objects.filter(organisation__name="Inspectie").first()
    assert own is not None
    assert client.get(reverse("casework:task", args=[own.pk])).status_code == 200
    done = client.post(reverse("casework:task_act", args=[own.pk, "finish"]), {"version": own.version})
    assert done.status_code == 302
    assert Task.objects.get(pk=own.pk).state == "done"


def test_the_day_of_the_encounter_can_be_corrected_and_lies_never_ahead(client: Client) -> None:
    inspector = cases.finder()
    row = cases.draft(inspector)
    inspector.at(client)
    url = reverse("casework:fact", args=[row.pk, "found_on"])
    assert client.post(url, {"value": "2026-11-02", "version": 1}).status_code == 302
    assert Encounter.objects.get().found_on.isoformat() == "2026-11-02"
    assert "2 november 2026" in html(client.get(reverse("casework:encounter", args=[row.pk])))
    assert client.post(url, {"value": "2126-11-02", "version": 2}).status_code == 400
