"""Referring and handing over: asked, answered, seen from both sides, and never more than the slice."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from loket.accounts.models import Membership
from loket.audit.models import Entry
from loket.audit.who import Refused
from loket.casework.access import Denied, standing
from loket.casework.actions import referral, registering
from loket.casework.models import Message, Referral, Registration
from loket.casework.queries import asking, programs, referrals
from loket.casework.slices import unpack
from schakel.vocabulary.errors import BadInput
from tests.care import World, world


@pytest.fixture
def there(database: Any) -> World:
    return world()


def cards(by: Any, lang: str = "nl") -> list[Any]:
    """The referrals of somebody's organisation."""
    return programs.referrals(by=by, page=1, size=50, lang=lang)[0]


def events() -> list[tuple[str, str]]:
    rows = Entry.objects.order_by("number").values_list("event", "outcome")
    return [row for row in rows if "referral" in row[0] or "share" in row[0] or row[0] == "casework.refer"]


def test_without_a_ground_nothing_is_shared_and_the_answer_is_in_the_log(there: World) -> None:
    with pytest.raises(Denied) as said:
        there.refers()
    assert "Vraag de persoon" in said.value.say("nl")
    assert not Referral.objects.exists()
    assert events() == [("casework.may_not_share", "refused")]
    asked = asking.may(by=there.registrar.member, person=there.person.pk, receiver_kind="care-coordinator",
                       purpose="arrange-care", lang="en")  # fmt: skip
    assert (asked.allowed, asked.ground_missing) == ((), True)
    assert events()[-1] == ("casework.may_not_share", "done")
    there.consents()
    with pytest.raises(BadInput):
        there.refers(fields=frozenset())


def test_a_referral_is_asked_answered_and_seen_from_both_sides(there: World) -> None:
    there.consents()
    made = there.refers(message="Kunt u helpen?")
    assert unpack(made.slice).fields == {"signal", "identity", "contact", "situation", "needs"}
    before = standing(there.carer.member, there.person)
    # The region's coordinator has a duty too: a relation, but no data by itself.
    assert before.relations == ("assigned", "invited")
    assert before.sees() == {"status", "needs"}
    page = referrals.page(by=there.carer.member, pk=made.pk, lang="en")
    assert (page.card.mine, page.message, [act.id for act in page.acts]) == (
        "receiver", "Kunt u helpen?", ["accept", "refuse"])  # fmt: skip
    assert page.person
    assert not page.person.identity

    referral.act(by=there.carer.member, referral=made.pk, event="accept", version=1)
    after = referrals.page(by=there.carer.member, pk=made.pk, lang="en")
    assert after.person
    assert dict(after.person.identity)["Surname"] == "Voorbeeld 1"
    seen = referrals.page(by=there.registrar.member, pk=made.pk, lang="nl")
    assert (seen.card.said, seen.card.mine, seen.person) == ("aangenomen", "sender", None)
    assert ("casework.may_share", "done") in events()
    assert ("casework.referral_accept", "done") in events()


def test_nobody_else_sees_a_referral_and_the_try_is_in_the_log(there: World) -> None:
    there.consents()
    made = there.refers()
    for stranger in (there.house.member, there.finder.member):
        with pytest.raises(Denied):
            referrals.page(by=stranger, pk=made.pk, lang="nl")
        assert cards(stranger) == []
    refused = Entry.objects.filter(outcome="refused", object_kind="referral")
    assert refused.count() == 2
    with pytest.raises(Denied):
        referral.act(by=there.house.member, referral=made.pk, event="accept")


def test_a_refusal_has_a_reason_and_the_sender_sees_it(there: World) -> None:
    there.consents()
    made = there.refers()
    with pytest.raises(Denied) as lacks:
        referral.act(by=there.carer.member, referral=made.pk, event="refuse", version=1)
    assert "reden" in lacks.value.say("nl")
    referral.act(by=there.carer.member, referral=made.pk, event="refuse", version=1, words="Geen plek in deze regio")
    card = cards(there.registrar.member)[0]
    assert (card.state, card.waits_for_me) == ("refused", True)
    assert referrals.page(by=there.registrar.member, pk=made.pk, lang="nl").reason == "Geen plek in deze regio"
    # Whoever refused sees the person no more, and nothing of what was shared.
    assert standing(there.carer.member, there.person).sees() <= {"status"}
    again = referral.act(
        by=there.registrar.member, referral=made.pk, event="ask_again", version=2, words="Nu wel plek?"
    )
    assert again.state == "requested"


