"""Questions and rows whose SQL is made once: what is found and written is what Django finds and writes."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loket.accounts.models import Membership, OpenedGlass, Organisation, User
from loket.casework.models import Message, Webhook
from loket.site.pages import Pages
from loket.site.prepared import MOST, Changed, prepared, prepared_change
from loket.site.rows import MANY, insert, update
from loket.vault.actions import index, new_subject
from loket.vault.models import BlindIndex
from loket.vault.words import Word
from tests.counter import Someone

pytestmark = pytest.mark.usefixtures("database")
NOW = timezone.now()


@pytest.fixture
def people(database: dict[str, Any]) -> list[Someone]:
    return [Someone("finder", f"Organisatie {number}", kind="police") for number in range(3)]


@prepared
def of_users(users: list[uuid.UUID], role: str, now: Any) -> QuerySet[Any]:
    glass = OpenedGlass.objects.filter(membership=OuterRef("pk"), until__gt=now)
    rows = Membership.objects.select_related("user", "organisation", "unit").filter(user__in=users, role=role)
    return rows.annotate(glass=Exists(glass)).order_by("organisation__name")


@prepared
def named(name: str) -> QuerySet[Any]:
    return Organisation.objects.filter(name=name).values_list("pk", "name", "ended_at")


@prepared
def locked(pk: uuid.UUID) -> QuerySet[Organisation]:
    return Organisation.objects.select_for_update().filter(pk=pk)


@prepared_change
def moved(organisation: uuid.UUID, region: str) -> Changed:
    return Organisation.objects.filter(memberships__organisation=organisation), {"region": region}


def test_a_prepared_question_finds_the_same_objects_with_what_hangs_on_them(people: list[Someone]) -> None:
    users = [one.user.pk for one in people]
    for some in (users, users[:2], users[1:]):
        found, plain = of_users(some, "finder", NOW), list(of_users.make(some, "finder", NOW))
        assert [one.__dict__.keys() for one in found] == [one.__dict__.keys() for one in plain]
        assert found == plain
        assert [(one.user.email, one.organisation.admitted_at, one.unit, one.glass) for one in found] == [
            (one.user.email, one.organisation.admitted_at, None, False) for one in plain
        ]
        with CaptureQueriesContext(connection) as caught:
            assert [one.user.name for one in of_users(some, "finder", NOW)] == ["finder 1"] * len(some)
        assert len(caught.captured_queries) == 1


def test_values_come_as_rows_and_an_id_may_come_as_text(people: list[Someone]) -> None:
    place = people[1].member
    assert named("Organisatie 1") == [(uuid.UUID(place.organisation), "Organisatie 1", None)]
    assert named.first("nergens") is None
    assert of_users([str(people[0].user.pk)], "finder", NOW) == of_users([people[0].user.pk], "finder", NOW)


@prepared
def worded(kinds: list[str], digests: list[bytes], other: bytes) -> QuerySet[Any]:
    rows = BlindIndex.objects.filter(kind__in=kinds, digest__in=digests).exclude(digest=other)
    return rows.order_by("kind").values_list("kind", "digest")


def test_bytes_go_in_and_come_back(database: dict[str, Any]) -> None:
    index(subject=new_subject(at=NOW), words=[Word("name", "Ana"), Word("born", "2001"), Word("alias", "Bo")])
    known = dict(BlindIndex.objects.values_list("kind", "digest"))
    found = worded(["name", "born", "alias"], [bytes(one) for one in known.values()], bytes(known["alias"]))
    assert [(kind, bytes(digest)) for kind, digest in found] == [
        ("born", bytes(known["born"])), ("name", bytes(known["name"]))]  # fmt: skip


def test_lists_of_about_the_same_length_are_one_question(people: list[Someone]) -> None:
    users = [one.user.pk for one in people]
    of_users.known.clear()
    assert of_users(users, "finder", NOW) == of_users([*users, uuid.uuid4()], "finder", NOW)
    assert len(of_users.known) == 1


def test_a_list_in_pages_says_what_it_holds(people: list[Someone]) -> None:
    pages = Pages(lambda kind: Organisation.objects.filter(kind=kind).order_by("name"), size=2)
    first, second, alone = pages.read(1, "police"), pages.read(2, "police"), pages.read(1, "shelter")
    assert [one.name for one in first.rows] == ["Organisatie 0", "Organisatie 1"]
    assert (first.total, first.more, first.after) == (3, True, 2)
    assert ([one.name for one in second.rows], second.total, second.more) == (["Organisatie 2"], 3, False)
    assert (alone.rows, alone.total) == ((), 0)


def test_a_list_of_nothing_is_not_asked_and_a_long_one_is_asked_plainly(people: list[Someone]) -> None:
    with CaptureQueriesContext(connection) as caught:
        assert of_users([], "finder", NOW) == []
    assert not caught.captured_queries
    many = [uuid.uuid4() for _ in range(MOST + 1)]
    assert [one.user_id for one in of_users([*many, people[2].user.pk], "finder", NOW)] == [people[2].user.pk]


def test_a_row_is_locked_inside_a_transaction_only(people: list[Someone]) -> None:
    pk = people[0].member.organisation
    with pytest.raises(TransactionManagementError):
        locked(pk)
    with transaction.atomic():
        assert str(locked.first(pk).pk) == pk


def test_a_question_that_forgets_a_value_is_refused() -> None:
    @prepared
    def deaf(name: str) -> QuerySet[Organisation]:
        return Organisation.objects.all()

    with pytest.raises(ValueError, match="does not come back"):
        deaf("Organisatie 1")


def test_a_truth_is_part_of_the_question(people: list[Someone]) -> None:
    @prepared
    def active(user: uuid.UUID, is_active: bool) -> QuerySet[User]:
        return User.objects.filter(pk=user, is_active=is_active)

    assert active(people[0].user.pk, True) == [people[0].user]
    assert active(people[0].user.pk, False) == []


def test_a_prepared_change_changes_what_is_found_and_counts_it(people: list[Someone]) -> None:
    here = people[0].member.organisation
    assert [moved(here, "NL-ZH"), moved(here, "NL-UT"), moved(uuid.uuid4(), "NL-GE")] == [1, 1, 0]
    assert list(Organisation.objects.order_by("name").values_list("region", flat=True)) == ["NL-UT", "", ""]


def test_rows_are_written_as_django_writes_them_and_sealed_columns_are_sealed(people: list[Someone]) -> None:
    place = people[0].member.organisation
    hook = Webhook(
        organisation_id=place, address="https://example.org/", events=["a", "é"], secret="geheim", made_at=NOW
    )
    insert([hook])
    kept = Webhook.objects.get()
    assert (kept.pk, kept.events, kept.secret, kept.made_at, kept.ended_at) == (
        hook.pk,
        ["a", "é"],
        "geheim",
        NOW,
        None,
    )
    kept.secret, kept.ended_at = "ander geheim", NOW + timedelta(days=1)
    update(kept, "ended_at")
    assert Webhook.objects.get().secret == "geheim"
    update(kept)
    assert (Webhook.objects.get().secret, Webhook.objects.get().ended_at) == ("ander geheim", kept.ended_at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM casework_webhook")
        assert b"geheim" not in bytes(cursor.fetchone()[0])


def test_many_rows_take_a_few_statements_and_none_takes_none(people: list[Someone]) -> None:
    one = people[0].member
    said = {"organisation_id": one.organisation, "membership_id": one.membership, "made_at": NOW, "due_at": NOW}
    rows = [Message(kind="mail", what="a.b", **said) for _ in range(MANY + 1)]
    with CaptureQueriesContext(connection) as caught:
        insert([])
        insert(rows)
    assert len(caught.captured_queries) == 2
    assert set(Message.objects.values_list("pk", flat=True)) == {row.pk for row in rows}
    assert not any(row._state.adding for row in rows)


def test_a_row_that_is_gone_is_not_written_in_silence(people: list[Someone]) -> None:
    gone = Organisation(name="Weg", kind="police", admitted_at=NOW)
    with pytest.raises(DatabaseError):
        update(gone, "name")
