"""What stands in a content file becomes an object, or a sentence with the line of what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from schakel.rules.documents import Item, parse_day, source
from schakel.rules.reading import read
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.periods import Period
from schakel.vocabulary.sources import Source

FILE = """\
id: call-112
title: {nl: Bel 112, en: Call 112}
plain: {nl: Bel 112, en: Call 112, bg: X}
unchecked: [bg]
one: police
several: [police, 17]
none: null
valid_from: 2015-01-01
steps:
- {nl: Eerst, en: First}
- {nl: Dan, en: Then}
dutch_only: {nl: Bel 112}
blank: {nl: Bel 112, en: " "}
no_text: Bel 112
bad_day: 2015-02-29
entries: [{id: a}, b]
sources:
- {ref: vcb, at: B8/3.1, row: D1, certainty: S15}
- {ref: fs, certainty: X}
"""
ITEM = Item(read(FILE, "duty.yaml").data, read(FILE, "duty.yaml"))


def test_words_texts_and_days() -> None:
    assert ITEM.word("id") == "call-112"
    assert (ITEM.words("one"), ITEM.words("several"), ITEM.words("none"), ITEM.words("absent")) == (
        ("police",), ("police", "17"), (), (),
    )  # fmt: skip
    assert ITEM.text("title")("nl") == "Bel 112"
    assert [step("en") for step in ITEM.texts("steps")] == ["First", "Then"]
    assert (ITEM.maybe_text("none"), ITEM.maybe_text("absent")) == (None, None)
    assert ITEM.period() == Period(date(2015, 1, 1), None)
    assert ITEM.get("none", "x") == ITEM.get("absent", "x") == "x"


def test_a_translation_that_nobody_checked_is_marked() -> None:
    assert ITEM.text("plain").unchecked == {"bg"}


def test_a_source() -> None:
    assert next(iter(ITEM.items("sources"))).path == ("sources", 0)
    assert source(next(iter(ITEM.items("sources")))) == Source("vcb", "S15", "B8/3.1", "D1")


@pytest.mark.parametrize(
    ("look", "said", "line"),
    [
        (lambda item: item.word("holder"), "call-112 has no 'holder'", 1),
        (lambda item: item.text("dutch_only"), "a text has no 'en'", 12),
        (lambda item: item.text("blank"), "a text has no 'en'", 13),
        (lambda item: item.text("no_text"), "by language", 14),
        (lambda item: item.day("bad_day"), "is not a day", 15),
        (lambda item: list(item.items("entries")), "not a mapping", 16),
        (lambda item: item.sources(), "'X' is no certainty code", 19),
    ],
)
def test_what_is_wrong_is_told_with_its_line(look: Callable[[Item], object], said: str, line: int) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        look(ITEM)
    assert refused.value.where == f"duty.yaml, line {line}"
    assert refused.value.remedy


@pytest.mark.parametrize(
    "written",
    [
        "2013-02-30",
        "20230519",
        "2023-W20-5",
        "19-05-2023",
        "2023-5-19",
        "2023-05-19T10:00",
        "",
        "x",
        2023,
        None,
        [],
        "٢٠٢٣-٠٥-١٩",
    ],
)
def test_only_a_day_is_a_day(written: object) -> None:
    with pytest.raises(BadInput, match="is not a day"):
        parse_day(written, "facts, line 1")
    assert parse_day("2023-05-19", "") == date(2023, 5, 19)
