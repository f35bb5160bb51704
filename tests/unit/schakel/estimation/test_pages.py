"""The explanation pages: their examples give what they print, and the table of rules is that of the program."""

from __future__ import annotations

import doctest
from dataclasses import fields
from pathlib import Path

import pytest

from schakel.estimation.verdict import rules_table
from schakel.estimation.verdict_rules import Limits

PAGES = Path(__file__).parents[4] / "docs" / "explanation" / "estimation"


@pytest.mark.parametrize("name", ["covariates.md", "linkage-error.md"])
def test_the_examples_of_a_page_give_what_it_prints(name):
    words = (PAGES / name).read_text(encoding="utf-8").replace("```pycon", "").replace("```", "")
    found = doctest.DocTestParser().get_doctest(words, {}, name, name, 0)
    assert found.examples
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(found, out=said.append)
    assert not said, "".join(said)


def test_the_rules_on_the_page_are_the_rules():
    words = (PAGES / "verdict.md").read_text(encoding="utf-8")
    rows = [" | ".join(str(value) for value in row.values()) for row in rules_table("en")]
    assert [f"| {row} |" for row in rows] == [
        line for line in words.splitlines() if line in {f"| {row} |" for row in rows}
    ]
    for field in fields(Limits()):
        assert f"| `{field.name}` | {getattr(Limits(), field.name)} |" in words
