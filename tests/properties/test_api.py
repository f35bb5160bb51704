"""The API under generated requests: it always answers as its own description says, and never fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from loket.site.wsgi import application
from tests import databases
from tests.counter import keys, stock  # noqa: F401

described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
described.location = "http://localhost/api/v1"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def tables(stock: databases.Stock, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # noqa: F811
    """Empty tables: whether a key that was made up is known is looked up in them."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with databases.no_blocker(django_db_blocker):
        databases.point(stock.fresh("sqlite"))
        yield
        databases.point({"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"})


@described.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.filterwarnings("ignore")
def test_every_answer_is_as_described(case: schemathesis.Case, tables: None) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"}, checks=CHECKS)
