"""Every page of casework asks the database at most fifteen things, however many persons and tasks there are."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loket.casework.actions import destroying, registering, reporting, rights
from loket.casework.models import Person, Task
from loket.casework.queries import reported
from tests import cases
from tests.counter import Someone, html

pytestmark = pytest.mark.usefixtures("database")
MOST = 15
PEOPLE = {**cases.FACTS, "persons": [{"id": str(number), "facts": {"age": "16_17"}} for number in range(1, 5)]}


def asked(client: Client, url: str) -> list[str]:
    """What one page asks; the beginning and the end of a transaction are no questions."""
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    said = [str(one["sql"]) for one in caught.captured_queries]
    return [one for one in said if not one.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]


def test_no_page_asks_more_than_fifteen_things() -> None:
    client, registrar, inspector = Client(), cases.registrar(), cases.finder()
    row = cases.accepted(inspector, registrar, PEOPLE)[0]
    draft = cases.draft(inspector, PEOPLE)
    person, task = Person.objects.filter(encounter=draft).first(), Task.objects.filter(person=row.person_id).first()
    assert person is not None
    assert task is not None
    own = Task.objects.filter(organisation__name="Inspectie").first()
    assert own is not None
    pages = {
        inspector: [
            reverse("casework:work"), reverse("casework:encounter", args=[draft.pk]),
            reverse("casework:fact", args=[draft.pk, "form"]), reverse("casework:identity", args=[person.pk]),
            reverse("casework:person_fact", args=[person.pk, "age"]), reverse("casework:task", args=[own.pk]),
            reverse("casework:registration", args=[row.pk]), reverse("casework:place", args=[draft.pk]),
        ],
        registrar: [
            reverse("casework:work"), reverse("casework:registrations"), reverse("casework:stalled"),
            reverse("casework:registration", args=[row.pk]), reverse("casework:person", args=[row.person_id]),
            reverse("casework:encounter", args=[row.person.encounter_id]), reverse("casework:task", args=[task.pk]),
            reverse("accounts:home"),
        ],
    }  # fmt: skip
    for who, urls in pages.items():
        who.at(client).get(reverse("accounts:home"))  # the first page of a session asks for the second step as well
        for url in urls:
            found = asked(client, url)
            assert len(found) <= MOST, url + "\n" + "\n".join(found)


def test_reporting_destroying_and_putting_right_ask_no_more_either() -> None:
    client, registrar, inspector = Client(), cases.registrar(), cases.finder()
    keeper, me = Someone("key_keeper", "Beheer"), Someone("person", "Eigen")
    row = cases.accepted(inspector, registrar, PEOPLE)[0]
    ended = cases.accepted(inspector, registrar)[0]
    registering.step(by=registrar.member, registration=ended.pk, event="withdraw", words="Op verzoek.",
                     version=ended.version)  # fmt: skip
    destroying.ask(by=registrar.member, person=ended.person_id, reason="term", words="Niet meer nodig.")
    rights.represent(by=registrar.member, person=row.person_id, membership=uuid.UUID(me.member.membership),
                     role="self", basis="own_choice")  # fmt: skip
    rights.ask(by=me.member, person=row.person_id, kind="correct", words="", place="identity.surname", value="Anders")
    encounter = row.person.encounter_id
    for words in ("Een.", "Twee.", "Drie."):
        reporting.add(by=inspector.member, encounter=encounter, person=row.person_id, words=words)
    pages = {
        registrar: [
            reverse("casework:take"), reverse("casework:add_report", args=[encounter]), reverse("casework:erasures"),
            reverse("casework:add_person_report", args=[row.person_id]), reverse("casework:corrections"),
            reverse("casework:ask_erasure", args=[ended.person_id]), reverse("casework:encounter", args=[encounter]),
            reverse("casework:registration", args=[row.pk]), reverse("casework:person", args=[row.person_id]),
        ],
        inspector: [reverse("casework:add_person_report", args=[row.person_id])],
        keeper: [reverse("casework:erasures")],
        me: [
            reverse("casework:own_page", args=[row.person_id]), reverse("casework:own_shared", args=[row.person_id]),
            reverse("casework:own_readers", args=[row.person_id]),
            reverse("casework:own_fact", args=[row.person_id]) + "?feit=age",
        ],
    }  # fmt: skip
    for who, addresses in pages.items():
        who.at(client)
        numbers = {address: len(asked(client, address)) for address in addresses}
        assert max(numbers.values()) <= MOST, numbers


def test_what_somebody_reported_is_one_question_however_much_it_is() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    rows = [cases.accepted(inspector, registrar, PEOPLE)[0] for _ in range(2)]
    draft = cases.draft(inspector, PEOPLE)
    reported.reports(by=inspector.member, lang="nl")
    with CaptureQueriesContext(connection) as caught:
        found = reported.reports(by=inspector.member, lang="nl").rows
    assert len(caught.captured_queries) == 1
    assert [one.id for one in found] == [draft.pk, *(row.person.encounter_id for row in reversed(rows))]
    assert [(one.persons, one.draft) for one in found] == [(4, True), (4, False), (4, False)]
    assert [number for _, number in found[1].links] == [1, 2, 3, 4]


def test_what_waits_for_whoever_reported_stands_first_however_old_it_is() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    draft, asked = cases.draft(inspector), cases.submitted(inspector)[0]
    registering.step(
        by=registrar.member, registration=asked.pk, event="ask", words="Welke taal?", version=asked.version
    )
    for _ in range(reported.HEAD):
        cases.submitted(inspector)
    today = reported.today(by=inspector.member, lang="nl")
    assert [one.id for one in today.rows[:2]] == [asked.person.encounter_id, draft.pk]
    assert (len(today.rows), today.more) == (reported.HEAD + 2, True)  # the newest ten, and what waits
    pages = [reported.reports(by=inspector.member, lang="nl", number=number, size=7) for number in (1, 2)]
    assert [(len(one.rows), one.more) for one in pages] == [(7, True), (5, False)]
    assert len({one.id for page in pages for one in page.rows}) == reported.HEAD + 2
    client = inspector.at(Client())
    assert reverse("casework:reports") in html(client.get(reverse("casework:work")))
    every = html(client.get(reverse("casework:reports")))
    assert (every.count("Melding van"), every.count("Beantwoord de vraag")) == (reported.HEAD + 1, 1)
    waits = html(client.get(reverse("casework:reports") + "?groep=wacht"))
    assert (waits.count("Melding van"), waits.count("Concept: ontmoeting"), waits.count("Alles")) == (1, 1, 1)


def test_tables_that_were_just_made_have_been_counted() -> None:
    """SQLite thinks too well of an index that it never counted, and then reads all tasks of an organisation."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM sqlite_stat1")
            assert cursor.fetchone()[0] > 0
