"""A form whose token no longer holds comes back to who sent it from this site, and to nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from loket.casework.models import Registration
from tests import cases
from tests.counter import Someone, html

pytestmark = pytest.mark.usefixtures("database")
WORDS = "Zij belde gisteren en zei dat zij weg wil, maar niet durft."
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def asked() -> tuple[Client, Someone, Any]:
    """A registrar with a question half typed, whose token is gone."""
    registrar = cases.registrar()
    row = cases.submitted(cases.finder())[0]
    client = Client(enforce_csrf_checks=True)
    registrar.at(client)
    return client, registrar, row


def send(client: Client, row: Any, headers: dict[str, str], **more: Any) -> Any:
    address = reverse("casework:step", args=[row.pk, "ask"])
    return client.post(address, {"words": WORDS, "version": row.version, **more}, headers=headers)


def test_what_was_typed_comes_back_with_a_token_that_works(asked: tuple[Client, Someone, Any]) -> None:
    client, _, row = asked
    back = send(client, row, HERE)
    page = html(back)
    assert back.status_code == 403
    assert WORDS in page
    assert "no-store" in back.headers["Cache-Control"]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.split(reverse("casework:step",
                      args=[row.pk, "ask"]))[1])  # fmt: skip
    assert token
    assert Registration.objects.get(pk=row.pk).state == "submitted"
    done = send(client, row, HERE, csrfmiddlewaretoken=token[1])
    assert done.status_code == 302
    assert Registration.objects.get(pk=row.pk).state == "returned"


@pytest.mark.parametrize("headers", [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elders.example"}, {},
    {"Sec-Fetch-Site": "none"},
])  # fmt: skip
def test_a_form_that_may_be_of_another_site_is_not_handed_back(
    asked: tuple[Client, Someone, Any], headers: dict[str, str]
) -> None:
    client, _, row = asked
    back = send(client, row, headers)
    assert back.status_code == 403
    assert WORDS not in html(back)
    assert "parcel" not in html(back)


def test_an_older_browser_that_names_its_origin_is_believed(asked: tuple[Client, Someone, Any]) -> None:
    client, _, row = asked
    assert WORDS in html(send(client, row, {"Origin": "http://testserver"}))


def test_secrets_and_files_are_never_handed_back(asked: tuple[Client, Someone, Any]) -> None:
    client, _, row = asked
    for name in ("password", "new_password", "code", "client_secret"):
        assert WORDS not in html(send(client, row, HERE, **{name: "x"}))
    file = SimpleUploadedFile("brief.txt", b"x")
    intake = client.post(reverse("casework:intake"), {"words": WORDS, "intake_file": file}, headers=HERE)
    assert (intake.status_code, WORDS in html(intake)) == (403, False)
    login = client.post(reverse("account_login"), {"login": "iemand", "other": WORDS}, headers=HERE)
    assert (login.status_code, WORDS in html(login)) == (403, False)


def test_who_is_signed_out_signs_in_first_and_the_words_travel_sealed(asked: tuple[Client, Someone, Any]) -> None:
    _, _, row = asked
    back = send(Client(enforce_csrf_checks=True), row, HERE)
    assert back.status_code == 403
    assert 'name="parcel"' in html(back)
    assert WORDS not in html(back)
