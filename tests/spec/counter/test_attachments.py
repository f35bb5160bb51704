"""Photographs and documents: looked at, sealed, seen by who may see that kind of data, and by nobody after erasure."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from loket.audit.models import Entry
from loket.audit.who import Refused
from loket.casework.actions.attachments import FIELDS, add_attachment, bare_name, remove_attachment
from loket.casework.models import Attachment, AttachmentBytes, Person
from loket.casework.queries.attachments import download, files
from loket.vault import actions as vault
from schakel.vocabulary.errors import BadInput
from tests import cases
from tests.counter import Someone

pytestmark = pytest.mark.usefixtures("database")
JPEG = b"\xff\xd8\xff\xe0 een foto \xff\xd9"


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def drafted() -> tuple[Someone, Person]:
    inspector = cases.finder()
    return inspector, Person.objects.get(encounter=cases.draft(inspector))


def add(who: Someone, person: Person, **words: Any) -> Attachment:
    said = {"field": "situation", "name": "slaapplaats.jpg", "data": JPEG, "note": "achter de stal", **words}
    return add_attachment(by=who.member, person=person.pk, **said)


def test_a_file_comes_back_as_it_went_in_and_lies_sealed(drafted: tuple[Someone, Person]) -> None:
    inspector, person = drafted
    made = add(inspector, person)
    found = download(by=inspector.member, attachment=made.pk)
    assert (found.name, found.mime, found.data) == ("slaapplaats.jpg", "image/jpeg", JPEG)
    sealed = bytes(AttachmentBytes.objects.get().sealed)
    assert b"foto" not in sealed
    assert b"slaapplaats" not in bytes(Attachment.objects.values_list("name", flat=True)[0])
    assert {"exchange.add_attachment", "exchange.open_attachment"} <= set(Entry.objects.values_list("event", flat=True))


def test_the_bytes_open_in_no_other_place(drafted: tuple[Someone, Person]) -> None:
    inspector, person = drafted
    first, second = add(inspector, person), add(inspector, person, data=JPEG.replace(b"foto", b"kiek"))
    sealed = AttachmentBytes.objects.get(attachment=first).sealed
    AttachmentBytes.objects.filter(attachment=second).update(sealed=sealed)
    with pytest.raises(ValueError, match="another place"):
        download(by=inspector.member, attachment=second.pk)


def test_after_erasure_nothing_opens(drafted: tuple[Someone, Person]) -> None:
    inspector, person = drafted
    made = add(inspector, person)
    vault.erase(subject=person.subject, at=timezone.now())
    with pytest.raises(Refused):
        download(by=inspector.member, attachment=made.pk)


def test_a_stranger_sees_no_list_and_no_file(drafted: tuple[Someone, Person]) -> None:
    inspector, person = drafted
    made, other = add(inspector, person), cases.finder("Andere inspectie")
    for ask in (
        lambda: files(by=other.member, person=person.pk, fields=FIELDS),
        lambda: download(by=other.member, attachment=made.pk),
        lambda: add(other, person),
        lambda: remove_attachment(by=other.member, attachment=made.pk),
    ):
        with pytest.raises(Refused):
            ask()
    assert Entry.objects.filter(outcome="refused").count() == 4


def test_after_submitting_the_registrar_sees_the_file_and_the_finder_does_not() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    row = cases.draft(inspector)
    person = Person.objects.get(encounter=row)
    made = add(inspector, person)
    from loket.casework.actions import registering

    registering.submit(by=inspector.member, encounter=row.pk, version=row.version)
    assert download(by=registrar.member, attachment=made.pk).data == JPEG
    assert [one.id for one in files(by=registrar.member, person=person.pk, fields=FIELDS).lines] == [made.pk]
    with pytest.raises(Refused):
        download(by=inspector.member, attachment=made.pk)


def test_what_is_removed_leaves_its_place_and_nothing_else(drafted: tuple[Someone, Person]) -> None:
    inspector, person = drafted
    made = add(inspector, person)
    remove_attachment(by=inspector.member, attachment=made.pk)
    (line,) = files(by=inspector.member, person=person.pk, fields=FIELDS).lines
    assert (line.removed, line.name, line.note) == (True, "", "")
    assert not AttachmentBytes.objects.exists()
    with pytest.raises(Refused):
        download(by=inspector.member, attachment=made.pk)


def test_a_file_of_another_kind_is_not_kept(drafted: tuple[Someone, Person]) -> None:
    inspector, person = drafted
    with pytest.raises(BadInput, match="SVG"):
        add(inspector, person, name="a.svg", data=b"<svg xmlns='x'/>")
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("../../etc/passwd.txt", "passwd.txt"), ("C:\\map\\foto.jpg", "foto.jpg"), (".jpg", "bestand.jpg"),
        ("a\r\nb\x00.pdf", "ab.pdf"), ("x" * 400 + ".jpeg", "x" * 110 + ".jpeg"),
    ],
)  # fmt: skip
def test_a_name_is_only_a_name(name: str, bare: str) -> None:
    assert bare_name(name) == bare


def page(person: Person) -> str:
    return f"/nl/loket/zaken/persoon/{person.pk}/bijlagen/"


def test_the_page_takes_a_file_and_hands_it_back_to_be_saved(client: Client, drafted: tuple[Someone, Person]) -> None:
    inspector, person = drafted
    at = inspector.at(client)
    sent = {"attachment": SimpleUploadedFile('fo"to.jpg', JPEG), "attachment_field": "situation"}
    assert at.post(page(person), sent).status_code == 302
    made = Attachment.objects.get()
    answer = at.get(f"/nl/loket/zaken/bijlagen/{made.pk}/")
    assert answer.content == JPEG
    assert answer.headers["Content-Disposition"] == 'attachment; filename="fo_to.jpg"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_is_wrong_stands_beside_the_field(client: Client, drafted: tuple[Someone, Person]) -> None:
    inspector, person = drafted
    at = inspector.at(client)
    for sent, says in (
        ({"attachment": SimpleUploadedFile("a.jpg", b"MZ\x90\x00"), "attachment_field": "situation"}, "niet bewaard"),
        ({"attachment": SimpleUploadedFile("a.jpg", b""), "attachment_field": "situation"}, "leeg"),
        ({"attachment_field": "situation"}, "bestand"),
    ):
        answer = at.post(page(person), sent)
        assert answer.status_code == 400
        assert says in answer.content.decode()
    assert not Attachment.objects.exists()


def test_too_large_is_told_before_it_is_read(client: Client, drafted: tuple[Someone, Person]) -> None:
    inspector, person = drafted
    at = inspector.at(client)
    answer = at.generic("POST", page(person), b"x", content_type="multipart/form-data; boundary=x",
                        CONTENT_LENGTH=str(1_000_000_000))  # fmt: skip
    assert answer.status_code == 413
    large = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"x" * settings.LOKET_FILE_BYTES)
    answer = at.post(page(person), {"attachment": large, "attachment_field": "situation"})
    assert answer.status_code == 413
    assert not Attachment.objects.exists()
    assert at.post("/nl/loket/zaken/nieuw/", {"x": "y" * 300_000}).status_code == 413  # other pages stay small


def test_a_form_from_elsewhere_brings_no_file(drafted: tuple[Someone, Person]) -> None:
    inspector, person = drafted
    at = inspector.at(Client(enforce_csrf_checks=True))
    sent = {"attachment": SimpleUploadedFile("a.jpg", JPEG), "attachment_field": "situation"}
    assert at.post(page(person), sent).status_code == 403
    at.get(page(person))
    sent = {"attachment": SimpleUploadedFile("a.jpg", JPEG), "attachment_field": "situation"}
    token = at.cookies[settings.CSRF_COOKIE_NAME].value
    assert at.post(page(person), {**sent, "csrfmiddlewaretoken": token}).status_code == 302


def test_nobody_without_an_account_gets_anywhere(client: Client) -> None:
    for path in (f"persoon/{uuid.uuid4()}/bijlagen/", f"bijlagen/{uuid.uuid4()}/", "invoer/", "koppelingen/"):
        assert client.get(f"/nl/loket/zaken/{path}").status_code == 302
