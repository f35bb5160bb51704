"""Whatever is sent to the pages of a case, the answer is a page: never a trace, and nothing is half kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from loket.audit import queries as audit
from loket.casework.models import Encounter, Person, Task
from tests import cases

NAMES = ("version", "value", "certainty", "source", "said_on", "beside", "named", "given_names", "surname",
         "birth_date", "nationalities", "aliases", "contact", "ground_figures", "ground_care", "arrange_care", "number",
         "like", "municipality", "exploited_how", "exploited_sector", "begun", "ended", "exploited_in", "words",
         "outcome", "reason", "organisation", "facts", "parcel", "reference")  # fmt: skip
ODD = some.one_of(
    some.sampled_from(("", "0", "1", "2", "-1", "9" * 40, "yes", "labour", "adult", "12_15", "name", "public-task",
                       "guessed", "Utrecht", "helped", "\x00", "<script>", "=1+1", "2026-13-45", "2031-01-01", "1899",
                       "{}", '{"shared": 3}', '{"persons": [{"facts": {"age": {"value": []}}}]}', "x" * 5_000)),
    some.text(max_size=60), some.uuids().map(str),
)  # fmt: skip
FORMS = some.dictionaries(some.sampled_from(NAMES), some.one_of(ODD, some.lists(ODD, max_size=3)), max_size=8)


def addresses(draft: Any, row: Any) -> list[str]:
    """Every page of a case that takes a form: of a draft, of a registration, of a task, of somebody missing."""
    person, task = Person.objects.get(encounter=draft).pk, Task.objects.first()
    assert task is not None
    tails = (
        "overnemen/", "verder/", "nieuw/", f"ontmoeting/{draft.pk}/personen/", f"ontmoeting/{draft.pk}/feit/form/",
        f"ontmoeting/{draft.pk}/feit/nothing/", f"ontmoeting/{draft.pk}/gemeente/", f"persoon/{person}/feit/age/",
        f"persoon/{person}/feit/reported_on/", f"persoon/{person}/feit/nationality/", f"persoon/{person}/wie/",
        f"persoon/{person}/uitbuiting/", f"persoon/{person}/weg/", f"registraties/{row.pk}/naam/",
        *(f"registraties/{row.pk}/{event}/" for event in ("answer", "accept", "close", "withdraw", "merge", "odd")),
        *(f"taken/{task.pk}/{event}/" for event in ("finish", "refuse", "take", "place", "odd")),
        f"persoon/{row.person_id}/vermist/",
    )  # fmt: skip
    return [f"/nl/loket/zaken/{tail}" for tail in tails]


@pytest.mark.usefixtures("database")
def test_nothing_that_is_sent_breaks_a_page() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    row, draft = cases.submitted(inspector)[0], cases.draft(inspector)
    pages = addresses(draft, row)
    browsers = [who.at(Client(raise_request_exception=False)) for who in (inspector, registrar)]
    said: set[int] = set()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(some.sampled_from(pages), some.sampled_from(browsers), FORMS)
    def sends(page: str, browser: Client, form: dict[str, Any]) -> None:
        answer = browser.post(page, form)
        assert answer.status_code < 500, (page, form)
        assert b"Traceback" not in answer.content
        said.add(answer.status_code)

    sends()
    assert {302, 400, 403} <= said  # some of it was right, some wrong, and some not theirs to do
    assert audit.verdict().holds
    for encounter in Encounter.objects.filter(pk=draft.pk):  # and what is left of the draft can still be opened
        left = Person.objects.filter(encounter=encounter, subject__erased_at=None).exists()
        page = browsers[0].get(f"/nl/loket/zaken/ontmoeting/{encounter.pk}/")
        assert page.status_code == (200 if left else 404)
