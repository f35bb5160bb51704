"""Signing in with two steps in a real browser: with and without JavaScript, on a phone, by keyboard, axe clean."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.counter import Someone
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 640}
WITH = {"with": {}, "without": {"java_script_enabled": False}}


@pytest.fixture
def opvang(embedded: None) -> Someone:
    """A shelter that has one person, who manages it."""
    return Someone("shelter", "Opvang", manages=True)


def sign_in(visit: Visit, someone: Someone) -> None:
    page = visit.go("/nl/loket/")
    page.get_by_label("Mailadres").fill(someone.user.email)
    page.get_by_label("Wachtwoord").fill(Someone.PASSWORD)
    visit.click(page.get_by_role("button", name="Inloggen"))
    page.get_by_role("textbox", name="Code").fill(someone.code)
    visit.click(page.get_by_role("button", name="Inloggen"))
    assert re.search("/nl/loket/$", page.url)


def found(visit: Visit, how: str) -> list[str]:
    """What axe finds; it is a script itself, so without JavaScript it looks at nothing."""
    return visit.violations() if how == "with" else []


@pytest.mark.parametrize("how", WITH)
def test_somebody_is_invited_sets_a_second_step_and_signs_in(
    visitor: Callable[..., Visit], opvang: Someone, how: str
) -> None:
    boss = visitor(**WITH[how])
    sign_in(boss, opvang)
    assert boss.page.get_by_role("heading", level=1).inner_text() == "Het loket"
    page = boss.page
    boss.click(page.get_by_role("link", name="Opvang", exact=True))
    page.get_by_label("Mailadres").fill("tweede@opvang.example")
    page.get_by_label("Rol").select_option("shelter")
    boss.click(page.get_by_role("button", name="Uitnodigen"))
    link = page.locator("[data-link]").inner_text()

    new = visitor(**WITH[how])
    new.go(link.removeprefix(new.site))
    assert found(new, how) == []
    new.page.get_by_label("Naam").fill("Opvang 2")
    new.page.get_by_label("Wachtwoord").fill(Someone.PASSWORD)
    new.click(new.page.get_by_role("button", name="Verder"))
    new.click(new.page.get_by_role("link", name="Met een app"))
    fresh = Someone.__new__(Someone)
    fresh.secret = new.page.locator("[data-secret]").inner_text()
    assert found(new, how) == []
    new.page.get_by_role("textbox", name="Code").fill(fresh.code)
    new.click(new.page.get_by_role("button", name="Koppelen"))
    assert new.page.locator(".sk-codes li").count() == 10
    assert found(new, how) == []
    new.click(new.page.get_by_role("link", name="Ik heb ze bewaard"))
    assert "Opvang 2" in new.page.locator(".sk-counter").inner_text()
    new.click(new.page.get_by_role("button", name="Uitloggen"))
    assert new.page.get_by_label("Mailadres").is_visible()
    assert boss.outside == new.outside == []
    assert boss.said == new.said == []


PAGES = ("", "organisaties/", "twee-stappen/", "wachtwoord/vergeten/", "twee-stappen/webauthn/", "wachtwoord/")


def test_on_a_phone_every_page_fits_and_axe_finds_nothing(visitor: Callable[..., Visit], opvang: Someone) -> None:
    visit = visitor(viewport=PHONE)
    visit.go("/nl/loket/inloggen/")
    assert (visit.violations(), visit.too_wide()) == ([], 0)
    sign_in(visit, opvang)
    for lang in ("nl", "en"):
        for path in (*PAGES, f"organisaties/{opvang.member.organisation}/"):
            visit.go(f"/{lang}/loket/{path}")
            assert (path, visit.violations(), visit.too_wide()) == (path, [], 0)
    assert visit.said == []


def test_an_error_is_found_by_keyboard_and_told_beside_its_field(
    visitor: Callable[..., Visit], opvang: Someone
) -> None:
    visit = visitor()
    sign_in(visit, opvang)
    page = visit.go(f"/nl/loket/organisaties/{opvang.member.organisation}/")
    page.get_by_label("Mailadres").fill("tweede@opvang.example")
    with page.expect_navigation():
        page.get_by_label("Mailadres").press("Enter")
    assert page.locator("[data-errors]").is_visible()
    assert page.get_by_label("Rol").get_attribute("aria-invalid") == "true"
    assert page.get_by_label("Mailadres").input_value() == "tweede@opvang.example"
    assert visit.violations() == []
