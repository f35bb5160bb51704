"""Whatever is sent to the pages of care, the answer is a page: never a trace, and never a change that may not be."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from loket.casework.models import Correction, Ground, Merge, Placement, Referral
from tests.care import World, world

NAMES = ("event", "version", "words", "reason", "step", "refer_kind", "purpose", "receiver_kind", "receiver", "share",
         "message", "answer_by", "avoid", "avoid_areas", "companions", "answer", "given_by", "ground", "note", "free",
         "groups", "surname", "birth_date", "kept", "other", "person", "look", "account", "stands_as", "basis",
         "request_kind", "request_words", "address", "circ-consent", "circ-acute_danger")  # fmt: skip
ODD = some.one_of(
    some.sampled_from(("", "0", "-1", "9" * 40, "accept", "refuse", "withdraw", "look", "send", "referral", "transfer",
                       "arrange-care", "shelter", "care-coordinator", "VR13", "given", "\x00", "<script>", "=1+1",
                       "2026-13-45", "999999999", "x" * 200)),
    some.text(max_size=60), some.uuids().map(str),
)  # fmt: skip
FORMS = some.dictionaries(some.sampled_from(NAMES), some.one_of(ODD, some.lists(ODD, max_size=3)), max_size=8)


@pytest.fixture
def there(database: Any) -> World:
    made = world()
    made.consents()
    return made


def addresses(there: World, referral: uuid.UUID, place: uuid.UUID) -> list[str]:
    person, registration, nobody = there.person.pk, there.registration.pk, uuid.UUID(int=0)
    tails = (f"persoon/{person}/verwijzen/", f"verwijzingen/{referral}/", f"verwijzingen/{referral}/ontvanger/",
             f"persoon/{person}/gronden/", f"gronden/{nobody}/", f"plekken/{place}/", f"plekken/{place}/opvang/",
             f"persoon/{person}/plek/", f"persoon/{person}/verblijf/", "gids/", "zoeken/",
             f"dubbelen/{registration}/samen/", f"dubbelen/{registration}/apart/", f"samengevoegd/{nobody}/",
             f"eigen/{person}/", f"verzoeken/{nobody}/", f"persoon/{person}/vertegenwoordigers/", "noodgevallen/",
             f"vertegenwoordigers/{nobody}/", f"verwijzingen/{nobody}/", f"persoon/{nobody}/plek/")  # fmt: skip
    return [f"/nl/loket/zaken/{tail}" for tail in tails]


def test_nothing_that_is_sent_breaks_a_page(there: World) -> None:
    made, place = there.refers(), there.asks_place()
    browser = Client(raise_request_exception=False)
    there.registrar.at(browser)
    pages = addresses(there, made.pk, place.pk)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(some.sampled_from(pages), FORMS)
    def sends(page: str, form: dict[str, Any]) -> None:
        answer = browser.post(page, form)
        assert answer.status_code < 500, (page, form)
        assert b"Traceback" not in answer.content

    sends()


def test_what_nobody_may_do_changes_nothing(there: World) -> None:
    made, place = there.refers(), there.asks_place()
    browser = Client(raise_request_exception=False)
    there.finder.at(browser)
    counted = [model.objects.count() for model in (Referral, Placement, Ground, Correction, Merge)]
    for page in addresses(there, made.pk, place.pk):
        for said in ({}, {"event": "accept", "version": "1"}, {"event": "told", "look": str(uuid.uuid4())}):
            assert browser.post(page, said).status_code in (302, 400, 403, 404, 200)
            assert browser.get(page).status_code in (200, 302, 403, 404, 405)
    assert [model.objects.count() for model in (Referral, Placement, Ground, Correction, Merge)] == counted
    assert Referral.objects.get().state == "requested"
