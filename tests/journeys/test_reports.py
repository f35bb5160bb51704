"""A report by telephone, one more report, a mistake put right, a registration withdrawn and destroyed: in a browser."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from tests import cases
from tests.counter import Someone
from tests.journeys.conftest import Visit, tick
from tests.journeys.test_counter import Walk

pytestmark = pytest.mark.browser
WITH: dict[str, dict[str, Any]] = {
    "wide": {},
    "phone": {"viewport": {"width": 360, "height": 800}},
    "without": {"java_script_enabled": False},
}
KEEP = os.environ.get("SCHAKEL_SCREENSHOTS", "")  # a folder: every page that was walked is kept there to be looked at


def seen(walk: Walk, name: str) -> None:
    if KEEP:
        walk.page.screenshot(path=Path(KEEP) / f"{name}-{walk.page.viewport_size['width']}.png", full_page=True)


@pytest.mark.parametrize("how", WITH)
def test_a_report_by_telephone_is_written_down_submitted_and_counted(
    visitor: Callable[..., Visit], embedded: None, how: str
) -> None:
    walk = Walk(visitor, cases.registrar(), **WITH[how])
    page = walk.go()
    walk.follow("Een melding opschrijven")
    tick(page.get_by_label("Per telefoon"))
    page.get_by_label("Wie meldt het?").select_option("teacher")
    page.get_by_label("Functie en organisatie, en hoe u terugbelt").fill("mentor van een school")
    seen(walk, "take")
    walk.press("Begin het concept")
    seen(walk, "draft")
    walk.press("Dien in")
    walk.go("registraties/")
    walk.click(page.locator(".cw-line__title a").first)
    assert "mentor van een school" in walk.says
    seen(walk, "registration")
    walk.press("Tellen")
    walk.follow("Een melding toevoegen")
    tick(page.get_by_label("Per brief of e-mail"))
    page.get_by_label("Wie meldt het?").select_option("relative")
    page.get_by_label("Wat is er verteld?").fill("Zij is weer gezien.")
    seen(walk, "add-report")
    walk.press("Een melding toevoegen")
    walk.follow("Naar de ontmoeting")
    assert "Zij is weer gezien." in page.content()
    seen(walk, "encounter")
    walk.leaves_nothing()


@pytest.mark.parametrize("how", WITH)
def test_a_mistake_is_put_right_and_the_registration_withdrawn_and_destroyed(
    visitor: Callable[..., Visit], embedded: None, how: str
) -> None:
    from loket.casework.actions import rights

    registrar, me = cases.registrar(), Someone("person", "Eigen")
    row = cases.accepted(cases.finder(), registrar)[0]
    rights.represent(by=registrar.member, person=row.person_id, membership=UUID(me.member.membership), role="self",
                     basis="own_choice")  # fmt: skip
    own = reverse("casework:own_page", args=[row.person_id]).removeprefix("/nl/loket/zaken/")
    person = Walk(visitor, me, **WITH[how])
    page = person.go(own)
    seen(person, "own")
    tick(page.get_by_label("Er klopt iets niet"))
    page.get_by_label("Waarin zit de fout?").select_option("identity.surname")
    page.get_by_label("Wat moet er staan?").fill("Zoals het hoort")
    person.press("Versturen")
    point = Walk(visitor, registrar, **WITH[how])
    point.go("verzoeken/")
    point.press("Opnemen")
    assert "Zoals het hoort" in point.says
    seen(point, "requests")
    point.press("Wijs toe en pas toe")
    person.go(own)
    assert "Zoals het hoort" in person.says
    person.go(f"{own}delen/")
    seen(person, "withdraw")
    page.get_by_label("Waarom trekt u in?").fill("Ik wil dit niet meer.")
    person.press("Trek de registratie in")
    file = point.go(f"persoon/{row.person_id}/vernietigen/")
    tick(file.get_by_label("Het is niet langer nodig"))
    file.get_by_label("Waarop rust het?").fill("De persoon trok in en vroeg het.")
    seen(point, "ask-erasure")
    point.press("Vraag het")
    keeper = Walk(visitor, Someone("key_keeper", "Beheer"), **WITH[how])
    keeper.go("vernietigen/")
    seen(keeper, "erasures")
    keeper.press("Vernietigen")
    assert "staat in de lijst van wissingen" in keeper.says
    keeper.press("Controleer het logboek nu")
    assert "Het logboek klopt" in keeper.says
    seen(keeper, "erased")
    for walk in (person, point, keeper):
        walk.leaves_nothing()
