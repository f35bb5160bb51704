"""Somebody is missing: the police that search see it at once, every step is kept, and it is told once only."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from loket.audit.who import Refused
from loket.casework.access import Denied
from loket.casework.actions import missing
from loket.casework.models import Alert, AlertStep
from tests import cases
from tests.counter import Someone, html

pytestmark = pytest.mark.usefixtures("database")


def test_a_child_is_reported_missing_searched_for_found_and_closed() -> None:
    client, registrar, inspector = Client(), cases.registrar(), cases.finder()
    officer = Someone("finder", "Politie", kind="police", name="agent 1")
    row = cases.accepted(inspector, registrar)[0]
    page = reverse("casework:missing", args=[row.person_id])
    assert client.get(page).status_code == 302
    inspector.at(client)
    assert client.post(page, {"words": "Sinds vanmiddag weg."}).status_code == 302
    alert = Alert.objects.get()
    assert str(alert.police_id) == officer.member.organisation
    officer.at(client)
    assert "Voorbeeld" not in html(client.get(page))
    for event, words in (("take_up", ""), ("find", ""), ("close", "Is veilig.")):
        step = reverse("casework:missing_act", args=[row.person_id, alert.pk, event])
        who = officer if event != "close" else registrar
        done = who.at(client).post(step, {"words": words, "version": Alert.objects.get().version})
        assert done.status_code == 302, html(done)
    assert Alert.objects.get().state == "closed"
    assert [one.event for one in AlertStep.objects.all()] == ["report", "take_up", "find", "close"]
    assert "niemand vermist" in html(client.get(reverse("casework:missing_list")))


def test_it_is_told_once_and_making_it_public_asks_for_a_reason() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    officer = Someone("finder", "Politie", kind="police", name="agent 1")
    row = cases.accepted(inspector, registrar)[0]
    alert = missing.report(by=inspector.member, person=row.person_id, words="")
    with pytest.raises(Refused) as twice:
        missing.report(by=registrar.member, person=row.person_id, words="")
    assert twice.value.reason == "already_missing"
    alert = missing.act(by=officer.member, alert=alert.pk, event="take_up", version=alert.version)
    with pytest.raises(Denied) as why:
        missing.act(by=officer.member, alert=alert.pk, event="make_public", version=alert.version)
    assert "reden" in why.value.say("nl")
    with pytest.raises(Denied):
        missing.act(by=inspector.member, alert=alert.pk, event="make_public", words="Omdat.", version=alert.version)


def test_without_police_at_the_counter_the_registration_point_writes_down_what_they_say() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    row = cases.accepted(inspector, registrar)[0]
    alert = missing.report(by=inspector.member, person=row.person_id, words="")
    assert alert.police_id is None
    after = missing.act(by=registrar.member, alert=alert.pk, event="take_up", version=alert.version)
    assert after.state == "searching"
