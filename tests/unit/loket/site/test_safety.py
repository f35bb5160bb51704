"""What keeps a visitor safe: headers, no cookies, nothing kept, and log lines that say nothing."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from loket.site.log import BareLine
from loket.site.settings import base

BREAKS = override_settings(ROOT_URLCONF="tests.unit.loket.site.urls_with_rooms")
ADDRESSES = ["/", "/nl/", "/en/about", "/healthz", "/nl/nowhere", "/api/nowhere"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_answer_carries_the_safety_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_the_content_policy_allows_our_own_files_only(client: Client) -> None:
    policy = dict(
        part.strip().partition(" ")[::2] for part in client.get("/nl/").headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert not any("unsafe" in value or "http" in value or "*" in value for value in policy.values())


@pytest.mark.parametrize("path", ADDRESSES)
def test_no_cookie_is_ever_set(client: Client, path: str) -> None:
    response = client.get(path)
    assert not response.cookies
    assert "Set-Cookie" not in response.headers


def test_the_public_site_alone_has_no_place_to_keep_anything() -> None:
    assert base.DATABASES == {}
    assert not [name for name in base.INSTALLED_APPS if "session" in name or "auth" in name]
    assert not [name for name in base.MIDDLEWARE if "session" in name.lower() or "counter" in name]


@pytest.mark.parametrize("path", [*ADDRESSES, "/nl/wegwijzer/", "/en/wegwijzer/"])
def test_beside_a_counter_a_public_page_asks_no_database_and_no_session(client: Client, path: str) -> None:
    asked: list[str] = []

    def refuse(execute: object, sql: str, *rest: object) -> None:
        asked.append(sql)
        raise AssertionError(sql)

    client.cookies[settings.SESSION_COOKIE_NAME] = "of-somebody-who-is-signed-in"
    with connection.execute_wrapper(refuse):
        response = client.get(path)
    assert asked == []
    assert not hasattr(response.wsgi_request, "session")
    assert not hasattr(response.wsgi_request, "user")


def test_static_files_are_served_and_may_be_kept(client: Client) -> None:
    response = client.get("/static/vendor/htmx.min.js")
    assert response.status_code == 200
    response.close()
    assert "no-store" not in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def lines(records: list[logging.LogRecord]) -> list[dict[str, object]]:
    return [json.loads(BareLine().format(record)) for record in records]


def test_a_request_is_logged_by_method_route_and_status_only(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    client.get("/nl/over?age=17", REMOTE_ADDR="203.0.113.9", headers={"user-agent": "my browser"})
    (line,) = [line for line in lines(caplog.records) if line["logger"] == "loket.request"]
    assert {key: line[key] for key in ("method", "route", "status")} == {
        "method": "GET",
        "route": "about",
        "status": 200,
    }
    assert set(line) == {"at", "level", "logger", "event", "method", "route", "status"}


@BREAKS
@pytest.mark.filterwarnings("ignore")
def test_whatever_goes_wrong_no_line_quotes_the_visitor(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.get("/nl/breaks?said=everything", REMOTE_ADDR="203.0.113.9")
    client.get("/nl/everything?said=everything")
    client.post("/nl/", {"said": "everything"})
    client.get("/nl/", headers={"host": "everything.example"})
    client.generic("EVERYTHING", "/nl/")
    written = "\n".join(json.dumps(line) for line in lines(caplog.records))
    assert "RuntimeError" in written
    assert "urls_with_rooms.py:" in written
    assert "everything" not in written.lower()
    assert "203.0.113.9" not in written


def test_a_line_of_another_logger_keeps_its_words_to_itself() -> None:
    record = logging.LogRecord("gunicorn.error", logging.ERROR, "x.py", 1, "Error handling %s", ("/nl/?age=17",), None)
    assert set(json.loads(BareLine().format(record))) == {"at", "level", "logger"}


def test_an_exception_is_named_by_class_and_place() -> None:
    try:
        raise ValueError("the girl said")
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, "x.py", 1, "m", (), sys.exc_info())
    line = BareLine().format(record)
    assert "test_safety.py:" in line
    assert "girl" not in line
