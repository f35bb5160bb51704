"""An opened glass reaches as far as a role may break it; somebody else looks into it, and the person hears it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loket.accounts.actions import open_glass
from loket.accounts.queries import membership
from loket.audit.models import Entry
from loket.audit.who import Refused
from loket.casework.access import Denied, standing
from loket.casework.actions import emergency
from loket.casework.models import EmergencyLook, Message
from loket.casework.queries import emergencies, own
from tests.care import World, world
from tests.counter import Someone


def broken(who: Someone) -> Any:
    """The same person with an open glass."""
    open_glass(by=who.member, reason="acute_danger", note="Er is nu gevaar voor iemand")
    return membership(who.user, who.member.membership)


@pytest.fixture
def there(database: Any) -> World:
    made = world()
    made.consents("shelter-placement")
    return made


def test_a_glass_opens_what_the_role_may_break_from_where_it_stands_and_no_further(there: World) -> None:
    house = broken(there.house)
    assert standing(house, there.person).relations == ("none",)  # a shelter never breaks it without any relation
    there.asks_place()
    here = standing(house, there.person)
    assert here.relations == ("emergency", "invited")
    assert {"identity", "contact"} <= here.sees("safety")
    assert "identity" not in here.sees()
    finder = broken(there.finder)
    assert "emergency" not in standing(finder, there.person).relations


def test_a_look_is_on_record_told_and_looked_into_by_somebody_else(there: World) -> None:
    there.asks_place()
    broken(there.house)
    Message.objects.all().delete()
    browser = there.house.at(Client())
    answer = browser.get(reverse("casework:person", args=[there.person.pk]))
    assert answer.status_code == 200
    assert "Voorbeeld 1" in answer.content.decode()
    look = EmergencyLook.objects.get()
    assert Message.objects.filter(what="emergency.looked").exists()
    assert Entry.objects.filter(event="casework.emergency_look", emergency=True, reason="acute_danger").exists()
    browser.get(reverse("casework:person", args=[there.person.pk]))
    assert EmergencyLook.objects.count() == 1

    auditor = Someone("auditor", "Toezicht")
    (line,) = emergencies.looks(by=auditor.member).rows
    assert (line.person, line.who, line.reason) == (None, "shelter 1", "acute_danger")
    assert emergencies.looks(by=there.registrar.member).rows[0].person == there.person.pk
    for nobody in (there.house, there.carer, there.finder):
        with pytest.raises(Denied):
            emergencies.looks(by=nobody.member)
        with pytest.raises(Refused):
            emergency.review(by=nobody.member, look=look.pk, verdict="needed")
    emergency.review(by=auditor.member, look=look.pk, verdict="needed")
    with pytest.raises(Denied):
        emergency.told(by=auditor.member, look=look.pk)
    emergency.told(by=there.registrar.member, look=look.pk)
    row = EmergencyLook.objects.get()
    assert row.verdict == "needed"
    assert row.told_on


def test_the_registrar_who_broke_it_does_not_review_it(there: World) -> None:
    elsewhere = Someone("registrar", "Tweede punt")
    member = broken(elsewhere)
    look = emergency.looked(by=member, person=there.person.pk)
    assert look
    with pytest.raises(Refused):
        emergency.review(by=member, look=look.pk, verdict="needed")
    assert emergency.looked(by=there.registrar.member, person=there.person.pk) is None
    assert emergency.looked(by=broken(there.registrar), person=there.person.pk) is None  # sees this person anyway


def test_the_person_reads_that_it_was_an_emergency(there: World) -> None:
    from loket.casework.actions import rights

    there.asks_place()
    broken(there.house)
    there.house.at(Client()).get(reverse("casework:person", args=[there.person.pk]))
    me = Someone("person", "Eigen")
    rights.represent(by=there.registrar.member, person=there.person.pk, membership=me.member.membership, role="self",
                     basis="own_choice")  # fmt: skip
    readers = own.page(by=me.member, pk=there.person.pk, lang="nl", part="readers").readers
    assert any("Dit was een noodgeval" in line for line in readers)
