"""The report reads in Dutch and in English and travels as plain data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schakel.mechanism.proof import check
from schakel.mechanism.proof.report import as_data, as_text, gaps_as_text
from schakel.mechanism.proof.sentences import SENTENCES
from tests.unit.schakel.mechanism.proof.tiny import clean, clean_report, planted, version


def test_a_proof_that_holds_says_so() -> None:
    assert "Bewezen: buiten de bekende gaten valt niemand tussen twee stoelen." in as_text(clean_report(), "nl")
    assert "5 duties and 2 goals, in 4 intervals" in as_text(clean_report(), "en")


def test_a_refutation_shows_its_situation(tmp_path: Path) -> None:
    report = check(planted(tmp_path, {"duties/police-helps": {"versions": [version(strength="may")]}}))
    said = as_text(report, "en")
    assert "Refuted: 1 counterexamples." in said
    assert "On 2013-01-01: there is a sign." in said


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_gaps_are_told_with_their_source(lang: str) -> None:
    assert "act art. 9 (S)" in gaps_as_text(clean_report(), lang)


def test_the_data_is_json_and_whole() -> None:
    data = json.loads(json.dumps(as_data(clean_report(), "nl")))
    assert data["ok"] is True
    assert set(data) == {"ok", "findings", "gaps", "listed", "statistics"}
    assert data["gaps"][0]["sources"] == [{"ref": "act", "at": "art. 9", "row": "T2", "certainty": "S"}]
    assert data["gaps"][0]["from"] == "2013-01-01"


def test_long_lists_are_counted_not_printed(tmp_path: Path) -> None:
    term = {"what": {"nl": "Wie", "en": "Who"}, "filled_by": "region"}
    report = check(planted(tmp_path, {"duties/tell-police": {"open_terms": [term] * 6}}))
    assert "and 3 more (open_term)" in as_text(report, "en")


def test_every_part_of_the_proof_is_announced() -> None:
    parts: list[str] = []
    check(clean(), progress=parts.append)
    assert parts == ["coverage", "leads", "ends", "silence", "constraints", "gaps", "lists"]


def test_every_sentence_names_the_same_things_in_both_languages() -> None:
    for kind, form in SENTENCES.items():
        names = {lang: {part.partition("}")[0] for part in form(lang).split("{")[1:]} for lang in ("nl", "en")}
        assert names["nl"] == names["en"], kind
