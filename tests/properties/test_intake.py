"""Data of another system, however it is written: rows become persons, or errors with a sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from loket.casework import intake_rows
from schakel.casework.htcds import standard
from schakel.mechanism.content import load
from schakel.vocabulary.errors import BadInput

ON = date(2026, 3, 1)
FIELDS = [field.name for field in standard(load()).live]
VALUES = [value for field in standard(load()).live for value in field.values]
WORDS = st.one_of(
    st.text(max_size=12), st.sampled_from(VALUES), st.sampled_from(["2024-02-01", "true", "nld", "labour"])
)
MAPPING = """
key: nummer
columns:
  naam: {to: identity.surname}
  vorm: {to: "fact:form", split: ","}
  leeftijd: {to: "fact:age"}
  dag: {to: "fact:found_on", day: "%d-%m-%Y"}
"""


def brought(rows: list[dict[str, str]], form: str, mapping: str) -> Any:
    """What the rows would become, or None where one sentence says why they cannot be used."""
    try:
        return intake_rows.arrive(rows, form, mapping, ON)
    except BadInput as error:
        assert error.say("nl")  # noqa: PT017  (what is said is what is tested)
        return None


@settings(max_examples=60)
@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=6), max_size=4))
def test_rows_of_the_standard_come_in_or_are_told_why_not(rows: list[dict[str, str]]) -> None:
    found = brought(rows, "htcds", "")
    assert found is not None
    told = {one.row for one in found.errors}
    assert told | {one.row for one in found.coming} == set(range(1, len(rows) + 1))
    assert not told & {one.row for one in found.coming}
    again = intake_rows.from_rows(intake_rows.as_rows(found.coming))
    assert again == list(found.coming)


@settings(max_examples=60)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["nummer", "naam", "vorm", "leeftijd", "dag", "eigen"]), WORDS), max_size=4
    )
)
def test_rows_by_a_mapping_file_come_in_or_are_told_why_not(rows: list[dict[str, str]]) -> None:
    found = brought(rows, "mapping", MAPPING)
    assert found is not None
    assert len(found.coming) + len({one.row for one in found.errors}) == len(rows)
    for one in found.errors:
        for word in rows[one.row - 1].values():
            assert len(word) < 4 or word in VALUES or word not in one.what("nl")  # never what stood there


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_a_mapping_file_of_any_words_is_one_sentence(words: str) -> None:
    assert brought([{"nummer": "1", "naam": "x"}], "mapping", words) is None or "columns" in words
