"""A half-filled form survives: a server that restarts, a session that ended, a token that no longer holds, no network.

The server is the real one, `loket serve`, with its worker beside it; it is stopped by its process id and started again
on the same port, with the same data.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.conftest import PATIENCE, follow, stay, tick

pytestmark = pytest.mark.browser
MAPPING = """
key: nummer
source: oud systeem
columns:
  vorm: {to: "fact:form", values: {uitbuiting werk: labour}}
"""
ROWS = "nummer;vorm\n" + "".join(f"{number};uitbuiting werk\n" for number in range(1, 29))


@dataclass
class Served:
    """`loket serve` in a folder of its own."""

    folder: Path
    secret: str = "one-and-the-same-" + "x" * 40
    port: int = 0
    process: subprocess.Popen[str] = field(init=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, on the port it had; it is there when it says where."""
        self.port = self.port or _free()
        words = {
            "LOKET_DATA": str(self.folder), "LOKET_SECRET_KEY": self.secret, "LOKET_DEMO_CASES": "0",
            "DJANGO_SETTINGS_MODULE": "loket.site.settings.demo",
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "loket.manage", "serve", "--port", str(self.port)], env={**os.environ, **words},
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        said = next((line for line in self.process.stdout if "http://" in line), "")
        assert self.address in said
        while not self._answers():
            assert self.process.poll() is None

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        """By its process id, as an operator or a machine that restarts would."""
        os.kill(self.process.pid, signal.SIGTERM)
        self.process.wait(60)
        assert self.process.stdout is not None
        self.process.stdout.close()


def _free() -> int:
    """A port below those that the system hands out, so that nothing takes it while the server is away."""
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(tmp_path_factory.mktemp("served"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """Without JavaScript: what happens then is the work of the server alone."""
    made = browser.new_context(java_script_enabled=False, locale="nl-NL")
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


def press(page: Page, name: str) -> None:
    follow(page.get_by_role("button", name=name).first)


def sign_in(page: Page, served: Served, name: str) -> None:
    page.goto(f"{served.address}/nl/loket/demo/")
    press(page, f"Inloggen {name}")


def half_filled(context: BrowserContext, served: Served) -> Page:
    """A draft, and who it is about: filled in, not yet sent."""
    page = context.new_page()
    sign_in(page, served, "Inspecteur 1")
    page.goto(f"{served.address}/nl/loket/zaken/")
    press(page, "Nieuwe registratie")
    follow(page.get_by_role("link", name="Wie is het?").first)
    tick(page.get_by_label("Op naam"))
    page.get_by_label("Achternaam").fill("Halverwege")
    page.get_by_label("Hoe is de persoon veilig te bereiken?").fill("via de praktijkondersteuner, op dinsdag na tienen")
    tick(page.locator("input[name=ground_figures]").first)
    return page


def is_there(page: Page) -> None:
    assert page.get_by_role("heading", level=1).inner_text().startswith("Concept")
    assert "Halverwege" in page.locator("main").inner_text()
    follow(page.get_by_role("link", name="Wie is het?").first)
    assert page.get_by_label("Hoe is de persoon veilig te bereiken?").input_value().startswith("via de praktijk")


def test_a_form_survives_a_server_that_restarts(plain: BrowserContext, served: Served) -> None:
    page = half_filled(plain, served)
    served.stop()
    served.start()
    press(page, "Opslaan")
    is_there(page)


def test_a_form_survives_a_session_that_ended(plain: BrowserContext, served: Served) -> None:
    page = half_filled(plain, served)
    plain.clear_cookies(name="sessionid")
    press(page, "Opslaan")
    assert "Uw sessie was verlopen" in page.locator("main").inner_text()
    other = plain.new_page()
    sign_in(other, served, "Inspecteur 1")
    other.close()
    press(page, "Ga verder")
    assert "Wat u invulde is er nog" in page.locator("main").inner_text()
    press(page, "Ga verder")
    is_there(page)


def test_a_form_survives_a_token_that_no_longer_holds(plain: BrowserContext, served: Served) -> None:
    page = half_filled(plain, served)
    plain.clear_cookies(name="csrftoken")
    press(page, "Opslaan")
    assert "Wat u invulde is er nog" in page.locator("main").inner_text()
    press(page, "Ga verder")
    is_there(page)


def test_a_form_survives_a_session_and_a_token_that_are_both_gone(plain: BrowserContext, served: Served) -> None:
    page = half_filled(plain, served)
    plain.clear_cookies()
    press(page, "Opslaan")
    assert "Uw sessie was verlopen" in page.locator("main").inner_text()
    other = plain.new_page()
    sign_in(other, served, "Inspecteur 1")
    other.close()
    press(page, "Ga verder")
    press(page, "Ga verder")
    is_there(page)


def test_without_a_connection_the_page_stays_and_is_sent_afterwards(browser: Browser, served: Served) -> None:
    context = browser.new_context(locale="nl-NL")
    context.set_default_timeout(PATIENCE)
    page = half_filled(context, served)
    context.set_offline(True)
    stay(page.get_by_role("button", name="Opslaan"))
    page.get_by_role("alert").get_by_text("Er is geen verbinding").wait_for()
    assert page.get_by_label("Achternaam").input_value() == "Halverwege"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.set_offline(False)
    page.locator("[data-connection]").wait_for(state="detached")
    press(page, "Opslaan")
    is_there(page)
    context.close()


def test_the_worker_beside_the_site_goes_on_with_an_import(
    plain: BrowserContext, served: Served, tmp_path: Path
) -> None:
    page = plain.new_page()
    sign_in(page, served, "Inspecteur 1")
    for name, words in (("rijen.csv", ROWS), ("koppeling.yaml", MAPPING)):
        (tmp_path / name).write_text(words, "utf-8")
    page.goto(f"{served.address}/nl/loket/zaken/invoer/")
    tick(page.get_by_label("Anders; ik heb een koppelbestand"))
    page.get_by_label("Bestand (CSV, Excel of JSON)").set_input_files(tmp_path / "rijen.csv")
    page.get_by_label("Koppelbestand", exact=True).set_input_files(tmp_path / "koppeling.yaml")
    press(page, "Bekijk")
    press(page, "Ja, breng in")
    while "Alle rijen zijn klaar" not in page.locator("main").inner_text():
        page.wait_for_timeout(500)
        page.reload()
