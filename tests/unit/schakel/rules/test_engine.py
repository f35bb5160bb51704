"""The compiled engine in small: what each answer means. (Against the reference: tests/properties/test_engine.py.)"""

from __future__ import annotations

import pytest

from schakel.rules.conditions import ALWAYS, NEVER, Condition, Is, both, either, negate
from schakel.rules.engine import RuleSet, kleene, simplified
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY, MAY_APPLY, Outcome
from schakel.rules.reasons import why
from schakel.rules.space import Constraint, Space

DOMAINS = dict.fromkeys("abcdef", ("1", "2", "3"))
FREE = Space(DOMAINS)


def is_(fact: str, *values: str) -> Is:
    return Is(fact, frozenset(values))


A1, B1, C1 = is_("a", "1"), is_("b", "1"), is_("c", "1")


def decide(rule: Condition, space: Space = FREE, **told: str) -> Outcome:
    outcomes = RuleSet(space, {"rule": rule}).decide(space.situation(told))
    assert outcomes is not None
    return outcomes["rule"]


def reasons(rule: Condition, space: Space = FREE, **told: str) -> tuple[str, ...]:
    rules = RuleSet(space, {"rule": rule})
    masks = space.consistent(space.situation(told))
    assert masks is not None
    truth = rules.decide_consistent(masks)["rule"].status == APPLIES
    return why(rules, "rule", masks, rules.verdicts(masks), truth)


def test_a_rule_without_conditions() -> None:
    assert decide(ALWAYS) == Outcome(APPLIES)
    assert decide(NEVER) == Outcome(DOES_NOT_APPLY)


def test_one_fact() -> None:
    assert decide(A1) == Outcome(MAY_APPLY, frozenset("a"))
    assert decide(A1, a="1") == Outcome(APPLIES)
    assert decide(A1, a="23") == Outcome(DOES_NOT_APPLY)
    assert decide(is_("a", "1", "2"), a="12") == Outcome(APPLIES)


def test_cases_that_exhaust_each_other_are_certain() -> None:
    assert decide(either(A1, is_("a", "2"), is_("a", "3"))) == Outcome(APPLIES)
    assert decide(either(both(A1, B1), both(A1, negate(B1, DOMAINS))), a="1") == Outcome(APPLIES)
    assert decide(both(A1, is_("a", "2"))) == Outcome(DOES_NOT_APPLY)


def test_a_rule_hangs_on_what_can_still_change_it() -> None:
    assert decide(both(A1, B1)).hangs_on == frozenset("ab")
    assert decide(both(A1, B1), a="1").hangs_on == frozenset("b")
    assert decide(either(both(A1, B1), C1), a="2").hangs_on == frozenset("c")


def test_it_hangs_on_a_fact_that_decides_only_together_with_another() -> None:
    """If a then b else c: knowing a alone decides nothing, and yet it matters."""
    rule = either(both(A1, B1), both(negate(A1, DOMAINS), C1))
    assert decide(rule).hangs_on == frozenset("abc")


def test_a_constraint_ties_facts_that_the_rule_does_not_mention() -> None:
    space = Space(
        DOMAINS, (Constraint("ad", both(A1, is_("d", "1"))), Constraint("bd", both(B1, negate(is_("d", "1"), DOMAINS))))
    )
    assert decide(both(A1, B1), space) == Outcome(DOES_NOT_APPLY), "a needs another d than b"
    assert decide(either(negate(A1, DOMAINS), negate(B1, DOMAINS)), space) == Outcome(APPLIES)


def test_told_facts_that_contradict_have_no_outcome() -> None:
    space = Space(DOMAINS, (Constraint("ab", both(A1, B1)),))
    assert RuleSet(space, {"rule": A1}).decide(space.situation({"a": "1", "b": "1"})) is None


def test_a_rule_over_very_many_facts_is_still_exact() -> None:
    """A table of more than sixteen thousand ways is made anew for what is still open."""
    names = [f"f{number}" for number in range(30)]
    space = Space(dict.fromkeys(names, ("1", "2")))
    rules = RuleSet(space, {"all": both(*(Is(name, frozenset("1")) for name in names)),
                            "any": either(*(Is(name, frozenset("1")) for name in names))})  # fmt: skip
    known = space.situation(dict.fromkeys(names[:20], "1"))
    outcomes = rules.decide(known)
    assert outcomes is not None
    assert outcomes["all"] == Outcome(MAY_APPLY, frozenset(names[20:]))
    assert outcomes["any"] == Outcome(APPLIES)


def test_the_same_situation_again_gives_the_same_outcome() -> None:
    rules = RuleSet(FREE, {"one": both(A1, B1), "two": both(A1, B1)})
    first, again = rules.decide(FREE.situation({"a": "1"})), rules.decide(FREE.situation({"a": "1"}))
    assert first == again


@pytest.mark.parametrize(
    ("rule", "told", "verdict"),
    [
        (A1, {}, None), (A1, {"a": "1"}, True), (A1, {"a": "2"}, False),
        (both(A1, B1), {"b": "2"}, False), (either(A1, B1), {"b": "1"}, True), (either(A1, B1), {"b": "2"}, None),
        (either(A1, negate(A1, DOMAINS)), {}, None),
    ],
)  # fmt: skip
def test_three_valued_logic_alone_sees_less_than_the_engine(
    rule: Condition, told: dict[str, str], verdict: bool | None
) -> None:
    assert kleene(rule, FREE.situation(told), FREE) is verdict


def test_an_undecided_rule_without_its_decided_parts() -> None:
    rule = both(A1, either(B1, C1))
    assert simplified(rule, FREE.situation({"a": "1", "c": "2"}), FREE) == B1
    assert simplified(rule, FREE.situation({"a": "1"}), FREE) == either(B1, C1)


# --- why --------------------------------------------------------------------------------------------------------------


def test_all_parts_of_a_conjunction_are_the_reason_that_it_holds() -> None:
    assert reasons(both(A1, B1), a="1", b="1") == ("a", "b")


def test_one_part_is_the_reason_that_it_does_not() -> None:
    assert reasons(both(A1, B1), b="2") == ("b",)
    assert reasons(either(A1, B1), b="1") == ("b",)


def test_the_part_that_rests_on_the_fewest_facts_is_given() -> None:
    assert reasons(both(either(A1, B1), C1), a="2", b="2", c="2") == ("c",)


def test_where_cases_exhaust_each_other_all_that_is_known_is_the_reason() -> None:
    rule = either(both(A1, B1), both(A1, negate(B1, DOMAINS)))
    assert reasons(rule, a="1") == ("a",)
    assert reasons(either(A1, is_("a", "2", "3"))) == ("a",)


def test_a_reason_may_come_from_a_constraint() -> None:
    space = Space(DOMAINS, (Constraint("ab", both(A1, B1)),))
    assert reasons(B1, space, a="1") == ("b",)
