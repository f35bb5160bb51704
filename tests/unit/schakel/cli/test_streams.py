"""JSON as a command prints it: the same data, and lines that a person can read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.cli.streams import WIDE, laid_out

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30)
DATA = st.recursive(
    PLAIN, lambda part: st.lists(part, max_size=6) | st.dictionaries(st.text(max_size=8), part, max_size=6)
)


@given(DATA)
def test_it_is_the_same_data(data):
    assert json.loads(laid_out(data)) == data


@given(DATA)
def test_what_fits_on_a_line_stands_on_one_and_the_rest_has_a_line_for_each_part(data):
    flat, laid = json.dumps(data, ensure_ascii=False), laid_out(data)
    if len(flat) <= WIDE or not isinstance(data, dict | list):
        assert laid == flat
    else:
        ways_in = [line for line in laid.split("\n") if line.startswith("  ") and not line.startswith("   ")]
        assert len([line for line in ways_in if line.strip() not in ("}", "},", "]", "],")]) == len(data)


@pytest.mark.parametrize(("data", "said"), [({1: None}, '{"1": null}'), ((True, "é"), '[true, "é"]'), ({}, "{}")])
def test_it_is_written_as_json_writes_it(data, said):
    assert laid_out(data) == said


def test_names_that_are_no_text_are_written_as_json_writes_them():
    wide = {1: "a" * WIDE, None: "b", False: "c"}
    assert json.loads(laid_out(wide)) == json.loads(json.dumps(wide))
