"""Small changes to a content are noticed, or shown to change nothing; and the content itself never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from schakel.mechanism.content import Content
from schakel.mechanism.proof import expectations
from schakel.mechanism.proof.altered import altered, with_duty, without
from schakel.mechanism.proof.difference import Comparison, Side
from schakel.mechanism.proof.mutants import BY_SCENARIOS, SURVIVED, mutate
from schakel.mechanism.proof.mutations import changed, mutations
from schakel.mechanism.proof.prover import Prover
from schakel.rules.conditions import All, Is
from schakel.vocabulary.periods import Period
from tests.unit.schakel.mechanism.proof.tiny import clean, planted

KINDS = {
    "drop-duty", "swap-part", "weaken-must", "shift-date", "negate-part", "drop-part", "add-part", "drop-holder",
    "drop-power", "drop-constraint", "weaken-constraint", "change-definition",
}  # fmt: skip
SIGN, HURT = Is("indication", frozenset({"yes"})), Is("hurt", frozenset({"yes"}))


def difference(new: Content) -> str | None:
    return Comparison(Side(Prover(clean())), Side(Prover(new))).first()


def test_there_are_mutants_of_every_kind() -> None:
    assert {mutation.kind for mutation in mutations(clean(), Random(1))} == KINDS


def test_every_mutant_is_caught_or_shown_to_change_nothing() -> None:
    report = mutate(clean(), 50)
    assert len(report.mutants) == 50
    assert report.shares["difference"] >= 0.9
    assert report.shares["proof"] > 0.2
    assert all(one.why for one in report.mutants)
    assert sum(sum(nets.values()) for nets in report.by_kind.values()) == 50
    assert all(one.killed_by == SURVIVED for one in report.survivors)


def test_the_same_seed_gives_the_same_mutants() -> None:
    assert mutate(clean(), 12, 3) == mutate(clean(), 12, 3)
    assert mutate(clean(), 12, 3).mutants != mutate(clean(), 12, 4).mutants


def told(**expect: Any) -> dict[str, Any]:
    """A scenario: a neighbour sees a sign, somebody is hurt, and stay was granted in 2021."""
    return {
        "on": "2022-03-01", "who": "neighbour", "shared": {"indication": "yes", "hurt": "yes"},
        "persons": [{"id": "1", "facts": {"stay": "asked", "granted_on": "2021-02-01"}}], "expect": {"1": expect},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "where", "expect"),
    [
        ("drop-duty", "tell-police", {"applies": ["tell-police"]}),
        ("negate-part", "tell-police", {"applies": ["tell-police"]}),
        ("negate-part", "tell-police", {"lead": {"warn": "finder"}}),
        ("swap-part", "tell-police", {"lead": {"warn": "finder"}}),
        ("shift-date", "rest-period", {"due": {"rest-period": "2021-03-03"}}),
    ],
)
def test_scenarios_are_the_second_net(tmp_path: Path, kind: str, where: str, expect: dict[str, Any]) -> None:
    content = planted(tmp_path, {"scenarios/one": told(**expect)})
    caught = [one for one in mutate(content).mutants if one.kind == kind and one.where == where]
    assert any(one.killed_by == BY_SCENARIOS for one in caught)


def test_only_what_the_engine_confirms_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = planted(tmp_path, {"scenarios/one": told(applies=["tell-police"])})
    assert mutate(content).killed(BY_SCENARIOS) > 0
    monkeypatch.setattr(expectations, "_confirmed", lambda content, one: "")
    assert mutate(content).killed(BY_SCENARIOS) == 0


def test_conditions_that_are_lent_are_those_worked_out_anew() -> None:
    base = Prover(clean())
    for mutation in mutations(clean(), Random(5)):
        mutant = mutation.make()
        for lent, anew in zip(Prover(mutant, base).editions, Prover(mutant).editions, strict=True):
            assert dict(lent.conditions) == dict(anew.conditions), mutation.what
            assert dict(lent.unread_conditions) == dict(anew.unread_conditions), mutation.what


def test_progress_is_told() -> None:
    said: list[str] = []
    mutate(clean(), 3, progress=said.append)
    assert said[-1].startswith("3/3 ")


def test_the_original_stays_as_it_is() -> None:
    before = dict(clean().duties)
    mutant = altered(clean(), duties=without(clean().duties, "police-helps"))
    assert "police-helps" not in mutant.duties
    assert clean().duties == before
    assert mutant != clean()


def test_a_changed_definition_reaches_every_condition() -> None:
    definition = replace(clean().definitions["possible_victim"], condition=HURT)
    mutant = altered(clean(), definitions={"possible_victim": definition})
    assert mutant.duties["police-helps"].versions[0].applies_when == HURT
    assert mutant.goals["safe"].when == HURT
    assert clean().duties["police-helps"].versions[0].applies_when == SIGN


def test_parts_are_negated_dropped_and_added() -> None:
    domains = clean().facts.domains
    found = {(kind, str(one)) for kind, _, one in changed(All((SIGN, HURT)), domains, Random(1))}
    assert ("drop-part", str(SIGN)) in found
    assert ("negate-part", str(All((Is("indication", frozenset({"no"})), HURT)))) in found
    assert any(kind == "add-part" for kind, _ in found)


def test_two_contents_that_are_equal_have_no_difference() -> None:
    assert difference(altered(clean())) is None


def test_a_condition_that_a_constraint_already_implies_makes_no_difference() -> None:
    duty = clean().duties["police-helps"]
    work = Is("form.work", frozenset({"yes"}))
    narrow = with_duty(clean(), replace(duty, versions=(replace(duty.versions[0], applies_when=All((SIGN, work))),)))
    wide = with_duty(clean(), replace(duty, versions=(replace(duty.versions[0], applies_when=work),)))
    assert Comparison(Side(Prover(narrow)), Side(Prover(wide))).first() is None


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2020, 1, 2)])
def test_another_day_that_selects_the_text_is_a_difference(day: date) -> None:
    duty = clean().duties["rest-period"]
    first, second = duty.versions
    moved = (
        replace(first, period=Period(None, day)),
        replace(second, period=Period(date.fromordinal(day.toordinal() + 1), None)),
    )
    mutant = with_duty(clean(), replace(duty, versions=moved))
    found = difference(mutant)
    assert (found is None) is (day == date(2019, 12, 31))


def test_the_loss_of_a_power_is_a_difference_only_where_a_goal_asks_for_it() -> None:
    police = replace(clean().organisations["police"], powers=())
    registry = replace(clean().organisations["registry"], short="R")
    assert "meets" in str(difference(altered(clean(), organisations={**clean().organisations, "police": police})))
    assert difference(altered(clean(), organisations={**clean().organisations, "registry": registry})) is None