def test_two_at_once_are_told_and_nothing_is_overwritten(there: World) -> None:
    there.consents()
    made = there.refers()
    referral.act(by=there.carer.member, referral=made.pk, event="accept", version=1)
    with pytest.raises(Refused) as clash:
        referral.act(by=there.carer.member, referral=made.pk, event="refuse", version=1, words="te laat gezien")
    assert clash.value.reason == "changed_meanwhile"
    assert Referral.objects.get().state == "accepted"


def test_silence_is_seen_by_the_sender_and_the_registrar(there: World) -> None:
    there.consents()
    today = timezone.localdate()
    made = there.refers(answer_by=today + timedelta(days=2))
    assert referral.expire(on=today + timedelta(days=2)) == 0
    assert referral.expire(on=today + timedelta(days=3)) == 1
    card = cards(there.registrar.member, "en")[0]
    assert (card.state, card.late, card.waits_for_me) == ("expired", True, True)
    # It can still be accepted, late.
    assert referral.act(by=there.carer.member, referral=made.pk, event="accept").state == "accepted"
    with pytest.raises(BadInput):
        there.refers(answer_by=date(2020, 1, 1))


def test_a_transfer_moves_who_answers_only_once_it_was_accepted(there: World) -> None:
    there.consents()
    made = there.refers(kind="transfer")
    place = Registration.objects.get
    assert str(place().responsible_id) == there.registrar.member.organisation
    referral.act(by=there.carer.member, referral=made.pk, event="accept", version=1)
    assert str(place().responsible_id) == there.carer.member.organisation


def test_nobody_found_is_a_task_of_the_registrar_who_appoints_or_telephones(there: World) -> None:
    there.consents()
    made = there.refers(receiver=None)
    card = cards(there.registrar.member)[0]
    assert (card.waits_for_me, card.receiver) == (True, "Zorgcoördinator mensenhandel")
    assert "Het registratiepunt zoekt er een" in card.why_registrar
    with pytest.raises(Refused):
        referral.appoint(
            by=there.registrar.member, referral=made.pk, receiver=uuid.UUID(there.house.member.organisation)
        )
    receiver = uuid.UUID(there.carer.member.organisation)
    referral.appoint(by=there.registrar.member, referral=made.pk, receiver=receiver, version=1)

    with pytest.raises(Denied):  # somebody there can sign in: nobody answers for them
        referral.act(by=there.registrar.member, referral=made.pk, event="accept", by_telephone=True)
    Membership.objects.filter(organisation=receiver).update(until=timezone.now())
    card = cards(there.registrar.member)[0]
    assert "belt" in card.why_registrar
    assert (
        referral.act(by=there.registrar.member, referral=made.pk, event="accept", by_telephone=True).state == "accepted"
    )
    assert referrals.page(by=there.registrar.member, pk=made.pk, lang="nl").steps[-1].telephone
    row = Registration.objects.get(pk=there.registration.pk)
    registering.step(by=there.registrar.member, registration=row.pk, event="close", outcome="helped",
                     version=row.version)  # fmt: skip
    done = referral.act(by=there.registrar.member, referral=made.pk, event="finish", words="Klaar.", by_telephone=True)
    assert done.state == "done"  # help went on after the registration ended, and so does what is told of it


def test_the_sides_are_told_that_something_waits_without_a_word_about_it(there: World) -> None:
    there.consents()
    Message.objects.all().delete()
    made = there.refers()
    told = list(Message.objects.values_list("what", "organisation_id", "object"))
    assert told == [("referral.requested", uuid.UUID(there.carer.member.organisation), made.pk)]
    referral.act(by=there.carer.member, referral=made.pk, event="refuse", words="vol")
    assert set(Message.objects.exclude(what="referral.requested").values_list("what", flat=True)) == {
        "referral.refused"
    }


def test_nobody_refers_what_they_may_not_see_and_a_finder_refers_nobody(there: World) -> None:
    there.consents()
    made = there.refers(fields=frozenset({"needs", "health", "criminal"}))
    assert unpack(made.slice).fields == {"needs"}
    with pytest.raises(Denied) as said:
        referral.refer(by=there.finder.member, person=there.person.pk, asked=referral.Request(
            "referral", "arrange-care", "care-coordinator", None, frozenset({"needs"})))  # fmt: skip
    assert "vinder" in said.value.say("nl")
    with pytest.raises(Refused):
        there.refers(receiver=uuid.UUID(there.house.member.organisation))  # no care coordinator
