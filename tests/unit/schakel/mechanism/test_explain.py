"""Why, in a sentence that can be read aloud, in Dutch and in English."""

from __future__ import annotations

from pathlib import Path

import pytest

from schakel.mechanism.edition import NOT_YET
from schakel.mechanism.explain import because, caution, cited, clause_of, condition_sentence, listed, plain_text
from schakel.rules.conditions import ALWAYS, NEVER, All, AnyOf, Is
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import text
from tests.tiny import SOURCE, Country, version


@pytest.fixture
def country(tmp_path: Path) -> Country:
    country = Country(tmp_path).fact("form", "sexual", "labour", many=True).fact("granted_on")
    return country.fact("residence", "none", "asylum", "permit", "national", "reflection")


def said(country: Country, lang: str = "en", **facts: object) -> str:
    return because(country.person(**facts).by_id["a"], lang)  # type: ignore[arg-type]


def test_applies_because(country: Country) -> None:
    country.duty("a", {"all": [{"age": "minor"}, {"indication": "yes"}]})
    assert said(country, age="minor", indication="yes") == "Applies, because age is minor and indication is yes."
    assert said(country, "nl", age="minor", indication="yes") == (
        "Geldt, want age is minor (nl) en indication is yes (nl)."
    )  # fmt: skip


def test_may_apply_depends_on(country: Country) -> None:
    country.duty("a", {"all": [{"age": "minor"}, {"indication": "yes"}]})
    assert said(country) == "May apply: that depends on indication and age."
    assert said(country, "nl", age="minor") == "Kan gelden: dat hangt af van indication (nl)."


def test_does_not_apply_because(country: Country) -> None:
    country.duty("a", {"age": "minor"})
    assert said(country, age="adult") == "Does not apply, because age is adult."
    country.duty("a", {"form": "sexual"})
    assert said(country, form=["labour"]) == "Does not apply, because it is not so that form is sexual."


def test_always_and_never(country: Country) -> None:
    assert said(country.duty("a")) == "Always applies."
    assert said(country.duty("a", versions=[version(valid_from="2030-01-01")])) == "Does not apply on this date."
    assert said(country.duty("a", versions=[version(valid_from="2030-01-01")]), "nl") == "Geldt niet op deze datum."


def test_background_is_left_out_where_more_is_known(country: Country) -> None:
    country.fact("finder", "police", "citizen", background=True).duty("a", {"finder": "police", "age": "minor"})
    assert said(country, who="police", age="minor") == "Applies, because age is minor."
    country.duty("a", {"finder": "police"})
    assert said(country, who="police") == "Applies, because finder is police."


def test_a_reason_that_follows_from_another_fact_is_said_as_what_follows(country: Country) -> None:
    country.never("x", {"residence": "permit", "age": "minor"}).duty("a", {"age": "adult"})
    assert said(country, residence="permit") == "Applies, because age is adult."


@pytest.mark.parametrize(
    ("component", "values", "clause"),
    [
        ("residence", ("none",), "residence is none"),
        ("residence", ("none", "asylum"), "residence is none or residence is asylum"),
        ("residence", ("none", "asylum", "permit", "national"), "it is not so that residence is reflection"),
        (
            "residence",
            ("none", "asylum", "permit"),
            "it is not so that residence is national or residence is reflection",
        ),
        ("form.sexual", ("yes",), "form is sexual"),
        ("form.sexual", ("no",), "it is not so that form is sexual"),
        ("form.sexual", ("no", "yes"), "form"),
        ("granted_on", (NOT_YET,), "granted_on has not come yet"),
        ("granted_on", ("2023-05-19",), "granted_on lies in the stretch of time from 2023-05-19"),
    ],
)
def test_a_clause(country: Country, component: str, values: tuple[str, ...], clause: str) -> None:
    assert clause_of(country.content(), component, values, "en") == clause


def test_of_very_many_values_some_are_counted(country: Country) -> None:
    content = country.fact("sector", *(f"s{number}" for number in range(9))).content()
    clause = clause_of(content, "sector", tuple(f"s{number}" for number in range(6)), "en")
    assert clause == "sector is s0 or sector is s1 or sector is s2 or 3 other possibilities"
    assert "nog 3 mogelijkheden" in clause_of(content, "sector", tuple(f"s{number}" for number in range(6)), "nl")


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (["a", "a", "b"], "a and b"),
        (list("abcd"), "a, b, c and d"), (list("abcde"), "a, b, c and 2 more things"),
        (list("abcdefghi"), "a, b, c and 6 more things"),
    ],
)  # fmt: skip
def test_a_list_in_words(items: list[str], sentence: str) -> None:
    assert listed(items, "en") == sentence


def test_a_whole_condition_as_text(country: Country) -> None:
    content = country.content()
    minor, none = Is("age", frozenset({"minor"})), Is("residence", frozenset({"none", "asylum"}))
    sexual = Is("form.sexual", frozenset({"no"}))
    assert condition_sentence(content, All((minor, AnyOf((none, sexual)))), "en") == (
        "age is minor and ((residence is none or residence is asylum) or it is not so that form is sexual)"
    )
    assert condition_sentence(content, ALWAYS, "en") == "Always applies"
    assert condition_sentence(content, NEVER, "nl") == "Geldt niet op deze datum"


@pytest.mark.parametrize(
    ("certainties", "protective", "age", "warned"),
    [
        (["R"], True, "adult", True), (["S15"], True, "adult", True), (["S15", "R"], True, "adult", True),
        (["S", "R"], True, "adult", False), (["SS"], True, "adult", False),
        (["R"], False, "adult", False), (["R"], True, "minor", False), (["R"], True, None, False),
    ],
)  # fmt: skip
def test_a_warning_where_protection_is_ruled_out_on_weak_ground(
    country: Country, certainties: list[str], protective: bool, age: str | None, warned: bool
) -> None:
    sources = [SOURCE | {"certainty": certainty} for certainty in certainties]
    country.duty("a", versions=[version({"age": "minor"}, sources=sources)], protective=protective)
    outcome = country.person(age=age).by_id["a"]
    assert bool(caution(outcome, "en")) is bool(caution(outcome, "nl")) is warned


def test_a_citation(country: Country) -> None:
    content = country.content()
    assert cited(content, Source("vcb", "S15", "B8/3.1"), "nl") == "vcb, B8/3.1"
    assert cited(content, Source("vcb", "S15"), "nl") == "vcb"


def test_no_text_is_no_words() -> None:
    assert plain_text(None, "nl") == ""
    assert plain_text(text({"nl": "ja", "en": "yes"}), "nl") == "ja"
