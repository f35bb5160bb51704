"""The API: the same answers as the library, refusals as problem details, nothing kept."""

from __future__ import annotations

import json
import logging
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import schakel as sk

ROOT = Path(__file__).resolve().parents[4]
GIRLS = {
    "on": "2025-06-01", "who": "police", "shared": {"indication": "yes", "action": "under_way", "form": ["sexual"]},
    "persons": [{"id": "A", "facts": {"age": 17, "injuries": "visible"}}, {"id": "B", "facts": {"age": 17}}],
}  # fmt: skip


@pytest.fixture
def client() -> Client:
    return Client()


def post(client: Client, body: Any, lang: str = "en") -> Any:
    data = body if isinstance(body, str) else json.dumps(body)
    return client.post(f"/api/v1/assessments?lang={lang}", data=data, content_type="application/json")


def test_the_answer_is_that_of_the_library(client: Client) -> None:
    content = sk.load()
    situation = sk.parse_facts(content, json.dumps(GIRLS), on=date(2020, 1, 1))
    assert post(client, GIRLS).json() == json.loads(json.dumps(sk.plan(sk.assess(content, situation), "en")))


def test_every_answer_names_the_version_and_is_not_stored(client: Client) -> None:
    for answer in (post(client, GIRLS), post(client, "{"), client.get("/api/v1/content/duties/nope")):
        assert answer.headers["API-Version"]
        assert "no-store" in answer.headers["Cache-Control"]
        assert not answer.cookies


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("{", "JSON"),
        ([], ""),
        ({"foo": 1}, "foo"),
        ({"shared": {"nationalty": "nl"}}, "nationality"),
        ({"shared": {"nationality": "nl", "residence": "none"}}, "residence permit"),
        ({"on": "2013-02-30"}, "2023-05-19"),
        ({"persons": [{"id": "a"}, {"id": "a"}]}, "same id"),
        ({"municipality": "Atlantis"}, "municipality"),
    ],
)
def test_bad_input_is_a_problem_with_one_sentence(client: Client, body: Any, says: str) -> None:
    answer = post(client, body)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert says in answer.json()["detail"]
    assert "Traceback" not in answer.json()["detail"]


def test_too_much_is_refused(client: Client) -> None:
    assert post(client, json.dumps({"shared": {"x": "y" * 400_000}})).status_code == 413


def test_nothing_of_what_was_told_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        post(client, {"shared": {"age": "secretvalue"}, "persons": [{"id": "secretname"}]})
    assert "secret" not in caplog.text


def test_content_is_read_by_kind_and_by_id(client: Client) -> None:
    counts = client.get("/api/v1/content").json()["counts"]
    assert counts["duties"] == len(sk.load().duties)
    for kind in counts:
        listed = client.get(f"/api/v1/content/{kind}?lang=en").json()
        first = listed[0].get("id", listed[0].get("code"))
        assert client.get(f"/api/v1/content/{kind}/{first}?lang=en").json() == listed[0]


def test_what_is_not_there_is_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/content/duties/nope")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert client.get("/api/v1/content/nonsense").status_code in (400, 404)


def test_the_description_is_openapi_3_1(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert described["info"]["contact"]
    assert described["servers"]
    assert not [path for path in described["paths"] if path.endswith("/")]
