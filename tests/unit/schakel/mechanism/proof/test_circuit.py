"""The circuit says what the conditions mean, whatever their shape, and the solver never invents a value."""

from __future__ import annotations

import sys
from itertools import product
from random import Random

import pytest

from schakel.mechanism.proof.circuit import FALSE, TRUE, Circuit, new_solver
from schakel.rules.conditions import ALWAYS, NEVER, Condition, Is, holds, negate
from schakel.vocabulary.errors import BadInput
from tests import situations

DOMAINS = {"a": ("x", "y"), "b": ("1", "2", "3"), "c": ("only",), "d": ("p", "q", "r", "s")}


def value(name: str, *values: str) -> Condition:
    return Is(name, frozenset(values))


def test_every_condition_means_the_same_in_the_circuit() -> None:
    r = Random(3)
    for _ in range(40):
        rules = situations.rule_set(r, facts=4, rules=3)
        circuit = Circuit(rules.space.domains)
        for condition in rules.rules.values():
            for values in product(*rules.space.domains.values()):
                whole = dict(zip(rules.space.domains, values, strict=True))
                told = [circuit.atoms(name)[one] for name, one in whole.items()]
                assert circuit.possible([*told, circuit.literal(condition)]) is holds(condition, whole)
                assert circuit.possible([*told, -circuit.literal(condition)]) is not holds(condition, whole)


def test_a_condition_and_its_negation_are_one_node() -> None:
    circuit = Circuit(DOMAINS)
    for condition in (value("a", "x"), value("b", "1", "2"), value("d", "p", "s")):
        assert circuit.literal(condition) == -circuit.literal(negate(condition, DOMAINS))


def test_always_and_never_are_constants() -> None:
    circuit = Circuit(DOMAINS)
    assert circuit.literal(ALWAYS) == circuit.literal(value("c", "only")) == TRUE
    assert circuit.literal(NEVER) == circuit.conjunction([circuit.literal(value("a", "x")), FALSE]) == FALSE
    assert circuit.model([FALSE]) is None


def test_copies_agree_only_where_they_must() -> None:
    circuit = Circuit(DOMAINS)
    same = circuit.agree(frozenset({"b"}))
    apart = [circuit.literal(value("b", "1"), 0), circuit.literal(value("b", "2"), 1)]
    assert circuit.possible(apart)
    assert not circuit.possible([same, *apart])
    one, other = circuit.models([same, circuit.literal(value("b", "3"), 1)], (0, 1))
    assert one["b"] == other["b"] == "3"


def test_a_core_is_enough_to_clash_and_a_clash_is_needed() -> None:
    circuit = Circuit(DOMAINS)
    x, one = circuit.literal(value("a", "x")), circuit.literal(value("b", "1"))
    core = circuit.core([x, -x, one])
    assert core <= {x, -x}
    with pytest.raises(ValueError, match="together"):
        circuit.core([x, one])


def test_answers_are_remembered() -> None:
    circuit = Circuit(DOMAINS)
    question = [circuit.literal(value("a", "x")), circuit.literal(value("b", "1"))]
    assert circuit.possible(question)
    asked = circuit.asked
    assert circuit.possible(reversed(question))
    assert circuit.asked == asked


def test_a_missing_solver_is_one_sentence_that_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysat.solvers", None)
    with pytest.raises(BadInput, match="'proof'") as error:
        new_solver()
    assert "'proof'" in error.value.say("nl")
