"""Conditions mean what they say, and "not" is only another way of listing values."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.mechanism.content import load
from schakel.rules.conditions import (
    ALWAYS,
    NEVER,
    All,
    AnyOf,
    Condition,
    Is,
    Reader,
    atoms,
    both,
    either,
    holds,
    negate,
    support,
)
from schakel.rules.reading import read
from schakel.vocabulary.errors import BadInput

DOMAINS = {"a": ("1", "2", "3"), "b": ("1", "2"), "c": ("1", "2")}
A1, A23, B1, B2, C1 = (
    Is("a", frozenset("1")),
    Is("a", frozenset("23")),
    Is("b", frozenset("1")),
    Is("b", frozenset("2")),
    Is("c", frozenset("1")),
)
WORLDS = [dict(zip(DOMAINS, values, strict=True)) for values in product(*DOMAINS.values())]

leaves = st.sampled_from([A1, A23, B1, B2, C1, ALWAYS, NEVER])
conditions = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda parts, conjunction: (both if conjunction else either)(*parts), st.lists(inner, max_size=3), st.booleans()
    ),
    max_leaves=8,
)


def meaning(condition: Condition) -> list[bool]:
    return [holds(condition, world) for world in WORLDS]


def test_the_empty_conjunction_always_holds_and_the_empty_choice_never() -> None:
    assert all(meaning(ALWAYS))
    assert not any(meaning(NEVER))
    assert (both(), either()) == (ALWAYS, NEVER)


def test_parts_are_flattened_and_stand_once() -> None:
    assert both(A1, both(B1, C1), A1) == All((A1, B1, C1))
    assert either(A1, either(B1, C1), A1) == AnyOf((A1, B1, C1))
    assert both(A1) == A1


def test_what_never_holds_takes_the_whole_with_it() -> None:
    assert both(A1, NEVER) == NEVER
    assert either(A1, ALWAYS) == ALWAYS
    assert both(A1, ALWAYS) == A1
    assert either(A1, NEVER) == A1


def test_not_one_value_is_one_of_the_others() -> None:
    assert negate(A1, DOMAINS) == A23
    assert negate(both(A1, B1), DOMAINS) == AnyOf((A23, B2))
    assert negate(Is("a", frozenset("123")), DOMAINS) == NEVER


@given(conditions)
def test_a_negation_holds_exactly_where_the_condition_does_not(condition: Condition) -> None:
    assert meaning(negate(condition, DOMAINS)) == [not truth for truth in meaning(condition)]


@given(st.lists(conditions, max_size=3))
def test_both_is_and_and_either_is_or(parts: list[Condition]) -> None:
    assert meaning(both(*parts)) == [all(holds(part, world) for part in parts) for world in WORLDS]
    assert meaning(either(*parts)) == [any(holds(part, world) for part in parts) for world in WORLDS]


def test_what_a_condition_rests_on() -> None:
    condition = both(A1, either(B1, C1))
    assert support(condition) == {"a", "b", "c"}
    assert list(atoms(condition)) == [A1, B1, C1]
    assert support(ALWAYS) == frozenset()


# --- reading: with the Dutch facts and definitions -------------------------------------------------------------------


def written(text: str) -> Condition:
    document = read(f"when: {text}", "duty.yaml")
    return load().reader.read(document.data["when"], document, ("when",))


def test_a_condition_is_read_from_content() -> None:
    assert written("{danger: acute}") == Is("danger", frozenset({"acute"}))
    assert written("{danger: [acute, threat]}") == Is("danger", frozenset({"acute", "threat"}))
    assert written("{not: {danger: [acute, threat]}}") == Is("danger", frozenset({"none"}))
    assert written("{always: true}") == ALWAYS
    assert written("adult") == Is("age", frozenset({"adult"}))


def test_two_facts_in_one_mapping_must_both_hold() -> None:
    assert written("{danger: acute, held: 'yes'}") == written("{all: [{danger: acute}, {held: 'yes'}]}")


def test_one_of_several_forms_is_a_choice_between_components() -> None:
    assert written("{form: [sexual, labour]}") == AnyOf(
        (Is("form.sexual", frozenset({"yes"})), Is("form.labour", frozenset({"yes"})))
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{dangr: acute}", "Did you mean danger"),
        ("{danger: accute}", "Choose from acute, threat, none"),
        ("{danger: []}", "no value"),
        ("{found_on: 2025-01-01}", "no value"),
        ("{municipality: GM0344}", "no value"),
        ("minr", "no definition 'minr'"),
        ("{any: []}", "wants a list"),
        ("{all: adult}", "wants a list"),
        ("{always: false}", "no fact 'always'"),
        ("[adult, minor]", "a condition is"),
        ("{}", "a condition is"),
        ("5", "a condition is"),
    ],
)
def test_a_condition_that_cannot_be_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        written(text)
    assert refused.value.where == "duty.yaml, line 1"


def test_a_reader_without_definitions_knows_none() -> None:
    document = read("x: adult")
    with pytest.raises(BadInput, match="no definition"):
        Reader(load().facts, {}).read("adult", document, ("x",))
