"""Whatever is sent to the pages of reports, requests and destroying, the answer is a page: never a trace."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from loket.audit import queries as audit
from loket.casework.actions import destroying, registering, rights
from loket.casework.models import Registration
from tests import cases
from tests.counter import Someone

NAMES = ("channel", "told_by", "teller", "told_on", "facts", "report_words", "erasure_reason", "erasure_words", "event",
         "version", "words", "registration", "request_kind", "request_place", "request_value", "request_words", "value",
         "stop", "go")  # fmt: skip
ODD = some.one_of(
    some.sampled_from(("", "1", "-1", "9" * 40, "telephone", "teacher", "person_self", "\x00", "<script>", "=1+1",
                       "2026-13-45", "2031-01-01", "objection", "correct", "identity.surname", "identity.birth_date",
                       "fact:age", "destroy", "refuse", "withdraw", "16_17", "{}", '{"persons": 3}', "x" * 5_000)),
    some.text(max_size=60), some.uuids().map(str),
)  # fmt: skip
FORMS = some.dictionaries(some.sampled_from(NAMES), some.one_of(ODD, some.lists(ODD, max_size=3)), max_size=8)


@pytest.mark.usefixtures("database")
def test_nothing_that_is_sent_breaks_a_page() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    keeper, me = Someone("key_keeper", "Beheer"), Someone("person", "Eigen")
    row, ended = cases.accepted(inspector, registrar)[0], cases.accepted(inspector, registrar)[0]
    registering.step(by=registrar.member, registration=ended.pk, event="withdraw", words="Op verzoek.",
                     version=ended.version)  # fmt: skip
    asked = destroying.ask(by=registrar.member, person=ended.person_id, reason="term", words="Niet meer nodig.")
    rights.represent(by=registrar.member, person=row.person_id, membership=uuid.UUID(me.member.membership),
                     role="self", basis="own_choice")  # fmt: skip
    person, nobody = row.person_id, uuid.UUID(int=0)
    tails = (
        "opschrijven/", f"ontmoeting/{row.person.encounter_id}/melding/", f"persoon/{person}/melding/",
        f"persoon/{nobody}/melding/", f"persoon/{person}/vernietigen/", f"persoon/{ended.person_id}/vernietigen/",
        "vernietigen/logboek/", f"vernietigen/{asked.pk}/", f"vernietigen/{nobody}/", f"eigen/{person}/",
        f"eigen/{person}/intrekken/", f"eigen/{person}/antwoord/?feit=age", f"eigen/{person}/antwoord/?feit=x",
        f"invoer/{nobody}/verder/",
    )  # fmt: skip
    browsers = [who.at(Client(raise_request_exception=False)) for who in (inspector, registrar, keeper, me)]

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(some.sampled_from(tails), some.sampled_from(browsers), FORMS)
    def sends(tail: str, browser: Client, form: dict[str, Any]) -> None:
        answer = browser.post(f"/nl/loket/zaken/{tail}", form)
        assert answer.status_code < 500, (tail, form)
        assert b"Traceback" not in answer.content

    sends()
    assert audit.verdict().holds
    assert Registration.objects.get(pk=row.pk).state in ("accepted", "withdrawn")
