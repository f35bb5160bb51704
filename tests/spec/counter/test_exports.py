"""What goes out, goes through the sharing rules, person by person; and what came in by HTCDS comes out as it came."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from loket.audit.models import Entry
from loket.audit.who import Refused
from loket.casework import intake_rows
from loket.casework.actions import intake, registering
from loket.casework.models import Registration
from loket.casework.queries.exports import export, record
from schakel.casework.cells import plain_cell
from schakel.casework.htcds import standard, write_row
from schakel.casework.sheets import rows
from schakel.mechanism.content import load
from schakel.vocabulary.errors import BadInput
from tests import cases
from tests.counter import Someone

pytestmark = pytest.mark.usefixtures("database")
PLAIN = {"day": "2024-02-01", "number": "3", "tick": "true"}


def htcds_row(place: int) -> dict[str, str]:
    """A record that uses every live field: the permitted value at this place, or a word of its kind."""
    return {
        field.name: field.values[place % len(field.values)] if field.values
        else ("nld", "ron", "bgr")[place % 3] if field.codes else PLAIN.get(field.kind, f"=Woord {place}")
        for field in standard(load()).live
    }  # fmt: skip


@pytest.fixture
def registered() -> Someone:
    """Two persons that came in by the standard, accepted at the registration point."""
    registrar, police = cases.registrar(), cases.finder("Politie", kind="police")
    arrival = intake_rows.arrive([htcds_row(0), htcds_row(1)], "htcds", "", timezone.localdate())
    made = intake.plan(by=police.member, arrival=arrival, form="htcds", mapping="", purposes=(), ground="statute")
    intake.bring_in(by=police.member, intake=made.pk)
    for row in Registration.objects.all():
        registering.step(by=registrar.member, registration=row.pk, event="accept", version=row.version)
    return registrar


def test_every_field_of_the_standard_comes_back_as_it_came(registered: Someone) -> None:
    form = standard(load())
    found = Registration.objects.select_related("person__subject", "person__encounter__subject")
    back = [write_row(form, record(row)) for row in found]
    for place in (0, 1):
        assert htcds_row(place) in back


def test_only_what_the_rules_allow_goes_along_and_each_person_is_in_the_log(registered: Someone) -> None:
    found = export(by=registered.member, receiver_kind="care-coordinator", purpose="arrange-care")
    logged = Entry.objects.filter(event="exchange.export", outcome="done")
    assert logged.count() == len(found.rows)
    assert len(found.rows) + found.nobody == 2
    for row in found.rows:
        assert not {field.name for field in standard(load()).live if field.suspects} & set(row)


def test_nobody_is_left_out_of_a_file_unseen(registered: Someone, monkeypatch: Any) -> None:
    from loket.casework.queries import exports as queries

    monkeypatch.setattr(queries, "MOST", 1)
    first, second = Registration.objects.order_by("pk")
    for row, day in ((first, date(2026, 3, 1)), (second, date(2026, 3, 5))):
        Registration.objects.filter(pk=row.pk).update(made_on=day)
    asked = {"by": registered.member, "receiver_kind": "care-coordinator", "purpose": "arrange-care"}
    with pytest.raises(BadInput) as error:
        export(**asked)
    assert "2 registrations" in error.value.what
    assert "2026-03-04" in error.value.remedy
    for days in ({"until": date(2026, 3, 4)}, {"since": date(2026, 3, 5)}):
        found = export(**asked, **days)
        assert len(found.rows) + found.nobody == 1
    Registration.objects.filter(pk=first.pk).update(made_on=date(2026, 3, 5))
    found = export(**asked)  # one day cannot be made any shorter
    assert len(found.rows) + found.nobody == 2
    Registration.objects.filter(pk=first.pk).update(made_on=date(2026, 3, 1))
    at = registered.at(Client(raise_request_exception=False))
    said = {"export_to": "care-coordinator", "export_for": "arrange-care"}
    told = at.post("/nl/loket/zaken/uitvoer/", said)
    assert told.status_code == 400
    assert "Kies minder dagen" in told.content.decode()
    assert at.post("/nl/loket/zaken/uitvoer/", {**said, "export_until": "2026-03-04"}).status_code == 200
    wrong = at.post("/nl/loket/zaken/uitvoer/", {**said, "export_since": "2026-03-05", "export_until": "2026-03-04"})
    assert wrong.status_code == 400
    assert "De laatste dag ligt voor de eerste" in wrong.content.decode()


def test_no_list_goes_to_who_gets_messages_about_one_person(registered: Someone) -> None:
    with pytest.raises(Refused):
        export(by=registered.member, receiver_kind="ind", purpose="residence-decision")
    assert Entry.objects.filter(event="exchange.export", outcome="refused").count() == 1


def test_only_the_registration_point_gives_out() -> None:
    for someone in (cases.finder(), Someone("shelter", "Opvang", kind="shelter")):
        with pytest.raises(Refused):
            export(by=someone.member, receiver_kind="care-coordinator", purpose="arrange-care")


def test_the_page_counts_first_and_the_file_computes_nothing(registered: Someone, monkeypatch: Any) -> None:
    at = registered.at(Client(raise_request_exception=False))
    said = {"export_to": "care-coordinator", "export_for": "arrange-care"}
    assert "personen in het bestand" in at.post("/nl/loket/zaken/uitvoer/", said).content.decode()
    from loket.casework.queries import exports as queries
    from loket.casework.views import exports as views

    everything = queries.Export(("prs_FirstName",), [{"prs_FirstName": "=cmd|x"}])
    monkeypatch.setattr(views, "export", lambda **_: everything)
    told = at.post("/nl/loket/zaken/uitvoer/", {**said, "save": "1"})
    assert told.content.decode("utf-8-sig").splitlines() == ['"prs_FirstName"', '"\'=cmd|x"']
    assert rows(told.content) == [{"prs_FirstName": plain_cell("'=cmd|x")}]
    assert at.post("/nl/loket/zaken/uitvoer/", {"export_to": "ind", "export_for": ""}).status_code == 400
