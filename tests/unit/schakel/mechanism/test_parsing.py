"""From a content file to the noun: defaults, closed lists, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schakel.mechanism.model import Duty
from schakel.mechanism.terms import Term, Unit
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.facts import EVERYONE
from schakel.vocabulary.periods import Period
from tests.tiny import Country, term, text, version


@pytest.fixture
def country(tmp_path: Path) -> Country:
    return Country(tmp_path)


def duty(country: Country, **more: Any) -> Duty:
    return country.duty("a", **more).content().duties["a"]


def test_what_a_duty_does_not_say_is_nothing(country: Country) -> None:
    found = duty(country)
    assert (found.steps, found.say, found.meets, found.after, found.overrides, found.open_terms) == ((),) * 6
    assert (found.urgent, found.contact, found.checked_by, found.replaces) == (False, "", (), ())
    only = found.versions[0]
    assert (only.period, only.selected_by, only.read, only.term) == (Period(), "on", True, None)


def test_a_whole_duty(country: Country) -> None:
    country.fact("found_on")
    limits = {"valid_from": "2015-01-01", "valid_to": "2022-03-31", "selected_by": "found_on"}
    found = duty(
        country, versions=[version(**limits, term=term(5, "working_days", "found_on"), what=text("as it was"))],
        how={"steps": [text("one"), text("two")], "contact": "police", "say": [text("hello")]},
        open_terms=[{"what": text("who coordinates"), "filled_by": "region"}], checked_by=["A. Jurist"],
    )  # fmt: skip
    assert [step("en") for step in found.steps] == ["one", "two"]
    assert (found.contact, found.say[0]("nl"), found.open_terms[0].filled_by) == ("police", "hello (nl)", "region")
    only = found.versions[0]
    assert only.period == Period(date(2015, 1, 1), date(2022, 3, 31))
    assert only.term is not None
    assert (only.term.term, only.term.starts) == (Term(5, Unit.WORKING_DAYS, "deadline"), "found_on")
    assert only.what is not None
    assert found.checked_by == ("A. Jurist",)


def test_the_sources_of_all_texts_each_once(country: Country) -> None:
    one = {"ref": "act", "certainty": "S"}
    texts = [
        version(sources=[one], valid_to="2020-01-01"),
        version(sources=[one, one | {"at": "2"}], valid_from="2020-01-02"),
    ]
    assert [source.at for source in duty(country, versions=texts).sources] == ["", "2"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"part": "leader"}, "'leader' is no part. Choose from lead, support, inform"),
        ({"stage": "later"}, "'later' is no stage"),
        ({"versions": [version(strength="shall")]}, "'shall' is no strength"),
        ({"versions": [version(norm="law")]}, "'law' is no norm"),
        ({"versions": [version(valid_from="2015-13-01")]}, "is not a day"),
        ({"versions": [version({"dangr": "x"})]}, "no fact 'dangr'"),
        ({"versions": [version(term=term(0, "days", "found_on"))]}, "whole number from 1"),
        ({"versions": [version(term=term(5, "moons", "found_on"))]}, "moons"),
        ({"versions": [version(term=term(5, "days", "found_on", type="soon"))]}, "soon"),
        ({"versions": [version(sources=[{"ref": "x", "certainty": "sure"}])]}, "'sure' is no certainty code"),
        ({"title": {"nl": "alleen Nederlands"}}, "a text has no 'en'"),
        ({"title": "a"}, "by language"),
    ],
)
def test_a_duty_that_cannot_be_is_refused(country: Country, more: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as refused:
        duty(country, **more)
    assert said in str(refused.value)
    assert refused.value.where.startswith("duties/a.yaml, line ")


def test_a_duty_without_a_text_is_refused(country: Country) -> None:
    content = country.put("duties/a.yaml", country.duty("a").files["duties/a.yaml"] | {"versions": []}).content()
    with pytest.raises(BadInput, match="a has no version"):
        _ = content.duties


def test_a_fact_of_each_kind(country: Country) -> None:
    country.fact("choice", "1", "2").fact("several", "1", "2", many=True).fact("day", event=text("the day"))
    facts = country.content().facts
    assert [facts[name].kind for name in ("choice", "several", "day")] == ["choice", "many", "date"]
    assert facts["day"].event is not None


def test_who_may_ask(country: Country) -> None:
    country.fact("x", "1", "2", by=("police", "everyone")).fact("y", "1", "2", by=("police",), first=("x",))
    facts = country.content().facts
    assert facts["x"].asking.by == {EVERYONE}
    assert facts["y"].asking.by == {"police"}
    assert facts["y"].asking.first == ("x",)


def test_a_value_with_a_range_and_an_organisation(country: Country) -> None:
    value = {
        "id": "child",
        "text": text("child"),
        "phrase": text("a child"),
        "range": [0, 17],
        "organisation": "school",
    }
    country.fact("x", values=[value], type="choice")
    found = country.content().facts["x"].value("child")
    assert (found.range, found.organisation, found.group) == ((0, 17), "school", "")


@pytest.mark.parametrize(
    ("put", "kind"),
    [
        (lambda country: country.right("r", "always"), "rights"),
        (lambda country: country.gap("g", {"any": []}), "gaps"),
        (lambda country: country.unread("u", "1 January", None), "unread"),
        (lambda country: country.never("n", {"finder": "nobody"}), "constraints"),
        (lambda country: country.definition("d", {"age": "old"}), "definitions"),
    ],
)
def test_other_kinds_name_their_line_too(country: Country, put: Callable[[Country], Country], kind: str) -> None:
    content = put(country).content()
    with pytest.raises(BadInput, match="line"):
        getattr(content, kind)
