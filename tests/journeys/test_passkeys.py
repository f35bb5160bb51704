"""A passkey in a real browser: set up as the second step, signed in with, asked once more, and taken away.

Chromium's own virtual authenticator holds the key, by the DevTools protocol: the pages and their scripts are as they
stand. It needs a name and no number in the address (WebAuthn takes no IP address), so this visitor says `localhost`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Locator

from loket.audit.models import Entry
from tests.counter import Someone
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 640}
KEYS = "/nl/loket/twee-stappen/webauthn/"
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def opvang(embedded: None) -> Someone:
    """A shelter that has one person, who manages it."""
    return Someone("shelter", "Opvang", manages=True)


@pytest.fixture
def site(site: str) -> str:
    """The same site, by its name."""
    return site.replace("127.0.0.1", "localhost")


class Device:
    """The telephone or key of one visitor."""

    def __init__(self, visit: Visit) -> None:
        self.session = visit.page.context.new_cdp_session(visit.page)
        self.session.send("WebAuthn.enable")
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    @property
    def held(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})[
            "credentials"
        ]
        return found

    def is_verified(self, yes: bool) -> None:
        """Whether the owner's finger or code is right."""
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": yes})


def password(visit: Visit, email: str) -> None:
    page = visit.go("/nl/loket/inloggen/")
    page.get_by_label("Mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(Someone.PASSWORD)
    visit.click(page.get_by_role("button", name="Inloggen"))
    assert "/authenticate/" in page.url


def both_steps(visit: Visit, someone: Someone) -> None:
    password(visit, someone.user.email)
    visit.page.get_by_role("textbox", name="Code").fill(someone.code)
    visit.click(visit.page.get_by_role("button", name="Inloggen"))
    assert visit.page.url.endswith("/nl/loket/")


def clean(visit: Visit) -> None:
    assert (visit.violations(), visit.too_wide(), visit.said) == ([], 0, [])


def test_a_new_colleague_sets_up_a_passkey_and_signs_in_with_it(visitor: Callable[..., Visit], opvang: Someone) -> None:
    from loket.accounts import actions

    _, secret = actions.invite(
        by=opvang.member,
        email="tweede@opvang.example",
        organisation=opvang.member.organisation,
        role="shelter",  # type: ignore[arg-type]
    )
    visit = visitor(viewport=PHONE)
    device = Device(visit)
    page = visit.go(f"/nl/loket/uitnodiging/{secret}/")
    page.get_by_label("Naam").fill("Opvang 2")
    page.get_by_label("Wachtwoord").fill(Someone.PASSWORD)
    visit.click(page.get_by_role("button", name="Verder"))
    visit.click(page.get_by_role("link", name="Met een passkey"))
    clean(visit)
    page.get_by_label("Naam").fill("Telefoon")
    visit.click(page.get_by_role("button", name="Verder"))
    assert page.locator(".sk-codes li").count() == 10
    clean(visit)
    assert len(device.held) == 1
    visit.go(KEYS)
    clean(visit)
    visit.click(page.get_by_role("button", name="Uitloggen"))

    password(visit, "tweede@opvang.example")
    clean(visit)
    visit.click(page.get_by_role("button", name="Met een passkey of sleutel"))
    assert page.url.endswith("/nl/loket/")
    assert "Opvang 2" in page.locator(".sk-counter").inner_text()
    clean(visit)
    assert device.held[0]["signCount"] > 1
    events = list(Entry.objects.values_list("event", "outcome", "place"))
    assert ("accounts.factor_added", "done", "webauthn") in events
    assert events[-1][:2] == ("accounts.sign_in", "done")


def new_key(visit: Visit, name: str) -> Locator:
    """As somebody who is signed in, from the page about one's second steps: the button that asks for the key."""
    page = visit.go(KEYS)
    visit.click(page.get_by_role("link", name="Passkey of sleutel toevoegen"))
    if "/opnieuw/" in page.url:  # the first time: who you are is asked once more
        page.get_by_label("Wachtwoord").fill(Someone.PASSWORD)
        visit.click(page.get_by_role("button", name="Verder"))
    page.get_by_label("Naam").fill(name)
    return page.get_by_role("button", name="Verder")


def test_what_goes_wrong_with_a_passkey_is_told_on_the_page(visitor: Callable[..., Visit], opvang: Someone) -> None:
    visit = visitor(viewport=PHONE)
    device = Device(visit)
    page = visit.page
    both_steps(visit, opvang)
    visit.click(new_key(visit, "Telefoon"))
    assert page.locator(".sk-codes li").count() == 10  # the first passkey brings these, where there were none
    assert len(device.held) == 1
    visit.open(new_key(visit, "Dezelfde telefoon"))
    page.wait_for_selector("[data-passkey-said] >> text=Het is niet gelukt")
    clean(visit)
    visit.go(KEYS)
    assert page.locator(".sk-people__name").all_inner_texts() == ["Telefoon"]
    visit.click(page.get_by_role("button", name="Uitloggen"))

    password(visit, opvang.user.email)
    device.session.send("WebAuthn.clearCredentials", {"authenticatorId": device.id})  # another telephone than that one
    visit.open(page.get_by_role("button", name="Met een passkey of sleutel"))
    page.wait_for_selector("[data-passkey-said] >> text=Het is niet gelukt")
    clean(visit)
    assert page.url.endswith("/authenticate/")


def test_a_passkey_is_removed_and_the_last_second_step_stays(visitor: Callable[..., Visit], opvang: Someone) -> None:
    visit = visitor(viewport=PHONE)
    device = Device(visit)
    page = visit.page
    both_steps(visit, opvang)
    visit.click(new_key(visit, "Telefoon"))
    assert page.locator(".sk-codes li").count() == 10  # the first passkey brings these, where there were none
    Authenticator.objects.filter(type="totp").delete()  # the app is gone: the passkey is the last
    visit.go(KEYS)
    visit.click(page.get_by_role("link", name="Verwijderen"))
    assert "Dit is uw laatste tweede stap" in page.inner_text("main")
    assert (visit.violations(), visit.too_wide()) == ([], 0)
    assert Entry.objects.filter(event="accounts.factor_removed", outcome="refused", reason="last_factor").count() == 1
    device.session.send("WebAuthn.clearCredentials", {"authenticatorId": device.id})  # another telephone
    visit.click(new_key(visit, "Sleutel"))
    assert page.url.endswith("/twee-stappen/")
    visit.go(KEYS)
    visit.click(page.get_by_role("link", name="Verwijderen").first)
    visit.click(page.get_by_role("button", name="Verwijderen"))
    assert page.url.endswith("webauthn/")
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    assert Entry.objects.filter(event="accounts.factor_removed", outcome="done", place="webauthn").count() == 1
