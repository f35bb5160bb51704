"""Was this person seen before: found by sound, merged and undone by the registrar, and told to nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loket.accounts.queries import memberships
from loket.audit.models import Entry
from loket.casework.access import Denied
from loket.casework.actions import drafting, merging, registering
from loket.casework.models import Encounter, Merge, Message, Person, Registration, Task
from loket.casework.queries import doubles, duplicates, reported
from schakel.casework.person import Identity
from schakel.vocabulary.errors import BadInput
from tests import cases
from tests.counter import Someone, html


def registered(finder: Someone, identity: Identity) -> Registration:
    """One person, submitted under this name."""
    row = cases.draft(finder)
    person = Person.objects.get(encounter=row)
    drafting.identify(by=finder.member, person=person.pk, identity=identity, contact="",
                      purposes={"registration-figures": "public-task"}, version=row.version)  # fmt: skip
    version = Encounter.objects.get(pk=row.pk).version
    made: Registration = registering.submit(by=finder.member, encounter=row.pk, version=version)[0]
    return made


@pytest.fixture
def two(database: Any) -> dict[str, Any]:
    registrar, finder = cases.registrar(), cases.finder()
    first = registered(finder, Identity("Ana", "Kowalska", "1999-05-03"))
    second = registered(finder, Identity("Anna", "Kovalska", "1999-05-03"))
    registered(finder, Identity("Piet", "Jansen", "1980-01-01"))
    return {"registrar": registrar, "finder": finder, "first": first, "second": second}


def test_the_registrar_sees_who_sounds_alike_and_the_finder_sees_received(two: dict[str, Any]) -> None:
    page = duplicates.page(by=two["registrar"].member, pk=two["second"].pk, lang="nl")
    assert [one.id for one in page.others] == [two["first"].pk]
    assert page.others[0].common == ("sound_and_day", "sound_and_year")
    lines = {one.id: one.doubles for one in doubles.waiting(by=two["registrar"].member).rows}
    assert lines == {two["first"].pk: 1, two["second"].pk: 1}
    for query in (lambda: duplicates.page(by=two["finder"].member, pk=two["second"].pk, lang="nl"),
                  lambda: doubles.waiting(by=two["finder"].member)):  # fmt: skip
        with pytest.raises(Denied):
            query()
    said = {status for one in reported.reports(by=two["finder"].member, lang="nl").rows for status in one.statuses}
    assert said == {"Ontvangen."}


def test_the_closest_stand_first_and_the_page_says_how_many_more_there_are(
    two: dict[str, Any], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A common name has many: each that is shown is somebody who is looked at, so the page shows the closest."""
    weaker = registered(two["finder"], Identity("Ana", "Kowalska", "1999-11-20"))  # the same sound, and only the year
    monkeypatch.setattr(duplicates, "CLOSEST", 1)
    before = Entry.objects.filter(event="casework.read").count()
    page = duplicates.page(by=two["registrar"].member, pk=two["second"].pk, lang="nl")
    assert ([one.id for one in page.others], page.more) == ([two["first"].pk], 1)
    assert Entry.objects.filter(event="casework.read").count() == before + 2  # this one, and the one that is shown
    said = two["registrar"].at(client).get(reverse("casework:duplicates", args=[two["second"].pk])).content.decode()
    assert "minder sterk dan deze: 1." in said
    merging.apart(by=two["registrar"].member, one=two["first"].pk, other=two["second"].pk)
    page = duplicates.page(by=two["registrar"].member, pk=two["second"].pk, lang="nl")
    assert ([one.id for one in page.others], page.more) == ([weaker.pk], 0)


def test_what_stops_with_a_merge_is_said_with_numbers(two: dict[str, Any], client: Client) -> None:
    page = duplicates.page(by=two["registrar"].member, pk=two["second"].pk, lang="nl")
    waits = Task.objects.filter(person=two["second"].person_id, state="open").exclude(strength="may").count()
    assert page.open is not None
    assert page.open.duties == waits > 0
    two["registrar"].at(client)
    said = html(client.get(reverse("casework:duplicates", args=[two["second"].pk])))
    assert "Als deze registratie in een andere opgaat" in said
    assert f"plichten: {waits}" in said


def test_a_merge_keeps_both_and_is_undone_and_two_people_stay_two(two: dict[str, Any]) -> None:
    me, first, second = two["registrar"].member, two["first"], two["second"]
    with pytest.raises(BadInput):
        merging.merge(by=me, kept=first.pk, merged=first.pk, reason="dezelfde")
    with pytest.raises(Denied):
        merging.merge(by=two["finder"].member, kept=first.pk, merged=second.pk, reason="dezelfde")
    made = merging.merge(by=me, kept=first.pk, merged=second.pk, reason="Zelfde geboortedag en litteken")
    row = Registration.objects.get(pk=second.pk)
    assert (row.state, row.merged_into_id) == ("merged", first.pk)
    assert duplicates.page(by=me, pk=first.pk, lang="nl").merged[0].reason == "Zelfde geboortedag en litteken"
    # The finder still sees what they saw: the status of the registration that it went into.
    said = {status for one in reported.reports(by=two["finder"].member, lang="nl").rows for status in one.statuses}
    assert said == {"Ontvangen."}
    merging.unmerge(by=me, merge=made.pk, reason="Toch een nicht")
    row = Registration.objects.get(pk=second.pk)
    assert (row.state, row.merged_into_id) == ("reopened", None)
    assert Merge.objects.get().undone_on
    merging.apart(by=me, one=first.pk, other=second.pk)
    assert duplicates.page(by=me, pk=second.pk, lang="nl").others == ()
    assert doubles.waiting(by=me).rows == ()


def test_a_search_finds_by_name_and_by_sound_and_every_result_is_a_read(two: dict[str, Any]) -> None:
    me = two["registrar"].member
    found = duplicates.find(by=me, identity=Identity("", "Kowalska", ""), lang="nl")
    assert [one.id for one in found] == [two["first"].pk]
    found = duplicates.find(by=me, identity=Identity("Anna", "Cowalska", "1999-05-03"), lang="nl")
    assert {one.id for one in found} == {two["first"].pk, two["second"].pk}
    assert duplicates.find(by=me, identity=Identity("", "Nergens", ""), lang="nl") == ()
    reads = Entry.objects.filter(event="casework.read", place="search")
    assert reads.count() == 3
    assert "Kowalska" not in " ".join(Entry.objects.values_list("place", flat=True))


def test_a_search_without_a_relation_finds_nothing_and_alerts(two: dict[str, Any]) -> None:
    auditor = Someone("auditor", "Toezicht")
    Message.objects.all().delete()
    answer = two["finder"].at(Client()).post(reverse("casework:search"), {"surname": "Kowalska"})
    assert answer.status_code == 403
    assert "Kowalska" not in answer.content.decode()
    told = {str(one) for one in Message.objects.filter(what="search.refused").values_list("membership_id", flat=True)}
    registrars = {one.membership for one in memberships(two["registrar"].user)}
    assert told == {auditor.member.membership, *registrars}
    assert Entry.objects.filter(event="casework.search", outcome="refused").count() == 1
