"""Reading YAML from anyone: plain data, with a line for everything, or one sentence. Never a trace, never a bomb."""

from __future__ import annotations

import json
import re
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schakel.rules.reading import MAX_BYTES, MAX_DEPTH, MAX_NODES, Document, read
from schakel.vocabulary.errors import BadInput


def refused(text: str | bytes) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read(text, "facts.yaml")
    assert caught.value.remedy
    assert str(caught.value).startswith("facts.yaml")
    assert "\n" not in str(caught.value)
    assert caught.value.say("nl") != caught.value.say("en")
    return caught.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("true", True), ("False", False), ("null", None), ("~", None),
        ("", None), ("17", 17), ("-3", -3), ("017", 17), ("1e3", "1e3"), ("1.5", "1.5"), ("0x11", "0x11"),
        ("'17'", "17"), ('"true"', "true"), ("2023-05-19", "2023-05-19"), ("1:30", "1:30"), ("16_17", "16_17"),
        ("'yes'", "yes"), ("=", "="), ("<<", "<<"), ("9" * 16, "9" * 16),
    ],
)  # fmt: skip
def test_a_word_stays_a_word_unless_it_is_plainly_something_else(text: str, value: object) -> None:
    found = read(f"x: {text}").data["x"]
    assert (found, type(found)) == (value, type(value))


def test_lists_and_mappings_and_the_line_of_each() -> None:
    document = read("who: police\npersons:\n- id: girl A\n  facts:\n    age: 17\n- id: girl B\n", "facts.yaml")
    assert document.data == {"who": "police", "persons": [{"id": "girl A", "facts": {"age": 17}}, {"id": "girl B"}]}
    assert document.where(("persons", 0, "facts", "age")) == "facts.yaml, line 5"
    assert document.where(("persons", 1)) == "facts.yaml, line 6"
    assert document.where(("persons", 1, "facts", "age")) == "facts.yaml, line 6", "the nearest part that has a line"
    assert Document({}, {}, "request").where(("a", "b")) == "request", "a request has no lines"


def test_json_is_read_too() -> None:
    assert read('{"who": "police", "shared": {"age": 17, "held": "yes"}}').data == {
        "who": "police",
        "shared": {"age": 17, "held": "yes"},
    }


def test_nothing_is_nothing() -> None:
    assert read("").data is None
    assert read("# only a remark\n").data is None
    assert read(b"\xef\xbb\xbfwho: police").data == {"who": "police"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("a: &x 1\nb: *x", "anchors", id="anchor"),
        pytest.param("a: *x", "not valid YAML|anchors", id="alias"),
        pytest.param("&k a: 1", "anchors", id="anchor on a key"),
        pytest.param("a: !!python/object/apply:os.system [ls]", "tags", id="python object"),
        pytest.param("a: !!timestamp 2023-05-19", "tags", id="standard tag"),
        pytest.param("%TAG ! tag:example.org,2000:\n---\na: !x 1", "tags", id="tag by directive"),
        pytest.param("who: police\nwho: kmar", "stands twice", id="key twice"),
        pytest.param("a: {b: 1, b: 2}", "stands twice", id="key twice in a flow mapping"),
        pytest.param("? [a, b]\n: 1", "key is not a word", id="list as key"),
        pytest.param("{{a: 1}: 2}", "key is not a word", id="mapping as key"),
        pytest.param("a: 1\n---\nb: 2", "more than one document", id="two documents"),
        pytest.param("a:\n\tb: 1", "not valid YAML", id="tab"),
        pytest.param("a: [1, 2", "not valid YAML", id="no end"),
        pytest.param("a: 'x", "not valid YAML", id="no closing quote"),
        pytest.param("a: b: c", "not valid YAML", id="two colons"),
        pytest.param("%YAML 9.9\n---\na: 1", "not valid YAML", id="version of tomorrow"),
        pytest.param("a: x\0y", "may not be used", id="NUL"),
        pytest.param("a: \x07", "may not be used", id="control character"),
        pytest.param("a: \ud800", "not UTF-8", id="half a character"),
        pytest.param(b"a: \xff", "not UTF-8", id="broken UTF-8"),
        pytest.param("a: 1".encode("utf-16"), "not UTF-8", id="UTF-16"),
        pytest.param("a: 1".encode("utf-16-le"), "may not be used", id="UTF-16 without mark"),
        pytest.param("[" * 10_000, "too deeply", id="ten thousand brackets"),
        pytest.param("\n".join(f"{' ' * depth}a:" for depth in range(60)), "too deeply", id="sixty deep"),
        pytest.param("a:\n" + "- 1\n" * (MAX_NODES + 1), "too many parts", id="fifty thousand parts"),
        pytest.param("x" * (MAX_BYTES + 1), "larger than", id="a byte too many"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str | bytes, said: str) -> None:
    assert re.search(said, str(refused(text))), str(refused(text))


@pytest.mark.parametrize(("text", "line"), [("a: 1\nb:\n  c: &x 2\n", 3), ("a: 1\n\n\na: 2", 4), ("a:\n\n- [\n", 4)])
def test_it_names_the_line(text: str, line: int) -> None:
    assert refused(text).where == f"facts.yaml, line {line}"
    assert f"regel {line}" in refused(text).say("nl")


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12)
)


@pytest.mark.parametrize(
    "text", [LAUGHS, "a: " + "x" * 10_000_000, "{" * 500_000, "- " * 400_000, "'" + "''" * 400_000]
)
def test_a_hostile_file_costs_no_more_than_a_small_one(text: str) -> None:
    before = time.process_time()
    refused(text)
    assert time.process_time() - before < 2.0


def test_depth_and_parts_up_to_the_bound_are_read() -> None:
    deep = "[" * (MAX_DEPTH - 1) + "1" + "]" * (MAX_DEPTH - 1)
    assert read(f"a: {deep}").data["a"]
    assert len(read("- 1\n" * (MAX_NODES - 1)).data) == MAX_NODES - 1


words = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=8)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=10,
)


@given(st.text() | st.binary())
@example("\ufeff")
@example("?")
@example("- - -\n -")
@example("!<tag:yaml.org,2002:str> x")
@example("\x85\u2028")
def test_any_text_is_read_or_refused_in_a_sentence(text: str | bytes) -> None:
    with suppress(BadInput):
        assert_plain(read(text).data)


YAML_SIGNS = st.text(alphabet=" \n\t-:?,[]{}#&*!|>'\"%@`ab1~<=.", max_size=60)


@given(YAML_SIGNS)
def test_any_heap_of_yaml_signs_is_read_or_refused_in_a_sentence(text: str) -> None:
    test_any_text_is_read_or_refused_in_a_sentence.hypothesis.inner_test(text)  # type: ignore[attr-defined]


@given(plain)
def test_json_comes_back_as_it_was(data: Any) -> None:
    assert read(json.dumps(data, ensure_ascii=False)).data == data


def assert_plain(data: object) -> None:
    """Only words, whole numbers, truth values, nothing, lists and mappings."""
    if isinstance(data, dict):
        for key, value in data.items():
            assert type(key) is str
            assert_plain(value)
    elif isinstance(data, list):
        for value in data:
            assert_plain(value)
    else:
        assert data is None or type(data) in (str, int, bool)
