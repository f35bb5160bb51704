"""A registration ends: what waited for it stops and says so, help that was accepted goes on, and duties come back."""

from __future__ import annotations

from typing import Any

import pytest

from loket.audit.models import Entry
from loket.casework import stored
from loket.casework.actions import merging, referral, registering, shelter
from loket.casework.models import (
    Message,
    Placement,
    PlacementAnswer,
    Referral,
    ReferralStep,
    Registration,
    Task,
    TaskChange,
)
from loket.casework.queries import tasks
from schakel.casework.ending import REFERRALS, REQUESTS, TASKS
from tests import cases
from tests.care import World, world
from tests.counter import Someone

pytestmark = pytest.mark.usefixtures("database")
WORDS = "Er is iets nieuws."


def busy() -> World:
    """A registration with everything that can wait for it: in each state a referral and a request for a place."""
    there = world()
    there.consents()
    there.consents("shelter-placement")
    for state in ("requested", "refused", "expired", "accepted", "done"):
        Referral.objects.filter(pk=there.refers().pk).update(state=state)
    for state in ("waiting", "offered", "refused", "placed", "ended"):
        Placement.objects.filter(pk=there.asks_place().pk).update(state=state)
    first, second = Task.objects.filter(state="open").order_by("duty")[:2]
    Task.objects.filter(pk=first.pk).update(state="refused")
    Task.objects.filter(pk=second.pk).update(state="done")
    Message.objects.all().delete()
    return there


def step(there: World, event: str, **more: Any) -> Registration:
    row = Registration.objects.get(pk=there.registration.pk)
    made: Registration = registering.step(
        by=there.registrar.member, registration=row.pk, event=event, version=row.version, **more
    )
    return made


def states(model: Any) -> list[str]:
    return sorted(model.objects.values_list("state", flat=True))


def close(there: World) -> Registration:
    return step(there, "close", outcome="helped")


def test_what_waits_stops_and_help_that_was_accepted_goes_on() -> None:
    there = busy()
    waited = set(Task.objects.filter(state__in=TASKS).values_list("pk", flat=True))
    close(there)
    assert waited
    assert states(Referral) == ["accepted", "done", "revoked", "revoked", "revoked"]
    assert states(Placement) == ["ended", "placed", "withdrawn", "withdrawn", "withdrawn"]
    assert set(states(Task)) == {"done", "not_applicable"}
    assert set(Task.objects.filter(state="not_applicable").values_list("pk", flat=True)) == waited
    assert not Task.objects.filter(pk__in=waited, closed_at=None).exists()


def test_why_is_on_record_for_each_in_both_languages_and_in_the_log() -> None:
    there = busy()
    close(there)
    changes = TaskChange.objects.filter(kind="ended").select_related("subject", "task__subject")
    assert {change.task_id for change in changes} == set(
        Task.objects.filter(state="not_applicable").values_list("pk", flat=True)
    )
    for change in changes:
        assert (change.state, change.by_id) == ("not_applicable", changes[0].by_id)
        assert stored.words(change.say)("nl").startswith("Gestopt: ")
        assert "The registration is closed." in stored.words(change.say)("en")
    task = tasks.task(by=there.registrar.member, pk=changes[0].task_id, lang="nl")
    assert task.why == stored.words(changes[0].say)("nl")
    steps = ReferralStep.objects.filter(event="registration_ends")
    assert [one.to for one in steps] == ["revoked"] * 3
    answers = PlacementAnswer.objects.filter(event="registration_ends")
    assert [one.to for one in answers] == ["withdrawn"] * 3
    logged = list(Entry.objects.values_list("event", flat=True))
    assert logged.count("casework.referral_registration_ends") == 3
    assert logged.count("casework.place_registration_ends") == 3
    assert Entry.objects.filter(event="casework.task_changed", place=f"ended {len(changes)}").count() == 1


