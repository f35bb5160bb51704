"""The log on both databases: nothing forks, nothing changes, and a break is seen where it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from loket.audit import chain, queries
from loket.audit.actions import act, record
from loket.audit.models import Entry
from loket.audit.who import Actor, Refused
from loket.vault.queries import stand_in
from tests.databases import in_threads

SOMEBODY = Actor(user="u1", organisation="o1", role="shelter")


def test_an_entry_says_who_what_and_for_what_and_no_id_of_a_record(database: Any) -> None:
    with act(by=SOMEBODY, purpose="arranging_care") as trail:
        trail.note("person.read", kind="person", object="p1", subject="p1", relation="shelter_of", place="address")
    (entry,) = Entry.objects.values()
    assert (entry["event"], entry["outcome"], entry["role"], entry["purpose"]) == (
        "person.read", "done", "shelter", "arranging_care",
    )  # fmt: skip
    assert "p1" not in {str(value) for value in entry.values()}
    assert entry["subject"] == stand_in("subject", "p1")


def note_and_raise(error: Exception) -> None:
    with act(by=SOMEBODY, purpose="curiosity") as trail:
        trail.note("person.read")
        raise error


def test_what_fails_leaves_no_entry_and_what_is_refused_leaves_one(database: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        note_and_raise(ZeroDivisionError())
    assert not Entry.objects.exists()
    with pytest.raises(Refused):
        note_and_raise(Refused("no_relation", event="person.read", kind="person", object="p1"))
    (entry,) = Entry.objects.values()
    assert (entry["outcome"], entry["reason"], entry["purpose"]) == ("refused", "no_relation", "curiosity")


def test_many_at_once_make_one_chain_without_a_fork(database: Any) -> None:
    def write(number: int) -> None:
        for _ in range(15):
            with act(by=SOMEBODY) as trail:
                Entry.objects.count()  # a read first, as a real piece of work has
                trail.note("person.read", object=number, kind="person")

    in_threads(6, write)
    verdict = queries.verdict()
    assert (verdict.holds, verdict.entries) == (True, 90)
    assert Entry.objects.values("predecessor").distinct().count() == 90


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET event = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_or_remove(database: Any, statement: str) -> None:
    record("person.read", by=SOMEBODY)
    with pytest.raises(DatabaseError, match="the log only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().event == "person.read"


def test_postgresql_also_refuses_to_empty_the_table(database: Any) -> None:
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="the log only grows"), connection.cursor() as cursor:
            cursor.execute("TRUNCATE audit_entry")


def three() -> list[dict[str, Any]]:
    for event in ("person.read", "person.changed", "person.read"):
        record(event, by=SOMEBODY)
    return list(Entry.objects.order_by("number").values(*chain.FIELDS, "digest"))


def test_a_break_is_seen_where_it_is(database: Any) -> None:
    rows = three()
    assert chain.verify("house", rows).holds
    altered = [rows[0], {**rows[1], "event": "person.praised"}, rows[2]]
    assert (chain.verify("house", altered).broken_at, chain.verify("house", altered).why) == (2, "entry 2 was altered")
    assert chain.verify("house", [rows[0], rows[2]]).why == "entry 2 is missing"
    forged = {**rows[1], "predecessor": chain.START}
    assert chain.verify("house", [rows[0], forged]).why == "entry 2 does not follow the one before it"


def test_a_cut_off_end_is_seen_by_who_noted_the_head(database: Any) -> None:
    rows = three()
    noted = {3: rows[2]["digest"]}
    assert chain.verify("house", rows, noted).holds
    assert chain.verify("house", rows[:2]).holds
    assert chain.verify("house", rows[:2], noted).why == "entry 3 was noted, and is gone"
    assert chain.verify("house", rows, {3: "f" * 64}).why == "entry 3 is not the one that was noted"


def test_the_command_verifies_and_says_where_it_breaks(database: Any, capsys: pytest.CaptureFixture[str]) -> None:
    three()
    call_command("audit", "verify")
    said = capsys.readouterr().out
    number, digest = queries.head()
    assert said == f"The chain holds: 3 entries. Head: {number}:{digest}\n"
    with pytest.raises(CommandError, match="breaks at 4: entry 4 was noted, and is gone") as error:
        call_command("audit", "verify", "--head", f"4:{'a' * 64}")
    assert error.value.returncode == 1
    with pytest.raises(CommandError, match="is no head") as error:
        call_command("audit", "verify", "--head", "yesterday")
    assert error.value.returncode == 2


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", "een medewerker van de opvang heeft in dit logboek gekeken."),
     ("en", "a shelter worker looked into this log.")],
)  # fmt: skip
def test_the_person_concerned_reads_sentences(
    database: Any, capsys: pytest.CaptureFixture[str], lang: str, words: str
) -> None:
    person = "3f0e5f52-28f3-4b7c-9a58-4b5f3c2f1a11"
    record("log.read", by=SOMEBODY, subject=person, purpose="arranging_care")
    record("log.read", by=SOMEBODY, subject="3f0e5f52-28f3-4b7c-9a58-4b5f3c2f1a12")
    call_command("audit", "export", person, "--lang", lang)
    told = capsys.readouterr().out.splitlines()
    assert words in told[1]
    assert "arranging_care" in told[1]
    assert len(told) == 3  # the title, the reading by the shelter, and this export itself


def test_an_id_that_is_none_is_one_sentence(database: Any) -> None:
    with pytest.raises(CommandError, match="is no id of a person") as error:
        call_command("audit", "export", "Jan")
    assert error.value.returncode == 2
