"""The section for an annual report: no count without a protected release, no number without a verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from schakel.estimation.certainty import Verdict
from schakel.estimation.report import report_section, rounded
from schakel.estimation.strata import estimate_strata
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import text
from tests.unit.schakel.estimation.small import stratified

AGREE = Verdict("agree", (text({"nl": "Ze zijn het eens.", "en": "They agree."}),))
SILENT = Verdict("do-not-report", (text({"nl": "Er is maar 1 antwoord: 4.321.", "en": "There is one answer: 4,321."}),))


@dataclass(frozen=True)
class Release:
    values: dict[str, str] = field(default_factory=lambda: {"observed": "about 340", "observed/sex=m": "180"})
    status: str = "protected"
    receipt: str = "release 7"


def judged(verdict=AGREE, factor=7):
    table = stratified(*(stratified().counts * factor).tolist())
    return estimate_strata(table, model="main", by=["sex"], resamples=30, seed=1).with_verdict(verdict)


def numbers(words):
    return {int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*", words)}


def test_without_a_release_no_count_is_printed():
    estimate = judged()
    words = report_section(estimate, "en").text()
    assert not numbers(words) & {estimate.observed, *(group["observed"] for group in estimate.details["groups"])}
    assert numbers(words) <= {0, 95, *range(100, 10_000, 100)}
    assert "people were seen" not in words
    assert "an estimate by a model, not a count" in words


def test_a_release_brings_its_own_figures_and_no_others():
    section = report_section(judged(), "en", release=Release())
    assert "about 340 people were seen" in section.text()
    assert section.table.columns[-1] == "seen"
    assert [row[-1] for row in section.table.rows] == ["180", "–"]
    assert "release 7" in section.text()


def test_what_is_not_protected_is_refused():
    with pytest.raises(BadInput, match="not protected"):
        report_section(judged(), "en", release=Release(status="internal"))


def test_do_not_report_prints_no_number_at_all():
    section = report_section(judged(SILENT), "nl")
    assert section.table is None
    assert "Hier staat geen getal" in section.text()
    assert not re.search(r"\d{3}", section.text())  # not even in a reason


def test_without_a_verdict_there_is_no_section():
    with pytest.raises(BadInput, match="no verdict"):
        report_section(estimate_strata(stratified(), model="main", resamples=0, seed=1), "en")


def test_without_an_interval_there_is_no_number():
    bare = estimate_strata(stratified(), model="main", resamples=0, seed=1).with_verdict(AGREE)
    assert "No interval was computed" in report_section(bare, "en").text()


def test_small_estimates_are_not_told():
    section = report_section(judged(factor=1), "en")
    assert any("fewer than 100" in map(str, row) or row[2] == "fewer than 100" for row in section.table.rows) or all(
        int(str(row[1]).replace(",", "")) >= 100 for row in section.table.rows
    )
    assert report_section(judged(factor=1), "nl")._repr_html_().startswith('<section lang="nl"><h2>')


@pytest.mark.parametrize(("value", "expected"), [(12_345, 12_000), (149, 100), (151, 200), (987_654, 990_000), (0, 0)])
def test_rounding_to_two_digits_and_hundreds(value, expected):
    assert rounded(value) == expected


def test_limits_are_rounded_outwards():
    from math import ceil, floor

    assert (rounded(12_345, floor), rounded(12_345, ceil)) == (12_000, 13_000)


def test_a_caution_or_a_reason_with_a_number_is_not_printed():
    few = text({"nl": "3 mensen stonden alleen op een lijst.", "en": "Three people stood on one list only."})
    range_ = text({"nl": "Het grootste is groter (81 tot 82).", "en": "The largest is larger (81 to 82)."})
    said = text({"nl": "Er is een lijst weggelaten.", "en": "A list was left out."})
    estimate = judged(Verdict("agree", (range_, *AGREE.reasons))).with_caution(few, said)
    for lang in ("nl", "en"):
        words = report_section(estimate, lang).text()
        assert few(lang) not in words
        assert range_(lang) not in words
        assert said(lang) in words
        assert AGREE.reasons[0](lang) in words
