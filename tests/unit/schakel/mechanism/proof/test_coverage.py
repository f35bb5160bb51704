"""Nobody falls between two chairs: every way to fall is planted, and found, with a situation that the engine sees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from schakel.mechanism.facts_file import parse_facts
from schakel.mechanism.proof import Finding, check
from schakel.mechanism.proof.replay import written
from tests.unit.schakel.mechanism.proof.tiny import clean, clean_report, kinds, listed, planted, version

WEAK = {"versions": [version(strength="should")]}
NIGHT = {"shared": {"indication": "yes", "time": "evening_night", "hurt": "yes"}}


def only(findings: tuple[Finding, ...], kind: str) -> Finding:
    found = [finding for finding in findings if finding.kind == kind]
    assert len(found) == 1, found
    return found[0]


def test_a_clean_content_is_proven() -> None:
    report = clean_report()
    assert report.ok
    assert report.findings == ()
    assert report.statistics["intervals"] == 4


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"duties/police-helps": WEAK}, id="should is no must"),
        pytest.param({"duties/police-helps": {"holder": "anyone"}}, id="anyone is nobody"),
        pytest.param({"duties/police-helps": {"holder": "person"}}, id="nor is the person"),
        pytest.param({"duties/police-helps": {"holder": "finder"}}, id="some finders have no power"),
        pytest.param({"duties/police-helps": {"meets": []}}, id="no duty names the goal"),
        pytest.param({"duties/police-helps": {"versions": [version(read=False, no_term=None)]}}, id="not read"),
        pytest.param({"organisations/all#police": {"powers": []}}, id="without the power"),
        pytest.param({"organisations/all#police": {"exists": {"from": "2016-01-01", "to": None}}}, id="not yet there"),
        pytest.param({"organisations/all#police": {"hours": "unknown"}}, id="not reached at night"),
    ],
)
def test_a_goal_without_a_holder_that_counts(tmp_path: Path, change: dict[str, Any]) -> None:
    assert ("uncovered", "safe") in kinds(check(planted(tmp_path, change)))


def test_the_counterexample_holds_the_few_facts_that_matter(tmp_path: Path) -> None:
    content = planted(tmp_path, {"organisations/all#clinic": {"night_holder": None}})
    finding = only(check(content).findings, "uncovered")
    assert finding.situation is not None
    assert finding.words is not None
    assert finding.situation["shared"] == NIGHT["shared"]
    assert finding.situation["persons"][0]["facts"] == {"stay": ["lawful", "asked"]}
    assert "who" not in finding.situation
    assert "het is nacht" in finding.words("nl")
    assert "it is night" in finding.words("en")
    assert (
        finding.text("nl") == "Tussen twee stoelen: niemand moet zorgen dat dit gebeurt: Wie gewond is wordt verzorgd."
    )


def test_the_counterexample_reads_back_as_a_facts_document(tmp_path: Path) -> None:
    content = planted(tmp_path, {"organisations/all#clinic": {"night_holder": None}})
    finding = only(check(content).findings, "uncovered")
    day = finding.interval.first
    assert day is not None
    situation = parse_facts(content, written(finding.situation), on=day)
    assert situation.on == day
    assert {claim.fact: claim.values for claim in situation.shared}["time"] == ("evening_night",)


def test_finders_for_whom_the_same_fails_are_told_together(tmp_path: Path) -> None:
    content = planted(tmp_path, {"duties/police-helps": {"holder": "finder"}})
    finding = only(check(content).findings, "uncovered")
    assert finding.situation is not None
    assert finding.words is not None
    assert finding.situation["who"] == "nurse"
    assert "anything but Officer" in finding.words("en")


def test_a_finder_is_there_at_night_whatever_the_hours_of_the_organisation(tmp_path: Path) -> None:
    changes = {"duties/police-helps": {"holder": "finder"}, "organisations/all#police": {"hours": "unknown"}}
    finding = only(check(planted(tmp_path, changes)).findings, "uncovered")
    assert finding.situation is not None
    assert finding.situation["who"] != "officer"


def test_equal_stretches_of_time_are_joined(tmp_path: Path) -> None:
    changes = {"duties/police-helps": {"versions": [version(valid_from="2016-01-01")]}}
    finding = only(check(planted(tmp_path, changes)).findings, "uncovered")
    assert (str(finding.interval.first), str(finding.interval.last)) == ("2013-01-01", "2015-12-31")


def test_a_duty_that_is_overridden_meets_nothing(tmp_path: Path) -> None:
    other = {"overrides": ["police-helps"], "versions": [version(applies_when={"stay": "asked"})]}
    finding = only(check(planted(tmp_path, {"duties/instead": other})).findings, "uncovered")
    assert finding.situation is not None
    assert finding.situation["persons"][0]["facts"] == {"stay": "asked"}


def test_an_event_that_has_not_happened_is_said_apart(tmp_path: Path) -> None:
    early = [version(selected_by="granted_on", valid_to="2019-12-31")]
    report = check(planted(tmp_path, {"duties/police-helps": {"versions": early}}))
    pending = {finding.pending: finding for finding in report.findings}
    assert set(pending) == {(), ("granted_on",)}
    assert {str(finding.interval.first) for finding in report.findings} == {"2020-01-01"}
    situation, words = pending[("granted_on",)].situation, pending[("granted_on",)].words
    assert situation is not None
    assert words is not None
    assert "granted_on" not in situation["persons"][0]["facts"]
    assert "the granting has not happened yet" in words("en")


def test_a_goal_that_can_never_come_up_proves_nothing(tmp_path: Path) -> None:
    impossible = {"all": [{"indication": "no"}, {"form": "work"}]}
    assert ("vacuous", "treated") in kinds(check(planted(tmp_path, {"goals/treated": {"when": impossible}})))


def test_a_goal_that_its_gaps_cover_wholly_is_listed(tmp_path: Path) -> None:
    report = check(planted(tmp_path, {"gaps/no-stay": {"when": "possible_victim"}}))
    assert ("swallowed", "treated") in listed(report)
    assert report.ok


def test_a_known_gap_is_shown_to_be_one() -> None:
    (gap,) = clean_report().gaps
    assert (gap.gap, gap.goal, gap.everywhere) == ("no-stay", "treated", True)
    assert gap.situation is not None
    assert gap.situation["persons"][0]["facts"]["stay"] == "none"
    assert [source.at for source in gap.sources] == ["art. 9"]


def test_a_gap_in_which_only_a_part_fails(tmp_path: Path) -> None:
    (gap,) = check(planted(tmp_path, {"gaps/no-stay": {"when": {"stay": ["none", "asked"]}}})).gaps
    assert not gap.everywhere


def test_a_gap_in_which_nothing_fails_is_not_needed(tmp_path: Path) -> None:
    everyone = {"versions": [version(applies_when={"all": ["possible_victim", {"hurt": "yes"}]})]}
    report = check(planted(tmp_path, {"duties/clinic-treats": everyone}))
    assert kinds(report) == {("gap_not_needed", "no-stay/treated")}


def test_a_gap_counts_only_in_its_period(tmp_path: Path) -> None:
    finding = only(check(planted(tmp_path, {"gaps/no-stay": {"valid_to": "2017-12-31"}})).findings, "uncovered")
    assert str(finding.interval.first) == "2018-01-01"


def test_a_gap_that_touches_no_goal_is_told(tmp_path: Path) -> None:
    report = check(planted(tmp_path, {"gaps/elsewhere": {"when": "possible_victim"}}))
    assert ("elsewhere", "") in {(gap.gap, gap.goal) for gap in report.gaps}


def test_the_original_is_not_changed_by_a_proof() -> None:
    assert check(clean()) == clean_report()
