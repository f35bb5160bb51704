"""The frame of the site in a real browser: start page and text pages, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings

from loket.site.textpages import SLUGS
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser

PAGES = {lang: [f"/{lang}/", *(f"/{lang}/{words[lang]}" for words in SLUGS.values())] for lang in ("nl", "en")}
ALL = [*PAGES["nl"], *PAGES["en"]]
Visitor = Callable[..., Visit]


@pytest.mark.parametrize("lang", PAGES)
def test_axe_has_nothing_against_any_page(visitor: Visitor, lang: str) -> None:
    visit = visitor()
    found = {}
    for path in PAGES[lang]:
        visit.go(path)
        found[path] = visit.violations()
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_styles_and_scripts_are_really_there_and_axe_can_fail(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.go("/nl/")
    assert "Source Sans" in page.evaluate("getComputedStyle(document.body).fontFamily")
    assert page.evaluate("document.fonts.check('16px \"Source Sans 3 Variable\"') && document.fonts.size > 0")
    assert page.evaluate("[...document.styleSheets].every(sheet => sheet.cssRules.length > 0)")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert any("html-has-lang" in line for line in visit.violations())
    page.evaluate("document.querySelector('main').style.minWidth = '3000px'")
    assert visit.too_wide() > 0


def test_no_page_scrolls_sideways_at_320_pixels(visitor: Visitor) -> None:
    visit = visitor(viewport={"width": 320, "height": 640})
    wide = {}
    for path in ALL:
        visit.go(path)
        wide[path] = visit.too_wide()
    assert {path: pixels for path, pixels in wide.items() if pixels > 0} == {}


def test_text_of_twice_the_size_still_fits(visitor: Visitor) -> None:
    visit = visitor(viewport={"width": 640, "height": 900})
    for path in ("/nl/", "/en/", *PAGES["nl"][1:]):
        visit.go(path).evaluate("document.documentElement.style.fontSize = '200%'")
        assert visit.too_wide() == 0, path


def test_the_way_out_by_link_replaces_the_page_and_opens_another(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.go("/nl/")
    with page.context.expect_page() as opened:
        visit.open(page.locator("#snel-weg"))
    for tab in (page, opened.value):
        tab.wait_for_url(f"{settings.LOKET_LEAVE_TO}/**")
        assert tab.title() == "Elsewhere"
    opened.value.go_back()
    assert visit.site not in opened.value.url
    page.go_back()
    assert visit.site not in page.url


def test_the_way_out_by_escape_three_times(visitor: Visitor) -> None:
    visit = visitor()
    visit.page.clock.install()  # the clock of the browser stands still: how quick a machine presses is no matter
    page = visit.go("/en/privacy")
    page.clock.pause_at(page.evaluate("Date.now()"))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    page.clock.run_for(1600)  # a press now and then is nobody in a hurry
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.url == f"{visit.site}/en/privacy"
    page.keyboard.press("Escape")
    page.wait_for_url(f"{settings.LOKET_LEAVE_TO}/**")
    page.go_back()
    assert visit.site not in page.url


def test_the_keyboard_meets_the_skip_link_and_then_the_way_out(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.go("/nl/")
    page.keyboard.press("Tab")
    assert visit.focus() == "Naar de inhoud"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "snel-weg"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'inhoud'")


def test_nothing_is_kept_said_or_fetched_from_elsewhere(visitor: Visitor) -> None:
    visit = visitor()
    for path in ALL:
        page = visit.go(path)
        kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
        assert kept == [0, 0, ""], path
    assert visit.page.context.cookies() == []
    assert visit.said == []
    assert visit.outside == []


def test_without_javascript_the_way_out_is_a_link_and_the_pages_are_whole(visitor: Visitor) -> None:
    visit = visitor(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = visit.go("/nl/")
    assert page.locator("h1").is_visible()
    visit.click(page.locator("#snel-weg"))
    assert page.url.startswith(settings.LOKET_LEAVE_TO)
    assert page.title() == "Elsewhere"
