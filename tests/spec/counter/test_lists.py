"""Long lists stand in groups and pages: what waits first, how many there are in all, and nothing twice or left out."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from loket.accounts.models import Membership, Organisation
from loket.casework.actions import registering
from loket.casework.models import Referral, Registration, Task
from loket.casework.queries import lists, places, programs, received, referrals, work
from loket.site import paging
from tests import cases
from tests.care import World, world
from tests.counter import Someone, html

pytestmark = pytest.mark.usefixtures("database")
TODAY = date(2026, 3, 10)


@pytest.fixture
def there() -> World:
    made = world()
    made.consents()
    made.consents("shelter-placement")
    return made


def copies(row: Any, number: int, **columns: Any) -> None:
    """So many rows like this one, each asked a day earlier than the one before."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} | columns
    made = [type(row)(**{**values, "id": uuid.uuid4(), "asked_on": TODAY - timedelta(days=day)})
            for day in range(number)]  # fmt: skip
    type(row).objects.bulk_create(made)


def every(asked: Any) -> list[Any]:
    """All rows of a group, page after page."""
    found, number = [], 1
    while True:
        page = next(one.page for one in asked(number).groups if one.page.rows)
        found += page.rows
        if not page.more:
            return found
        number += 1


def test_few_referrals_stand_on_one_page_and_many_in_groups_and_pages(there: World) -> None:
    me, row = there.registrar.member, there.refers()
    assert referrals.listed(by=me, lang="nl").open == ""
    copies(row, 30, state="done")
    copies(row, 3, state="expired")
    found = referrals.listed(by=me, lang="nl")
    assert [(one.name, one.total) for one in found.groups] == [("waits", 3), ("unanswered", 1), ("over", 30)]
    assert (found.open, len(found.shown)) == ("waits", 1)
    over = every(lambda number: referrals.listed(by=me, lang="nl", group="over", number=number))
    assert len({card.id for card in over}) == 30
    assert [card.asked_on for card in over] == sorted((card.asked_on for card in over), reverse=True)


def test_a_page_of_referrals_says_where_it_stands_and_asks_no_more_than_a_short_one(there: World) -> None:
    client, row = Client(), there.refers()
    there.registrar.at(client)
    url = reverse("casework:referrals")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    copies(row, 60, state="done")
    with CaptureQueriesContext(connection) as many:
        page = html(client.get(f"{url}?groep=over&bladzijde=2"))
    assert "26 tot en met 50 van 60" in page
    assert 'href="?groep=over&amp;bladzijde=3"' in page
    assert len(many) <= len(few)


def test_what_nobody_can_answer_is_the_task_of_the_registration_point(there: World) -> None:
    there.refers()
    Referral.objects.update(receiver=None)
    ours = referrals.listed(by=there.registrar.member, lang="nl").groups
    assert [(one.name, one.page.rows[0].mine) for one in ours] == [("waits", "sender")]
    assert ours[0].page.rows[0].why_registrar


def test_a_receiver_whose_people_are_all_gone_is_one_who_cannot_answer(there: World) -> None:
    there.refers()
    Membership.objects.filter(organisation=Referral.objects.get().receiver_id).update(until=timezone.now())
    ours = referrals.listed(by=there.registrar.member, lang="nl").groups
    assert [(one.name, one.total, one.page.rows[0].mine) for one in ours] == [("waits", 1, "sender")]
    assert ours[0].page.rows[0].why_registrar


def through(asked: Any, size: int) -> list[Any]:
    """All that a program reads, page after page."""
    found, number, more = [], 1, True
    while more:
        rows, more = asked(number)
        assert len(rows) == size or not more
        found += rows
        number += 1
    return found


@pytest.mark.parametrize("size", [1, 7, 100])
def test_a_program_goes_through_all_referrals_in_the_order_of_the_list(there: World, size: int) -> None:
    me, row = there.registrar.member, there.refers()
    copies(row, 9, state="done")
    copies(row, 5, state="expired")
    found = through(lambda page: programs.referrals(by=me, page=page, size=size, lang="nl"), size)
    assert {card.id for card in found} == set(Referral.objects.values_list("pk", flat=True))
    assert [card.state for card in found] == ["expired"] * 5 + ["requested"] + ["done"] * 9


@pytest.mark.parametrize("size", [7, 100])
def test_a_program_goes_through_all_tasks_the_oldest_first(there: World, size: int) -> None:
    me = there.finder.member
    row = Task.objects.filter(organisation=me.organisation, state="open", strength="must").first()
    assert row is not None
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    Task.objects.bulk_create(
        Task(**{**values, "id": uuid.uuid4(), "duty": f"{row.duty}-{number}", "due": TODAY + timedelta(days=-number)})
        for number in range(60)
    )
    found = through(lambda page: programs.duties(by=me, page=page, size=size, lang="nl"), size)
    open_ = Task.objects.filter(organisation=me.organisation, state="open").exclude(strength="may")
    assert [line.id for line in found if line.due] == list(
        open_.exclude(due=None).order_by("due").values_list("pk", flat=True)
    )
    assert len(found) == len({line.id for line in found}) == open_.count()
    assert [line.due for line in found[60:]] == [None] * (len(found) - 60)


def test_requests_for_a_place_are_paged_from_both_sides(there: World) -> None:
    copies(there.asks_place(), 40, state="waiting")
    for who, group in ((there.registrar, "unanswered"), (there.house, "waits")):
        found = places.listed(by=who.member, lang="nl")
        assert [(one.name, one.total) for one in found.groups] == [(group, 41)]
        rows = every(lambda number, who=who: places.listed(by=who.member, lang="nl", number=number))
        assert len({card.id for card in rows}) == 41


