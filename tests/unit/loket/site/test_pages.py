"""The pages of the frame: both languages, the ways in, what always stands there."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings

from loket.site.status import ContentStatus
from loket.site.textpages import SLUGS
from loket.site.ways import Group, Way

PAGES = ["/nl/", "/en/", *(f"/{lang}/{word}" for words in SLUGS.values() for lang, word in words.items())]
WITH_ROOMS = override_settings(ROOMS=["loket.wegwijzer"], ROOT_URLCONF="tests.unit.loket.site.urls_with_rooms")


def signed() -> ContentStatus:
    return ContentStatus(version="abc123", signed=True)


def one_way(lang: str) -> tuple[Group, ...]:
    return (Group("care", (Way("nurse", f"nurse in {lang}"),)),)


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_way_out_the_emergency_number_and_the_other_language(client: Client, path: str) -> None:
    html = text(client, path)
    other = "en" if path.startswith("/nl") else "nl"
    assert 'id="snel-weg"' in html
    assert 'href="tel:112"' in html
    assert f'hreflang="{other}" href="/{other}/' in html
    assert f'<html lang="{path[1:3]}"' in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_the_way_out_comes_second_for_the_keyboard(client: Client, path: str) -> None:
    links = re.findall(r'<a [^>]*href="([^"]+)"', text(client, path))
    assert links[0] == "#inhoud"
    assert links[1].startswith("https://")


@pytest.mark.parametrize("path", PAGES)
def test_no_inline_style_or_script_and_nothing_from_elsewhere(client: Client, path: str) -> None:
    html = text(client, path)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", html)
    assert not re.search(r"<script(?![^>]*src=)", html)
    loaded = re.findall(r'(?:src|<link[^>]* href|<use href)="([^"]+)"', html)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


@pytest.mark.parametrize("path", PAGES)
def test_only_112_is_a_number_on_the_pages_of_the_frame(client: Client, path: str) -> None:
    assert set(re.findall(r'href="tel:(\d+)"', text(client, path))) == {"112"}


@pytest.mark.parametrize("path", PAGES)
def test_titles_are_neutral(client: Client, path: str) -> None:
    title = re.search(r"<title>(.*?)</title>", text(client, path))
    assert title
    assert not re.search(r"handel|traffick|uitbuit|exploit|slachtoffer|victim", title.group(1), re.IGNORECASE)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_ours_leads_somewhere(client: Client, path: str) -> None:
    html = text(client, path)
    for target in set(re.findall(r'href="(/(?:nl|en)/[^"]*)"', html)):
        page, _, place = target.partition("#")
        there = client.get(page, follow=True)  # the counter leads to its door
        assert there.status_code == 200, target
        assert not place or f'id="{place}"' in there.content.decode(), target
    for place in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{place}"' in html, place


def test_the_front_door_opens_in_the_language_of_the_browser(client: Client) -> None:
    assert client.get("/", headers={"accept-language": "en-GB,en;q=0.8"}).headers["Location"] == "/en/"
    assert client.get("/", headers={"accept-language": "fr"}).headers["Location"] == "/nl/"
    assert client.get("/nl").headers["Location"] == "/nl/"


def test_an_address_in_the_other_language_is_another_word(client: Client) -> None:
    assert 'href="/en/accessibility"' in text(client, "/nl/toegankelijkheid")
    assert client.get("/en/toegankelijkheid").status_code == 404


@WITH_ROOMS
def test_who_you_are_is_sent_and_never_stands_in_an_address(client: Client) -> None:
    html = text(client, "/nl/")
    values = re.findall(r'<button\s+class="sk-way__button"\s+name="finder"\s+value="(\w+)"', html)
    assert {"labour_inspector", "person_self", "citizen"} <= set(values)
    assert html.count('<form method="post" action="/nl/wegwijzer/"') == 2
    assert not re.search(r'href="[^"]*finder', html)
    assert client.post("/nl/wegwijzer/", {"finder": "person_self"}).content == b"person_self"


@WITH_ROOMS
@override_settings(LOKET_WAYS_IN="tests.unit.loket.site.test_pages.one_way")
def test_another_room_may_supply_the_ways_in(client: Client) -> None:
    assert "nurse in nl" in text(client, "/nl/")


@override_settings(ROOMS=[])
def test_without_a_wegwijzer_the_start_page_says_so(client: Client) -> None:
    assert "nog niet te gebruiken" in text(client, "/nl/")
    assert "sk-way__button" not in text(client, "/nl/")


def test_unsigned_content_is_said_on_every_page(client: Client) -> None:
    assert "Niet ondertekend" in text(client, "/nl/help")
    assert "Unsigned" in text(client, "/en/help")


@override_settings(LOKET_CONTENT_STATUS="tests.unit.loket.site.test_pages.signed")
def test_signed_content_shows_its_version_and_no_warning(client: Client) -> None:
    html = text(client, "/nl/")
    assert "Versie van de inhoud: abc123" in html
    assert "ondertekend" not in html


@override_settings(LOKET_OPERATOR="Organisatie A", LOKET_CONTACT="het contactpunt")
def test_who_runs_the_site_is_named_when_it_is_known(client: Client) -> None:
    assert "Organisatie A" in text(client, "/nl/privacy")
    assert "het contactpunt" in text(client, "/nl/toegankelijkheid")


def test_who_runs_the_site_is_said_to_be_unknown_when_it_is_not(client: Client) -> None:
    assert "has not been filled in" in text(client, "/en/privacy")


def test_the_privacy_page_says_what_cannot_be_erased(client: Client) -> None:
    html = text(client, "/nl/privacy")
    assert "Het wist niets" in html
    assert "netwerk van uw werk" in html


def test_the_page_with_every_component_is_for_who_works_on_the_site(client: Client) -> None:
    assert client.get("/nl/_stijl").status_code == 404
    with override_settings(DEBUG=True):
        html = text(client, "/nl/_stijl")
    for part in (
        "sk-badge--may_apply",
        "sk-duty--does_not_apply",
        "sk-do-not",
        "sk-contact",
        "sk-source",
        "data-errors",
    ):
        assert part in html
    assert "{#" not in html


def test_small_addresses(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/.well-known/security.txt").status_code == 404
    with override_settings(LOKET_SECURITY_CONTACT="https://a.example", LOKET_SECURITY_EXPIRES="2027-01-01T00:00:00Z"):
        body = client.get("/.well-known/security.txt").content.decode()
    assert body.splitlines()[:2] == ["Contact: https://a.example", "Expires: 2027-01-01T00:00:00Z"]
