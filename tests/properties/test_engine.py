"""The fast engine against the plain one, on random rule sets and on the Dutch content.

A thousand random situations of each kind here; a hundred thousand in `benchmarks/bench_reference.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from schakel.mechanism.content import load
from schakel.rules import engine, reference
from schakel.rules.conditions import holds, support
from schakel.rules.engine import RuleSet
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY, MAY_APPLY
from schakel.rules.reasons import why
from schakel.rules.space import Space
from tests import situations

SETS, LARGE_SETS, SITUATIONS_A_SET = 200, 48, 5
PARTS = 4  # the thousand situations over the content, in parts that run side by side
SITUATIONS_A_PART = 250
RULES_A_SITUATION = 4
AFFORDABLE = 600  # assignments of a rule's facts that the reference goes through


def told(space: Space, possible: Mapping[str, tuple[str, ...]], rules: RuleSet) -> str:
    """A failing case in a form that can be typed in again."""
    return f"{space.domains=}\n{space.constraints=}\n{possible=}\n{rules.rules=}"


@pytest.mark.parametrize("part", range(PARTS))
def test_compiled_equals_reference_on_random_rule_sets(part: int) -> None:
    for seed in range(part, SETS, PARTS):
        r = Random(f"rule set {seed}")
        rules = situations.rule_set(r)
        for _ in range(SITUATIONS_A_SET):
            check_all_rules(rules, situations.possible(r, rules.space))


@pytest.mark.parametrize("part", range(PARTS))
def test_a_large_rule_is_judged_the_same_by_what_is_left_of_it(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every table were too large: also what the rule no longer names may be tied to what it still does."""
    monkeypatch.setattr(engine, "LARGE", 0)
    for seed in range(part, LARGE_SETS, PARTS):
        r = Random(f"large rules {seed}")
        rules = situations.rule_set(r)
        for _ in range(SITUATIONS_A_SET):
            check_all_rules(rules, situations.possible(r, rules.space))


def check_all_rules(rules: RuleSet, possible: Mapping[str, tuple[str, ...]]) -> None:
    space = rules.space
    outcomes = rules.decide(space.situation(possible))
    if outcomes is None:
        assert next(reference.completions(space, possible, frozenset(space.names)), None) is None
        return
    for name, rule in rules.rules.items():
        case = f"rule {name}\n{told(space, possible, rules)}"
        assert outcomes[name].status == reference.status(space, possible, rule), case
        assert outcomes[name].hangs_on == reference.hangs_on(space, possible, rule), case


@pytest.mark.parametrize("part", range(PARTS))
def test_compiled_equals_reference_on_the_dutch_content(part: int) -> None:
    checked = {APPLIES: 0, MAY_APPLY: 0, DOES_NOT_APPLY: 0}
    for number in range(SITUATIONS_A_PART):
        r = Random(f"content {part}/{number}")
        for status in situations.against_reference(r, load(), RULES_A_SITUATION, AFFORDABLE):
            checked[status] += 1
    assert all(count > 50 for count in checked.values()), f"the sample says little: {checked}"


@pytest.mark.parametrize("seed", range(60))
def test_learning_never_drops_what_applied_nor_revives_what_was_ruled_out(seed: int) -> None:
    r = Random(f"learning {seed}")
    rules = situations.rule_set(r)
    whole = situations.world(r, rules.space)
    known: dict[str, tuple[str, ...]] = {}
    before = rules.decide(rules.space.situation(known))
    assert before is not None
    for name in r.sample(rules.space.names, len(rules.space.names)):
        known[name] = (whole[name],)
        after = rules.decide(rules.space.situation(known))
        assert after is not None, "true facts never contradict"
        settled = {rule: outcome.status for rule, outcome in before.items() if outcome.status != MAY_APPLY}
        assert {rule: after[rule].status for rule in settled} == settled
        before = after


@pytest.mark.parametrize("seed", range(60))
def test_a_rule_is_decided_once_its_facts_are_known(seed: int) -> None:
    r = Random(f"decided {seed}")
    rules = situations.rule_set(r)
    whole = situations.world(r, rules.space)
    for name, rule in rules.rules.items():
        outcomes = rules.decide(rules.space.situation({fact: (whole[fact],) for fact in support(rule)}))
        assert outcomes is not None
        assert outcomes[name].status == (APPLIES if holds(rule, whole) else DOES_NOT_APPLY)
        assert outcomes[name].hangs_on == frozenset()


@pytest.mark.parametrize("seed", range(60))
def test_a_reason_is_enough_by_itself(seed: int) -> None:
    """With only the facts that `why` names as known as they are, the rule is decided the same way."""
    r = Random(f"why {seed}")
    rules = situations.rule_set(r)
    free = RuleSet(Space(rules.space.domains), rules.rules)  # without constraints a reason must stand alone
    masks = free.space.situation(situations.possible(r, free.space))
    for name, outcome in free.decide_consistent(masks).items():
        if outcome.status == MAY_APPLY:
            continue
        reasons = why(free, name, masks, free.verdicts(masks), outcome.status == APPLIES)
        kept = {fact: free.space.values(fact, masks[free.space.index[fact]]) for fact in reasons}
        again = free.decide(free.space.situation(kept))
        assert again is not None
        assert again[name].status == outcome.status, (name, reasons, free.rules[name])


@pytest.mark.parametrize("seed", range(40))
def test_pruning_keeps_exactly_the_values_of_some_completion(seed: int) -> None:
    r = Random(f"pruning {seed}")
    space = situations.rule_set(r, facts=5).space
    possible = situations.possible(r, space)
    masks = space.consistent(space.situation(possible))
    worlds = list(reference.completions(space, possible, frozenset(space.names)))
    if masks is None:
        assert worlds == []
    else:
        kept = {name: set(space.values(name, masks[space.index[name]])) for name in space.names}
        assert kept == {name: {world[name] for world in worlds} for name in space.names}
