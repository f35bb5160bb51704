"""A place in a shelter: asked, refused for a counted reason, offered, taken; and an address that stays secret."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loket.audit.models import Entry
from loket.audit.who import Refused
from loket.casework.access import Denied, standing
from loket.casework.actions import shelter
from loket.casework.models import Placement, PlacementAnswer, Whereabouts
from loket.casework.queries import directory, places
from schakel.casework.shelter import Intake
from schakel.vocabulary.errors import BadInput
from tests.care import World, world
from tests.counter import Someone

ADDRESS = "Dorpsstraat 1, 1234 AB Ergens"


@pytest.fixture
def there(database: Any) -> World:
    made = world()
    made.consents("shelter-placement")
    return made


def test_a_refused_place_stays_counted_and_can_be_asked_elsewhere(there: World) -> None:
    other = Someone("shelter", "Ander huis", kind="shelter")
    made = there.asks_place(intake=Intake(("VR13",), ("exploiter", "family"), 1))
    with pytest.raises(BadInput):
        shelter.act(by=there.house.member, placement=made.pk, event="refuse", reason="because")
    shelter.act(by=there.house.member, placement=made.pk, event="refuse", reason="full", version=1)
    card = places.listed(by=there.registrar.member, lang="nl").groups[0].page.rows[0]
    assert (card.state, card.refusals, card.waits_for_me, card.days) == ("refused", 1, True, 0)
    found = [one.name for one in places.page(by=there.registrar.member, pk=made.pk, lang="nl").candidates]
    assert found == ["Ander huis"]
    again = shelter.act(by=there.registrar.member, placement=made.pk, event="ask_again",
                        other=uuid.UUID(other.member.organisation))  # fmt: skip
    assert (again.state, again.shelter.name) == ("waiting", "Ander huis")
    assert list(PlacementAnswer.objects.order_by("at").values_list("event", "reason")) == [
        ("request", ""), ("refuse", "full"), ("ask_again", "")]  # fmt: skip
    # The first house sees what came of it, and nothing of the person.
    assert standing(there.house.member, there.person).sees() <= {"status"}


def test_a_shelter_sees_what_it_needs_to_answer_and_who_it_is_only_after(there: World) -> None:
    made = there.asks_place(intake=Intake(("VR13",), ("exploiter",), 2), message="Kan zij vanavond komen?")
    page = places.page(by=there.house.member, pk=made.pk, lang="nl")
    assert page.intake
    assert (page.intake.areas, page.intake.avoid) == (("Amsterdam-Amstelland",), ("wie de persoon uitbuitte",))
    assert page.person
    assert not page.person.identity
    shelter.act(by=there.house.member, placement=made.pk, event="offer", version=1)
    with pytest.raises(Denied):  # the person chooses, or who asked on their behalf
        shelter.act(by=there.house.member, placement=made.pk, event="take")
    shelter.act(by=there.registrar.member, placement=made.pk, event="take", version=2)
    page = places.page(by=there.house.member, pk=made.pk, lang="nl")
    assert page.person
    assert dict(page.person.identity)["Achternaam"] == "Voorbeeld 1"
    with pytest.raises(Refused) as clash:
        shelter.act(by=there.house.member, placement=made.pk, event="leave", words="veilig naar huis", version=2)
    assert clash.value.reason == "changed_meanwhile"
    assert shelter.act(by=there.house.member, placement=made.pk, event="leave", words="veilig").state == "ended"


def test_a_secret_address_is_shown_to_nobody_who_may_not_see_it(there: World) -> None:
    made = there.asks_place()
    shelter.act(by=there.house.member, placement=made.pk, event="offer")
    shelter.act(by=there.registrar.member, placement=made.pk, event="take")
    shelter.tell_whereabouts(by=there.house.member, person=there.person.pk, address=ADDRESS)
    assert places.stay(by=there.house.member, person=there.person.pk).address == ADDRESS
    for other in (there.registrar, there.finder, there.carer):
        with pytest.raises(Refused):
            places.stay(by=other.member, person=there.person.pk)
    pages = [reverse("casework:placement", args=[made.pk]), reverse("casework:person", args=[there.person.pk]),
             reverse("casework:placements"), reverse("casework:stay", args=[there.person.pk])]  # fmt: skip
    browser = there.registrar.at(Client())
    assert all("Dorpsstraat" not in browser.get(page).content.decode() for page in pages)
    kept = Whereabouts.objects.values().get()
    assert b"Dorpsstraat" not in bytes(kept["address"])
    assert Entry.objects.filter(event="casework.read_whereabouts", outcome="refused").count() == 4
    # A care coordinator with a referral sees it only if it is in the slice, which it is not.
    there.consents()
    from loket.casework.actions import referral

    referral.act(by=there.carer.member, referral=there.refers().pk, event="accept")
    with pytest.raises(Refused) as said:
        places.stay(by=there.carer.member, person=there.person.pk)
    assert said.value.reason == "address_not_shared"
    with pytest.raises(Refused):
        shelter.tell_whereabouts(by=there.house.member, person=there.person.pk, address="elders")  # an old page


def test_a_shelter_in_an_area_to_avoid_is_not_offered_and_nobody_is_a_task(there: World) -> None:
    from loket.accounts.models import Organisation

    Organisation.objects.filter(name="Opvanghuis").update(region="Amsterdam-Amstelland")
    assert [one.name for one in directory.receivers("shelter", "GM0363", frozenset({"women"})).lines] == ["Opvanghuis"]
    avoided = directory.receivers("shelter", "GM0363", frozenset({"women"}), avoid={"VR13"})
    assert avoided.lines == ()
    assert avoided.task_of_registrar
    made = there.asks_place(shelter=None, intake=Intake(("VR13",)))
    card = places.listed(by=there.registrar.member, lang="nl").groups[0].page.rows[0]
    assert (card.looking, card.waits_for_me) == (True, True)
    with pytest.raises(Refused):
        shelter.find(by=there.registrar.member, placement=made.pk, shelter=uuid.UUID(there.carer.member.organisation))
    house = uuid.UUID(there.house.member.organisation)
    found = shelter.find(by=there.registrar.member, placement=made.pk, shelter=house)
    assert found.shelter_id == house


def test_the_directory_says_who_is_there_for_whom_and_places_only_to_who_asks_for_one(there: World) -> None:
    shelter.tell_places(by=there.house.member, groups=["women", "families"], free=3)
    with pytest.raises(Refused) as clash:
        shelter.tell_places(by=there.house.member, groups=[], free=0)
    assert clash.value.reason == "changed_meanwhile"
    with pytest.raises(BadInput):
        shelter.tell_places(by=there.house.member, groups=["from the east"], free=1, version=1)
    with pytest.raises(Refused):
        shelter.tell_places(by=there.finder.member, groups=[], free=1)
    every = directory.lines()
    line = {one.name: one for one in directory.shown(by=there.registrar.member, every=every)}["Opvanghuis"]
    assert (line.free, line.groups) == (3, ("women", "families"))
    assert {one.name: one for one in directory.shown(by=there.finder.member, every=every)}["Opvanghuis"].free is None
    men = directory.shown(by=there.registrar.member, every=every, group="men")
    assert "Opvanghuis" not in {one.name for one in men}
    assert [one.name for one in directory.receivers("shelter", "", frozenset({"men"})).lines] == []


def test_a_place_without_a_ground_is_asked_without_data(database: Any) -> None:
    there = world()
    made = there.asks_place()
    assert Placement.objects.get().state == "waiting"
    page = places.page(by=there.house.member, pk=made.pk, lang="nl")
    assert (page.shared, page.intake) == ((), None)
    assert page.person
    assert page.person.told == ()
