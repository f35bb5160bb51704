"""Data of another system: what would happen is shown first, a row comes in whole or not at all, and never twice."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from loket.accounts.models import Membership, Organisation
from loket.audit.chain import Verdict
from loket.audit.models import Entry
from loket.audit.who import Refused
from loket.casework import importing, intake_rows, worker
from loket.casework.actions import intake
from loket.casework.actions.clock import Ticked
from loket.casework.chores import tidy
from loket.casework.models import Intake, Kept, Person, Registration, Report
from loket.casework.queries import intake as queries
from schakel.casework.htcds import standard
from schakel.casework.sheets import rows
from schakel.mechanism.content import load
from schakel.vocabulary.errors import BadInput
from tests import cases
from tests.counter import Someone, html

pytestmark = pytest.mark.usefixtures("database")
MAPPING = """
key: nummer
source: oud systeem
columns:
  voornaam: {to: identity.given_names}
  achternaam: {to: identity.surname}
  vorm: {to: "fact:form", values: {uitbuiting werk: labour}}
  gezien: {to: "fact:found_on", day: "%d-%m-%Y"}
"""
CSV = "nummer;voornaam;achternaam;vorm;gezien;eigen\n" + "".join(
    f"{number};Voornaam;Naam {number};uitbuiting werk;0{number}-03-2025;=1+{number}\n" for number in (1, 2, 3)
)
WRONG = "9;;Naam 9;heel iets anders;31-02-2025;\n;;Zonder nummer;;;\n"


@pytest.fixture
def finder() -> Someone:
    cases.registrar()
    return cases.finder()


def planned(who: Someone, words: str = CSV, ground: str = "public-task") -> Intake:
    arrival = intake_rows.arrive(rows(words.encode()), "mapping", MAPPING, timezone.localdate())
    return intake.plan(by=who.member, arrival=arrival, form="mapping", mapping=MAPPING, purposes=(), ground=ground)


def test_a_dry_run_changes_nothing_and_tells_all(finder: Someone) -> None:
    made = planned(finder, CSV + WRONG)
    assert (made.total, made.summary["rows_with_errors"], made.summary["named"]) == (3, 2, 3)
    assert made.summary["no_place"] == {"eigen": 3}
    assert not Registration.objects.exists()
    errors = queries.errors(by=finder.member, intake=made.pk, lang="en")
    assert [(row, column) for row, column, _ in errors] == [(4, "vorm"), (4, "gezien"), (5, "nummer")]
    assert "heel iets anders" not in json.dumps(errors)
    assert b"Naam 1" not in bytes(Intake.objects.values_list("rows", flat=True)[0])


def test_each_row_becomes_a_registration_and_none_comes_twice(finder: Someone) -> None:
    made = planned(finder)
    intake.bring_in(by=finder.member, intake=made.pk, most=2)
    assert Registration.objects.count() == 2
    done = intake.bring_in(by=finder.member, intake=made.pk)
    assert (done.state, done.done, done.rows) == ("done", 3, None)
    assert set(Registration.objects.values_list("state", "named")) == {("submitted", True)}
    report = Report.objects.select_related("subject").order_by("reported_on").first()
    assert report is not None
    assert report.reference in ("1", "2", "3")
    again = intake.bring_in(by=finder.member, intake=planned(finder).pk)
    assert again.summary["known"] == 3
    assert Registration.objects.count() == 3


def test_what_has_no_place_is_kept_sealed(finder: Someone) -> None:
    intake.bring_in(by=finder.member, intake=planned(finder).pk)
    kept = Kept.objects.select_related("subject").first()
    assert kept is not None
    assert json.loads(kept.cells)["eigen"].startswith("=1+")


def test_without_a_ground_nobody_is_named(finder: Someone) -> None:
    intake.bring_in(by=finder.member, intake=planned(finder, ground="").pk)
    assert set(Registration.objects.values_list("named", flat=True)) == {False}
    assert not Person.objects.filter(identity__isnull=False).exists()


def test_a_plan_is_ones_own_and_ends(finder: Someone) -> None:
    made, other = planned(finder), cases.finder("Andere")
    with pytest.raises(Refused):
        intake.bring_in(by=other.member, intake=made.pk)
    assert queries.plan(by=other.member, intake=made.pk) is None
    intake.drop(by=finder.member, intake=made.pk)
    with pytest.raises(Refused):
        intake.bring_in(by=finder.member, intake=made.pk)
    late = planned(finder)
    Intake.objects.filter(pk=late.pk).update(destroy_at=timezone.now() - timedelta(minutes=1))
    assert tidy()["imports"] == 1
    assert Intake.objects.get(pk=late.pk).rows is None


def test_only_who_registers_brings_in(finder: Someone) -> None:
    with pytest.raises(Refused):
        planned(Someone("shelter", "Opvang", kind="shelter"))


def htcds_row() -> dict[str, str]:
    """One record that uses every live field: the first permitted value, or a word of its kind."""
    plain = {"day": "2024-02-01", "number": "3", "tick": "true"}
    return {
        field.name: field.values[0] if field.values else "nld" if field.codes else plain.get(field.kind, "Woord")
        for field in standard(load()).live
    }  # fmt: skip


def test_htcds_comes_in_by_its_own_names(finder: Someone) -> None:
    arrival = intake_rows.arrive([htcds_row()], "htcds", "", timezone.localdate())
    assert arrival.errors == ()
    made = intake.plan(by=finder.member, arrival=arrival, form="htcds", mapping="", purposes=(), ground="public-task")
    intake.bring_in(by=finder.member, intake=made.pk)
    assert Registration.objects.get().state == "submitted"
    assert Kept.objects.exists()


def test_a_column_that_the_standard_does_not_have_is_told() -> None:
    with pytest.raises(BadInput, match="prs_FirstName"):
        intake_rows.arrive([{"prs_FirstNam": "x"}], "htcds", "", timezone.localdate())


def post(client: Client, **files: Any) -> Any:
    sent = {name: SimpleUploadedFile(f"{name}.txt", data.encode()) for name, data in files.items()}
    said = {"intake_form": "mapping", "intake_ground": "public-task"}
    return client.post("/nl/loket/zaken/invoer/", {**said, **sent})


def test_the_pages_lead_from_file_to_yes(finder: Someone) -> None:
    at = finder.at(Client(raise_request_exception=False))
    answer = post(at, intake_file=CSV + WRONG, mapping_file=MAPPING)
    page = at.get(answer.headers["Location"])
    assert "Rijen die niet inkomen" in page.content.decode()
    assert "heel iets anders" not in page.content.decode()
    errors = at.get(answer.headers["Location"] + "rijen.csv")
    assert errors.content.decode("utf-8-sig").startswith('"row";"column";"error"')
    at.post(answer.headers["Location"] + "verder/")
    assert Registration.objects.count() == 3
    assert "Alle rijen zijn klaar" in at.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"intake_file": CSV}, "koppelbestand"),
        ({"intake_file": CSV, "mapping_file": "key: nummer"}, "columns"),
        ({"intake_file": CSV, "mapping_file": "key: nummer\ncolumns: {x: {to: nergens}}"}, "nergens"),
        ({"intake_file": "[[[", "mapping_file": MAPPING}, "JSON"),
        ({"intake_file": "a;a\n1;2", "mapping_file": MAPPING}, "kolommen"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_told(finder: Someone, files: dict[str, str], says: str) -> None:
    answer = post(finder.at(Client(raise_request_exception=False)), **files)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Intake.objects.exists()


def test_the_worker_goes_on_with_what_somebody_said_yes_to_and_as_them(finder: Someone) -> None:
    made = planned(finder)
    assert importing.go_on() == 0  # nobody said yes yet
    intake.bring_in(by=finder.member, intake=made.pk, most=1)
    assert importing.go_on(most=1) == 1
    assert importing.go_on() == 1
    assert importing.go_on() == 0
    assert Intake.objects.get().state == "done"
    assert Registration.objects.count() == 3
    entries = Entry.objects.filter(event="casework.submit").order_by("number").values_list("client", "user")
    assert list(entries) == [("counter", finder.member.user), ("import", finder.member.user),
                             ("import", finder.member.user)]  # fmt: skip


def test_an_import_is_stopped_and_goes_on_where_it_was(finder: Someone) -> None:
    made, client = planned(finder), Client()
    finder.at(client)
    page, press = (reverse(f"casework:{name}", args=[made.pk]) for name in ("intake_plan", "bring_in"))
    intake.bring_in(by=finder.member, intake=made.pk, most=1)
    assert "1 van 3 rijen" in html(client.get(page))
    assert client.post(press, {"stop": "1"}).status_code == 302
    assert importing.go_on() == 0
    assert "Gestopt: 1 van 3" in html(client.get(page))
    assert client.post(press, {"go": "1"}).status_code == 302
    assert Intake.objects.get().state == "done"
    assert client.post(press, {"stop": "1"}).status_code == 302
    assert Intake.objects.get().state == "done"


def test_the_worker_stops_an_import_that_cannot_go_on_and_says_so(finder: Someone) -> None:
    made, client = planned(finder), Client()
    intake.bring_in(by=finder.member, intake=made.pk, most=1)
    Organisation.objects.filter(kind="comensha").update(ended_at=timezone.now())
    assert importing.go_on() == 0
    assert (Intake.objects.get().state, Registration.objects.count()) == ("stopped", 1)
    finder.at(client)
    assert "De volgende rij kan niet zo binnenkomen" in html(
        client.get(reverse("casework:intake_plan", args=[made.pk]))
    )
    intake.bring_in(by=finder.member, intake=planned(finder).pk, most=0)
    Membership.objects.filter(pk=finder.member.membership).update(until=timezone.now())
    assert importing.go_on() == 0
    assert set(Intake.objects.values_list("state", flat=True)) == {"stopped"}


def test_the_worker_runs_until_it_is_told_to_and_does_the_work_of_the_clock_where_asked(
    finder: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, looks, ticks = planned(finder), iter([False, False, True]), []
    monkeypatch.setattr(worker, "night", lambda: ticks.append(1) or (Ticked(*[0] * 7), Verdict("house", 0, "")))
    intake.bring_in(by=finder.member, intake=made.pk, most=1)
    worker.run(lambda: next(looks), pause=0, clock=True)
    assert Intake.objects.get().state == "done"
    assert ticks == [1]  # once a day
