"""Double leads, dead ends, silence and constraints: each kind planted and found; and what is only listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from schakel.mechanism.proof import check
from tests.unit.schakel.mechanism.proof.tiny import kinds, listed, planted, version

REASON = {"nl": "Zo is het.", "en": "It is so."}
HURT = {"all": ["possible_victim", {"hurt": "yes"}]}


def term(length: int, unit: str, kind: str, starts: str = "granted_on") -> dict[str, Any]:
    text = {"nl": "termijn", "en": "term"}
    return version(no_term=None, term={"starts": starts, "length": length, "unit": unit, "type": kind, "text": text})


def found(folder: Path, changes: dict[str, Any]) -> set[tuple[str, str]]:
    return kinds(check(planted(folder, changes)))


def test_two_leads_of_one_task(tmp_path: Path) -> None:
    report = check(planted(tmp_path, {"duties/second": {"task": "care", "versions": [version(applies_when=HURT)]}}))
    assert kinds(report) == {("double_lead", "care: clinic-treats / second")}
    assert report.findings[0].situation is not None
    assert report.findings[0].situation["shared"] == {"indication": "yes", "hurt": "yes"}


def test_the_same_holder_twice_is_no_double_lead(tmp_path: Path) -> None:
    assert not found(tmp_path, {"duties/second": {"task": "safety"}})


def test_support_is_no_lead(tmp_path: Path) -> None:
    assert not found(tmp_path, {"duties/second": {"task": "care", "part": "support"}})


def test_a_finder_of_the_same_organisation_is_no_second_lead(tmp_path: Path) -> None:
    officer = {"task": "safety", "holder": "finder", "versions": [version(applies_when={"finder": "officer"})]}
    assert not found(tmp_path, {"duties/second": officer})


def test_a_finder_of_another_organisation_is(tmp_path: Path) -> None:
    nurse = {"task": "safety", "holder": "finder", "versions": [version(applies_when=HURT)]}
    report = check(planted(tmp_path, {"duties/second": nurse}))
    assert kinds(report) == {("double_lead", "safety: police-helps / second")}
    assert report.findings[0].situation is not None
    assert report.findings[0].situation["who"] in ("nurse", "neighbour")


def test_a_duty_that_can_never_apply(tmp_path: Path) -> None:
    never = {"all": [{"indication": "no"}, {"form": "begging"}]}
    assert found(tmp_path, {"duties/second": {"versions": [version(applies_when=never)]}}) == {("dead_duty", "second")}


def test_a_text_that_can_never_apply(tmp_path: Path) -> None:
    texts = [version(valid_to="2010-12-31"), version(valid_from="2011-01-01")]
    assert found(tmp_path, {"duties/second": {"versions": texts}}) == {("dead_version", "second: …")}


def test_a_text_that_was_not_read_is_not_dead(tmp_path: Path) -> None:
    assert not found(tmp_path, {"duties/second": {"versions": [version(read=False, no_term=None)]}})


def test_a_holder_that_does_not_exist_yet(tmp_path: Path) -> None:
    report = check(planted(tmp_path, {"duties/second": {"holder": "registry"}}))
    assert kinds(report) == {("holder_absent", "second")}
    assert str(report.findings[0].interval.last) == "2014-12-31"


def test_a_holder_that_is_not_known(tmp_path: Path) -> None:
    assert found(tmp_path, {"duties/second": {"holder": "ghost"}}) == {("holder_absent", "second")}


def test_duties_that_wait_for_each_other(tmp_path: Path) -> None:
    report = check(planted(tmp_path, {"duties/police-helps": {"after": ["clinic-treats"]}}))
    assert [finding.kind for finding in report.findings] == ["order_circle"]
    assert "clinic-treats → police-helps → clinic-treats" in report.findings[0].text("nl")


def test_a_duty_after_one_that_never_holds_together_with_it(tmp_path: Path) -> None:
    other = {"after": ["police-helps"], "versions": [version(applies_when={"indication": "no"})]}
    assert found(tmp_path, {"duties/second": other}) == {("order_apart", "second / police-helps")}


def test_a_deadline_before_the_earliest_day_of_what_comes_first(tmp_path: Path) -> None:
    changes = {
        "duties/first": {"versions": [term(6, "months", "earliest")]},
        "duties/second": {"after": ["first"], "versions": [term(2, "weeks", "deadline")]},
    }
    assert found(tmp_path, changes) == {("order_clash", "second / first")}


@pytest.mark.parametrize("early", [term(1, "years", "deadline"), term(2, "weeks", "target")])
def test_terms_that_may_agree_are_not_refuted(tmp_path: Path, early: dict[str, Any]) -> None:
    changes = {
        "duties/first": {"versions": [term(6, "months", "earliest")]},
        "duties/second": {"after": ["first"], "versions": [early]},
    }
    assert not found(tmp_path, changes)


def test_a_term_whose_start_nobody_can_know(tmp_path: Path) -> None:
    changes = {
        "facts/all#granted_on": {"ask": {"by": [], "of": "authority"}},
        "duties/second": {"versions": [term(2, "weeks", "deadline")]},
    }
    assert found(tmp_path, changes) >= {("no_start", "second: granted_on"), ("no_start", "rest-period: granted_on")}


def test_a_term_that_starts_at_no_event(tmp_path: Path) -> None:
    changes = {"duties/second": {"versions": [term(2, "weeks", "deadline", "hurt")]}}
    assert found(tmp_path, changes) == {("no_start", "second: hurt")}


def test_a_duty_that_no_question_settles(tmp_path: Path) -> None:
    report = check(planted(tmp_path, {"facts/all#hurt": {"ask": {"by": ["neighbour"], "of": "observation"}}}))
    assert kinds(report) == {("silent", "clinic-treats")}
    (silent,) = report.findings
    assert silent.situation is not None
    assert "hurt" not in silent.situation["shared"]
    assert "een wond" in silent.text("nl")


def test_a_fact_that_only_another_may_ask_is_listed(tmp_path: Path) -> None:
    duty = {"holder": "finder", "part": "support", "protective": True, "versions": [version(applies_when=HURT)]}
    report = check(planted(tmp_path, {"duties/second": duty}))
    assert report.ok
    (one,) = [entry for entry in report.listed if entry.kind == "only_others_may_ask"]
    assert (one.id, one.count) == ("second: hurt", 2)
    assert "Alleen Verpleegkundige mag vragen naar een wond" in one.text("nl")


def constraint(never: dict[str, Any], *still: dict[str, Any]) -> dict[str, Any]:
    return {"constraints/all#no-sign-no-form": {"never": never, "still_possible": list(still)}}


def test_a_constraint_that_takes_what_it_should_leave(tmp_path: Path) -> None:
    changes = constraint({"form": "work"}, {"indication": "yes", "form": ["work"]})
    assert found(tmp_path, changes) >= {
        ("lost_situation", "no-sign-no-form: 1"),
        ("lost_value", "form.work=yes"),
    }


def test_constraints_that_leave_nothing(tmp_path: Path) -> None:
    items = [{"id": value, "never": {"indication": value}, "reason": REASON} for value in ("yes", "no")]
    report = check(planted(tmp_path, {"constraints/all": {"items": items}}))
    assert ("impossible", "constraints") in kinds(report)


def test_a_finder_may_stand_in_a_situation_that_stays_possible(tmp_path: Path) -> None:
    changes = constraint({"all": [{"finder": "nurse"}, {"stay": "none"}]}, {"finder": "nurse", "stay": "none"})
    assert ("lost_situation", "no-sign-no-form: 1") in found(tmp_path, changes)


def test_what_follows_from_two_constraints_is_listed_not_refuted(tmp_path: Path) -> None:
    items = [
        {"id": "one", "never": {"all": [{"hurt": "yes"}, {"form": "work"}]}},
        {"id": "two", "never": {"all": [{"stay": "none"}, {"not": {"form": "work"}}]}},
        {"id": "three", "never": {"all": [{"stay": "none"}, {"not": {"form": "work"}}, {"hurt": "yes"}]}},
    ]
    said = [item | {"reason": REASON} for item in items]
    report = check(planted(tmp_path, {"constraints/all": {"items": said}}))
    assert {("followed_pair", "hurt=yes stay=none"), ("constraint_implied", "three")} <= listed(report)
    assert not [finding for finding in report.findings if finding.kind.startswith("lost")]


def test_what_is_worth_knowing_is_listed(tmp_path: Path) -> None:
    report = check(planted(tmp_path, {"organisations/all#clinic": {"hours": "unknown"}}))
    assert report.ok
    assert listed(report) == {
        ("source_expired", "old-act"), ("unread_period", "before-2014"), ("unread_version", "registry-records"),
        ("unsigned", "duties"), ("open_term", "tell-police"), ("certainty", "R"), ("sources_to_check", "R"),
        ("night_unknown", "clinic"),
    }  # fmt: skip
