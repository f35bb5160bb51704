"""Tasks are handed on when a registration is taken up: before that nobody counts them who may not see them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from loket.accounts.models import Membership
from loket.casework.access import early, standing
from loket.casework.actions import clock, making_known, registering
from loket.casework.actions.common import writing
from loket.casework.actions.handing import EARLY, WHAT
from loket.casework.models import Message, Person, Registration, Task, TaskChange
from loket.casework.queries.deadlines import deadlines
from loket.casework.queries.stalling import stalling
from loket.casework.queries.work import board, work
from schakel.casework.content import access
from schakel.casework.person import Identity
from schakel.mechanism.content import load
from tests import cases
from tests.counter import Someone

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def people() -> dict[str, Someone]:
    return {
        "registrar": cases.registrar(), "inspector": cases.finder(),
        "carer": Someone("care_coordinator", "Zorgregio", kind="care-coordinator"),
        "colleague": Someone("finder", "Zorgregio", kind="care-coordinator", name="wie ook meldt"),
    }  # fmt: skip


def told(who: Someone) -> int:
    return Message.objects.filter(membership=who.member.membership, what=WHAT).count()


def numbers(who: Someone) -> tuple[int, int]:
    """How many tasks stand above the lists of somebody, and how many in them."""
    found = board(by=who.member, lang="nl")
    return sum(one.total for one in found.groups), sum(len(one.page.rows) for one in found.groups)


def accept(people: dict[str, Someone], one: Any) -> None:
    registering.step(by=people["registrar"].member, registration=one.pk, event="accept", version=one.version)


def test_who_has_a_task_sees_and_hears_of_it_when_the_registration_is_taken_up(people: dict[str, Someone]) -> None:
    one, carer = cases.submitted(people["inspector"])[0], people["carer"]
    theirs = Task.objects.filter(organisation=carer.member.organisation, state="open").exclude(strength="may")
    assert theirs.exists()
    theirs.update(due="2020-01-01")
    assert numbers(carer) == (0, 0)
    assert work(by=carer.member, lang="nl").number == 0
    assert stalling(by=carer.member, lang="nl").rows == ()
    assert deadlines(of=Membership.objects.get(pk=carer.member.membership)) == []
    assert told(carer) == 0
    accept(people, one)
    many = theirs.count()
    assert numbers(carer) == (many, many)
    assert work(by=carer.member, lang="nl").number == many
    assert sum(line.late for line in stalling(by=carer.member, lang="nl").rows) == many
    assert len(deadlines(of=Membership.objects.get(pk=carer.member.membership))) == many
    assert told(carer) == 1


def test_who_may_not_see_a_task_yet_does_not_hear_that_it_is_late_either(people: dict[str, Someone]) -> None:
    one, carer = cases.submitted(people["inspector"])[0], people["carer"]
    today = timezone.localdate()
    theirs = Task.objects.filter(organisation=carer.member.organisation, state="open").exclude(strength="may")
    assert theirs.update(due=today - timedelta(days=1))
    with writing(by=None, purpose="care") as trail:
        assert clock._note_late(one.person.encounter_id, today, trail)
    mails = Message.objects.filter(membership=carer.member.membership)
    assert not mails.exists()
    TaskChange.objects.filter(kind=clock.LATE).delete()
    accept(people, one)
    Message.objects.all().delete()
    with writing(by=None, purpose="care") as trail:
        clock._note_late(one.person.encounter_id, today, trail)
    assert mails.exists()


def test_somebody_there_who_may_see_it_at_once_is_told_at_once(people: dict[str, Someone]) -> None:
    cases.submitted(people["inspector"])
    total, rows = numbers(people["colleague"])
    assert total == rows > 0
    assert told(people["colleague"]) == 1


def test_a_registration_that_was_declined_is_handed_on_when_it_is_reopened(people: dict[str, Someone]) -> None:
    one, registrar = cases.submitted(people["inspector"])[0], people["registrar"].member
    for event in ("decline", "reopen"):
        one = registering.step(by=registrar, registration=one.pk, event=event, words="Dubbel.", version=one.version)
    total, rows = numbers(people["carer"])
    assert total == rows > 0
    assert told(people["carer"]) == 1


def test_nobody_loses_sight_of_somebody_who_makes_themselves_known(people: dict[str, Someone]) -> None:
    count = cases.accepted(people["inspector"], people["registrar"], named=False)[0]
    before, person = numbers(people["carer"]), Person.objects.get()
    making_known.make_known(
        by=people["inspector"].member, registration=count.pk, identity=Identity(surname="Voorbeeld"), contact="",
        purposes={"registration-figures": "public-task"}, version=count.version,
    )  # fmt: skip
    assert Registration.objects.filter(named=True, state="submitted").exists()
    assert numbers(people["carer"]) == before != (0, 0)
    assert standing(people["carer"].member, person).may("do_duty", "care")


def test_the_roles_that_are_told_at_once_are_those_that_the_rules_let_work_at_once() -> None:
    roles = {role for role in access(load()).roles if early(role)}
    assert roles == {EARLY, "registrar"}  # whoever registers hears of every registration that is submitted
