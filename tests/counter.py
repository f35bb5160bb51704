"""What the tests of the counter share: a database of either kind, keys of their own, and people who can sign in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import databases


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[databases.Stock]:
    """Databases of both kinds; the workers of one run share the folder of what is made once."""
    base = tmp_path_factory.getbasetemp()
    made = databases.Stock(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def keys(tmp_path: Path) -> Iterator[Path]:
    """A folder with keys and a ledger of their own for each test."""
    from django.test import override_settings

    folder = tmp_path / "kept"
    with override_settings(
        LOKET_DATA=folder,
        LOKET_KEY_FILE=str(folder / "keys.txt"),
        LOKET_LEDGER=str(folder / "ledger" / "erasures.txt"),
        LOKET_KEYS_MADE_WHEN_MISSING=True,
    ):
        yield folder


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Every test begins in the language of the house: a page in another one leaves its language in the thread."""
    from django.utils import translation

    with translation.override("nl"):
        yield


@pytest.fixture
def client() -> Any:
    """A visitor; what goes wrong on the server becomes a page, as it would for them."""
    from django.test import Client

    return Client(raise_request_exception=False)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(
    request: pytest.FixtureRequest, stock: databases.Stock, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Any]]:
    """An empty database of each kind in turn; its settings. `make check` takes the embedded one, `make test` both."""
    from django.core.cache import cache
    from django.db import connections

    if request.param == "postgresql" and databases.programs() is None:
        pytest.skip(databases.NO_POSTGRES)
    # A browser of another test leaves a loop running in this thread, which Django takes for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with databases.no_blocker(django_db_blocker):
        settings = stock.fresh(request.param)
        databases.point(settings)
        cache.clear()
        yield settings
        connections.close_all()
        stock.clean(settings)


def html(response: Any) -> str:
    """The page, with white space as a browser shows it: where a template breaks its lines is no matter of a test."""
    return re.sub(r">\s+<", "><", " ".join(response.content.decode().split()))


class Someone:
    """A person with an account, for a test: their membership, password and second factor."""

    PASSWORD = "een zin die lang genoeg is"

    def __init__(
        self, role: str, organisation: str, *, manages: bool = False, name: str = "", kind: str = "comensha"
    ) -> None:
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
        from django.utils import timezone

        from loket.accounts import queries
        from loket.accounts.models import Membership, Organisation, User

        place, _ = Organisation.objects.get_or_create(
            name=organisation, defaults={"kind": kind, "admitted_at": timezone.now()}
        )
        name = name or f"{role} 1"
        self.user, made = User.objects.get_or_create(
            email=f"{name.replace(' ', '.')}@{organisation.replace(' ', '-')}.example".lower(), defaults={"name": name}
        )
        self.secret = generate_totp_secret()
        if made:
            self.user.set_password(self.PASSWORD)
            self.user.save()
            TOTP.activate(self.user, self.secret)
        row = Membership.objects.create(
            user=self.user, organisation=place, role=role, manages=manages, since=timezone.now()
        )
        self.member = next(one for one in queries.memberships(self.user) if one.membership == str(row.pk))

    @property
    def code(self) -> str:
        """The code that the app shows now."""
        import time

        from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

        return format_hotp_value(hotp_value(self.secret, int(time.time()) // 30))

    def at(self, client: Any) -> Any:
        """The client, signed in as this person, past the second factor."""
        client.force_login(self.user, backend="loket.accounts.backend.Backend")
        return client
