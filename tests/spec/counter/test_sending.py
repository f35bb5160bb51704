"""A form that is sent is held against the rules once, by the verb itself; what is shown again is in the log again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loket.audit.models import Entry
from loket.casework.models import Encounter, Person, Placement, Referral
from tests import cases
from tests.care import World, world


@pytest.fixture
def there(database: Any) -> World:
    return world()


def events() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("event", flat=True))


def answers(since: int) -> list[str]:
    """What the sharing rules were asked since then, as the log has it."""
    return [one for one in events()[since:] if one in ("casework.may_share", "casework.may_not_share")]


def test_a_referral_that_is_sent_asks_the_rules_once_and_logs_what_they_said(there: World, client: Client) -> None:
    there.consents()
    there.registrar.at(client)
    url, asked = reverse("casework:refer", args=[there.person.pk]), {
        "refer_kind": "referral", "purpose": "arrange-care", "receiver_kind": "care-coordinator",
    }  # fmt: skip
    before = len(events())
    assert client.post(url, asked).status_code == 200
    assert answers(before) == ["casework.may_share", "casework.may_not_share"]
    before = len(events())
    sent = client.post(url, {**asked, "step": "send", "share": ["signal", "needs"], "receiver": ""})
    assert (sent.status_code, Referral.objects.count()) == (302, 1)
    assert answers(before) == ["casework.may_share", "casework.may_not_share"]
    assert events()[-1] == "casework.refer"


def test_what_may_not_come_along_is_refused_before_and_shown_again(there: World, client: Client) -> None:
    there.registrar.at(client)
    url = reverse("casework:refer", args=[there.person.pk])
    said = {"refer_kind": "referral", "purpose": "arrange-care", "receiver_kind": "care-coordinator", "step": "send"}
    before = len(events())
    assert client.post(url, {**said, "share": ["identity"], "receiver": ""}).status_code == 403
    assert Referral.objects.count() == 0
    assert set(answers(before)) == {"casework.may_not_share"}  # the refusal, and the page that shows it again


def test_asking_a_place_asks_the_rules_once(there: World, client: Client) -> None:
    there.registrar.at(client)
    url = reverse("casework:ask_place", args=[there.person.pk])
    before = len(events())
    sent = client.post(url, {"receiver_kind": "shelter", "step": "send", "share": [], "receiver": ""})
    assert (sent.status_code, Placement.objects.count()) == (302, 1)
    assert len(answers(before)) == len(set(answers(before)))


def test_who_it_is_is_read_when_it_is_shown_and_not_when_it_is_told(database: Any, client: Client) -> None:
    cases.registrar()
    inspector = cases.finder()
    row = cases.draft(inspector)
    inspector.at(client)
    url = reverse("casework:identity", args=[Person.objects.get(encounter=row).pk])
    assert client.get(url).status_code == 200
    assert events()[-1] == "casework.read"
    version, before = Encounter.objects.get(pk=row.pk).version, len(events())
    said = {"named": "name", "surname": "Voorbeeld", "ground_figures": "public-task", "version": version}
    assert client.post(url, said).status_code == 302
    assert events()[before:] == ["casework.identify"]
    before = len(events())
    assert client.post(url, said).status_code in (400, 409)  # somebody saved in between: shown again, so read again
    assert events()[before:] == ["casework.read"]
