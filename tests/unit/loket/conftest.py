"""Django for the tests of the site: settings of its own. Who needs a database takes the fixture `database`."""

from __future__ import annotations

import os
from collections.abc import Iterator

import django
import pytest
from django.test import Client
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings.test")
django.setup()

# The addresses are made at import and then kept: made within a test that takes the rooms away, they would stay gone.
import loket.site.urls  # noqa: E402, F401
from tests.counter import database, keys, stock  # noqa: E402, F401


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Every test begins in the language of the house: a page in another one leaves its language in the thread."""
    with translation.override("nl"):
        yield


@pytest.fixture
def client() -> Client:
    """A visitor; what goes wrong on the server becomes a page, as it would for them."""
    return Client(raise_request_exception=False)
