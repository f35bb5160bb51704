"""Refusals: one clear sentence and a next step, in the theme and in both languages; problem details under /api/."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from loket.site import errors

BREAKS = override_settings(ROOT_URLCONF="tests.unit.loket.site.urls_with_rooms")


def shown(response: HttpResponse, status: int, sentence: str) -> str:
    html = response.content.decode()
    assert response.status_code == status
    assert sentence in html
    assert "sk-refusal" in html
    assert "Traceback" not in html
    return html


@pytest.mark.parametrize(
    ("path", "sentence"), [("/nl/nergens", "Deze pagina bestaat niet"), ("/en/nowhere", "does not exist")]
)
def test_a_page_that_is_not_there(client: Client, path: str, sentence: str) -> None:
    html = shown(client.get(path), 404, sentence)
    assert f'href="{path[:4]}"' in html


def test_outside_the_languages_the_browser_chooses(client: Client) -> None:
    shown(client.get("/nowhere", headers={"accept-language": "en"}), 404, "This page does not exist")


def test_a_page_that_cannot_be_opened_like_that(client: Client) -> None:
    response = client.post("/nl/", {"finder": "police"})
    shown(response, 405, "niet zo geopend")
    assert "GET" in response.headers["Allow"]


@BREAKS
def test_too_much_text(client: Client) -> None:
    response = client.post("/nl/wegwijzer/", {"finder": "x" * 300_000})
    html = shown(response, 413, "te veel tekst")
    assert "256 kB" in html
    assert "xxx" not in html


@BREAKS
@pytest.mark.parametrize("length", ["1e9", "-5", "٣", "many"])
def test_a_length_that_is_no_number(client: Client, length: str) -> None:
    form = "application/x-www-form-urlencoded"
    response = client.generic("POST", "/nl/wegwijzer/", b"finder=x", form, CONTENT_LENGTH=length)
    shown(response, 400, "begrijpen deze aanvraag niet")


@BREAKS
def test_too_many_fields(client: Client) -> None:
    shown(client.post("/nl/wegwijzer/", {f"a{n}": "" for n in range(2_100)}), 400, "begrijpen deze aanvraag niet")


@BREAKS
def test_something_that_breaks(client: Client) -> None:
    html = shown(client.get("/nl/breaks?said=secret"), 500, "Er ging iets mis bij ons")
    assert "secret" not in html
    assert "112" in html


def test_a_host_that_is_not_ours(client: Client) -> None:
    assert client.get("/nl/", headers={"host": "elsewhere.example"}).status_code == 400


@BREAKS
@pytest.mark.parametrize(("path", "status"), [("/api/nowhere", 404), ("/api/breaks", 500)])
def test_under_api_the_same_sentence_is_problem_details(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.headers["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code == status
    assert set(body) == {"type", "title", "status", "detail"}


def test_even_when_the_error_page_breaks_there_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise OSError

    monkeypatch.setattr(errors, "page", broken)
    response = errors.server_error(RequestFactory().get("/nl/"))
    assert response.status_code == 500
    assert b"112" in response.content


def test_every_status_has_its_words() -> None:
    for status in errors.KNOWN:
        assert errors.page(RequestFactory().get("/nl/"), status).status_code == status
