"""Programs at the counter: what their key allows, what the person they act for may, once, and told in one sentence."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from loket.accounts.models import Membership
from loket.audit.models import Entry
from loket.audit.who import Refused
from loket.casework.actions import attachments, clients
from loket.casework.models import ApiClient, Encounter, IdempotentAnswer, Person, Registration, Report
from tests import cases, databases
from tests.counter import Someone

pytestmark = pytest.mark.usefixtures("database")
FACTS = {
    "who": "labour_inspector", "shared": {"indication": "yes", "form": "labour"},
    "persons": [{"id": "A", "facts": {"age": "adult", "age_doubt": "none"}}, {"id": "B", "facts": {}}],
}  # fmt: skip
NAMED = {"person": "A", "givenNames": "Persoon", "surname": "Voorbeeld", "birthDate": "2001-02-03",
         "grounds": {"registration-figures": "public-task"}}  # fmt: skip


# Nouns in paths; `content` (of a file, and of the rule book) and `plural` words only.
NOUNS = {"assessments", "attachments", "content", "duties", "events", "placements", "referrals", "registrations"}
OF_THE_LIBRARY: set[str] = set()  # names that come from the library's own documents


class Machine:
    """A program with a key."""

    def __init__(self, who: Someone, *scopes: str) -> None:
        boss = Someone(who.member.role, who.member.organisation_name, manages=True, name="beheer")
        self.organisation = who.member.organisation
        made, self.key = clients.add_client(
            by=boss.member, name="zaaksysteem", membership=who.member.membership,
            scopes=scopes or clients.SCOPES, days=90,
        )  # fmt: skip
        self.row, self.client = made, Client(raise_request_exception=False)

    def get(self, path: str, **words: Any) -> Any:
        return self.client.get(f"/api/v1{path}", words, headers={"Authorization": f"Bearer {self.key}"})

    def post(self, path: str, body: Any, once: str = "", lang: str = "en") -> Any:
        headers = {"Authorization": f"Bearer {self.key}", **({"Idempotency-Key": once} if once else {})}
        return self.client.post(f"/api/v1{path}?lang={lang}", json.dumps(body), "application/json", headers=headers)


@pytest.fixture
def inspector() -> Someone:
    return cases.finder()


@pytest.fixture
def machine(inspector: Someone) -> Machine:
    cases.registrar()
    return Machine(inspector)


def register(machine: Machine, once: str = "", **more: Any) -> Any:
    return machine.post("/registrations", {"facts": FACTS, "identities": [NAMED], **more}, once)


def test_a_program_registers_and_follows(machine: Machine) -> None:
    answer = register(machine, reference="onze 42")
    assert answer.status_code == 201, answer.content
    made = answer.json()["registrations"]
    assert [(one["state"], one["named"]) for one in made] == [("submitted", True), ("submitted", False)]
    report = Report.objects.select_related("subject").get()
    assert report.reference == "onze 42"
    lines = machine.get("/registrations", pageSize=1).json()
    assert (len(lines["items"]), lines["more"]) == (1, True)
    one = machine.get(f"/registrations/{made[0]['id']}", lang="en").json()
    assert (one["status"], one["state"], one["identity"], one["facts"]) == ("Received.", "", None, [])


def test_the_log_names_the_program_and_the_person_behind_it(machine: Machine, inspector: Someone) -> None:
    register(machine)
    entry = Entry.objects.filter(event="casework.submit").first()
    assert entry is not None
    assert (entry.client, entry.user, entry.on_behalf_of) == ("api", str(machine.row.pk), inspector.member.user)


def test_the_same_request_twice_registers_once(machine: Machine) -> None:
    first, second = register(machine, "sleutel-1"), register(machine, "sleutel-1")
    assert first.json() == second.json()
    assert second.status_code == 201
    assert Encounter.objects.count() == 1
    other = machine.post("/registrations", {"facts": {}}, "sleutel-1")
    assert (other.status_code, other.headers["Content-Type"]) == (422, "application/problem+json")
    assert register(machine, "sleutel-2").json() != first.json()


def test_the_same_request_at_the_same_time_registers_once(machine: Machine) -> None:
    answers = databases.in_threads(3, lambda _: register(machine, "sleutel-1"))
    assert {one.status_code for one in answers} == {201}
    assert len({one.content for one in answers}) == 1
    assert Encounter.objects.count() == 1


def test_what_was_refused_may_be_tried_again_and_stays_in_the_log(machine: Machine) -> None:
    wrong = {"facts": FACTS, "identities": [{**NAMED, "grounds": {}}]}
    refused = machine.post("/registrations", wrong, "sleutel-1")
    assert refused.status_code in (403, 409)
    assert not IdempotentAnswer.objects.exists()
    assert not Registration.objects.exists()
    assert not Person.objects.exists()
    assert Entry.objects.filter(outcome="refused").exists()
    assert register(machine, "sleutel-1").status_code == 201


@pytest.mark.parametrize(("body", "says"), [
    ({"facts": {"shared": {"nationalty": "nl"}}}, "nationality"),
    ({"facts": FACTS, "identities": [{**NAMED, "person": "C"}]}, "no person"),
    ({"facts": FACTS, "identities": [{**NAMED, "birthDate": "gisteren"}]}, "birthDate"),
    ({"facts": FACTS, "naam": "x"}, "naam"),
    ({}, "facts"),
])  # fmt: skip
def test_bad_input_is_one_sentence(machine: Machine, body: Any, says: str) -> None:
    answer = machine.post("/registrations", body)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert says in answer.json()["detail"]
    assert not Encounter.objects.exists()


@pytest.mark.parametrize("key", ["", "schakel_api_niets", "x" * 5_000])
def test_without_a_key_that_works_nothing_is_said(machine: Machine, key: str) -> None:
    machine.key = key
    for path in ("/registrations", "/duties", "/referrals"):
        answer = machine.get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_key_ends_with_its_time_its_person_or_by_hand(machine: Machine, inspector: Someone) -> None:
    def works() -> bool:
        return machine.get("/registrations").status_code == 200

    assert works()
    assert ApiClient.objects.get().last_used_on == timezone.localdate()
    ApiClient.objects.update(expires_at=timezone.now())
    assert not works()
    ApiClient.objects.update(expires_at=timezone.now() + timedelta(days=1))
    Membership.objects.filter(pk=inspector.member.membership).update(until=timezone.now())
    assert not works()
    Membership.objects.update(until=None)
    clients.end_client(by=Someone("shelter", "Inspectie", manages=True, name="tweede").member, client=machine.row.pk)
    assert not works()


def test_a_scope_that_is_missing_is_refused_and_logged(inspector: Someone) -> None:
    machine = Machine(inspector, "duties:read")
    answer = register(machine)
    assert (answer.status_code, "registrations:write" in answer.json()["detail"]) == (403, True)
    assert Entry.objects.filter(event="exchange.api", reason="no_scope").count() == 1
    assert machine.get("/duties").status_code == 200


def test_a_program_may_never_more_than_its_person(machine: Machine) -> None:
    made = register(machine).json()["registrations"][0]["id"]
    other = Machine(cases.finder("Andere inspectie"))
    assert other.get(f"/registrations/{made}").status_code == 403
    assert other.get("/registrations").json()["items"] == []
    assert other.get("/registrations/00000000-0000-4000-8000-000000000000").status_code == 404


def test_the_registration_point_accepts_and_a_task_is_done(inspector: Someone) -> None:
    point = Machine(cases.registrar())
    machine = Machine(inspector)
    made = register(machine).json()["registrations"][0]["id"]
    seen = point.get(f"/registrations/{made}").json()
    assert seen["identity"]["surname"] == "Voorbeeld"
    path = f"/registrations/{made}/events"
    stale = point.post(path, {"event": "accept", "version": seen["version"] + 5})
    assert stale.status_code == 409
    done = point.post(path, {"event": "accept", "version": seen["version"]})
    assert (done.status_code, done.json()["state"]) == (200, "accepted")
    assert point.post(path, {"event": "accept", "version": done.json()["version"]}).status_code == 409
    assert point.post(path, {"event": "vliegen", "version": 1}).status_code in (400, 409)
    duty = machine.get("/duties").json()["items"][0]["id"]
    task = machine.get(f"/duties/{duty}").json()
    event = {"event": "finish", "version": task["version"], "words": ""}
    assert "finish" in task["events"]
    assert machine.post(f"/duties/{duty}/events", event).json()["state"] == "done"


def test_only_a_manager_makes_keys_and_only_for_colleagues(inspector: Someone) -> None:
    stranger = cases.finder("Andere inspectie")
    boss = Someone("finder", "Inspectie", manages=True, name="beheer")
    for by, whom in ((inspector, inspector), (boss, stranger)):
        with pytest.raises(Refused):
            clients.add_client(by=by.member, name="x", membership=whom.member.membership,
                               scopes=["duties:read"], days=90)  # fmt: skip


def test_the_key_is_nowhere_kept(machine: Machine) -> None:
    assert machine.key not in json.dumps([str(value) for value in ApiClient.objects.values().get().values()])


def test_the_description_tells_of_the_counter_and_its_keys() -> None:
    told = Client().get("/api/v1/openapi.json").json()
    assert {"/registrations", "/duties/{id}/events", "/referrals"} <= set(told["paths"])
    assert told["components"]["securitySchemes"]
    assert "pageSize" in {one["name"] for one in told["paths"]["/duties"]["get"]["parameters"]}


def test_too_many_calls_of_an_organisation_are_told_to_wait(machine: Machine, settings: Any) -> None:
    from django.core.cache import cache

    cache.clear()
    settings.LOKET_API_PER_MINUTE = 3
    answers = [machine.get("/duties", lang="en") for _ in range(8)]  # whatever minute begins in between
    assert {one.status_code for one in answers} == {200, 429}
    told = answers[-1] if answers[-1].status_code == 429 else answers[3]
    assert told.headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(told.headers["Retry-After"]) <= 60
    assert "Wait" in told.json()["detail"]
    assert Machine(cases.finder("Andere inspectie")).get("/duties").status_code == 200  # counted by organisation
    cache.clear()


def test_a_place_is_requested_and_answered_by_programs(inspector: Someone) -> None:
    registrar = cases.registrar()
    one = cases.accepted(inspector, registrar)[0]
    point = Machine(registrar)
    home = Machine(Someone("shelter", "Opvang", kind="shelter"))
    said = {"registration": str(one.pk), "shelterKind": "shelter", "share": ["needs"], "message": "Vannacht nog.",
            "shelter": home.organisation, "intake": {"companions": 1}}  # fmt: skip
    asked = point.post("/placements", said, "plek-0001")
    assert asked.status_code == 201, asked.content
    assert point.post("/placements", said, "plek-0001").json() == asked.json()
    lines = home.get("/placements").json()["items"]
    assert [(line["state"], line["side"]) for line in lines] == [("waiting", "receiver")]
    seen = home.get(f"/placements/{lines[0]['id']}", lang="en").json()
    assert (seen["identity"], seen["message"]) == (None, "Vannacht nog.")
    assert {"offer", "refuse"} <= set(seen["events"])
    path = f"/placements/{lines[0]['id']}/events"
    assert home.post(path, {"event": "refuse", "version": seen["version"]}).status_code in (400, 409)
    done = home.post(path, {"event": "refuse", "reason": "full", "version": seen["version"]})
    assert (done.status_code, done.json()["state"]) == (200, "refused")
    assert point.get("/placements").json()["items"][0]["refusals"] == 1
    stranger = Machine(Someone("shelter", "Andere opvang", kind="shelter", name="vreemd"))
    assert stranger.get(f"/placements/{lines[0]['id']}").status_code == 403
    assert stranger.get("/placements").json()["items"] == []


def test_files_are_read_by_who_may_see_that_kind(inspector: Someone) -> None:
    registrar = cases.registrar()
    one = cases.accepted(inspector, registrar)[0]
    attachments.add_attachment(by=registrar.member, person=one.person_id, field="situation", name="brief.txt",
                               data=b"Wat er stond.")  # fmt: skip
    point = Machine(registrar)
    files = point.get(f"/registrations/{one.pk}/attachments").json()["items"]
    assert [(file["name"], file["mediaType"]) for file in files] == [("brief.txt", "text/plain; charset=utf-8")]
    got = point.get(f"/attachments/{files[0]['id']}/content")
    assert (got.content, got.headers["Content-Disposition"]) == (b"Wat er stond.", "attachment")
    assert Entry.objects.filter(event="exchange.open_attachment", client="api").exists()
    finder = Machine(inspector)
    assert finder.get(f"/registrations/{one.pk}/attachments").status_code == 403
    assert finder.get(f"/attachments/{files[0]['id']}/content").status_code == 403
    ApiClient.objects.filter(pk=point.row.pk).update(scopes=["registrations:read"])
    assert point.get(f"/attachments/{files[0]['id']}/content").status_code == 403


def test_the_design_rules_that_can_be_checked_hold() -> None:
    """NL API Design Rules: no slash at the end, plural nouns in paths, camelCase fields, problem details, versions."""
    told = Client().get("/api/v1/openapi.json").json()
    names = {name for shape in told["components"]["schemas"].values() for name in shape.get("properties", {})}
    assert not {name for name in names if "_" in name or name[:1].isupper()} - OF_THE_LIBRARY
    for path, operations in told["paths"].items():
        assert path == path.lower().rstrip("/")
        assert all(part.startswith("{") or part in NOUNS for part in path.strip("/").split("/"))
        for operation in operations.values():
            for status, response in operation["responses"].items():
                assert "API-Version" in response["headers"]
                if int(status) >= 400:
                    assert list(response["content"]) == ["application/problem+json"]
            if operation.get("security"):
                assert {"401", "403", "429"} <= set(operation["responses"])
