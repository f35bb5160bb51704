"""The judge itself: its plain meaning on cases that can be checked by hand."""

from __future__ import annotations

from schakel.rules.conditions import ALWAYS, NEVER, Is, both, either
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY, MAY_APPLY
from schakel.rules.reference import completions, groups, hangs_on, status
from schakel.rules.space import Constraint, Space

DOMAINS = {"a": ("1", "2"), "b": ("1", "2"), "c": ("1", "2")}
A1, B1, C1 = (Is(name, frozenset("1")) for name in "abc")
FREE = Space(DOMAINS)
TIED = Space(DOMAINS, (Constraint("ab", both(A1, B1)), Constraint("bc", both(Is("b", frozenset("2")), C1))))


def worlds(space: Space, names: str, **told: str) -> list[str]:
    found = completions(space, {name: tuple(values) for name, values in told.items()}, frozenset(names))
    return ["".join(world.values()) for world in found]


def test_all_completions_of_what_is_known() -> None:
    assert worlds(FREE, "ab") == ["11", "12", "21", "22"]
    assert worlds(FREE, "ab", a="2") == ["21", "22"]


def test_a_completion_must_extend_to_the_facts_that_are_not_looked_at() -> None:
    assert worlds(TIED, "ab") == ["12", "21", "22"]
    assert worlds(TIED, "a", c="1") == ["2"], "c leaves only b=1, which leaves only a=2"
    assert worlds(TIED, "c", a="1", b="1") == [], "a contradiction elsewhere leaves nothing"
    assert worlds(TIED, "", a="1", c="1") == []
    assert worlds(TIED, "") == [""]


def test_applies_in_all_may_apply_in_some_does_not_apply_in_none() -> None:
    assert status(FREE, {"a": ("1",)}, A1) == APPLIES
    assert status(FREE, {}, A1) == MAY_APPLY
    assert status(FREE, {"a": ("2",)}, A1) == DOES_NOT_APPLY
    assert (status(FREE, {}, ALWAYS), status(FREE, {}, NEVER)) == (APPLIES, DOES_NOT_APPLY)
    assert status(TIED, {"a": ("1",)}, C1) == DOES_NOT_APPLY


def test_what_an_undecided_rule_hangs_on() -> None:
    assert hangs_on(FREE, {}, both(A1, B1)) == frozenset("ab")
    assert hangs_on(FREE, {"a": ("2",)}, both(A1, B1)) == frozenset()
    assert hangs_on(FREE, {"a": ("1",)}, either(both(A1, B1), both(A1, C1))) == frozenset("bc")
    assert hangs_on(FREE, {}, both(either(A1, Is("a", frozenset("2"))), B1)) == frozenset("b"), "a changes nothing"


def test_constraints_that_share_a_fact_are_looked_at_together() -> None:
    assert [len(group) for group in groups(TIED)] == [2]
    assert groups(FREE) == []