def test_receivers_hear_of_it_once_and_nothing_else() -> None:
    there = busy()
    close(there)
    told = list(Message.objects.filter(kind="mail").values_list("membership_id", flat=True))
    assert sorted(map(str, told)) == sorted(
        one.member.membership for one in (there.finder, there.carer, there.house)
    )  # who closed it knows


def test_whoever_helps_can_still_say_that_it_is_done() -> None:
    there = busy()
    close(there)
    accepted, placed = Referral.objects.get(state="accepted"), Placement.objects.get(state="placed")
    referral.act(by=there.carer.member, referral=accepted.pk, event="finish", words="Klaar", version=accepted.version)
    shelter.act(by=there.house.member, placement=placed.pk, event="leave", words="Naar huis", version=placed.version)
    assert not {*states(Referral), *states(Placement)} & {"accepted", "placed", *REFERRALS, *REQUESTS}


@pytest.mark.parametrize("event", ["decline", "withdraw", "close"])
def test_whichever_way_it_ends_nothing_waits(event: str) -> None:
    there = busy()
    if event == "decline":
        Registration.objects.update(state="submitted")
    step(there, event, **({"outcome": "helped"} if event == "close" else {"words": WORDS}))
    assert not Task.objects.filter(state__in=TASKS).exists()
    assert not Referral.objects.filter(state__in=REFERRALS).exists()
    assert not Placement.objects.filter(state__in=REQUESTS).exists()


def test_a_registration_that_runs_again_has_its_duties_again_and_who_has_one_hears_it() -> None:
    there = busy()
    before = set(Task.objects.filter(state__in=TASKS).values_list("duty", flat=True))
    close(there)
    Message.objects.all().delete()
    step(there, "reopen", words=WORDS)
    assert set(Task.objects.filter(state="open").values_list("duty", flat=True)) == before
    assert TaskChange.objects.filter(kind="back").count() == len(before)
    finder = Message.objects.filter(membership=there.finder.member.membership)
    assert finder.exists()
    assert states(Referral).count("revoked") == 3  # what nobody took up is asked anew by whoever still wants it


def test_a_merged_registration_has_no_duties_beside_the_other_until_it_is_undone() -> None:
    there = busy()
    kept = cases.accepted(there.finder, there.registrar)[0]
    before = set(Task.objects.filter(person=there.person, state__in=TASKS).values_list("duty", flat=True))
    others = states(Task.objects.filter(person=kept.person_id).model)
    made = merging.merge(by=there.registrar.member, kept=kept.pk, merged=there.registration.pk, reason=WORDS)
    own = Task.objects.filter(person=there.person)
    assert not own.filter(state__in=TASKS).exists()
    assert Task.objects.filter(person=kept.person_id, state="open").exists()
    merging.unmerge(by=there.registrar.member, merge=made.pk, reason=WORDS)
    assert set(own.filter(state="open").values_list("duty", flat=True)) == before
    assert len(others) == Task.objects.count()


def test_a_count_that_was_a_double_stops_and_comes_back_and_one_that_gets_a_name_goes_on() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    row = cases.accepted(inspector, registrar, named=False)[0]
    before = set(Task.objects.filter(state="open").values_list("duty", flat=True))
    row = registering.step(by=registrar.member, registration=row.pk, event="mark_double", words=WORDS,
                           version=row.version)  # fmt: skip
    assert not Task.objects.filter(state="open").exists()
    registering.step(by=registrar.member, registration=row.pk, event="unmark", words=WORDS, version=row.version)
    assert set(Task.objects.filter(state="open").values_list("duty", flat=True)) == before


def test_a_mail_goes_to_every_organisation_that_helps_when_it_runs_again() -> None:
    there = busy()
    close(there)
    Message.objects.all().delete()
    stranger = Someone("care_coordinator", "Een andere regio", kind="care-coordinator")
    step(there, "reopen", words=WORDS)
    told = set(map(str, Message.objects.filter(kind="mail").values_list("membership_id", flat=True)))
    assert {there.carer.member.membership, there.house.member.membership} <= told
    assert stranger.member.membership not in told
