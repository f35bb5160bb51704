"""The explanation pages: their examples give what they print, and the table of rules is that of the program."""

from __future__ import annotations

import doctest
import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from schakel.estimation.files import read_histories
from schakel.estimation.histories import Histories
from schakel.estimation.verdict import rules_table
from schakel.estimation.verdict_rules import Limits

ROOT = Path(__file__).parents[4]
PAGES = ROOT / "docs" / "explanation" / "estimation"


@pytest.mark.parametrize("name", ["covariates.md", "linkage-error.md"])
def test_the_examples_of_a_page_give_what_it_prints(name):
    words = (PAGES / name).read_text(encoding="utf-8").replace("```pycon", "").replace("```", "")
    found = doctest.DocTestParser().get_doctest(words, {}, name, name, 0)
    assert found.examples
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(found, out=said.append)
    assert not said, "".join(said)


def test_the_lists_of_the_example_are_invented_people():
    """3,000 people, four lists; 15 % of those on the list of the police are sent on to that of the border."""
    rng = np.random.default_rng(7)
    on = rng.random((3_000, 4)) < (0.16, 0.06, 0.12, 0.05)
    on[:, 1] |= on[:, 0] & (rng.random(3_000) < 0.15)
    counts = np.bincount((on << np.arange(4)).sum(axis=1), minlength=16)
    counts[0] = 0
    assert read_histories(ROOT / "examples" / "lists.csv") == Histories(("police", "border", "care", "youth"), counts)


def test_the_rules_on_the_page_are_the_rules():
    words = (PAGES / "verdict.md").read_text(encoding="utf-8")
    rows = [" | ".join(str(value) for value in row.values()) for row in rules_table("en")]
    assert [f"| {row} |" for row in rows] == [
        line for line in words.splitlines() if line in {f"| {row} |" for row in rows}
    ]
    for field in fields(Limits()):
        assert f"| `{field.name}` | {getattr(Limits(), field.name)} |" in words


def test_the_figures_on_the_page_are_those_of_the_study():
    figures = json.loads((ROOT / "benchmarks" / "results" / "coverage.json").read_text(encoding="utf-8"))["figures"]
    words = (PAGES / "verdict.md").read_text(encoding="utf-8")
    for study, found in figures.items():
        for which in found if study.startswith("internal") else ("all",):
            assert f"| {study} | {which} | {' | '.join(map(str, found[which].values()))} |" in words


def test_what_is_said_of_the_two_criteria_was_measured():
    figures = json.loads((ROOT / "benchmarks" / "results" / "criterion.json").read_text(encoding="utf-8"))["figures"]
    words = (PAGES / "covariates.md").read_text(encoding="utf-8")
    for design, found in figures.items():
        told = [found[one][name] for name in ("rmse of log bias", "median log bias") for one in ("bic", "aic")]
        assert f"| {design} | {' | '.join(map(str, told))} |" in words
