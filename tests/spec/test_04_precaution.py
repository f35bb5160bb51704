"""Chapter 4. Precaution is a rule, never a default.

Where the law says that doubt works in favour of the person, a definition says so, marked `precaution`, with its source.
The engine itself leans to no side: without such a rule doubt stays "may apply".
"""

from __future__ import annotations

from schakel.mechanism.explain import caution
from tests.tiny import SOURCE, Country, statuses, version

CHILD = {"any": [{"age": "minor"}, {"age_doubt": "may_be_child"}]}


def test_without_a_rule_doubt_stays_open(country: Country) -> None:
    country.duty("youth-help", {"age": "minor"})
    assert statuses(country.person(age_doubt="may_be_child")) == {"youth-help": "may_apply"}


def test_with_the_rule_doubt_protects(country: Country) -> None:
    country.definition("treat_as_child", CHILD, precaution=True).duty("youth-help", "treat_as_child")
    assert statuses(country.person(age_doubt="may_be_child")) == {"youth-help": "applies"}
    assert country.content().definitions["treat_as_child"].precaution


def test_the_adult_rule_is_written_as_its_opposite(country: Country) -> None:
    country.definition("treat_as_child", CHILD, precaution=True)
    country.duty("youth-help", "treat_as_child").duty("adult-shelter", {"not": "treat_as_child"})
    doubted = country.person(age="adult", age_doubt="may_be_child")
    assert statuses(doubted) == {"youth-help": "applies", "adult-shelter": "does_not_apply"}
    nothing_known = country.person()
    assert statuses(nothing_known) == {"youth-help": "may_apply", "adult-shelter": "may_apply"}


def test_a_definition_may_use_those_above_it(country: Country) -> None:
    country.definition("possible_victim", {"indication": "yes"})
    country.definition("child_victim", {"all": ["possible_victim", {"age": "minor"}]})
    country.duty("youth-help", "child_victim")
    assert statuses(country.person(indication="yes", age="minor")) == {"youth-help": "applies"}


def test_a_protective_duty_ruled_out_on_a_weak_source_only_warns(country: Country) -> None:
    recalled = [version({"age": "minor"}, sources=[SOURCE | {"certainty": "R"}])]
    country.duty("recalled", versions=recalled).duty("read", {"age": "minor"})
    country.duty("other", versions=recalled, protective=False)
    adult = country.person(age="adult").by_id
    assert "Ask a lawyer" in caution(adult["recalled"], "en")
    assert caution(adult["read"], "en") == caution(adult["other"], "en") == ""
    assert caution(country.person(age="minor").by_id["recalled"], "en") == ""