def test_registrations_are_counted_by_state_and_read_page_by_page() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    row = cases.accepted(inspector, registrar)[0]
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    Registration.objects.bulk_create(Registration(**{**values, "id": uuid.uuid4(), "state": "closed"})
                                     for _ in range(30))  # fmt: skip
    found = [received.registrations(by=registrar.member, state="closed", number=number) for number in (1, 2, 3)]
    assert dict(found[0].counts) == {"accepted": 1, "closed": 30}
    assert [len(one.page.rows) for one in found] == [25, 5, 0]
    assert len({line.id for one in found for line in one.page.rows}) == 30


def presses(row: Registration) -> None:
    """Give somebody else than the finder an urgent task for this person."""
    task = Task.objects.filter(person=row.person_id, state="open", organisation__name="Zorgregio").first()
    Task.objects.filter(pk=task.pk).update(urgent=True, strength="must")  # type: ignore[union-attr]


def test_what_urgent_tasks_wait_for_stands_first_until_it_is_taken_up() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    Someone("care_coordinator", "Zorgregio", kind="care-coordinator")
    rows = [cases.submitted(inspector)[0] for _ in range(3)]
    assert not received.registrations(by=registrar.member, state="submitted").presses
    presses(rows[2])
    few = received.registrations(by=registrar.member, state="submitted")
    assert [line.id for line in few.page.rows] == [rows[2].pk, rows[0].pk, rows[1].pk]
    assert [line.urgent for line in few.page.rows] == [True, False, False]
    values = {field.attname: getattr(rows[0], field.attname) for field in rows[0]._meta.concrete_fields}
    Registration.objects.bulk_create(
        Registration(**{**values, "id": uuid.uuid4(), "submitted_at": timezone.now() - timedelta(days=1)})
        for _ in range(30)
    )
    many, further = (received.registrations(by=registrar.member, state="submitted", number=number) for number in (1, 2))
    assert [line.id for line in many.first] == [rows[2].pk]
    assert rows[2].pk not in {line.id for line in many.page.rows}
    assert rows[2].pk in {line.id for line in further.page.rows if line.urgent}
    assert further.first == ()
    client = registrar.at(Client())
    page = html(client.get(reverse("casework:registrations")))
    assert page.index("Eerst deze") < page.index(str(rows[2].pk)) < page.index("Allemaal")
    assert page.index("Allemaal") < page.index(str(many.page.rows[0].id))
    registering.step(by=registrar.member, registration=rows[2].pk, event="accept", version=rows[2].version)
    assert "Eerst deze" not in html(client.get(reverse("casework:registrations")))


def test_an_urgent_task_of_the_finder_s_own_waits_for_nobody() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    row = cases.submitted(inspector)[0]
    assert Task.objects.filter(person=row.person_id, organisation__name="Inspectie").update(urgent=True)
    assert not received.registrations(by=registrar.member, state="submitted").presses


def test_the_work_of_today_in_parts_shows_each_task_once() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    cases.accepted(inspector, registrar)
    own = Organisation.objects.get(name="Inspectie")
    row = Task.objects.filter(organisation=own, state="open", strength="must").first()
    assert row is not None
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    days = [None, TODAY - timedelta(days=1), TODAY + timedelta(days=1)]
    Task.objects.bulk_create(
        Task(**{**values, "id": uuid.uuid4(), "duty": f"{row.duty}-{number}", "due": days[number % 3]})
        for number in range(90)
    )
    open_ = Task.objects.filter(organisation=own, state="open").exclude(strength="may")
    found = work.board(by=inspector.member, lang="nl", on=TODAY)
    assert (found.open, {one.name: one.total for one in found.groups}["late"]) == ("late", 30)
    shown = [
        line.id
        for part in ("late", "due", "no_day")
        for line in every(
            lambda number, part=part: work.board(by=inspector.member, lang="nl", part=part, number=number, on=TODAY)
        )
    ]
    assert len(shown) == len(set(shown))
    assert set(shown) == set(open_.values_list("pk", flat=True))


LISTS = ("referrals", "placements", "registrations", "work", "stalled", "doubles", "directory", "corrections",
         "emergencies", "missing_list")  # fmt: skip


def test_a_page_that_is_not_there_is_no_error() -> None:
    client, registrar = Client(), cases.registrar()
    cases.submitted(cases.finder())
    registrar.at(client)
    for name in LISTS:
        for typed in ("?bladzijde=9999", "?bladzijde=x&groep=niets&stand=niets"):
            assert client.get(reverse(f"casework:{name}") + typed).status_code == 200, name


def test_an_organisation_is_found_by_its_name() -> None:
    client, registrar = Client(), cases.registrar()
    registrar.at(client)
    now = timezone.now()
    Organisation.objects.bulk_create(
        Organisation(name=f"Huis {number:02}", kind="shelter", admitted_at=now)
        for number in range(60)
    )  # fmt: skip
    url = reverse("accounts:organisations")
    assert re.search(r"1 tot en met 25 van 6\d", html(client.get(url)))
    page = html(client.get(url + "?naam=huis+5&bladzijde=1"))
    assert page.count("Huis 5") == 10
    assert "Huis 49" not in page


def test_the_sizes_fit_what_is_prepared() -> None:
    """A page is asked by its ids in one prepared question: it may not hold more of them than such a question takes."""
    from loket.site import prepared

    assert max(paging.SIZE + 1, lists.FEW) <= prepared.MOST
