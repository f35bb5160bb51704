"""A registration ends: the page says before what stops, lists and totals agree after, and the night mends the rest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from loket.audit import queries as audit
from loket.casework.access import Denied
from loket.casework.actions import clock, duties, making_known, registering
from loket.casework.models import Message, Placement, Referral, Registration, Task, TaskChange
from loket.casework.queries import places, referrals, work
from loket.casework.queries.ending import StillOpen, still_open
from loket.casework.queries.stalling import stalling
from schakel.casework.ending import OVER, REFERRALS, REQUESTS, TASKS
from schakel.casework.person import Identity
from tests import cases
from tests.care import World, world
from tests.counter import html

pytestmark = pytest.mark.usefixtures("database")
LATER = timedelta(days=3)


@pytest.fixture
def there() -> World:
    """Somebody for whom everything that can wait, waits; and who is helped and sheltered."""
    made = world()
    made.consents()
    made.consents("shelter-placement")
    for state in (*REFERRALS, "accepted"):
        Referral.objects.filter(pk=made.refers().pk).update(state=state)
    for state in (*REQUESTS, "placed"):
        Placement.objects.filter(pk=made.asks_place().pk).update(state=state)
    first, second, *_ = Task.objects.filter(state="open").exclude(strength="may").order_by("duty")
    Task.objects.filter(pk=first.pk).update(state="refused")
    Task.objects.filter(pk=second.pk).update(due=timezone.localdate() - LATER)
    Message.objects.all().delete()
    return made


def left() -> int:
    """What still waits, of whatever kind."""
    kinds: tuple[tuple[Any, tuple[str, ...]], ...] = ((Task, TASKS), (Referral, REFERRALS), (Placement, REQUESTS))
    return sum(model.objects.filter(state__in=states).count() for model, states in kinds)


def page_of(there: World, client: Client) -> str:
    url = reverse("casework:registration", args=[there.registration.pk])
    return html(there.registrar.at(client).get(url))


def close(there: World) -> None:
    row = Registration.objects.get(pk=there.registration.pk)
    registering.step(by=there.registrar.member, registration=row.pk, event="close", outcome="helped",
                     version=row.version)  # fmt: skip


def test_the_page_says_what_stops_and_what_goes_on_before_it_is_pressed(there: World) -> None:
    open_ = still_open(there.person.pk)
    waits = Task.objects.filter(state__in=TASKS).exclude(strength="may").count()
    assert open_ == StillOpen(duties=waits, late=1, referrals=3, requests=3, helping=1, stays=1)
    said = page_of(there, Client())
    for words in (f"plichten: {waits}, waarvan te laat: 1", "verwijzingen die niemand heeft aangenomen: 3",
                  "verzoeken om een plek waarop nog geen plek volgde: 3",
                  "Deze hulp is aangenomen en gaat door:", "verwijzingen: 1", "verblijf in de opvang: 1"):  # fmt: skip
        assert said.count(words) == 2  # where it is closed, and where it is withdrawn
    close(there)
    assert still_open(there.person.pk) == StillOpen(0, 0, 0, 0, helping=1, stays=1)
    assert "Dit staat nog open" not in page_of(there, Client())


def test_what_came_of_it_is_chosen_and_never_what_happens_to_stand_first(there: World, client: Client) -> None:
    there.registrar.at(client)
    row = Registration.objects.get(pk=there.registration.pk)
    page = html(client.get(reverse("casework:registration", args=[row.pk])))
    assert '<option value="">Kies wat ervan kwam</option>' in page
    for outcome in ("", "no-such-outcome"):
        said = {"version": row.version, "outcome": outcome}
        assert client.post(reverse("casework:step", args=[row.pk, "close"]), said).status_code == 400
    assert Registration.objects.get(pk=row.pk).state == "accepted"
    assert left() > 0


def test_a_done_duty_is_not_taken_back_once_the_registration_is_over(there: World) -> None:
    task = Task.objects.filter(state="open", due=None).first()
    assert task is not None
    Task.objects.filter(pk=task.pk).update(state="done", organisation=there.carer.member.organisation)
    close(there)
    with pytest.raises(Denied) as refused:
        duties.act(by=there.carer.member, task=task.pk, event="take_back", reason="Toch niet.",
                   version=Task.objects.get(pk=task.pk).version)  # fmt: skip
    assert "gesloten" in refused.value.say("nl")
    assert Task.objects.get(pk=task.pk).state == "done"


def test_a_finder_who_withdraws_hears_that_it_stops_and_no_numbers() -> None:
    cases.registrar()
    finder = cases.finder()
    row = cases.submitted(finder)[0]
    said = html(finder.at(Client()).get(reverse("casework:registration", args=[row.pk])))
    assert "Wat hiervoor nog wacht, stopt dan." in said
    assert "plichten:" not in said


def test_lists_and_totals_hold_nothing_of_a_registration_that_is_over(there: World) -> None:
    close(there)
    for one in (there.registrar, there.finder, there.carer, there.house):
        board = work.board(by=one.member, lang="nl")
        assert [(group.total, len(group.page.rows)) for group in board.groups] == []
        assert referrals.waiting(by=one.member, lang="nl") == referrals.Waiting()
        waits = [group for group in places.listed(by=one.member, lang="nl").groups
                 if group.name in ("waits", "unanswered")]  # fmt: skip
        assert waits == []
    for one in (there.registrar, there.carer):
        assert stalling(by=one.member, lang="nl").rows == ()


def test_totals_are_what_is_shown_beside_one_that_runs(there: World) -> None:
    cases.accepted(there.finder, there.registrar)
    close(there)
    for one in (there.registrar, there.finder):
        for group in work.board(by=one.member, lang="nl").groups:
            assert group.total == len(group.page.rows)
            assert there.person.pk not in {line.person for line in group.page.rows}


def test_both_sides_read_why_a_referral_and_a_request_stopped(there: World) -> None:
    asked = Referral.objects.filter(state="requested").values_list("pk", flat=True)[0]
    place = Placement.objects.filter(state="waiting").values_list("pk", flat=True)[0]
    close(there)
    said = html(there.carer.at(Client()).get(reverse("casework:referral", args=[asked])))
    assert "omdat de registratie eindigde" in said
    said = html(there.house.at(Client()).get(reverse("casework:placement", args=[place])))
    assert "omdat de registratie eindigde" in said


@pytest.mark.parametrize("state", [state for state in OVER if state not in ("double", "destroyed")])
def test_the_night_stops_what_an_older_installation_left_open_once(there: World, state: str) -> None:
    Registration.objects.filter(pk=there.registration.pk).update(state=state)
    running = cases.accepted(there.finder, there.registrar)[0]
    others = Task.objects.filter(person=running.person_id, state="open").count()
    waits = left() - others
    assert clock.end_left() == waits
    assert left() == others
    assert clock.end_left() == 0
    changes = TaskChange.objects.filter(kind="ended")
    assert {change.by_id for change in changes} == {None}
    assert audit.verdict().holds
    assert Referral.objects.filter(state="accepted").count() == 1
    assert Placement.objects.filter(state="placed").count() == 1


def test_the_night_ends_all_help_of_somebody_whose_data_are_destroyed(there: World) -> None:
    with override_settings(LOKET_RETENTION_DAYS={"registration": 30}):
        close(there)
    Task.objects.filter(state="not_applicable").update(state="open")  # as an older installation left them
    done = clock.tick(on=timezone.localdate() + timedelta(days=30))
    assert done.erased == 1
    assert left() == 0
    assert not Referral.objects.filter(state="accepted").exists()
    assert not Placement.objects.filter(state="placed").exists()
    assert audit.verdict().holds


def test_a_destroyed_person_with_open_tasks_is_mended_without_a_word_about_them(there: World) -> None:
    with override_settings(LOKET_RETENTION_DAYS={"registration": 0}):
        close(there)
        clock.tick()
    Task.objects.filter(state="not_applicable").update(state="open")
    number = Task.objects.filter(state="open").count()
    TaskChange.objects.all().delete()
    assert clock.end_left() == number > 0
    assert not TaskChange.objects.filter(say__isnull=False).exists()


def test_a_count_that_goes_on_by_name_keeps_its_duties_open() -> None:
    registrar, finder = cases.registrar(), cases.finder()
    row = cases.accepted(finder, registrar, named=False)[0]
    before = Task.objects.filter(state="open").count()
    making_known.make_known(
        by=finder.member, registration=row.pk, identity=Identity("Persoon", "Voorbeeld"), contact="",
        purposes={"registration-figures": "public-task"}, version=row.version,
    )  # fmt: skip
    assert set(Registration.objects.values_list("state", flat=True)) == {"named", "submitted"}
    assert Task.objects.filter(state="open").count() == before
    assert clock.end_left() == 0
