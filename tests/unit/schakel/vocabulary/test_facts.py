"""The closed list of facts: who may ask, what the answers are, and what happens to a word that is not in it."""

import pytest

from schakel.mechanism import parsing
from schakel.rules.documents import Item
from schakel.rules.reading import Document
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.facts import EVERYONE, Asking, Fact, FactTable, component, fact_of


def fact(name: str, *values: str, **more: object) -> Fact:
    words = {"nl": name, "en": name}
    choices = [{"id": value, "text": words, "phrase": words} for value in values]
    data = {"id": name, "name": words, "question": words, "values": choices, "sources": [],
            "ask": {"by": ["everyone"], "of": "observation"}, **more}  # fmt: skip
    return parsing.fact(Item(data, Document(data, {})), "person")


TABLE = FactTable((fact("danger", "acute", "none"), fact("form", "sexual", "labour", many=True), fact("age", "16")))


def test_everyone_may_ask_what_everyone_may_ask() -> None:
    open_to_all = Asking(frozenset({EVERYONE}), "observation")
    assert open_to_all.allows("citizen")
    assert open_to_all.allows(None)


def test_a_finder_who_is_not_known_may_ask_only_that() -> None:
    for_the_police = Asking(frozenset({"police"}), "authority")
    assert for_the_police.allows("police")
    assert not for_the_police.allows("citizen")
    assert not for_the_police.allows(None)


def test_a_table_is_a_mapping_in_the_order_of_the_list() -> None:
    assert list(TABLE) == ["danger", "form", "age"]
    assert len(TABLE) == 3
    assert TABLE["danger"].value_ids == ("acute", "none")
    assert "weather" not in TABLE
    assert [TABLE.places[name] for name in TABLE] == [0, 1, 2]


def test_a_value_by_its_id() -> None:
    assert TABLE["danger"].value("acute").id == "acute"
    with pytest.raises(KeyError):
        TABLE["danger"].value("mild")


def test_a_fact_with_several_values_is_one_component_a_value() -> None:
    assert TABLE.domains == {
        "danger": ("acute", "none"),
        "form.sexual": ("no", "yes"),
        "form.labour": ("no", "yes"),
        "age": ("16",),
    }
    assert component("form", "sexual") == "form.sexual"
    assert (fact_of("form.sexual"), fact_of("danger")) == ("form", "danger")


def test_a_day_or_a_place_is_no_component() -> None:
    table = FactTable((fact("found_on", type="date"), fact("municipality", type="place")))
    assert table.domains == {}


def test_an_unknown_fact_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(BadInput) as refused:
        TABLE.find("dangr", "facts, line 3")
    assert "facts, line 3" in refused.value.say("en")
    assert "Did you mean danger" in refused.value.say("en")
    assert "regel 3" in refused.value.say("nl")


def test_where_nothing_is_near_it_says_where_the_list_is() -> None:
    with pytest.raises(BadInput, match="schakel facts"):
        TABLE.find("xyzzy", "facts")


def test_a_very_long_word_is_cut_in_the_message() -> None:
    with pytest.raises(BadInput) as refused:
        TABLE.find("x" * 100_000, "facts")
    assert len(str(refused.value)) < 400
