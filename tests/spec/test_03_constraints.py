"""Chapter 3. What cannot be together.

A constraint says which facts exclude each other, and why. It saves questions; it never makes anybody invisible.
"""

from __future__ import annotations

import pytest

from schakel.mechanism.assess import assess
from schakel.mechanism.facts_file import parse_facts
from schakel.vocabulary.errors import BadInput
from tests.tiny import TODAY, Country, statuses, version


@pytest.fixture
def residence(country: Country) -> Country:
    country.fact("nationality", "dutch", "other").fact("residence", "national", "none", "permit")
    reason = "a Dutch citizen needs no permit"
    return country.never("dutch-is-national", {"nationality": "dutch", "not": {"residence": "national"}}, reason)


def test_one_fact_settles_another(residence: Country) -> None:
    residence.duty("reflection-period", {"residence": "none"})
    view = residence.person(nationality="dutch")
    assert statuses(view) == {"reflection-period": "does_not_apply"}
    assert view.by_id["reflection-period"].ruled_out_by == ("residence",)


def test_what_the_constraint_settles_is_not_asked(residence: Country) -> None:
    residence.duty("reflection-period", {"all": [{"nationality": "other"}, {"residence": "none"}]})
    assert residence.person(residence="none").by_id["reflection-period"].status == "applies"
    assert residence.person(residence="none").by_id["reflection-period"].hangs_on == ()


def test_it_works_in_every_direction(residence: Country) -> None:
    residence.duty("not-dutch", {"nationality": "other"})
    assert statuses(residence.person(residence=["none", "permit"])) == {"not-dutch": "applies"}
    assert statuses(residence.person(residence="national")) == {"not-dutch": "may_apply"}


def test_facts_that_cannot_be_together_are_refused_with_the_reason(residence: Country) -> None:
    residence.duty("reflection-period", {"residence": "none"})
    with pytest.raises(BadInput) as refused:
        residence.person(nationality="dutch", residence="none")
    assert "a Dutch citizen needs no permit." in refused.value.say("en")
    assert "a Dutch citizen needs no permit (nl)." in refused.value.say("nl")


def test_in_a_file_the_line_of_one_of_them_is_named(residence: Country) -> None:
    content = residence.content()
    told = parse_facts(content, "shared:\n  nationality: dutch\n  residence: none\n", on=TODAY, name="facts.yaml")
    with pytest.raises(BadInput) as refused:
        assess(content, told)
    assert refused.value.where in ("facts.yaml, line 2", "facts.yaml, line 3")


def test_a_constraint_over_three_facts_excludes_nothing_while_two_are_open(country: Country) -> None:
    country.fact("accompanied", "parent", "alone").fact("danger", "yes", "no").fact("guardian", "yes", "no")
    country.never("parent-has-custody", {"all": [{"accompanied": "parent"}, {"danger": "no"}, {"guardian": "no"}]})
    country.duty("provide-custody", {"guardian": "no"})
    assert statuses(country.person(accompanied="parent")) == {"provide-custody": "may_apply"}
    assert statuses(country.person(accompanied="parent", danger="yes")) == {"provide-custody": "may_apply"}
    assert statuses(country.person(accompanied="parent", danger="no")) == {"provide-custody": "does_not_apply"}


def test_two_constraints_reason_together(country: Country) -> None:
    country.fact("a", "1", "2").fact("b", "1", "2").fact("c", "1", "2")
    country.never("a-b", {"a": "1", "b": "2"}).never("b-c", {"b": "1", "c": "2"})
    country.duty("d", {"c": "1"})
    assert statuses(country.person(a="1")) == {"d": "applies"}


def test_a_rule_whose_parts_exclude_each_other_never_applies(country: Country) -> None:
    country.fact("a", "1", "2").fact("b", "1", "2").never("a-b", {"a": "1", "b": "1"}).duty("d", {"a": "1", "b": "1"})
    assert statuses(country.person()) == {"d": "does_not_apply"}


def test_a_constraint_may_hold_only_where_an_event_lies_too_far_back(country: Country) -> None:
    """Who is in a period of three months was granted it less than three months ago."""
    country.fact("residence", "in_period", "none").fact("granted_on")
    within = {"of": "granted_on", "length": 3, "unit": "months"}
    texts = [version(valid_to="2023-05-18", selected_by="granted_on"),
             version(valid_from="2023-05-19", selected_by="granted_on")]  # fmt: skip
    country.never("granted-lately", {"residence": "in_period"}, unless_within=within)
    country.duty("suspend", versions=texts).duty("monthly-reporting", {"residence": "in_period"})
    assert statuses(country.person(granted_on="2025-05-01"))["monthly-reporting"] == "may_apply"
    assert statuses(country.person(granted_on="2023-05-18"))["monthly-reporting"] == "does_not_apply"
    assert statuses(country.person(granted_on="2023-05-18", on="2023-08-18"))["monthly-reporting"] == "may_apply"
