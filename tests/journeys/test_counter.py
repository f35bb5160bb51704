"""The counter as people walk through it: inspector, detective, registrar, care coordinator, shelter.

Each with and without JavaScript; on every page axe finds nothing, nothing is wider than the window, the browser says
nothing and nothing is fetched from elsewhere.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, Page

from tests import cases
from tests.counter import Someone
from tests.journeys.conftest import Visit, tick

pytestmark = pytest.mark.browser
WITH: dict[str, dict[str, Any]] = {"with": {}, "without": {"java_script_enabled": False}}
PHONE = {"viewport": {"width": 360, "height": 740}}


@dataclass
class Town:
    """Who works at the counter in these tests."""

    registrar: Someone
    inspector: Someone
    detective: Someone
    carer: Someone
    shelter: Someone


@pytest.fixture
def town(embedded: None) -> Town:
    """Five organisations."""
    return Town(
        cases.registrar(), cases.finder(), cases.finder("Politie", "police"),
        Someone("care_coordinator", "Zorgcoördinatie", kind="care-coordinator"),
        Someone("shelter", "Opvang", kind="shelter"),
    )  # fmt: skip


class Walk:
    """One person at the counter, signed in, whose every page is looked at."""

    def __init__(self, visitor: Callable[..., Visit], who: Someone, **how: Any) -> None:
        self.scripted = how.get("java_script_enabled", True)
        self.visit = visitor(**how)
        cookie = who.at(Client()).cookies[settings.SESSION_COOKIE_NAME].value
        self.visit.page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.visit.site}]
        )

    @property
    def page(self) -> Page:
        return self.visit.page

    def go(self, path: str = "") -> Page:
        page = self.visit.go(f"/nl/loket/zaken/{path}")
        self.look()
        return page

    def click(self, what: Locator) -> None:
        self.visit.click(what)
        self.look()

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name).first)

    def follow(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name).first)

    def look(self) -> None:
        """Nothing on this page is wrong; axe is a script itself, so without JavaScript it looks at nothing."""
        assert self.page.locator("h1").count() == 1
        if self.scripted:
            assert (self.page.url, self.visit.violations(), self.visit.too_wide()) == (self.page.url, [], 0)

    @property
    def says(self) -> str:
        return self.page.locator("main").inner_text()

    def leaves_nothing(self) -> None:
        assert self.visit.said == self.visit.outside == []


@pytest.mark.parametrize("how", WITH)
def test_an_inspector_registers_from_nothing_and_hears_the_status_only(
    visitor: Callable[..., Visit], town: Town, how: str
) -> None:
    walk = Walk(visitor, town.inspector, **WITH[how])
    page = walk.go()
    walk.press("Nieuwe registratie")
    walk.click(page.locator(".cw-next__link").first)
    tick(page.locator("main form input[type=radio], main form input[type=checkbox]").first)
    walk.press("Opslaan")
    walk.follow("Wie is het?")
    tick(page.get_by_label("Op naam"))
    page.get_by_label("Achternaam").fill("Voorbeeld")
    tick(page.locator("input[name=ground_figures]").first)
    walk.press("Opslaan")
    assert "Voorbeeld" in walk.says
    walk.press("Dien in")
    walk.go()
    assert "Ontvangen." in walk.says
    assert "Voorbeeld" not in walk.says
    walk.leaves_nothing()


@pytest.mark.parametrize("how", WITH)
def test_a_detective_registers_two_girls_and_both_reach_the_registration_point(
    visitor: Callable[..., Visit], town: Town, how: str
) -> None:
    walk = Walk(visitor, town.detective, **WITH[how])
    page = walk.go()
    walk.press("Nieuwe registratie")
    walk.visit.open(page.get_by_text("Er waren meer personen"))
    page.get_by_label("Hoeveel erbij?").fill("1")
    walk.press("Erbij")
    assert page.locator("section[id^=persoon-]").count() == 2
    for number, name in ((0, "Voorbeeld A"), (1, "Voorbeeld B")):
        walk.click(page.get_by_role("link", name="Wie is het?").nth(number))
        tick(page.get_by_label("Op naam"))
        page.get_by_label("Achternaam").fill(name)
        tick(page.locator("input[name=ground_figures]").first)
        walk.press("Opslaan")
    walk.press("Dien in")
    point = Walk(visitor, town.registrar, **WITH[how])
    point.go("registraties/")
    assert point.page.locator("main").get_by_text("op naam").count() == 2
    walk.leaves_nothing()
    point.leaves_nothing()


@pytest.mark.parametrize("how", WITH)
def test_the_registrar_asks_accepts_and_refers_with_what_the_rules_allow(
    visitor: Callable[..., Visit], town: Town, how: str
) -> None:
    row = cases.submitted(town.inspector)[0]
    walk = Walk(visitor, town.registrar, **WITH[how])
    page = walk.go("registraties/")
    walk.click(page.locator(".sk-main .cw-line a").first)
    walk.press("Aannemen")
    assert "Aangenomen" in walk.says
    page.goto(f"{walk.visit.site}/nl/loket/zaken/persoon/{row.person_id}/")
    walk.look()
    walk.follow("Verwijzen")
    page.get_by_label("Aan welke soort organisatie?").select_option("care-coordinator")
    page.get_by_label("Waarvoor?").select_option("arrange-care")
    walk.press("Bekijk wat u mag delen")
    assert re.search("toestemming|grond", walk.says)
    walk.leaves_nothing()


def referred(town: Town) -> Any:
    """Somebody accepted, with consent, referred to the care coordinator."""
    from loket.casework.actions import consent, referral
    from loket.casework.actions.consent import Said
    from loket.casework.actions.referral import Request

    row = cases.accepted(town.inspector, town.registrar)[0]
    by = town.registrar.member
    consent.record(by=by, person=row.person_id, said=Said("arrange-care", "give", given_by=("person",), told="nl"))
    asked = Request("referral", "arrange-care", "care-coordinator", uuid.UUID(town.carer.member.organisation),
                    frozenset({"signal", "identity", "situation", "needs"}), circumstances={"consent": "given"},
                    answer_by=timezone.localdate() + timedelta(days=5))  # fmt: skip
    return referral.refer(by=by, person=row.person_id, asked=asked)


@pytest.mark.parametrize("how", WITH)
def test_a_refused_referral_is_seen_with_its_reason_by_who_sent_it(
    visitor: Callable[..., Visit], town: Town, how: str
) -> None:
    made = referred(town)
    carer = Walk(visitor, town.carer, **WITH[how])
    page = carer.go(f"verwijzingen/{made.pk}/")
    carer.visit.open(page.get_by_text("Weigeren", exact=True).first)
    page.locator("textarea[name=words]").first.fill("Geen tolk voor deze taal in onze regio.")
    carer.click(page.locator("details[open] button").first)
    sender = Walk(visitor, town.registrar, **WITH[how])
    sender.go("verwijzingen/")
    assert "eweigerd" in sender.says
    sender.go(f"verwijzingen/{made.pk}/")
    assert "Geen tolk voor deze taal" in sender.says
    carer.leaves_nothing()
    sender.leaves_nothing()


@pytest.mark.parametrize("how", WITH)
def test_withdrawn_consent_reaches_who_had_something_on_it(visitor: Callable[..., Visit], town: Town, how: str) -> None:
    from loket.casework.actions import referral

    made = referred(town)
    referral.act(by=town.carer.member, referral=made.pk, event="accept", version=1)
    carer = Walk(visitor, town.carer, **WITH[how])
    carer.go(f"verwijzingen/{made.pk}/")
    assert "Voorbeeld" in carer.says
    point = Walk(visitor, town.registrar, **WITH[how])
    point.go(f"persoon/{made.person_id}/gronden/")
    point.press("Intrekken")
    carer.go(f"verwijzingen/{made.pk}/")
    assert "Voorbeeld" not in carer.says
    carer.leaves_nothing()
    point.leaves_nothing()


@pytest.mark.parametrize("how", WITH)
def test_the_shelter_answers_a_question_for_a_place(visitor: Callable[..., Visit], town: Town, how: str) -> None:
    from loket.casework.actions import consent, referral, shelter
    from loket.casework.actions.consent import Said
    from loket.casework.actions.shelter import Need

    made = referred(town)
    referral.act(by=town.carer.member, referral=made.pk, event="accept", version=1)
    by = town.carer.member
    consent.record(
        by=by, person=made.person_id, said=Said("shelter-placement", "give", given_by=("person",), told="nl")
    )
    need = Need("shelter", uuid.UUID(town.shelter.member.organisation), fields=frozenset({"signal", "needs"}),
                circumstances=(("consent", "given"),))  # fmt: skip
    shelter.request(by=by, person=made.person_id, need=need)
    walk = Walk(visitor, town.shelter, **WITH[how])
    page = walk.go("plekken/")
    walk.click(page.locator(".sk-main a[href*='/plekken/']").first)
    assert "Voorbeeld" not in walk.says
    walk.press("anbieden")
    asked = Walk(visitor, town.carer, **WITH[how])
    asked.go("plekken/")
    assert "angeboden" in asked.says
    walk.leaves_nothing()


PAGES = {
    "inspector": ("", "invoer/", "koppelingen/", "gids/"),
    "registrar": ("", "registraties/", "verwijzingen/", "plekken/", "stilstand/", "zoeken/", "dubbelen/", "uitvoer/"),
    "shelter": ("", "verwijzingen/", "plekken/", "gids/"),
}


@pytest.mark.parametrize("who", PAGES)
def test_on_a_phone_every_list_fits(visitor: Callable[..., Visit], town: Town, who: str) -> None:
    referred(town)
    walk = Walk(visitor, getattr(town, who), **PHONE)
    for path in PAGES[who]:
        walk.go(path)
    walk.leaves_nothing()


@pytest.mark.parametrize("how", WITH)
def test_a_file_of_another_system_is_looked_at_and_brought_in(
    visitor: Callable[..., Visit], town: Town, how: str
) -> None:
    walk = Walk(visitor, town.inspector, **WITH[how])
    page = walk.go("invoer/")
    tick(page.get_by_label("Anders; ik heb een koppelbestand"))
    rows = "nummer;achternaam;vorm\n1;Voorbeeld A;werk\n2;Voorbeeld B;anders\n"
    mapping = (
        "key: nummer\ncolumns:\n  achternaam: {to: identity.surname}\n"
        '  vorm: {to: "fact:form", values: {werk: labour}}\n'
    )
    page.locator("input[name=intake_file]").set_input_files({"name": "rijen.csv", "mimeType": "text/csv",
                                                             "buffer": rows.encode()})  # fmt: skip
    page.locator("input[name=mapping_file]").set_input_files({"name": "koppeling.yaml", "mimeType": "text/yaml",
                                                              "buffer": mapping.encode()})  # fmt: skip
    page.locator("select[name=intake_ground]").select_option(index=1)
    walk.press("Bekijk wat er zou gebeuren")
    assert "Rijen die niet inkomen" in walk.says
    walk.press("Ja, breng in")
    assert "Alle rijen zijn klaar" in walk.says
    walk.leaves_nothing()
