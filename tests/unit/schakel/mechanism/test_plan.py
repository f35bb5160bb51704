"""The plan as plain data, its receipt, and the facts document that can be read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from schakel.mechanism.assess import Assessment, assess
from schakel.mechanism.facts_file import from_data
from schakel.mechanism.plan import facts_document, outcome_digest, plan, receipt, replay
from schakel.vocabulary.errors import BadInput
from tests.tiny import TODAY, Country, term, text, version


@pytest.fixture
def country(tmp_path: Path) -> Country:
    country = Country(tmp_path).fact("found_on").fact("form", "sexual", "labour", many=True)
    due = version({"age": "minor"}, term=term(5, "days", "found_on"))
    country.duty("youth-help", versions=[due], how={"steps": [text("call")], "say": [text("hello")]}, holder="finder")
    return country.right("school", {"age": "minor"}, warning=text("take care")).gap("night", {"age": "adult"})


TOLD: dict[str, Any] = {
    "who": "police",
    "persons": [{"id": "girl A", "facts": {"age": "minor", "found_on": "2025-05-19"}}],
}


def made(country: Country, lang: str = "en", **told: Any) -> dict[str, Any]:
    return plan(country.encounter(**(told or TOLD)), lang)


def test_a_plan_is_plain_data(country: Country) -> None:
    found = made(country)
    assert json.loads(json.dumps(found)) == found
    assert (found["on"], found["who"], found["unsigned"]) == ("2025-06-02", "police", True)


def test_a_duty_in_the_plan(country: Country) -> None:
    (duty,) = made(country)["persons"][0]["duties"]
    expected = {
        "id": "youth-help", "status": "applies", "holder": "finder", "yours": True, "lead": "finder",
        "strength": "must", "norm": "statute", "starts": {"event": "found_on", "on": "2025-05-19"}, "due": "2025-05-26",
        "due_unextended": "2025-05-24", "due_ground": "T1", "because": "Applies, because age is minor.",
        "depends_on": [], "ruled_out_by": [], "steps": ["call"], "say": ["hello"], "do_not": ["do no harm"],
        "certainty": "S", "term": "5 days", "caution": "",
    }  # fmt: skip
    assert {key: duty[key] for key in expected} == expected
    assert duty["sources"] == [{"cite": "act, art. 1", "ref": "act", "at": "art. 1", "row": "L1", "certainty": "S"}]


def test_what_a_duty_without_certainty_leaves_open(country: Country) -> None:
    (duty,) = made(country, persons=[{}])["persons"][0]["duties"]
    assert (duty["status"], duty["depends_on"], duty["lead"], duty["due"]) == ("may_apply", ["age"], None, None)
    (duty,) = made(country, persons=[{"facts": {"age": "adult"}}])["persons"][0]["duties"]
    assert (duty["status"], duty["ruled_out_by"]) == ("does_not_apply", ["age"])


def test_rights_gaps_and_notices(country: Country) -> None:
    country.unread("since-2025", "2025-01-01", None)
    found = made(country, persons=[{"facts": {"age": "minor"}}, {"facts": {"age": "adult"}}])
    girl, woman = found["persons"]
    assert [(right["id"], right["status"], right["plain"], right["warning"]) for right in girl["rights"]] == [
        ("school", "applies", "you have school", "take care")
    ]
    assert [gap["id"] for gap in woman["gaps"]] == ["night"]
    assert [notice["id"] for notice in found["notices"]] == ["since-2025"]


def test_the_next_question_with_its_values(country: Country) -> None:
    question = made(country, who="police", persons=[{}])["persons"][0]["next_question"]
    assert (question["fact"], question["question"], question["several"], question["why"]) == (
        "age", "age?", False, ["youth-help"],
    )  # fmt: skip
    assert question["values"] == [{"id": "minor", "text": "minor"}, {"id": "adult", "text": "adult"}]
    assert made(country)["persons"][0]["next_question"] is None


def test_contradictions_are_shown(country: Country) -> None:
    ages = [{"value": "minor", "source": "the girl"}, {"value": "adult", "said_on": "2025-06-01"}]
    found = made(country, persons=[{"facts": {"age": ages}}])["persons"][0]
    assert found["conflicts"] == [{"fact": "age", "claims": [
        {"value": ["minor"], "source": "the girl", "said_on": None},
        {"value": ["adult"], "source": "", "said_on": "2025-06-01"},
    ]}]  # fmt: skip


def test_the_same_plan_in_dutch(country: Country) -> None:
    (duty,) = made(country, "nl")["persons"][0]["duties"]
    assert (duty["what"], duty["because"]) == ("do youth-help (nl)", "Geldt, want age is minor (nl).")


def test_content_that_somebody_signed_says_so(country: Country) -> None:
    assert made(country.duty("signed", checked_by=["A. Jurist"]))["unsigned"] is False


# --- receipts ---------------------------------------------------------------------------------------------------------


def assessed(country: Country) -> Assessment:
    return country.encounter(**TOLD)


def test_a_receipt_carries_no_facts_by_default(country: Country) -> None:
    found = receipt(assessed(country))
    assert set(found) == {"content", "engine", "on", "edition"}
    assert "girl" not in json.dumps(plan(assessed(country))["receipt"])


def test_a_receipt_with_facts_replays(country: Country) -> None:
    found = assessed(country)
    kept = json.loads(json.dumps(receipt(found, with_facts=True)))
    assert replay(found.content, kept)
    assert not replay(found.content, kept | {"outcomes": "something else"})


def test_a_receipt_of_other_content_is_refused_and_says_which(country: Country) -> None:
    kept = receipt(assessed(country), with_facts=True)
    other = country.duty("another").content()
    with pytest.raises(BadInput, match=kept["content"][:12]):
        replay(other, kept)
    with pytest.raises(BadInput, match="engine"):
        replay(assessed(country).content, receipt(assessed(country), with_facts=True) | {"engine": "0"})


@pytest.mark.parametrize(
    "spoil", [{"facts": None}, {"on": None}, {"on": "soon"}, {"facts": ["x"]}, {"facts": {"x": 1}}]
)
def test_a_receipt_that_cannot_be_replayed_is_refused_in_a_sentence(country: Country, spoil: dict[str, Any]) -> None:
    found = assessed(country)
    kept = receipt(found, with_facts=True) | spoil
    with pytest.raises(BadInput):
        replay(found.content, {key: value for key, value in kept.items() if value is not None})


def test_the_digest_changes_with_a_status_and_with_a_day(country: Country) -> None:
    before = outcome_digest(assessed(country))
    assert before == outcome_digest(assessed(country))
    later: dict[str, Any] = {
        "who": "police",
        "persons": [{"id": "girl A", "facts": {"age": "minor", "found_on": "2025-05-20"}}],
    }
    assert outcome_digest(country.encounter(**later)) != before
    assert outcome_digest(country.encounter(persons=[{"id": "girl A"}])) != before


def test_a_facts_document_is_what_was_told(country: Country) -> None:
    told: dict[str, Any] = {
        "on": "2025-06-02", "who": "police", "municipality": None, "signals": [],
        "shared": {"form": [{"value": []}]},
        "persons": [{"id": "girl A", "signals": [], "facts": {
            "age": [{"value": "minor", "source": "she", "said_on": "2025-06-01", "certainty": "said"},
                    {"value": "adult"}],
            "form": [{"value": ["sexual", "labour"]}],
            "found_on": [{"value": "2025-05-19"}],
        }}],
    }  # fmt: skip
    content = country.content()
    situation = from_data(content, told, on=TODAY)
    assert facts_document(situation) == told
    assert from_data(content, facts_document(situation), on=TODAY) == situation
    assert assess(content, situation).persons[0].person.id == "girl A"
