"""What has to be told goes out once it is due, is tried again, and is never lost or told of what did not happen."""

from __future__ import annotations

import json
import ssl
import threading
import uuid
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from loket.audit.who import Refused
from loket.casework import outgoing, transport, worker
from loket.casework.actions import connections, outbox
from loket.casework.actions.outbox import tell
from loket.casework.models.outbox import GIVEN_UP, SENT, WAITING, Message, Webhook
from tests import cases, databases
from tests.counter import Someone

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def boss() -> Someone:
    return Someone("finder", "Inspectie", manages=True, kind="labour-inspectorate")


def hook(boss: Someone, address: str = "https://hooks.example/in", *events: str) -> tuple[Webhook, str]:
    with override_settings(LOKET_WEBHOOK_HOSTS=[address.split("/")[2]]):
        return connections.add_webhook(by=boss.member, address=address, events=events or ["referral.requested"])


def test_a_mail_says_that_there_is_something_and_nothing_else(boss: Someone) -> None:
    thing = uuid.uuid4()
    tell(what="registration.returned", organisation=boss.member.organisation, object=thing)
    assert worker.work().sent == 1
    (sent,) = mail.outbox
    assert sent.to == [boss.user.email]
    for word in ("registrat", str(thing), "persoon", boss.member.organisation_name):
        assert word not in sent.subject + sent.body
    assert worker.work().sent == 0


def test_who_has_a_mail_on_its_way_gets_no_second(boss: Someone) -> None:
    Someone("finder", "Inspectie", name="finder 2")
    for _ in range(3):
        tell(what="duty.made", organisation=boss.member.organisation)
    assert Message.objects.filter(kind="mail").count() == 2
    worker.work()
    tell(what="duty.made", organisation=boss.member.organisation, membership=boss.member.membership)
    assert Message.objects.filter(kind="mail", state=WAITING).count() == 1


def test_what_did_not_happen_is_not_told(boss: Someone) -> None:
    with transaction.atomic():
        tell(what="duty.made", organisation=boss.member.organisation)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_a_step_of_a_registration_is_told_to_who_must_hear_it() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    cases.submitted(inspector)
    told = Message.objects.filter(kind="mail", membership=registrar.member.membership)
    assert told.filter(what="registration.submitted").exists()


def test_a_mail_server_that_is_away_is_tried_again(boss: Someone, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OSError

    monkeypatch.setattr("loket.accounts.mail.send", away)
    tell(what="duty.made", organisation=boss.member.organisation)
    for tries, minutes in enumerate(outgoing.AGAIN, start=1):
        before = timezone.now()
        done = worker.work()
        row = Message.objects.get()
        assert (done.again, row.tries, row.problem) == (1, tries, "mail_refused")
        assert before <= row.due_at - timedelta(minutes=minutes) <= timezone.now()
        Message.objects.update(due_at=timezone.now())
    assert worker.work().given_up == 1
    assert Message.objects.get().state == GIVEN_UP


def test_two_workers_never_take_the_same_line(boss: Someone) -> None:
    for number in range(6):
        Message.objects.create(kind="mail", what="x.y", organisation_id=boss.member.organisation,
                               membership_id=boss.member.membership, made_at=timezone.now(),
                               due_at=timezone.now() - timedelta(minutes=number))  # fmt: skip
    now = timezone.now()
    taken = [one for part in databases.in_threads(3, lambda _: outbox.claim(now=now)) for one in part]
    assert len(taken) == len(set(taken)) == 6
    assert outbox.claim(now=now) == []
    assert len(outbox.claim(now=now + outgoing.CLAIM + timedelta(seconds=1))) == 6  # a worker that died lets go


def test_the_command_does_one_round_and_tidies(boss: Someone, capsys: pytest.CaptureFixture[str]) -> None:
    tell(what="duty.made", organisation=boss.member.organisation)
    call_command("worker", "--once")
    assert "Sent 1" in capsys.readouterr().out
    Message.objects.update(settled_at=timezone.now() - timedelta(days=60))
    call_command("worker", "--once")
    assert not Message.objects.exists()


def test_the_worker_goes_on_until_it_is_told_to_stop(boss: Someone) -> None:
    tell(what="duty.made", organisation=boss.member.organisation)
    asked = iter([False, False, True])
    worker.run(lambda: next(asked), pause=0)
    assert Message.objects.get().state == SENT
    assert len(mail.outbox) == 1


class Listener(BaseHTTPRequestHandler):
    """Somebody else's system: notes what it got, and answers what it was told to."""

    got: list[tuple[dict[str, str], bytes]] = []  # noqa: RUF012
    answers: list[int] = []  # noqa: RUF012

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((dict(self.headers), body))
        self.send_response(self.answers.pop(0) if self.answers else 204)
        self.send_header("Location", "https://elsewhere.example/")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def listener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HTTPServer]:
    """A server with TLS on loopback, which the transport is told to trust and to take for outside."""
    certificate, key = certified("hooks.example", tmp_path)
    Listener.got, Listener.answers = [], []
    server = HTTPServer(("127.0.0.1", 0), Listener)
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(certificate, key)
    server.socket = inside.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr(transport, "context", lambda: ssl.create_default_context(cafile=str(certificate)))
    monkeypatch.setattr(transport, "look_up", lambda host, port: "127.0.0.1")
    monkeypatch.setattr(transport, "TIMEOUT", databases.PATIENCE)
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def certified(name: str, folder: Path) -> tuple[Path, Path]:
    """A certificate for this name, signed by itself."""
    from datetime import UTC, datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key())
        .serial_number(1).not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    where = folder / "certificate.pem", folder / "key.pem"
    where[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    where[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                           serialization.NoEncryption()))  # fmt: skip
    return where


