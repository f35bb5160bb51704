"""Every page of casework asks the database at most fifteen things, however many persons and tasks there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loket.casework.models import Person, Task
from tests import cases

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
