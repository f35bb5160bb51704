"""The person concerned sees what is recorded and who read it, says what is wrong, and takes it back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loket.audit.models import Entry
from loket.audit.who import Refused
from loket.casework import stored
from loket.casework.access import Denied
from loket.casework.actions import consent, rights
from loket.casework.models import Correction, Message, Person, Representation
from loket.casework.queries import own, referrals
from loket.casework.queries import rights as registry
from loket.vault.queries import search
from loket.vault.words import Word
from schakel.vocabulary.errors import BadInput
from tests.care import World, world
from tests.counter import Someone, html


@pytest.fixture
def there(database: Any) -> World:
    return world()


def stands(there: World, role: str, name: str = "") -> Someone:
    """Somebody on record as the person, a guardian or a lawyer."""
    who = Someone({"self": "person"}.get(role, role), "Eigen", name=name)
    rights.represent(by=there.registrar.member, person=there.person.pk, membership=who.member.membership, role=role,
                     basis="own_choice")  # fmt: skip
    return who


def everything(who: Someone, there: World) -> str:
    """The words of all three pages."""
    pages = [own.page(by=who.member, pk=there.person.pk, lang="nl", part=part) for part in own.PARTS]
    lines = [line for page in pages for _, lines in page.sections for line in lines]
    return " ".join((*lines, *(line for page in pages for line in page.readers)))


def test_the_person_sees_all_that_is_recorded_and_who_read_it(there: World) -> None:
    there.consents()
    made = there.refers()
    referrals.page(by=there.carer.member, pk=made.pk, lang="nl")
    me = stands(there, "self")
    assert [card.role for card in own.cards(by=me.member, lang="nl")] == ["self"]
    told = everything(me, there)
    assert "Achternaam: Voorbeeld 1" in told
    assert "Zorgcoördinator mensenhandel: " in told
    assert "een zorgcoördinator van Zorgregio heeft uw gegevens bekeken" in told
    assert "vroeg een andere organisatie om u te helpen" in told
    text = own.written(by=me.member, pk=there.person.pk, lang="en")
    assert "What is recorded about you" in text
    assert "every receiver" in text
    assert Entry.objects.filter(event="casework.export_person", outcome="done").count() == 1


def test_nobody_else_opens_the_page_of_a_person(there: World) -> None:
    stranger = Someone("person", "Eigen", name="iemand anders")
    for who in (stranger, there.carer, there.finder, Someone("lawyer", "Kantoor")):
        with pytest.raises(Denied):
            own.page(by=who.member, pk=there.person.pk, lang="nl")
    assert own.cards(by=stranger.member, lang="nl") == ()


def test_a_source_who_is_no_organisation_stays_unknown(there: World) -> None:
    from loket.casework.actions import telling
    from schakel.mechanism.situation import Claim

    version = there.person.encounter.version
    telling.tell(by=there.registrar.member, person=there.person.pk, version=version,
                 claim=Claim("complex_needs", ("no",), "de buurvrouw"))  # fmt: skip
    assert "buurvrouw" not in everything(stands(there, "self"), there)


def test_the_person_withdraws_and_protection_stays(there: World) -> None:
    ground = there.consents()
    there.refers()
    me = stands(there, "self")
    before = list(there.person.tasks.order_by("pk").values_list("duty", "state"))
    lines = own.page(by=me.member, pk=there.person.pk, lang="nl", part="shared").grounds
    # Consent is withdrawn; to another ground (here that of the registration itself) one objects.
    assert sorted(act.id for line in lines for act in line.acts) == ["object", "withdraw"]
    line = next(one for one in lines if one.id == ground.pk)
    assert consent.withdraw(by=me.member, ground=ground.pk, version=line.version) == 1
    assert list(there.person.tasks.order_by("pk").values_list("duty", "state")) == before


def test_a_request_is_taken_up_asked_about_answered_and_decided(there: World) -> None:
    me, registrar = stands(there, "self"), there.registrar.member
    with pytest.raises(BadInput):
        rights.ask(by=me.member, person=there.person.pk, kind="correct", words=" ")
    with pytest.raises(Denied):
        rights.ask(by=there.carer.member, person=there.person.pk, kind="correct", words="Anders")
    made = rights.ask(by=me.member, person=there.person.pk, kind="correct", words="Mijn leeftijd klopt niet")
    (line,) = registry.waiting(by=registrar, lang="nl").rows
    assert (line.words, [act.id for act in line.acts]) == ("Mijn leeftijd klopt niet", ["take_up"])
    rights.act(by=registrar, correction=made.pk, event="take_up", version=1)
    rights.act(by=registrar, correction=made.pk, event="ask", words="Welke dag?", version=2)
    with pytest.raises(Denied):
        rights.act(by=registrar, correction=made.pk, event="grant", version=3)  # an answer is waited for
    rights.act(by=me.member, correction=made.pk, event="answer", words="3 mei", version=3)
    with pytest.raises(Refused) as clash:
        rights.act(by=registrar, correction=made.pk, event="grant", version=3)
    assert clash.value.reason == "changed_meanwhile"
    with pytest.raises(Denied):
        rights.act(by=me.member, correction=made.pk, event="grant", version=4)
    rights.act(by=registrar, correction=made.pk, event="grant", version=4)
    assert Correction.objects.get().state == "granted"
    assert registry.waiting(by=registrar, lang="nl").rows == ()
    with pytest.raises(Denied):
        registry.waiting(by=there.finder.member, lang="nl")


def test_a_guardian_sees_all_a_lawyer_what_was_shared_and_neither_after_the_end(there: World) -> None:
    guardian, lawyer = stands(there, "guardian"), stands(there, "lawyer")
    assert "Voorbeeld 1" in everything(guardian, there)
    assert "Voorbeeld 1" not in everything(lawyer, there)
    assert "Arbeidsuitbuiting" not in everything(lawyer, there)
    rows = registry.representatives(by=there.registrar.member, person=there.person.pk)
    assert {line.role for line in rows.lines} == {"guardian", "lawyer"}
    rights.end(by=there.registrar.member, representation=Representation.objects.get(role="guardian").pk)
    with pytest.raises(Denied):
        own.page(by=guardian.member, pk=there.person.pk, lang="nl")


def test_only_the_registration_point_puts_somebody_on_record_and_one_account_is_one_person(there: World) -> None:
    who = Someone("person", "Eigen")
    with pytest.raises(Denied):
        rights.represent(by=there.carer.member, person=there.person.pk, membership=who.member.membership, role="self",
                         basis="own_choice")  # fmt: skip
    with pytest.raises(Refused) as said:
        rights.represent(by=there.registrar.member, person=there.person.pk, membership=who.member.membership,
                         role="guardian", basis="court")  # fmt: skip
    assert said.value.reason == "no_such_representative"
    other = world_of_another(there)
    rights.represent(by=there.registrar.member, person=other, membership=who.member.membership, role="self",
                     basis="own_choice")  # fmt: skip
    with pytest.raises(Refused) as said:
        rights.represent(by=there.registrar.member, person=there.person.pk, membership=who.member.membership,
                         role="self", basis="own_choice")  # fmt: skip
    assert said.value.reason == "account_of_another"


def world_of_another(there: World) -> Any:
    from tests import cases

    return cases.submitted(there.finder)[0].person_id


def test_a_correction_that_is_granted_is_applied_by_one_press_with_old_and_new_in_sight(there: World) -> None:
    client, me = Client(), stands(there, "self")
    me.at(client)
    page = reverse("casework:own_readers", args=[there.person.pk])
    said = {"request_kind": "correct", "request_place": "identity.surname", "request_value": "Zoals het hoort"}
    assert client.post(page, {**said, "request_value": ""}).status_code == 400
    assert client.post(page, {**said, "request_place": "identity.birth_date"}).status_code == 400
    assert client.post(page, said).status_code == 302
    row = Correction.objects.get()
    there.registrar.at(client)
    shown = html(client.get(reverse("casework:corrections")))
    act = reverse("casework:correction_act", args=[row.pk])
    assert client.post(act, {"event": "take_up", "version": 1}).status_code == 302
    shown = html(client.get(reverse("casework:corrections")))
    assert "Voorbeeld 1" in shown
    assert "Zoals het hoort" in shown
    assert "Wijs toe en pas toe" in shown
    assert client.post(act, {"event": "grant", "version": 2}).status_code == 302
    person = Person.objects.select_related("subject").get(pk=there.person.pk)
    identity = stored.identity(person)
    assert identity is not None
    assert (identity.surname, identity.given_names) == ("Zoals het hoort", "Persoon")
    assert search([Word("surname", "Zoals het hoort")]) == [person.subject_id]
    assert not search([Word("surname", "Voorbeeld 1")])
    assert Entry.objects.filter(event="casework.correction_apply").exists()


def test_a_wrong_answer_is_put_right_and_the_old_one_stays_on_record(there: World) -> None:
    client, me = Client(), stands(there, "self")
    me.at(client)
    assert "feit" in html(client.get(reverse("casework:own_page", args=[there.person.pk])))
    address = reverse("casework:own_fact", args=[there.person.pk]) + "?feit=age"
    assert client.get(address).status_code == 200
    assert client.post(address, {"value": "oud"}).status_code == 400
    assert client.post(address, {"value": "16_17", "words": "Ik ben zeventien."}).status_code == 302
    row = Correction.objects.get()
    for event in ("take_up", "grant"):
        row = rights.act(by=there.registrar.member, correction=row.pk, event=event, version=row.version)
    person = Person.objects.select_related("subject").get(pk=there.person.pk)
    claims = [one for one in stored.person(person).claims if one.fact == "age"]
    assert [one.values for one in claims][-1] == ("16_17",)
    assert claims[-1].revises
    assert len(claims) == 2
    assert client.get(reverse("casework:own_fact", args=[there.person.pk]) + "?feit=vliegen").status_code == 404


@pytest.mark.parametrize(("event", "state"), [("grant", "granted"), ("grant_partly", "partly"), ("refuse", "refused")])
def test_whoever_was_told_hears_that_it_was_corrected(there: World, event: str, state: str) -> None:
    me = stands(there, "self")
    there.consents()
    there.refers()
    row = rights.ask(by=me.member, person=there.person.pk, kind="correct", words="Het huisnummer klopt niet.")
    Message.objects.all().delete()  # each gets one mail at most as long as it is on its way
    for step in ("take_up", event):
        row = rights.act(by=there.registrar.member, correction=row.pk, event=step, words="Gezien.", version=row.version)
    told = Message.objects.filter(what=f"correction.{state}").values_list("membership__organisation__name", flat=True)
    assert list(told) == ([] if event == "refuse" else [there.carer.member.organisation_name])


def test_what_cannot_be_is_not_kept(there: World) -> None:
    me = stands(there, "self")
    for place, value in (("identity.birth_date", "gisteren"), ("identity.surname", " "), ("vliegen", "x")):
        with pytest.raises(BadInput):
            rights.ask(by=me.member, person=there.person.pk, kind="correct", words="", place=place, value=value)
    assert not Correction.objects.exists()
