"""FACTS.yaml: every way to tell, and every way to be told that it cannot be read. With the Dutch facts."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schakel.mechanism.assess import assess
from schakel.mechanism.content import load
from schakel.mechanism.facts_file import from_data, parse_facts
from schakel.mechanism.plan import facts_document
from schakel.mechanism.situation import Claim, Person, Situation
from schakel.vocabulary.errors import BadInput
from tests.tiny import TODAY

CONTENT = load()


def told(text: str | bytes) -> Situation:
    return parse_facts(CONTENT, text, on=TODAY, name="facts.yaml")


def test_the_whole_document() -> None:
    found = told(
        "on: 2025-05-01\nwho: police\nmunicipality: utrecht\nshared:\n  indication: yes\n  form: [sexual]\n"
        "persons:\n- id: girl A\n  facts:\n    age: 17\n    injuries: {value: visible, source: seen by myself,"
        " said_on: 2025-04-30, certainty: seen}\n- {}\n"
    )
    assert (found.on, found.who, found.municipality) == (date(2025, 5, 1), "police", "GM0344")
    assert found.shared == (Claim("indication", ("yes",)), Claim("form", ("sexual",)))
    seen = Claim("injuries", ("visible",), "seen by myself", date(2025, 4, 30), "seen")
    assert found.persons == (Person("girl A", (Claim("age", ("16_17",)), seen)), Person("2"))


@pytest.mark.parametrize("text", ["", "null", "{}", "persons:", "# nothing yet"])
def test_an_empty_document_is_one_person_of_whom_nothing_is_known(text: str) -> None:
    assert told(text) == Situation(TODAY, persons=(Person("1"),))


@pytest.mark.parametrize(
    ("answer", "values"),
    [
        ("17", ("16_17",)), ("0", ("under_12",)), ("130", ("adult",)), ("adult", ("adult",)),
        ("'16_17'", ("16_17",)), ("[16_17, adult]", ("16_17", "adult")), ("[17, 16]", ("16_17",)),
    ],
)  # fmt: skip
def test_an_age_in_years_or_as_a_value(answer: str, values: tuple[str, ...]) -> None:
    assert told(f"shared: {{age: {answer}}}").shared == (Claim("age", values),)


def test_yes_and_no_may_be_true_and_false() -> None:
    assert told("shared: {indication: true, dublin: false}").shared == (
        Claim("indication", ("yes",)),
        Claim("dublin", ("no",)),
    )


@pytest.mark.parametrize("answer", ["unknown", "null", "", "{value: unknown}", "{value: null}", "{}", "{source: x}"])
def test_unknown_says_nothing(answer: str) -> None:
    assert told(f"shared: {{age: {answer}}}").shared == ()
    assert told(f"who: {answer if answer in ('unknown', 'null', '') else 'unknown'}").who is None


def test_several_claims_about_one_fact() -> None:
    found = told("shared: {age: [{value: 17, source: the girl}, {value: adult, source: papers}, unknown]}")
    assert [(claim.values, claim.source) for claim in found.shared] == [
        (("16_17",), "the girl"), (("adult",), "papers"),
    ]  # fmt: skip


def test_no_form_at_all_is_an_answer() -> None:
    assert told("shared: {form: []}").shared == (Claim("form", ()),)


def test_each_claim_knows_its_line() -> None:
    assert [claim.where for claim in told("shared:\n  age: 17\n\n  held: yes\n").shared] == [
        "facts.yaml, line 2",
        "facts.yaml, line 4",
    ]


def refused(text: str | bytes) -> BadInput:
    with pytest.raises(BadInput) as caught:
        assess(CONTENT, told(text))
    for lang in ("nl", "en"):
        sentence = caught.value.say(lang)
        assert sentence.endswith(".")
        assert sentence.isprintable(), "one line, without control characters"
        assert "Traceback" not in sentence
        assert len(sentence) < 900, sentence
    assert caught.value.remedy
    return caught.value


MANY = "persons:\n" + "".join(f"- id: worker {number}\n" for number in range(201))


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        pytest.param("wo: police", "'wo' is not known here", 1, id="unknown key"),
        pytest.param("who: polcie", "'polcie' is no value of 'finder'", 1, id="unknown finder"),
        pytest.param("on: 2025-06-01\nwho: [police]", "is no value of 'finder'", 2, id="finder as a list"),
        pytest.param("shared:\n  dangr: acute", "Did you mean danger", 2, id="unknown fact"),
        pytest.param("shared:\n  danger: accute", "'accute' is no value of 'danger'", 2, id="unknown value"),
        pytest.param("shared:\n  age: 131", "'131' is no value of 'age'", 2, id="no such age"),
        pytest.param("shared:\n  age: -1", "'-1' is no value of 'age'", 2, id="negative age"),
        pytest.param("shared:\n  age: 17.5", "'17.5' is no value of 'age'", 2, id="half a year"),
        pytest.param("shared:\n  sector: []", "is no value of 'sector'", 2, id="no answer to a choice"),
        pytest.param("shared:\n  form: [sexual, [labour]]", "is no value of 'form'", 2, id="list in a list"),
        pytest.param("shared:\n  finder: police", "who asks is told once", 2, id="finder as a fact"),
        pytest.param('shared:\n  "a\\nb\\x1b[31m": x', "no fact", 2, id="a fact with control characters"),
        pytest.param('who: "a\\nb\\x1b[31m"', "is no value of 'finder'", 1, id="a value with control characters"),
        pytest.param("who: police\nwho: kmar", "'who' stands twice", 2, id="key twice"),
        pytest.param("- who: police", "lines are expected", 1, id="a list on top"),
        pytest.param("police", "lines are expected", 1, id="a word on top"),
        pytest.param("shared: [age]", "fact: answer", 1, id="facts as a list"),
        pytest.param("persons: girl A", "wants a list", 1, id="persons as a word"),
        pytest.param("persons: {id: girl A}", "wants a list", 1, id="persons as a mapping"),
        pytest.param("persons: []", "wants a list", 1, id="no persons"),
        pytest.param("persons:\n- girl A", "lines are expected", 2, id="a person as a word"),
        pytest.param("persons:\n- name: X", "'name' is not known here", 2, id="a name of a person"),
        pytest.param("persons:\n- {id: A}\n- {id: A}", "same id", 1, id="the same person twice"),
        pytest.param("persons:\n- {id: 2}\n- {}", "same id", 1, id="a number that is taken"),
        pytest.param(MANY, "more than 200 persons", 1, id="201 persons"),
        pytest.param("shared:\n  age: {value: 17, sure: yes}", "'sure' is not known here", 2, id="unknown part"),
        pytest.param("shared:\n  age: {value: 17, certainty: very}", "no certainty", 2, id="no certainty"),
        pytest.param("shared:\n  age: {value: 17, said_on: yesterday}", "is not a day", 2, id="no day"),
        pytest.param("on: 2013-02-30", "is not a day", 1, id="30 February"),
        pytest.param("on: 20250602", "is not a day", 1, id="a day without dashes"),
        pytest.param("on: 2025-W23", "is not a day", 1, id="a week"),
        pytest.param("on: [2025-06-02]", "is not a day", 1, id="a day in a list"),
        pytest.param("on: 1999-01-01", "outside what the content covers", None, id="a day before all content"),
        pytest.param("on: 2100-01-01", "outside what the content covers", None, id="a day after all content"),
        pytest.param("shared:\n  found_on: 2025-06-03", "after the day asked for", 2, id="tomorrow"),
        pytest.param("municipality: Utrect", "Did you mean Utrecht", 1, id="unknown municipality"),
        pytest.param("municipality: [Utrecht]", "no municipality", 1, id="municipality as a list"),
        pytest.param("signals: [no-such-sign]", "no indicator", 1, id="unknown sign"),
        pytest.param("shared:\n  nationality: nl\n  residence: none", "no residence permit", None, id="contradiction"),
        pytest.param("a: &x 1\nb: *x", "anchors", 1, id="anchor"),
        pytest.param("a: !!python/object:os.system x", "tags", 1, id="tag"),
        pytest.param("a: 1\n---\nb: 1", "more than one document", 2, id="two documents"),
        pytest.param("shared:\n\tage: 17", "not valid YAML", 2, id="tab"),
        pytest.param("who: po\0lice", "may not be used", None, id="NUL"),
        pytest.param("who: police".encode("utf-16"), "not UTF-8", None, id="UTF-16"),
        pytest.param("who: '\ud800'", "not UTF-8", None, id="half a character"),
        pytest.param("who: " + "x" * 10_000_000, "larger than", None, id="10 MB"),
        pytest.param("shared: " + "{a: " * 100, "too deeply", 1, id="nested"),
    ],
)
def test_bad_input_is_one_sentence_with_the_line_and_the_remedy(text: str | bytes, said: str, line: int | None) -> None:
    error = refused(text)
    assert said in error.say("en")
    if line is not None:
        assert error.where == f"facts.yaml, line {line}"


def test_the_same_in_dutch() -> None:
    assert refused("shared:\n  dangr: acute").say("nl").startswith("facts.yaml, regel 2: er is geen feit 'dangr'.")
    assert "Nederlander heeft geen verblijfsvergunning" in refused("shared: {nationality: nl, residence: none}").say(
        "nl"
    )


def test_it_offers_the_values_whole() -> None:
    remedy = refused("shared: {sector: prostitution}").remedy
    assert all(value in remedy for value in CONTENT.facts["sector"].value_ids)


def test_control_characters_do_not_get_into_the_name_of_a_person() -> None:
    assert told('persons: [{id: "a\\x1b[31m\\nb"}]').persons[0].id == "a[31mb"
    assert told('persons: [{id: "\\n"}]').persons[0].id == "1"


def test_what_people_typed_of_each_other_stays_as_it_is() -> None:
    words = "hij zei: 'nee' \U0001f600 – мама"
    found = from_data(CONTENT, {"shared": {"age": {"value": 17, "source": words}}}, on=TODAY)
    assert found.shared[0].source == words


def test_a_request_without_lines_says_that_it_is_the_request() -> None:
    with pytest.raises(BadInput, match="request"):
        from_data(CONTENT, {"who": "polcie"}, on=TODAY)


ODD = {
    "a long number": 10**5000, "a long negative number": -(10**5000), "no number": float("nan"), "a huge one": 1e300,
    "a mapping": {"a": 1}, "lists": [[[]]], "a truth": True,
}  # fmt: skip


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_odd_data_is_refused_in_a_sentence(value: object) -> None:
    for data in ({"on": value}, {"who": value}, {"shared": {"age": value}}, {"persons": [value]}, value):
        with pytest.raises(BadInput):
            from_data(CONTENT, data, on=TODAY)


def test_deep_data_is_refused_in_a_sentence() -> None:
    deep: Any = "x"
    for _ in range(900):
        deep = [deep]
    for data in ({"on": deep}, {"shared": {"age": deep}}, {"persons": deep}, {"signals": deep}, {"municipality": deep}):
        with pytest.raises(BadInput):
            from_data(CONTENT, data, on=TODAY)


# --- anything at all --------------------------------------------------------------------------------------------------

known_words = st.sampled_from(
    ["on", "who", "shared", "persons", "signals", "municipality", "id", "facts", "value", "source", "said_on",
     "certainty", "unknown", "yes", "no", "police", "age", "form", "sexual", "found_on", "2025-01-01", "guessed",
     "Utrecht", "dublin", "adult", "residence", "none", "asylum", "finder"]
)  # fmt: skip
words = known_words | st.text(max_size=6)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | words
data = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=4), max_leaves=12
)
answers = data | st.fixed_dictionaries({"value": scalars | st.lists(scalars, max_size=2)}, optional={"source": words})
claims = st.dictionaries(st.sampled_from(list(CONTENT.facts)), answers, max_size=4)
documents = st.fixed_dictionaries(
    {}, optional={"on": scalars, "who": scalars, "shared": claims | data, "signals": data, "municipality": scalars,
                  "persons": st.lists(st.fixed_dictionaries({}, optional={"id": scalars, "facts": claims}), max_size=3)}
)  # fmt: skip


@given(data | documents)
@example({"persons": [None]})
@example({"persons": [{"id": {}}]})
@example({"shared": {"age": [{}]}})
def test_any_data_is_a_situation_or_refused_in_a_sentence(found: Any) -> None:
    with suppress(BadInput):
        situation = from_data(CONTENT, found, on=TODAY)
        again = from_data(CONTENT, json.loads(json.dumps(facts_document(situation))), on=TODAY)
        assert again.persons == situation.persons
        assess(CONTENT, situation)


@given(st.text() | documents.map(json.dumps) | st.binary())
def test_any_text_is_a_situation_or_refused_in_a_sentence(text: str | bytes) -> None:
    with suppress(BadInput):
        assess(CONTENT, told(text))
