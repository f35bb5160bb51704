"""Encounter, person and report: told once, kept for good, read as a situation on a day."""

from __future__ import annotations

from datetime import date

import pytest

from schakel.casework.encounter import Encounter, situation
from schakel.casework.person import CasePerson, Exploitation, Identity, Representative
from schakel.casework.report import Report, first_and_last, keep
from schakel.mechanism.situation import Claim
from schakel.vocabulary.errors import BadInput

DAY = date(2025, 6, 2)
FARM = Encounter("farm", DAY, "labour_inspector", "GM0344", persons=(CasePerson("worker 1"), CasePerson("worker 2")))


def test_what_is_shared_is_told_once_and_what_is_personal_of_one() -> None:
    told = FARM.tell(Claim("form", ("labour",))).tell(Claim("age", ("adult",)), "worker 1")
    read = situation(told, DAY)
    assert [claim.fact for claim in read.shared] == ["form", "found_on"]
    assert [[claim.fact for claim in person.claims] for person in read.persons] == [["age"], []]


def test_contradicting_claims_are_both_kept() -> None:
    person = CasePerson("1").tell(Claim("age", ("adult",), "herself")).tell(Claim("age", ("16_17",), "papers"))
    assert [claim.source for claim in person.told("age")] == ["herself", "papers"]


def test_a_revision_replaces_what_was_told_and_the_old_words_stay_on_record() -> None:
    told = FARM.tell(Claim("age", ("adult",)), "worker 1").tell(Claim("age", ("16_17",), revises=True), "worker 1")
    assert len(told.person("worker 1").claims) == 2
    assert [claim.values for claim in situation(told, DAY).persons[0].claims] == [("16_17",)]


def test_what_was_told_later_is_not_known_yet() -> None:
    later = date(2025, 7, 1)
    told = FARM.tell(Claim("age", ("adult",), said_on=later), "worker 1")
    told = told.tell(Claim("reported_on", (), day=later), "worker 1")
    assert situation(told, DAY).persons[0].claims == ()
    assert len(situation(told, later).persons[0].claims) == 2
    assert situation(FARM, date(2025, 6, 1)).shared == ()


def test_who_somebody_is_does_not_reach_the_mechanism() -> None:
    named = FARM.changed(CasePerson("worker 1", identity=Identity("Ana", "Example")))
    assert "Ana" not in repr(situation(named, DAY))


def test_the_forms_of_known_situations_are_facts_unless_the_form_was_told() -> None:
    person = (
        CasePerson("worker 1").exploited(Exploitation("a", ("labour",))).exploited(Exploitation("b", ("criminal",)))
    )
    assert person.forms == ("labour", "criminal")
    (claim,) = situation(FARM.changed(person), DAY).persons[0].claims
    assert (claim.fact, claim.values) == ("form", ("labour", "criminal"))
    told = FARM.changed(person.tell(Claim("form", ("begging",))))
    assert [claim.values for claim in situation(told, DAY).persons[0].claims] == [("begging",)]


def test_one_situation_has_one_reading_and_ends_after_it_begins() -> None:
    first = Exploitation("a", ("labour",), begun=date(2024, 1, 1))
    person = CasePerson("1").exploited(first).exploited(Exploitation("a", ("labour",), begun=date(2023, 1, 1)))
    assert [one.begun for one in person.exploitations] == [date(2023, 1, 1)]
    with pytest.raises(BadInput, match="ends before"):
        person.exploited(Exploitation("b", (), begun=DAY, ended=date(2020, 1, 1)))


def test_every_report_is_kept_with_its_day_and_reporter() -> None:
    one = Report("r1", "farm", DAY, "labour-inspectorate", person="worker 1")
    two = Report("r2", "farm", date(2025, 8, 1), "shelter", person="worker 1")
    reported = FARM.report(one).report(two).report(one)
    assert reported.reports == (one, two)
    assert first_and_last(reported.reports, "worker 1") == (DAY, date(2025, 8, 1))
    assert first_and_last(reported.reports, "worker 2") is None
    with pytest.raises(BadInput, match="other words"):
        keep((one,), Report("r1", "farm", DAY, "police"))


def test_a_person_of_another_encounter_is_a_sentence() -> None:
    for wrong in (lambda: FARM.person("stranger"), lambda: FARM.meet(CasePerson("worker 1"))):
        with pytest.raises(BadInput) as told:
            wrong()
        assert told.value.dutch
    assert FARM.meet(CasePerson("worker 3")).person("worker 3").id == "worker 3"


def test_an_encounter_without_persons_is_about_somebody() -> None:
    assert [person.id for person in situation(Encounter("e", DAY), DAY).persons] == ["1"]


def test_a_representative_stands_for_the_person_between_two_days() -> None:
    guardian = Representative("account", "guardian", DAY, date(2025, 12, 31))
    person = CasePerson("1", representatives=(guardian,))
    assert person.represented_by("account", DAY) == "guardian"
    assert person.represented_by("account", date(2026, 1, 1)) is None
    assert person.represented_by("other", DAY) is None


def test_an_identity_is_known_by_any_of_its_parts() -> None:
    assert not Identity(sex="f").known
    assert Identity(aliases=("Star",)).known
