"""A person's texts on both databases: sealed in the column, found by index, gone for good when erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models

from loket.vault import actions, boxes, cipher, keyfile, queries
from loket.vault.fields import EncryptedText
from loket.vault.models import BlindIndex, Subject
from loket.vault.words import Word

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Note(models.Model):
    """A record of a test: a text about a person, and one of the installation."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE)
    name = EncryptedText()
    house = EncryptedText(key=None)

    class Meta:
        app_label = "vault_tests"

    def __str__(self) -> str:
        return str(self.pk)


@pytest.fixture
def table(database: Any) -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(Note)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Note)


def raw(column: str) -> list[bytes | None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM vault_tests_note ORDER BY id")
        return [None if row[0] is None else bytes(row[0]) for row in cursor.fetchall()]


@pytest.mark.usefixtures("table")
class TestColumn:
    def test_it_reads_as_text_and_is_sealed_in_the_database(self) -> None:
        note = Note.objects.create(subject=actions.new_subject(at=NOW), name="worker 1", house="kept")
        assert b"worker" not in (raw("name")[0] or b"")
        again = Note.objects.select_related("subject").get()
        assert (again.name, again.house) == ("worker 1", "kept")
        assert Note.objects.defer("name").get().name == "worker 1"
        again.name = "worker 2"
        again.save()
        assert Note.objects.get(pk=note.pk).name == "worker 2"

    def test_nothing_is_nothing(self) -> None:
        Note.objects.create(subject=actions.new_subject(at=NOW))
        assert raw("name") == [None]
        assert Note.objects.filter(name__isnull=True).get().name is None

    def test_what_is_saved_unread_stays_as_it_was(self) -> None:
        Note.objects.create(subject=actions.new_subject(at=NOW), name="worker 1")
        before = raw("name")
        Note.objects.get().save()
        assert raw("name") == before

    @pytest.mark.parametrize("asked", ["name", "name__contains", "name__in", "name__length"])
    def test_it_is_never_compared_by_accident(self, asked: str) -> None:
        with pytest.raises(FieldError, match="sealed"):
            Note.objects.filter(**{asked: "worker 1"}).exists()

    def test_it_is_never_updated_without_its_record(self) -> None:
        note = Note.objects.create(subject=actions.new_subject(at=NOW), name="worker 1")
        with pytest.raises(FieldError, match="set it on an object"):
            Note.objects.update(name="worker 2")
        with pytest.raises(FieldError, match="set it on an object"):
            Note.objects.bulk_update([note], ["name"])

    def test_bytes_moved_to_another_record_or_column_do_not_open(self) -> None:
        one = Note.objects.create(subject=actions.new_subject(at=NOW), name="worker 1", house="kept")
        other = Note.objects.create(subject=one.subject, name="worker 2")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE vault_tests_note SET name = (SELECT name FROM vault_tests_note WHERE id = %s) "
                           "WHERE id = %s", [one.pk.hex if connection.vendor == "sqlite" else one.pk,
                                             other.pk.hex if connection.vendor == "sqlite" else other.pk])  # fmt: skip
        with pytest.raises(cipher.CannotOpen, match="another place"):
            _ = Note.objects.get(pk=other.pk).name

    def test_many_are_read_with_one_query(self, django_assert_num_queries: Any) -> None:
        Note.objects.bulk_create(Note(subject=actions.new_subject(at=NOW), name=f"worker {n}") for n in range(5))
        with django_assert_num_queries(1):
            names = {note.name for note in Note.objects.select_related("subject")}
        assert names == {f"worker {n}" for n in range(5)}

    def test_an_erased_person_reads_as_erased_and_stays_so(self) -> None:
        note = Note.objects.create(subject=actions.new_subject(at=NOW), name="worker 1")
        actions.erase(subject=note.subject, at=NOW)
        again = Note.objects.select_related("subject").get()
        assert again.name == ""
        assert isinstance(again.name, boxes.Erased)
        again.save()
        assert raw("name") == [None]
        again.name = "worker 1"
        with pytest.raises(cipher.CannotOpen, match="erased"):
            again.save()


