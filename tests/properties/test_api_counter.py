"""The counter's API under generated requests with a key: it always answers as it says, never fails, never stops."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import django
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings.test")
django.setup()

from loket.site.wsgi import application  # noqa: E402
from tests import cases, databases  # noqa: E402
from tests.counter import Someone, keys, stock  # noqa: E402, F401

described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
described.location = "http://localhost/api/v1"
counter = described.include(path_regex="^/(registrations|duties|referrals|placements|attachments)")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def key(stock: databases.Stock, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:  # noqa: F811
    """The key of a program that acts for somebody who may much: the registrar, with a case at hand."""
    from loket.casework.actions import clients

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with databases.no_blocker(django_db_blocker):
        databases.point(stock.fresh("sqlite"))
        point = Someone("registrar", "Registratiepunt", manages=True)
        cases.submitted(cases.finder())
        _, secret = clients.add_client(
            by=point.member, name="zaaksysteem", membership=point.member.membership, scopes=clients.SCOPES, days=90
        )
        yield secret
        databases.point({"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"})


@counter.parametrize()
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.filterwarnings("ignore")
def test_every_answer_is_as_described(case: schemathesis.Case, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}
    case.call_and_validate(headers=headers, checks=CHECKS)
