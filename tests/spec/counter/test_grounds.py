"""What sharing rests on: consent by who may give it, another ground with its reason, withdrawal that reaches all."""

from __future__ import annotations

from typing import Any

import pytest

from loket.audit.who import Refused
from loket.casework.access import Denied, standing
from loket.casework.actions import consent, referral
from loket.casework.models import Ground, Message, Placement, Referral, Registration
from loket.casework.queries import consents, referrals
from loket.casework.slices import unpack
from schakel.vocabulary.errors import BadInput
from tests.care import World, world
from tests.cases import FACTS


def aged(age: str) -> dict[str, Any]:
    return {**FACTS, "persons": [{"id": "1", "facts": {"age": age, "age_doubt": "none"}}]}


def say(there: World, *by: str, note: str = "", purpose: str = "arrange-care") -> Ground:
    said = consent.Said(purpose, "give", "", by, note=note)
    return consent.record(by=there.registrar.member, person=there.person.pk, said=said)


def test_withdrawal_reaches_every_receiver_and_takes_away_what_rested_on_it(database: Any) -> None:
    there = world()
    ground = there.consents()
    made = there.refers()
    referral.act(by=there.carer.member, referral=made.pk, event="accept", version=1)
    there.consents("shelter-placement")
    place = there.asks_place()
    assert "identity" in standing(there.carer.member, there.person).sees()
    Message.objects.all().delete()

    assert consent.withdraw(by=there.registrar.member, ground=ground.pk, version=1) == 1
    row = Referral.objects.get()
    row.subject = there.person.subject
    assert (row.state, unpack(row.slice).fields) == ("revoked", frozenset())
    assert standing(there.carer.member, there.person).sees() <= {"status"}
    assert "consent.withdrawn" in set(Message.objects.values_list("what", flat=True))
    told = {str(one) for one in Message.objects.values_list("organisation_id", flat=True)}
    assert there.carer.member.organisation in told
    # Another purpose is another consent: the shelter keeps what it has until that one is withdrawn.
    assert Placement.objects.get().state == "waiting"
    other = Ground.objects.get(purpose="shelter-placement")
    assert consent.withdraw(by=there.registrar.member, ground=other.pk) == 1
    assert Placement.objects.get(pk=place.pk).state == "withdrawn"
    with pytest.raises(Exception, match="no consent here"):
        consent.withdraw(by=there.registrar.member, ground=ground.pk)


def test_refusing_consent_changes_no_task_and_no_registration(database: Any) -> None:
    there = world()
    tasks = list(there.person.tasks.order_by("pk").values_list("duty", "state"))
    said = consent.Said("arrange-care", "refuse", "", ("person",))
    made = consent.record(by=there.registrar.member, person=there.person.pk, said=said)
    assert made.state == "refused"
    assert list(there.person.tasks.order_by("pk").values_list("duty", "state")) == tasks
    assert Registration.objects.get().state == "accepted"


def test_who_consents_follows_the_age(database: Any) -> None:
    there = world(aged("12_15"))
    with pytest.raises(Denied):
        say(there, "parents")  # the child decides too
    with pytest.raises(Denied) as why:
        say(there, "person")  # without the parents only with a reason
    assert "zonder de ouders" in why.value.say("nl")
    assert say(there, "person", note="De ouders zijn het gevaar").state == "given"
    assert say(there, "person", "guardian").given_by == "person guardian"
    page = consents.page(by=there.registrar.member, person=there.person.pk, lang="nl")
    assert page.age == "12 tot en met 15"
    assert any("kind en de ouders" in one.because for one in page.ages)


def test_where_the_age_is_not_known_another_ground_can_stand(database: Any) -> None:
    there = world({**FACTS, "persons": [{"id": "1", "facts": {}}]})
    with pytest.raises(Refused) as said:
        say(there, "person")
    assert said.value.reason == "age_not_known"
    other = consent.Said("arrange-care", "use_other", "", (), "vital-interest", note="Acuut gevaar")
    with pytest.raises(Denied):
        consent.record(by=there.registrar.member, person=there.person.pk,
                       said=consent.Said("arrange-care", "use_other", "", (), "vital-interest"))  # fmt: skip
    made = consent.record(by=there.registrar.member, person=there.person.pk, said=other)
    assert (made.state, made.ground) == ("other_ground", "vital-interest")
    assert Registration.objects.get().grounds["arrange-care"] == "vital-interest"
    after = consent.answer(by=there.registrar.member, ground=made.pk, said=consent.Said("", "object"), version=1)
    assert after.state == "asked"
    assert "arrange-care" not in Registration.objects.get().grounds


def test_a_receiver_without_anything_left_sees_the_end_of_it_and_strangers_see_no_ground(database: Any) -> None:
    there = world()
    ground = there.consents(receiver="care-coordinator")
    made = there.refers()
    consent.withdraw(by=there.registrar.member, ground=ground.pk)
    page = referrals.page(by=there.carer.member, pk=made.pk, lang="nl")
    assert (page.card.state, page.shared) == ("revoked", ())
    for stranger in (there.finder.member, there.house.member):
        with pytest.raises(Denied):
            consents.page(by=stranger, person=there.person.pk, lang="nl")
        with pytest.raises(Denied):
            consent.withdraw(by=stranger, ground=ground.pk)


def test_a_consent_given_again_on_the_same_day_counts(database: Any) -> None:
    there = world()
    first = there.consents()
    consent.withdraw(by=there.registrar.member, ground=first.pk)
    there.consents()
    assert unpack(there.refers().slice).fields == {"signal", "identity", "contact", "situation", "needs"}
    said = consent.Said("arrange-care", "refuse", "care-coordinator", ("person",))
    consent.record(by=there.registrar.member, person=there.person.pk, said=said)
    with pytest.raises(Denied):  # what was said of this receiver goes before what was said of all
        there.refers()
    with pytest.raises(BadInput):
        consent.record(by=there.registrar.member, person=there.person.pk,
                       said=consent.Said("removal", "give", "", ("person",)))  # fmt: skip
