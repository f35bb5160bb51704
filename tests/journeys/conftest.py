"""The site on a port of this machine, and a browser that can go nowhere else."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings.test")
django.setup()

# The addresses are made at import and then kept: see tests/unit/loket/conftest.py.
import loket.site.urls  # noqa: E402, F401
from tests import databases  # noqa: E402
from tests.counter import keys, language, stock  # noqa: E402, F401

PATIENCE = 90_000  # milliseconds: the first page reads the whole content, and nothing is timed on a busy machine
LOOPBACK = "http://127.0.0.1:"
ELSEWHERE = "<!doctype html><html lang='nl'><title>Elsewhere</title><h1>Elsewhere</h1></html>"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Server(ThreadingMixIn, WSGIServer):
    """One thread a request, so that a page and its files are served side by side."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that left while it was answered is no error; whatever else goes wrong becomes a page."""


class Quiet(WSGIRequestHandler):
    """No lines about requests between the dots of the tests."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the site, without a slash at the end."""
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"{LOOPBACK}{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"], timeout=PATIENCE)
        yield opened
        opened.close()


def tick(box: Locator, ticked: bool = True) -> None:
    """Choose an answer by the keyboard: a box lies under its label, and a page that still scrolls does not matter."""
    if box.is_checked() != ticked:
        box.press("Space")
    expect(box).to_be_checked(checked=ticked, timeout=PATIENCE)


def follow(what: Locator) -> None:
    """Click what leads to another page, a link or the button of a form; that page is there when this returns.

    A click by itself returns before the browser has left, and what is looked at next may be either page.
    """
    with what.page.expect_navigation():
        what.click()


def stay(what: Locator) -> None:
    """Click what stays on the page: the summary of something folded, a download, a form that cannot be sent."""
    what.click()


@dataclass
class Visit:
    """One visitor: a page, what the browser said about it, and whatever it wanted from elsewhere."""

    page: Page
    site: str
    said: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.site + path, wait_until="load")
        return self.page

    def click(self, what: Locator) -> Page:
        follow(what)
        return self.page

    def open(self, what: Locator) -> Page:
        stay(what)
        return self.page

    def violations(self) -> list[str]:
        """What axe has against the page, one line each."""
        options = {"runOnly": AXE_RULES, "resultTypes": ["violations"]}
        found = Axe().run(self.page, options=options).response["violations"]
        return [f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes'][:3]]}" for one in found]

    def too_wide(self) -> int:
        """Pixels by which the page is wider than the window."""
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(width))

    def focus(self) -> str:
        """The words of what has the focus, or its id."""
        told = "document.activeElement.innerText.trim() || document.activeElement.id"
        return str(self.page.evaluate(told))


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Callable[..., Visit]]:
    """Make a visitor; the words are those of a browser context (viewport, java_script_enabled, locale)."""
    contexts = []

    def make(**how: Any) -> Visit:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "nl-NL", **how})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        visit = Visit(context.new_page(), site)

        def elsewhere(route: Route) -> None:
            visit.outside.append(route.request.url)
            route.fulfill(body=ELSEWHERE, content_type="text/html")

        context.route(re.compile(f"^(?!{re.escape(site)}/)"), elsewhere)
        visit.page.on("console", lambda message: visit.said.append(message.text))
        visit.page.on("pageerror", lambda error: visit.said.append(str(error)))
        return visit

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def embedded(
    stock: databases.Stock,  # noqa: F811
    django_db_blocker: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """An empty embedded database behind the site, for the threads of the server and for the test itself."""
    from django.core.cache import cache

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs a loop in this thread
    with databases.no_blocker(django_db_blocker):
        databases.point(stock.fresh("sqlite"))
        cache.clear()  # who tried too often, and which codes were used, is of another test
        yield
        databases.point({"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"})