def test_somebody_is_found_by_every_word_and_by_no_other(database: Any) -> None:
    one, other = actions.new_subject(at=NOW), actions.new_subject(at=NOW)
    actions.index(subject=one, words=[Word("name", "Ana"), Word("born", "2008-01-01")])
    actions.index(subject=other, words=[Word("name", "ana "), Word("born", "2001-01-01")])
    assert set(queries.search([Word("name", "ANA")])) == {one.pk, other.pk}
    assert queries.search([Word("name", "Ana"), Word("born", "2008-01-01")]) == [one.pk]
    assert queries.search([Word("name", "Bo")]) == queries.search([Word("name", "?")]) == queries.search([]) == []
    actions.index(subject=one, words=[Word("name", "Anna")])
    assert queries.search([Word("name", "Ana")]) == [other.pk]
    assert queries.search([Word("born", "2008-01-01")]) == [one.pk]


def test_words_that_several_share_lead_to_all_of_them_and_others_to_nobody(database: Any) -> None:
    one, other, third = (actions.new_subject(at=NOW) for _ in range(3))
    actions.index(subject=one, words=[Word("name", "Ana"), Word("born", "2001"), Word("alias", "Bo")])
    actions.index(subject=other, words=[Word("name", "Ana"), Word("born", "2001")])
    actions.index(subject=third, words=[Word("name", "Cleo"), Word("born", "2001"), Word("alias", "Bo")])
    both, all_ = frozenset({one.pk, other.pk}), frozenset({one.pk, other.pk, third.pk})
    found = queries.same_words([one.pk, third.pk], ["name", "born"])
    assert {pk: dict(words) for pk, words in found.items()} == {
        one.pk: {"name": both, "born": all_}, third.pk: {"born": all_}}  # fmt: skip
    assert queries.same_words([], ["name"]) == queries.same_words([one.pk], []) == {}
    for subject in (one.pk, third.pk):  # the same, from one side
        beside = {other: {kind for kind, all_ in found[subject] if other in all_}
                  for _, everybody in found[subject] for other in everybody - {subject}}  # fmt: skip
        assert queries.in_common(subject, ["name", "born"]) == beside
    assert queries.alike([Word("name", "ana"), Word("alias", "bo"), Word("born", "")]) == {
        one.pk: {"name", "alias"}, other.pk: {"name"}, third.pk: {"alias"}}  # fmt: skip


def test_erasing_destroys_key_and_indexes_and_a_restored_row_is_erased_again(database: Any, keys: Path) -> None:
    person = actions.new_subject(at=NOW)
    actions.index(subject=person, words=[Word("name", "Ana")])
    before = bytes(person.wrapped)
    actions.erase(subject=person, at=NOW)
    row = Subject.objects.get()
    assert (row.wrapped, row.erased_at) == (None, NOW)
    assert not BlindIndex.objects.exists()
    # A back-up of yesterday is put back.
    Subject.objects.update(wrapped=before, erased_at=None)
    BlindIndex.objects.create(subject=person, kind="name", digest=b"x" * 32)
    assert actions.apply_ledger() == 1
    assert Subject.objects.get().wrapped is None
    assert not BlindIndex.objects.exists()
    assert actions.apply_ledger() == 0


def test_new_keys_seal_everything_again_and_the_old_one_may_go(database: Any, keys: Path) -> None:
    person = actions.new_subject(at=NOW)
    context = cipher.place("x")
    sealed = boxes.seal_for(person, "worker 1", context)
    path = keys / "keys.txt"
    keyfile.add_key(path, date(2026, 2, 1))
    assert queries.sealed_with_older() == 1
    assert actions.rewrap() == 1
    assert actions.rewrap() == queries.sealed_with_older() == 0
    assert keyfile.retire(path) == 1
    assert boxes.open_for(Subject.objects.get(), sealed, context) == "worker 1"


def test_each_organisation_knows_a_person_by_another_name(database: Any) -> None:
    person, one, other = uuid4(), uuid4(), uuid4()
    name = queries.pseudonym(one, person)
    assert name == queries.pseudonym(one, person) != queries.pseudonym(other, person)
    assert [len(part) for part in name.split("-")] == [4, 4, 4, 4]
