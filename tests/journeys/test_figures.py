"""The figures in a real browser: with and without JavaScript, on a phone, axe clean; and an author at work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from schakel.disclosure.protect import protect
from schakel.disclosure.spec_text import spec_text
from schakel.monitor import publishing
from schakel.monitor.dcat import Publisher
from schakel.monitor.opendata import open_data
from tests.counter import Someone
from tests.figures import DAY, SIGNED, asked, persons, researcher
from tests.journeys.conftest import Visit, tick
from tests.journeys.test_accounts import sign_in

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
PAGES = (
    "", "gepubliceerd/breakdowns/", "gepubliceerd/chain/", "gepubliceerd/factsheet/", "begrippen/", "proef/",
    "proef/herzieningen/", "proef/victims-by-sex-and-age/?naast=year", "proef/by-sex/?year=1900",
)  # fmt: skip


@pytest.fixture
def publications(tmp_path: Path) -> Iterator[Path]:
    """A folder with one publication."""
    made, _ = protect(asked(), persons(), seed=5)
    publishing.publish(tmp_path, made, SIGNED, DAY, open_data(made, "https://example.org/x/", Publisher()))
    with override_settings(LOKET_RELEASES=str(tmp_path)):
        yield tmp_path


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_page_fits_on_a_phone_and_axe_finds_nothing(
    visitor: Callable[..., Visit], publications: Path, lang: str
) -> None:
    visit = visitor(viewport=PHONE)
    for path in PAGES:
        visit.go(f"/{lang}/cijfers/{path}")
        assert (path, visit.violations(), visit.too_wide()) == (path, [], 0)
    assert visit.outside == []


@pytest.mark.parametrize("how", [{}, {"java_script_enabled": False}], ids=["with", "without"])
def test_from_the_start_page_to_a_number_of_ones_own_choice(
    visitor: Callable[..., Visit], publications: Path, how: dict[str, bool]
) -> None:
    visit = visitor(**how)
    page = visit.go("/nl/")
    visit.click(page.get_by_role("link", name="Naar de cijfers"))
    visit.click(page.get_by_role("link", name="SYNTHETISCH: proef"))
    visit.click(page.get_by_role("link", name="Mogelijke slachtoffers naar geslacht en leeftijd"))
    page.get_by_label("Zet onder elkaar", exact=True).select_option(label="leeftijdsgroep")
    visit.click(page.get_by_role("button", name="Toon"))
    page.get_by_label("Geslacht", exact=True).select_option(label="Vrouw")
    page.get_by_label("Jaar van registratie", exact=True).select_option(label="2022")
    visit.click(page.get_by_role("button", name="Toon"))
    assert page.locator(".nl-paragraph--lead").inner_text() == "2022, Vrouw, naar leeftijdsgroep"
    made = publishing.open_publication(publications, "proef").rows["victims-by-sex-and-age"]
    key = (("year", "2022"), ("sex", "woman"), ("age_group", "23+"))
    value = next(row.value for row in made if row.key == key)
    assert page.get_by_role("row", name=re.compile("23 en ouder")).inner_text().split()[-1] == str(value)
    with page.expect_download() as taken:
        visit.open(page.get_by_role("link", name="Deze aantallen als CSV"))
    assert f"23+,23 en ouder,{value}" in Path(taken.value.path()).read_text("utf-8")
    assert visit.said == []


@pytest.fixture
def author(embedded: None, publications: Path) -> Someone:
    """A researcher of the Rapporteur."""
    return researcher("Rapporteur", "national-rapporteur")


def test_an_author_from_upload_to_public_page_on_a_phone_without_javascript(
    visitor: Callable[..., Visit], author: Someone, tmp_path: Path
) -> None:
    looked = visitor(viewport=PHONE)
    sign_in(looked, author)
    for path in ("", "nieuw/"):
        looked.go(f"/nl/loket/publicaties/{path}")
        assert (path, looked.violations(), looked.too_wide()) == (path, [], 0)
    visit = visitor(viewport=PHONE, java_script_enabled=False)
    visit.page.context.add_cookies(looked.page.context.cookies())  # a code of the app opens the door once in 30 seconds
    page = visit.go("/nl/loket/")
    visit.click(page.get_by_role("link", name="Publicaties", exact=True))
    visit.click(page.get_by_role("link", name="Nieuwe publicatie"))
    page.get_by_label("Naam in het adres").fill("cijfers-2")
    page.get_by_label("Titel in het Nederlands").fill("SYNTHETISCH: tweede")
    page.get_by_label("Titel in het Engels").fill("SYNTHETIC: second")
    spec = spec_text(asked("cijfers-2")).encode()
    data = persons(60).to_csv(index=False).encode()
    page.get_by_label("Het uittreksel").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": data})
    page.get_by_label("De opdracht").set_input_files({"name": "a.yaml", "mimeType": "text/yaml", "buffer": spec})
    tick(page.get_by_label("proef"), ticked=False)
    visit.click(page.get_by_role("button", name="Inleveren"))
    visit.click(page.get_by_role("button", name="Beveiligen en aanvallen"))
    here = page.url.removeprefix(visit.site)
    looked.go(here)
    assert (looked.violations(), looked.too_wide()) == ([], 0)
    tick(page.get_by_label("Ik heb de tabellen"))
    visit.click(page.get_by_role("button", name="Ondertekenen"))
    visit.click(page.get_by_role("button", name="Nu publiceren"))
    visit.click(page.get_by_role("link", name="Naar de openbare pagina"))
    assert page.get_by_role("heading", level=1).inner_text() == "SYNTHETISCH: tweede"
    assert page.url.endswith("/nl/cijfers/cijfers-2/")
