"""The wegwijzer in a real browser: an inspector without explanation, on a phone, in a few taps."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.journeys.conftest import PATIENCE, Visit, tick

pytestmark = pytest.mark.browser

Visitor = Callable[..., Visit]
START = "/nl/wegwijzer/"
PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 640}
FARM = {
    "indication": "yes",
    "action": "under_way",
    "sector": "farming",
    "place_kind": "workplace",
    "held": "suspected",
}
POST_A_DOCUMENT = """([facts, go]) => {
  const form = Object.assign(document.createElement('form'), {method: 'post', action: location.pathname});
  for (const [name, value] of [['facts', facts], ['do', go], ['at', 'plan']])
    form.append(Object.assign(document.createElement('input'), {type: 'hidden', name, value}));
  document.body.append(form); form.submit();
}"""


MARK = "document.querySelector('#wegwijzer').firstElementChild.toggleAttribute('data-before', true)"
GONE = "[data-before]"


def answered(page: Page, do: Callable[[], None]) -> None:
    """Do something that sends a form; wait until what was there has made way (the policy allows no waiting script)."""
    assert page.evaluate(MARK)
    with page.expect_response(lambda response: response.request.method == "POST"):
        do()
    page.wait_for_selector(GONE, state="detached")
    page.wait_for_load_state()
    page.wait_for_selector(".htmx-request, .htmx-settling, .htmx-swapping", state="detached")


def press(page: Page, do: str) -> None:
    """Press the button with this value and wait for the page that answers."""
    answered(page, page.locator(f'button[value="{do}"]').first.click)


def tell(page: Page, fact: str, value: str) -> None:
    """Tell something that was not asked: open the question, open the other facts, choose one, answer it."""
    page.locator(".ww-ask").evaluate("ask => ask.open = true")
    page.locator(".ww-ask__other").evaluate("other => other.open = true")
    press(page, f"ask:{fact}")
    press(page, f"answer:{fact}:{value}")


def told(page: Page) -> dict[str, Any]:
    """The facts document that the page carries."""
    return json.loads(page.locator('#ww input[name="facts"]').input_value())


def come_in(visit: Visit, shared: dict[str, Any], do: str = "show:plan", **more: Any) -> Page:
    """The plan of a document, as of somebody who had the page open."""
    page = visit.go(START)
    document = {"on": "2025-06-01", "who": "labour_inspector", "shared": shared, **more}
    with page.expect_navigation():
        page.evaluate(POST_A_DOCUMENT, [json.dumps(document), do])
    return page


def walk_the_farm(page: Page) -> None:
    press(page, "labour_inspector")
    press(page, "see:yes")
    for fact in ("sector", "place_kind", "held"):
        tell(page, fact, FARM[fact])
    press(page, "ask:action")
    press(page, "answer:action:under_way")


def test_the_farm_on_a_phone_with_script_never_leaves_the_page(visitor: Visitor) -> None:
    visit = visitor(viewport=PHONE)
    page = visit.go(START)
    press(page, "labour_inspector")
    page.evaluate("window.stayed = true")
    walked = page.evaluate("history.length")
    press(page, "see:yes")
    for number in range(3):
        box = page.locator(".ww-step").nth(number).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"], "the first three steps are in view without scrolling"
    for fact in ("sector", "place_kind", "held"):
        tell(page, fact, FARM[fact])
    press(page, "ask:action")
    press(page, "answer:action:under_way")
    assert told(page)["shared"] == FARM
    assert page.evaluate("window.stayed && Boolean(window.htmx)")
    assert page.evaluate("history.length") == walked
    assert page.url == visit.site + START
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.ww-step > details')).borderInlineStartWidth") == "5px"
    )
    assert "stappen voor u" in page.locator("#ww-live").inner_text()
    assert visit.said == []
    assert visit.outside == []


def test_the_farm_without_script_gives_the_same_plan(visitor: Visitor) -> None:
    visit = visitor(viewport=PHONE, java_script_enabled=False)
    page = visit.go(START)
    press(page, "labour_inspector")
    press(page, "see:yes")
    for fact in ("sector", "place_kind", "held"):
        if not page.locator(".ww-ask[open]").count():
            visit.open(page.locator(".ww-ask > summary"))
        visit.open(page.locator(".ww-ask__other > summary"))
        press(page, f"ask:{fact}")
        press(page, f"answer:{fact}:{FARM[fact]}")
    press(page, "ask:action")
    press(page, "answer:action:under_way")
    assert told(page)["shared"] == FARM
    assert page.url == visit.site + START
    visit.open(page.locator(".ww-step summary").first)
    assert page.locator(".ww-step__body").first.is_visible()


def test_the_farm_by_keyboard_alone_at_320_pixels(visitor: Visitor) -> None:
    visit = visitor(viewport=NARROW)
    page = visit.go(START)

    def reach(selector: str) -> None:
        for _ in range(80):
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {selector}")

    def enter(selector: str) -> None:
        reach(selector)
        answered(page, lambda: page.keyboard.press("Enter"))

    enter('button[value="labour_inspector"]')
    enter('button[value="see:yes"]')
    assert visit.focus() == "Dit doet u nu"
    reach(".ww-ask > summary")
    page.keyboard.press("Enter")
    for fact in ("sector", "held"):
        reach(".ww-ask__other > summary")
        page.keyboard.press("Enter")
        enter(f'button[value="ask:{fact}"]')
        assert page.evaluate("document.activeElement.matches('.ww-ask > summary')")
        enter(f'button[value="answer:{fact}:{FARM[fact]}"]')
    assert {"sector": "farming", "held": "suspected"}.items() <= told(page)["shared"].items()
    reach(".ww-step summary")
    page.keyboard.press("Enter")
    assert page.locator(".ww-step__body").first.is_visible()
    assert visit.too_wide() == 0


def test_axe_has_nothing_against_any_state(visitor: Visitor) -> None:
    visit = visitor(viewport=PHONE)
    page = visit.go(START)
    found: dict[str, list[str]] = {"who": visit.violations()}

    def look(state: str) -> None:
        found[state] = [*visit.violations(), *(["too wide"] if visit.too_wide() else [])]

    press(page, "labour_inspector")
    look("see")
    press(page, "signals")
    press(page, "signals:labour")
    look("signals")
    come_in(visit, FARM, "answer:age:adult")
    look("plan, asking")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    look("plan, all open")
    page.fill("#aantal", "0")
    page.evaluate("document.querySelector('#aantal').removeAttribute('min')")
    press(page, "add")
    look("refused")
    page.fill("#aantal", "2")
    press(page, "add")
    page.evaluate("document.querySelectorAll('#rechten, #rechten details').forEach(each => { each.open = true })")
    press(page, "rights:ar")
    look("three persons, rights in Arabic")
    press(page, "share")
    look("safe?")
    press(page, "share:safe")
    look("share")
    come_in(visit, {"age": "x"})
    look("broken")
    assert {state: lines for state, lines in found.items() if lines} == {}


def test_text_of_twice_the_size_still_fits(visitor: Visitor) -> None:
    visit = visitor(viewport={"width": 640, "height": 900})
    page = come_in(visit, FARM, "ask:sector")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert visit.too_wide() == 0


def test_a_refusal_is_swapped_in_and_gets_the_focus(visitor: Visitor) -> None:
    visit = visitor()
    page = come_in(visit, FARM, "ask:municipality")
    page.fill('input[name="value"]', "Utrech")
    press(page, "answer:municipality")
    page.wait_for_selector("[data-errors]")
    assert page.evaluate("document.activeElement.matches('[data-errors]')")
    assert page.input_value('input[name="value"]') == "Utrech"
    page.fill('input[name="value"]', "Utrecht")
    press(page, "answer:municipality")
    assert told(page)["municipality"] == "GM0344"


def test_the_other_language_shows_the_same_answers(visitor: Visitor) -> None:
    visit = visitor()
    page = come_in(visit, FARM)
    tell(page, "danger", "none")
    before = told(page)
    visit.click(page.locator("#ww-languages button"))
    assert page.url == visit.site + "/en/wegwijzer/"
    assert page.locator("h1").inner_text() == "What you do now"
    assert told(page) == before


def test_after_leaving_back_shows_no_answers(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.go(START)
    press(page, "labour_inspector")
    press(page, "see:yes")
    visit.click(page.locator("#snel-weg"))
    assert not page.url.startswith(visit.site)
    page.go_back(wait_until="commit")
    page.wait_for_load_state()
    assert "stappen voor u" not in page.content()
    assert page.context.cookies() == []


def test_without_script_the_browser_will_not_bring_answers_back_either(browser: Browser, site: str) -> None:
    # No routes: with them the browser would send the form again.
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(site + START)
    press(page, "labour_inspector")
    press(page, "see:yes")
    page.goto("about:blank")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    context.close()


def test_two_girls_each_have_a_plan(visitor: Visitor) -> None:
    visit = visitor(viewport=PHONE)
    girls = [
        {"id": "girl A", "facts": {"age": "16_17", "injuries": "visible"}},
        {"id": "girl B", "facts": {"age": "16_17"}},
    ]
    shared = {"indication": "yes", "action": "under_way", "form": ["sexual"], "language": "interpreter_needed"}
    page = come_in(visit, shared, who="police", persons=girls)
    first = page.locator(".ww-head__sum").inner_text()
    press(page, "person:1")
    assert page.locator('.ww-tab[aria-current="true"]').first.inner_text() == "girl B"
    assert page.locator(".ww-head__sum").inner_text() != first
    page.locator(".ww-ask").evaluate("ask => ask.open = true")
    tick(page.locator("#iedereen"))
    press(page, str(page.locator(".ww-choice").first.get_attribute("value")))
    assert not told(page)["persons"][1]["facts"].keys() - {"age"}


def test_paper_shows_the_steps_opened_and_nothing_to_press(visitor: Visitor) -> None:
    visit = visitor(java_script_enabled=False)
    page = come_in_without_script(visit)
    page.emulate_media(media="print")
    assert page.locator(".ww-step__body").first.is_visible()
    assert page.locator("h1").inner_text() == "Stappen"
    assert not [button for button in page.locator("button").all() if button.is_visible()]


def come_in_without_script(visit: Visit) -> Page:
    page = visit.go(START)
    for do in ("labour_inspector", "see:yes", "share", "share:safe"):
        press(page, do)
    return page
