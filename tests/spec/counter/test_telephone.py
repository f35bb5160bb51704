"""A report that somebody tells by telephone: written down, submitted and accepted by the same registrar."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from loket.audit.models import Entry
from loket.audit.who import Refused
from loket.casework.actions import drafting, registering, reporting
from loket.casework.models import Encounter, Message, Person, Registration, Report
from loket.casework.taking import Taken, tells
from schakel.casework.person import Identity
from schakel.vocabulary.errors import BadInput
from tests import cases
from tests.counter import Someone, html

pytestmark = pytest.mark.usefixtures("database")
DAY = date(2026, 3, 2)
NURSE = Taken("telephone", "health_worker", "verpleegkundige, huisartsenpost", DAY)


def taken(who: Someone, told: Taken = NURSE) -> Encounter:
    return drafting.begin(by=who.member, facts=cases.FACTS, taken=told)


def test_what_is_told_by_telephone_is_submitted_and_accepted_by_the_same_registrar() -> None:
    registrar = cases.registrar()
    row = taken(registrar)
    report = Report.objects.select_related("subject").get(encounter=row)
    assert (report.channel, report.reporter_kind, report.reported_on) == ("telephone", "gp-health", DAY)
    assert (report.reporter, report.organisation, report.teller) == (None, None, NURSE.teller)
    assert str(report.taken_by_id) == registrar.member.membership
    assert row.who == "health_worker"
    one = registering.submit(by=registrar.member, encounter=row.pk, version=row.version)[0]
    done = registering.step(by=registrar.member, registration=one.pk, event="count", version=one.version)
    assert done.state == "counted"
    begun = Entry.objects.get(event="casework.begin")
    assert (begun.relation, begun.place) == ("took", "telephone")


def test_the_ground_is_that_of_who_told_it_and_not_of_who_wrote_it_down() -> None:
    registrar = cases.registrar()
    assert tells(registrar.member, "health_worker") == "gp-health"
    assert tells(registrar.member, "relative") == "citizen"
    assert tells(registrar.member, "person_self") == "person"
    row = taken(registrar, Taken("telephone", "labour_inspector", "", DAY))
    person = Person.objects.get(encounter=row)
    drafting.identify(by=registrar.member, person=person.pk, identity=Identity(surname="Voorbeeld"), contact="",
                      purposes={"registration-figures": "public-task"}, version=1)  # fmt: skip
    nurse = Person.objects.get(encounter=taken(registrar))
    with pytest.raises(Refused):
        drafting.identify(by=registrar.member, person=nurse.pk, identity=Identity(surname="Voorbeeld"), contact="",
                          purposes={"registration-figures": "public-task"}, version=1)  # fmt: skip
    one = registering.submit(by=registrar.member, encounter=row.pk, version=2, reference="dossier 7")[0]
    assert Report.objects.select_related("subject").get(encounter=row).reference == "dossier 7"
    assert registering.step(by=registrar.member, registration=one.pk, event="accept", version=one.version).state == (
        "accepted"
    )


def test_nobody_else_writes_down_what_others_tell_and_a_colleague_does_not_fill_in_the_draft() -> None:
    registrar, colleague = cases.registrar(), Someone("registrar", "Registratiepunt", name="registrar 2")
    row = taken(registrar)
    with pytest.raises(Refused):
        taken(cases.finder())
    with pytest.raises(Refused):
        drafting.begin(by=registrar.member, facts=cases.FACTS)
    with pytest.raises(Refused):
        registering.submit(by=colleague.member, encounter=row.pk, version=1)


def test_a_question_is_answered_by_who_wrote_the_report_down() -> None:
    registrar = cases.registrar()
    one = registering.submit(by=registrar.member, encounter=taken(registrar).pk, version=1)[0]
    registering.step(by=registrar.member, registration=one.pk, event="ask", words="Hoe oud?", version=2)
    back = registering.step(by=registrar.member, registration=one.pk, event="answer", words="Gebeld: 16.", version=3)
    assert back.state == "submitted"


def test_the_pages_of_a_report_by_telephone() -> None:
    registrar, client = cases.registrar(), Client()
    registrar.at(client)
    assert reverse("casework:take") in html(client.get(reverse("casework:work")))
    bad = client.post(reverse("casework:take"), {"channel": "smoke"})
    assert bad.status_code == 400
    said = {"channel": "letter", "told_by": "relative", "teller": "een zus", "told_on": "2026-03-02"}
    made = client.post(reverse("casework:take"), said, follow=True)
    assert "een zus" in html(made)
    row = Registration.objects.get()
    registering.submit(by=registrar.member, encounter=row.person.encounter_id, version=1)
    page = html(client.get(reverse("casework:registration", args=[row.pk])))
    assert "Per brief of e-mail" in page
    assert "een zus" in page


def test_register_this_in_the_guide_asks_a_registrar_who_told_it() -> None:
    from loket.wegwijzer import document

    registrar, client = cases.registrar(), Client()
    registrar.at(client)
    facts = document.write(document.read('{"persons": [{"id": "1", "facts": {"age": "adult"}}]}', "2026-03-02"))
    asked = client.post(reverse("casework:begin"), {"facts": facts})
    assert 'name="told_by"' in html(asked)
    said = {"channel": "telephone", "told_by": "teacher", "facts": facts}
    assert client.post(reverse("casework:take"), said).status_code == 302
    assert "adult" in str(Person.objects.select_related("subject").get().facts)


def test_one_more_report_is_kept_beside_the_first_and_the_registration_point_hears_of_it() -> None:
    registrar, inspector, client = cases.registrar(), cases.finder(), Client()
    one = cases.accepted(inspector, registrar)[0]
    Message.objects.all().delete()  # who has a mail on its way gets no second
    reporting.add(by=inspector.member, encounter=one.person.encounter_id, person=one.person_id, words="Weer gezien.")
    assert Message.objects.filter(what="report.added").exists()
    told = Taken("telephone", "teacher", "mentor", DAY)
    reporting.add(by=registrar.member, encounter=one.person.encounter_id, person=None, words="Ook thuis.", taken=told)
    assert Report.objects.filter(encounter=one.person.encounter_id).count() == 3
    registrar.at(client)
    page = html(client.get(reverse("casework:encounter", args=[one.person.encounter_id])))
    assert "Weer gezien." in page
    assert "mentor" in page
    inspector.at(client)
    assert client.get(reverse("casework:encounter", args=[one.person.encounter_id])).status_code == 403
    address = reverse("casework:add_person_report", args=[one.person_id])
    assert address in html(client.get(reverse("casework:registration", args=[one.pk])))
    assert "Weer gezien." not in html(client.get(address))
    answer = client.post(address, {"report_words": "Nog iets."})
    assert "De melding is ontvangen" in html(answer)


def test_a_report_needs_words_and_a_relation() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    one = cases.accepted(inspector, registrar)[0]
    with pytest.raises(BadInput):
        reporting.add(by=inspector.member, encounter=one.person.encounter_id, person=None, words=" ")
    other = cases.finder("Andere inspectie", person="finder 2")
    with pytest.raises(Refused):
        reporting.add(by=other.member, encounter=one.person.encounter_id, person=None, words="Ik ook.")
    with pytest.raises(Refused):
        reporting.add(by=inspector.member, encounter=one.person.encounter_id, person=None, words="Nee.", taken=NURSE)
