"""A mail server that is not there, or not set: no page fails with it, nothing is lost, and nobody learns who exists."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings

from loket.accounts import mail
from loket.accounts.models import Invitation
from loket.casework.actions import outbox
from loket.casework.models.outbox import Message
from tests.counter import Someone, html

RESET = "/nl/loket/wachtwoord/vergeten/"


@pytest.fixture
def shelter(database: Any) -> Someone:
    return Someone("shelter", "Opvang", manages=True)


@pytest.fixture
def gone() -> Iterator[None]:
    """A mail server that refuses every connection."""
    with socket.socket() as probe:  # a port that nobody listens on
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with override_settings(EMAIL_BACKEND=mail.SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        yield


@pytest.fixture
def none() -> Iterator[None]:
    """An installation that sends no mail."""
    with override_settings(EMAIL_BACKEND=mail.SMTP, EMAIL_HOST=""):
        yield


def settled() -> None:
    """Every mail that is under way was tried."""
    for one in threading.enumerate():
        if one is not threading.current_thread() and one.daemon:
            one.join(timeout=20)


def invited(shelter: Someone) -> str:
    answer = shelter.at(Client()).post(
        f"/nl/loket/organisaties/{shelter.member.organisation}/uitnodigen/",
        {"email": "new@opvang.example", "role": "shelter"},
    )
    assert answer.status_code == 200
    assert Invitation.objects.filter(email="new@opvang.example").exists()
    return html(answer)


@pytest.mark.usefixtures("gone")
def test_an_invitation_is_shown_when_the_mail_server_is_away(
    shelter: Someone, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="loket.mail"):
        page = invited(shelter)
        settled()
    assert "data-link>http://testserver/nl/loket/uitnodiging/" in page
    (said,) = caplog.records
    assert (said.message, said.__dict__["fields"]) == ("not_sent", {"problem": "ConnectionRefusedError"})


@pytest.mark.usefixtures("none")
def test_without_mail_the_link_is_passed_on_by_hand(shelter: Someone) -> None:
    page = invited(shelter)
    assert "data-link>http://testserver/nl/loket/uitnodiging/" in page
    assert "Van hieruit kan geen mail worden verstuurd: geef deze link zelf door" in page


@pytest.mark.parametrize("server", ["gone", "none"])
def test_a_forgotten_password_tells_nobody_who_exists(
    shelter: Someone, server: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(server)
    known, unknown = (Client().post(RESET, {"email": email}) for email in (shelter.user.email, "nobody@opvang.example"))
    settled()
    assert known.status_code == unknown.status_code == 302
    assert known.headers["Location"] == unknown.headers["Location"]


def test_the_page_of_a_forgotten_password_says_what_can_be_done(shelter: Someone) -> None:
    assert "<form" in html(Client().get(RESET)).split("<main")[1]
    with override_settings(EMAIL_BACKEND=mail.SMTP, EMAIL_HOST=""):
        page = html(Client().get(RESET)).split("<main")[1]
    assert "Vraag de beheerder van uw organisatie om een nieuwe tweede stap" in page
    assert "<form" not in page


@pytest.mark.usefixtures("gone")
def test_an_emergency_is_opened_when_the_mail_server_is_away(shelter: Someone) -> None:
    Someone("auditor", "Toezicht")
    registrar = Someone("registrar", "CoMensha", kind="comensha")
    answer = registrar.at(Client()).post(
        "/nl/loket/noodgeval/", {"glass_reason": "acute_danger", "glass_note": "iemand is in gevaar"}
    )
    settled()
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/nl/loket/")


def test_nothing_is_laid_ready_for_a_mail_server_that_is_not_set(shelter: Someone) -> None:
    outbox.tell(what="task.assigned", organisation=shelter.member.organisation)
    assert Message.objects.filter(kind="mail").count() == 1
    Message.objects.all().delete()
    with override_settings(EMAIL_BACKEND=mail.SMTP, EMAIL_HOST=""):
        outbox.tell(what="task.assigned", organisation=shelter.member.organisation)
    assert not Message.objects.exists()
