"""The pages of what goes in and out: few queries, the demo's tour on this machine only, a calendar without a word."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from loket.audit.models import Entry
from loket.casework.actions import attachments, clients, connections
from loket.casework.models import ApiClient, CalendarFeed, Person, Task, Webhook
from tests import cases
from tests.counter import Someone

pytestmark = pytest.mark.usefixtures("database")
ZAKEN = "/nl/loket/zaken/"
MOST = 15


@pytest.fixture
def boss() -> Someone:
    return Someone("finder", "Inspectie", manages=True, kind="labour-inspectorate")


def queries(client: Client, path: str, **said: Any) -> int:
    """How many a page takes, the session and who is asking included."""
    with CaptureQueriesContext(
        connection,
    ) as found:
        answer = client.post(path, said) if said else client.get(path)
    assert answer.status_code == 200, path
    return len(found)


def test_no_page_takes_more_than_fifteen_queries(boss: Someone) -> None:
    registrar = cases.registrar()
    for number in range(3):
        rows = cases.accepted(boss, registrar)
        attachments.add_attachment(by=registrar.member, person=rows[0].person_id, field="situation",
                                   name=f"{number}.txt", data=b"woorden")  # fmt: skip
        clients.add_client(by=boss.member, name="x", membership=boss.member.membership, scopes=["duties:read"], days=30)
    at = boss.at(Client())
    for path in ("invoer/", "koppelingen/"):
        at.get(ZAKEN + path)
        assert queries(at, ZAKEN + path) <= MOST, path
    at, person = registrar.at(Client()), Person.objects.first()
    assert person is not None
    for path in (f"persoon/{person.pk}/bijlagen/", "uitvoer/"):
        at.get(ZAKEN + path)
        assert queries(at, ZAKEN + path) <= MOST, path
    said = {"export_to": "care-coordinator", "export_for": "arrange-care"}
    assert queries(at, ZAKEN + "uitvoer/", **said) <= MOST


def test_the_secrets_stand_on_the_screen_once(boss: Someone) -> None:
    at = boss.at(Client())
    with override_settings(LOKET_WEBHOOK_HOSTS=["hooks.example"]):
        said = {"webhook_address": "https://hooks.example/in", "webhook_events": ["referral.requested"]}
        page = at.post(ZAKEN + "koppelingen/webhooks/", said).content.decode()
    assert "schakel_webhook_" in page
    said = {"client_name": "zaaksysteem", "client_for": boss.member.membership, "client_scopes": ["duties:read"],
            "client_days": "90"}  # fmt: skip
    page = at.post(ZAKEN + "koppelingen/sleutels/", said).content.decode()
    assert "schakel_api_" in page
    page = at.get(ZAKEN + "koppelingen/").content.decode()
    assert "schakel_" not in page
    assert "zaaksysteem" in page
    at.post(f"{ZAKEN}koppelingen/sleutels/{ApiClient.objects.get().pk}/stoppen/")
    at.post(f"{ZAKEN}koppelingen/webhooks/{Webhook.objects.get().pk}/stoppen/")
    page = at.get(ZAKEN + "koppelingen/").content.decode()
    assert "zaaksysteem" not in page
    assert "hooks.example" not in page


@pytest.mark.parametrize(("address", "says"), [
    ("http://hooks.example/", "https://"), ("https://elders.example/", "niet op de lijst"), ("", "Adres"),
])  # fmt: skip
def test_an_address_that_may_not_be_used_is_told(boss: Someone, address: str, says: str) -> None:
    at = boss.at(Client())
    with override_settings(LOKET_WEBHOOK_HOSTS=["hooks.example"]):
        answer = at.post(ZAKEN + "koppelingen/webhooks/",
                         {"webhook_address": address, "webhook_events": ["referral.requested"]})  # fmt: skip
    assert answer.status_code == 400
    assert says in answer.content.decode()


def test_somebody_who_manages_nothing_sees_the_calendar_only(boss: Someone) -> None:
    page = Someone("finder", "Inspectie", name="finder 2").at(Client()).get(ZAKEN + "koppelingen/").content.decode()
    assert "agenda" in page
    assert "Webhook" not in page


def test_a_calendar_shows_days_and_not_a_word_about_anybody(boss: Someone) -> None:
    cases.registrar()
    cases.submitted(boss)
    Task.objects.filter(organisation=boss.member.organisation).update(due="2030-03-04", strength="must")
    secret = connections.new_calendar(by=boss.member, lang="nl")
    answer = Client().get(f"{ZAKEN}agenda/{secret}.ics")  # no sign-in: a calendar has none
    told = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20300304" in told
    for word in ("Voorbeeld", "Persoon", "mensenhandel", *Task.objects.values_list("duty", flat=True)):
        assert word not in told
    assert secret not in str(list(CalendarFeed.objects.values()))
    again = connections.new_calendar(by=boss.member, lang="nl")
    assert Client().get(f"{ZAKEN}agenda/{secret}.ics").status_code == 404
    connections.end_calendar(by=boss.member)
    assert Client().get(f"{ZAKEN}agenda/{again}.ics").status_code == 404
    assert {"exchange.new_calendar", "exchange.end_calendar"} <= set(Entry.objects.values_list("event", flat=True))


def test_the_tour_is_there_in_the_demo_on_this_machine_only(boss: Someone) -> None:
    path = ZAKEN + "rondleiding/"
    assert Client().get(path).status_code == 404
    with override_settings(LOKET_DEMO_SIGN_IN=True):
        assert Client().get(path).status_code == 200
        assert Client(REMOTE_ADDR="10.0.0.1").get(path).status_code == 404
        assert Client(headers={"X-Forwarded-For": "10.0.0.1"}).get(path).status_code == 404
        at = Client()
        answer = at.post(path, {"part": "inspector"})
        assert answer.headers["Location"] == ZAKEN
        assert "Inspectie" in at.get(ZAKEN).content.decode()
        assert at.post(path, {"part": "shelter"}).status_code == 404  # nobody plays it here
        assert at.post(path, {"part": str(uuid.uuid4())}).status_code == 404