def test_a_webhook_gets_a_signed_line_without_a_person(boss: Someone, listener: HTTPServer) -> None:
    host = f"hooks.example:{listener.server_port}"
    _, secret = hook(boss, f"https://{host}/in?a=1")
    thing = uuid.uuid4()
    tell(what="referral.requested", organisation=boss.member.organisation, object=thing)
    tell(what="referral.done", organisation=boss.member.organisation, object=thing)  # not asked for
    with override_settings(LOKET_WEBHOOK_HOSTS=[host]):
        worker.work()
    ((headers, body),) = Listener.got
    said = json.loads(body)
    assert (said["what"], said["object"], set(said)) == (
        "referral.requested", str(thing), {"id", "what", "object", "at"})  # fmt: skip
    moment = int(headers[outgoing.SIGNATURE].partition(",")[0].removeprefix("t="))
    assert headers[outgoing.SIGNATURE] == outgoing.signature(secret, body, moment)
    assert headers[outgoing.MESSAGE] == said["id"]


@pytest.mark.parametrize(("answer", "problem", "state"), [
    (500, "refused", WAITING), (302, "redirect", WAITING), (410, "gone", GIVEN_UP), (204, "", SENT),
])  # fmt: skip
def test_an_answer_is_taken_for_what_it_is(
    boss: Someone, listener: HTTPServer, answer: int, problem: str, state: str
) -> None:
    host = f"hooks.example:{listener.server_port}"
    hook(boss, f"https://{host}/in")
    Listener.answers = [answer]
    tell(what="referral.requested", organisation=boss.member.organisation)
    with override_settings(LOKET_WEBHOOK_HOSTS=[host]):
        worker.work()
    row = Message.objects.get(kind="webhook")
    assert (row.problem, row.state, len(Listener.got)) == (problem, state, 1)  # nothing is followed


def test_a_name_that_is_taken_from_the_list_gets_nothing_more(boss: Someone, listener: HTTPServer) -> None:
    hook(boss)
    tell(what="referral.requested", organisation=boss.member.organisation)
    worker.work()
    assert Message.objects.get(kind="webhook").problem == "not_on_the_list"
    assert Listener.got == []


def test_no_webhook_for_who_gets_messages_about_one_person_only() -> None:
    with pytest.raises(Refused), override_settings(LOKET_WEBHOOK_HOSTS=["hooks.example"]):
        connections.add_webhook(
            by=Someone("immigration_liaison", "Verblijf", manages=True, kind="ind").member,
            address="https://hooks.example/", events=["referral.requested"],
        )  # fmt: skip


def test_only_who_manages_the_accounts_connects_anything() -> None:
    for someone in (Someone("finder", "Inspectie"), Someone("auditor", "Toezicht", manages=True)):
        with pytest.raises(Refused):
            hook(someone)


def test_who_gets_a_task_from_somebody_else_hears_it_once_with_the_id_of_nothing_personal() -> None:
    cases.registrar()
    inspector = cases.finder()
    police = Someone("finder", "Politie", manages=True, kind="police")
    hook(police, "https://hooks.example/in", "duty.made", "registration.submitted")
    rows = cases.submitted(inspector)
    told = Message.objects.filter(organisation=police.member.organisation)
    assert sorted(told.values_list("kind", "what")) == [("mail", "duty.made"), ("webhook", "duty.made")]
    submitted = Message.objects.filter(what="registration.submitted", kind="mail").values_list("object", flat=True)
    assert set(submitted) == {rows[0].pk}
    assert not Message.objects.filter(organisation=inspector.member.organisation, what="duty.made").exists()
