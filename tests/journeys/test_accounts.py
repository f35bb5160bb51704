"""Signing in with two steps in a real browser: with and without JavaScript, on a phone, by keyboard, axe clean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import databases
from tests.counter import Someone, keys, stock  # noqa: F401
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 640}
WITH = {"with": {}, "without": {"java_script_enabled": False}}


@pytest.fixture
def opvang(stock: databases.Stock, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Someone]:  # noqa: F811
    """The embedded database with a shelter that has one person, who manages it."""
    # The browser's driver runs a loop in this thread, which Django takes for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with databases.no_blocker(django_db_blocker):
        databases.point(stock.fresh("sqlite"))
        yield Someone("shelter", "Opvang", manages=True)
        databases.point({"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"})


def sign_in(visit: Visit, someone: Someone) -> None:
    page = visit.go("/nl/loket/")
    page.get_by_label("Mailadres").fill(someone.user.email)
    page.get_by_label("Wachtwoord").fill(Someone.PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("textbox", name="Code").fill(someone.code)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url(re.compile("/nl/loket/$"))


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
    page.get_by_role("link", name="Opvang", exact=True).click()
    page.get_by_label("Mailadres").fill("tweede@opvang.example")
    page.get_by_label("Rol").select_option("shelter")
    page.get_by_role("button", name="Uitnodigen").click()
    link = page.locator("[data-link]").inner_text()

    new = visitor(**WITH[how])
    new.go(link.removeprefix(new.site))
    assert found(new, how) == []
    new.page.get_by_label("Naam").fill("Opvang 2")
    new.page.get_by_label("Wachtwoord").fill(Someone.PASSWORD)
    new.page.get_by_role("button", name="Verder").click()
    new.page.get_by_role("link", name="Met een app").click()
    fresh = Someone.__new__(Someone)
    fresh.secret = new.page.locator("[data-secret]").inner_text()
    assert found(new, how) == []
    new.page.get_by_role("textbox", name="Code").fill(fresh.code)
    new.page.get_by_role("button", name="Koppelen").click()
    assert new.page.locator(".sk-codes li").count() == 10
    assert found(new, how) == []
    new.page.get_by_role("link", name="Ik heb ze bewaard").click()
    assert "Opvang 2" in new.page.locator(".sk-counter").inner_text()
    new.page.get_by_role("button", name="Uitloggen").click()
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
    page.get_by_label("Mailadres").press("Enter")
    page.wait_for_selector("[data-errors]")
    assert page.get_by_label("Rol").get_attribute("aria-invalid") == "true"
    assert page.get_by_label("Mailadres").input_value() == "tweede@opvang.example"
    assert visit.violations() == []
