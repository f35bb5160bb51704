"""The facts document in the form: what an answer changes in it, and what is refused."""

from __future__ import annotations

import pytest

from loket.wegwijzer import document
from schakel.vocabulary.errors import BadInput

TODAY = "2025-06-01"


def told(*, shared=None, persons=1):
    people = [{"id": str(number + 1), "facts": {}} for number in range(persons)]
    return {"on": TODAY, "shared": shared or {}, "persons": people}


def test_a_document_comes_back_as_it_was_written():
    start = document.answered(document.new(TODAY), "form", ["sexual", "labour"], person=None)
    assert document.read(document.write(start), TODAY) == start


def test_an_answer_about_one_person_leaves_the_others():
    after = document.answered(told(persons=2), "age", "adult", person=1)
    assert [person["facts"] for person in after["persons"]] == [{}, {"age": "adult"}]


def test_an_answer_about_everyone_takes_the_place_of_each_ones_own():
    start = document.answered(told(persons=2), "age", "adult", person=1)
    after = document.answered(start, "age", "16_17", person=None)
    assert after["shared"] == {"age": "16_17"}
    assert [person["facts"] for person in after["persons"]] == [{}, {}]


def test_when_one_person_differs_the_others_keep_what_was_shared():
    start = told(shared={"papers": "own_hands"}, persons=3)
    after = document.answered(start, "papers", "held_by_other", person=0)
    assert after["shared"] == {}
    assert [person["facts"]["papers"] for person in after["persons"]] == ["held_by_other", "own_hands", "own_hands"]


def test_a_contradiction_keeps_both():
    start = document.answered(told(), "age", "16_17", person=0)
    after = document.answered(start, "age", {"value": "adult", "certainty": "document"}, person=0, beside=True)
    kept = after["persons"][0]["facts"]["age"]
    assert kept == [{"value": "16_17"}, {"value": "adult", "certainty": "document"}]


def test_nothing_changes_its_input():
    start = told(shared={"danger": "none"}, persons=2)
    before = document.write(start)
    document.answered(start, "danger", "acute", person=0)
    document.forgotten(start, "danger")
    document.with_persons(start, 3, like=0)
    document.without_person(start, 0)
    assert document.write(start) == before


def test_persons_are_added_with_the_same_answers_or_none_and_never_with_an_id_that_is_taken():
    start = document.answered({**told(), "persons": [{"id": "2", "facts": {}}]}, "age", "adult", person=0)
    after = document.with_persons(start, 2, like=0)
    assert [person["id"] for person in after["persons"]] == ["2", "1", "3"]
    assert all(person["facts"] == {"age": "adult"} for person in after["persons"])
    assert document.with_persons(start, 1, like=None)["persons"][1]["facts"] == {}


def test_there_is_room_for_so_many_and_the_last_person_stays():
    assert len(document.with_persons(told(), 900, like=0)["persons"]) == document.MAX_PERSONS
    assert len(document.without_person(told(), 0)["persons"]) == 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "7", '"x"', '{"shared": []}', '{"persons": {}}', '{"persons": []}', '{"persons": [7]}',
     '{"persons": [{"facts": []}]}', '{"shared": {"age": "\ud800"}}', "[" * 50_000,
     '{"shared": {"age": ' + "9" * 9_000 + "}}", '{"a": "' + "x" * 200_000 + '"}'],
    ids=lambda text: text[:24].encode("ascii", "replace").decode(),
)  # fmt: skip
def test_what_is_no_document_is_refused_in_a_sentence(text):
    with pytest.raises(BadInput) as refused:
        document.read(text, TODAY)
    assert "antwoorden" in refused.value.say("nl")
    assert "answers" in refused.value.say("en")
