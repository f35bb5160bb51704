"""Withdrawing a registration, and destroying what is kept: asked by one, decided by another, and gone for good."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from loket.audit import checking
from loket.audit.models import Check
from loket.audit.queries import verdict
from loket.audit.who import SERVER, Refused
from loket.casework.actions import destroying, registering, rights
from loket.casework.actions.clock import night
from loket.casework.models import Erasure, Person, Registration
from loket.casework.queries import erasures
from loket.vault import ledger
from tests import cases
from tests.counter import Someone, html

pytestmark = pytest.mark.usefixtures("database")


def keeper() -> Someone:
    return Someone("key_keeper", "Beheer")


def closed(registrar: Someone, inspector: Someone) -> Registration:
    one = cases.accepted(inspector, registrar)[0]
    return registering.step(by=registrar.member, registration=one.pk, event="close", outcome="helped",
                            version=one.version)  # fmt: skip


def test_who_reported_withdraws_before_it_is_accepted_and_not_after() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    one = cases.submitted(inspector)[0]
    done = registering.step(by=inspector.member, registration=one.pk, event="withdraw", words="Vergissing.", version=2)
    assert done.state == "withdrawn"
    other = cases.accepted(inspector, registrar)[0]
    with pytest.raises(Refused):
        registering.step(by=inspector.member, registration=other.pk, event="withdraw", words="Toch.",
                         version=other.version)  # fmt: skip


@pytest.mark.parametrize("role", ["person", "guardian", "lawyer"])
def test_the_person_and_who_speaks_for_them_withdraw_at_any_time(role: str) -> None:
    registrar, inspector, client = cases.registrar(), cases.finder(), Client()
    one, speaks = cases.accepted(inspector, registrar)[0], Someone(role, "Eigen", kind="anyone")
    shared = reverse("casework:own_shared", args=[one.person_id])
    speaks.at(client)
    assert client.get(shared).status_code == 403
    rights.represent(by=registrar.member, person=one.person_id, membership=speaks.member.membership,  # type: ignore[arg-type]
                     role="self" if role == "person" else role, basis="own_choice")  # fmt: skip
    assert reverse("casework:own_withdraw", args=[one.person_id]) in html(client.get(shared))
    said = {"registration": one.pk, "version": Registration.objects.get(pk=one.pk).version}
    address = reverse("casework:own_withdraw", args=[one.person_id])
    assert client.post(address, said).status_code == 403  # the lifecycle asks for a few words
    assert client.post(address, {**said, "words": "Ik wil dit niet."}).status_code == 302
    assert Registration.objects.get(pk=one.pk).state == "withdrawn"


def test_one_asks_another_destroys_and_the_log_and_the_ledger_hold(keys: Path) -> None:
    registrar, inspector, keeps = cases.registrar(), cases.finder(), keeper()
    one = closed(registrar, inspector)
    asked = destroying.ask(by=registrar.member, person=one.person_id, reason="objection", words="Bezwaar toegewezen.")
    with pytest.raises(Refused):
        destroying.decide(by=registrar.member, erasure=asked.pk, event="destroy")
    done = destroying.decide(by=keeps.member, erasure=asked.pk, event="destroy", version=1)
    assert done.state == "destroyed"
    person = Person.objects.select_related("subject").get(pk=one.person_id)
    assert person.subject.wrapped is None
    assert not person.identity
    assert Registration.objects.get(pk=one.pk).state == "destroyed"
    assert person.subject_id in ledger.read(keys / "ledger" / "erasures.txt")
    assert verdict().holds


def test_nothing_is_destroyed_while_a_registration_runs_or_a_request_is_open() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    one = cases.accepted(inspector, registrar)[0]
    with pytest.raises(Refused) as refused:
        destroying.ask(by=registrar.member, person=one.person_id, reason="wrong", words="Dubbel.")
    assert refused.value.reason == "erasure_still_live"
    registering.step(by=registrar.member, registration=one.pk, event="withdraw", words="Op verzoek.",
                     version=one.version)  # fmt: skip
    speaks = Someone("person", "Eigen", kind="anyone")
    rights.represent(by=registrar.member, person=one.person_id, membership=speaks.member.membership, role="self",  # type: ignore[arg-type]
                     basis="own_choice")  # fmt: skip
    rights.ask(by=speaks.member, person=one.person_id, kind="correct", words="Mijn naam klopt niet.")
    with pytest.raises(Refused) as refused:
        destroying.ask(by=registrar.member, person=one.person_id, reason="wrong", words="Dubbel.")
    assert refused.value.reason == "erasure_still_asked"


def test_the_pages_from_asking_to_destroyed() -> None:
    registrar, inspector, keeps, client = cases.registrar(), cases.finder(), keeper(), Client()
    one = closed(registrar, inspector)
    registrar.at(client)
    address = reverse("casework:ask_erasure", args=[one.person_id])
    assert address in html(client.get(reverse("casework:person", args=[one.person_id])))
    assert client.post(address, {"erasure_words": ""}).status_code == 400
    said = {"erasure_reason": "objection", "erasure_words": "Bezwaar toegewezen."}
    assert client.post(address, said).status_code == 302
    assert client.post(address, said).status_code == 403  # asked already
    asked = Erasure.objects.get()
    keeps.at(client)
    page = html(client.get(reverse("casework:erasures")))
    assert "Bezwaar toegewezen." in page
    assert "Voorbeeld" not in page
    act = reverse("casework:erasure_act", args=[asked.pk])
    assert client.post(act, {"event": "refuse", "version": 1}).status_code == 403  # a refusal has a reason
    assert client.post(act, {"event": "destroy", "version": 9}).status_code == 409
    assert client.post(act, {"event": "destroy", "version": 1}).status_code == 302
    page = html(client.get(reverse("casework:erasures")))
    assert "staat in de lijst van wissingen" in page
    assert "nog niet helemaal nagelopen" in page
    assert "Het logboek klopt" in html(client.post(reverse("casework:verify_log")))
    inspector.at(client)
    assert client.get(reverse("casework:erasures")).status_code == 403
    assert client.post(reverse("casework:verify_log")).status_code == 403


def test_a_long_log_is_followed_at_night_and_not_while_somebody_waits(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, verify = reverse("casework:erasures"), reverse("casework:verify_log")
    monkeypatch.setattr(erasures, "AT_ONCE", 1)
    keeper().at(client)
    assert "Controleer het logboek nu" not in html(client.get(page))
    assert "te lang om na te lopen" in html(client.post(verify))
    assert client.post(verify).status_code == 409
    assert checking.last() is None
    assert night()[1].holds
    found = checking.last()
    assert found is not None
    assert f"alles klopte, tot en met regel {found.entries}" in html(client.get(page))


def test_a_log_that_was_cut_short_since_the_last_check_is_seen() -> None:
    cases.registrar()
    cases.submitted(cases.finder())
    assert checking.check(by=SERVER).holds
    Check.objects.update(entries=F("entries") + 1)  # as if there had been one more
    found = checking.check(by=SERVER)
    assert (found.holds, "is gone" in found.why) == (False, True)


def test_a_count_too_is_withdrawn_before_it_is_counted() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    one = cases.submitted(inspector, named=False)[0]
    done = registering.step(by=inspector.member, registration=one.pk, event="withdraw", words="Dubbel.", version=2)
    assert done.state == "withdrawn"
    other = cases.accepted(inspector, registrar, named=False)[0]
    with pytest.raises(Refused):
        registering.step(by=inspector.member, registration=other.pk, event="withdraw", words="Toch.",
                         version=other.version)  # fmt: skip
