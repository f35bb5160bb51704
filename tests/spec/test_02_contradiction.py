"""Chapter 2. When two people say different things.

A contradiction is kept and shown. Until somebody settles it, each of the claimed values stays possible: no more, no
less. *Learning* adds a claim; *revising* replaces what was claimed, and only that may take back what applied.
"""

from __future__ import annotations

from schakel.mechanism.assess import assess
from schakel.mechanism.facts_file import from_data
from schakel.mechanism.situation import Claim
from tests.tiny import TODAY, Country, statuses

AGES = [{"value": "minor", "source": "the girl"}, {"value": "adult", "source": "her passport"}]


def test_contradicting_claims_leave_what_was_claimed_possible(country: Country) -> None:
    country.fact("nationality", "dutch", "eu", "other")
    country.duty("wmo", {"nationality": ["dutch", "eu"]}).duty("reflection", {"nationality": "other"})
    view = country.person(nationality=[{"value": "dutch"}, {"value": "eu"}])
    assert statuses(view) == {"wmo": "applies", "reflection": "does_not_apply"}


def test_the_contradiction_is_shown_with_who_said_what(country: Country) -> None:
    country.duty("youth-help", {"age": "minor"})
    view = country.person(age=AGES)
    assert statuses(view) == {"youth-help": "may_apply"}
    assert [(claim.values, claim.source) for claim in view.known.conflicts["age"]] == [
        (("minor",), "the girl"),
        (("adult",), "her passport"),
    ]


def test_two_claims_that_agree_are_no_contradiction(country: Country) -> None:
    country.duty("youth-help", {"age": "minor"})
    view = country.person(age=[{"value": "minor", "source": "the girl"}, {"value": "minor", "source": "school"}])
    assert statuses(view) == {"youth-help": "applies"}
    assert view.known.conflicts == {}


def test_a_wider_and_a_narrower_claim_agree_on_the_narrower(country: Country) -> None:
    country.fact("residence", "none", "asylum", "permit").duty("open-file", {"residence": "none"})
    view = country.person(residence=[{"value": ["none", "asylum"]}, {"value": "none"}])
    assert statuses(view) == {"open-file": "applies"}
    assert view.known.conflicts == {}


def test_revising_settles_it_and_is_recorded(country: Country) -> None:
    country.duty("youth-help", {"age": "minor"})
    content = country.content()
    told = from_data(content, {"persons": [{"id": "girl A", "facts": {"age": AGES}}]}, on=TODAY)
    settled = told.revise(Claim("age", ("minor",), source="the birth register"), "girl A")
    view = assess(content, settled).persons[0]
    assert statuses(view) == {"youth-help": "applies"}
    assert [claim.revises for claim in view.person.claims] == [True]
    assert told.persons[0].claims != settled.persons[0].claims, "what was told before is not lost"


def test_a_sign_that_was_ticked_speaks_against_no_sign_at_all(country: Country) -> None:
    country.indicator("gate-always-shut").duty("report", {"indication": "yes"})
    told = {"id": "1", "facts": {"indication": "no"}, "signals": ["gate-always-shut"]}
    view = country.encounter(persons=[told]).persons[0]
    assert statuses(view) == {"report": "applies"}, "the slightest indication is enough"
    assert "indication" in view.known.conflicts


def test_a_sign_kept_for_history_only_never_counts(country: Country) -> None:
    country.indicator("known-source-country", never_counts=True, reason={"nl": "herkomst", "en": "origin"})
    country.duty("report", {"indication": "yes"})
    view = country.encounter(signals=["known-source-country"]).persons[0]
    assert statuses(view) == {"report": "may_apply"}
