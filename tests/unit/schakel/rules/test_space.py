"""The space of situations: what is possible, and what the constraints make of it."""

from __future__ import annotations

import pytest

from schakel.rules.conditions import ALWAYS, NEVER, AnyOf, Is, both
from schakel.rules.space import Constraint, Space


def is_(fact: str, *values: str) -> Is:
    return Is(fact, frozenset(values))


DOMAINS = {"a": ("1", "2", "3"), "b": ("1", "2"), "c": ("1", "2"), "d": ("1", "2")}
FREE = Space(DOMAINS)
TIED = Space(
    DOMAINS,
    (Constraint("ab", both(is_("a", "1", "2"), is_("b", "1"))), Constraint("bc", both(is_("b", "2"), is_("c", "2")))),
)


def left(space: Space, **told: str) -> dict[str, str] | None:
    """What is left possible, as words: {'a': '12'}."""
    masks = space.consistent(space.situation(told))
    if masks is None:
        return None
    return {name: "".join(space.values(name, mask)) for name, mask in zip(space.names, masks, strict=True)}


def test_a_mask_has_one_bit_a_value() -> None:
    assert FREE.anything == (0b111, 0b11, 0b11, 0b11)
    assert FREE.mask("a", ("1", "3")) == 0b101
    assert FREE.values("a", 0b101) == ("1", "3")
    assert FREE.situation({"b": ("2",)}) == (0b111, 0b10, 0b11, 0b11)


def test_without_constraints_everything_stays_possible() -> None:
    assert left(FREE, a="13") == {"a": "13", "b": "12", "c": "12", "d": "12"}


def test_constraints_prune_until_nothing_more_follows() -> None:
    assert left(TIED, c="2") == {"a": "3", "b": "1", "c": "2", "d": "12"}
    assert left(TIED, a="1") == {"a": "1", "b": "2", "c": "1", "d": "12"}
    assert left(TIED, b="2") == {"a": "123", "b": "2", "c": "1", "d": "12"}


def test_a_contradiction_leaves_nothing() -> None:
    assert left(TIED, a="1", c="2") is None
    assert left(TIED, a="1", b="1") is None
    assert left(FREE, a="") is None


def test_facts_that_constraints_tie_form_an_island() -> None:
    assert FREE.islands == ((0,), (1,), (2,), (3,))
    assert TIED.islands == ((0, 1, 2), (3,))
    assert TIED.island_of == (0, 0, 0, 1)


def test_a_constraint_is_kept_as_nogoods_with_its_name() -> None:
    assert TIED.nogoods == ((((0, 0b011), (1, 0b01)), "ab"), (((1, 0b10), (2, 0b10)), "bc"))


def test_terms_are_the_alternatives_of_a_condition() -> None:
    either_way = AnyOf((both(is_("a", "1"), is_("b", "1")), is_("c", "2")))
    assert FREE.terms(either_way) == [((0, 0b001), (1, 0b01)), ((2, 0b10),)]
    assert FREE.terms(both(is_("a", "1", "2"), is_("a", "2", "3"))) == [((0, 0b010),)]
    assert FREE.terms(both(is_("a", "1"), is_("a", "2"))) == []
    assert (FREE.terms(ALWAYS), FREE.terms(NEVER)) == ([()], [])


@pytest.mark.parametrize("never", [is_("a", "1"), both(is_("a", "1"))])
def test_a_constraint_on_one_fact_alone_takes_a_value_away(never: Is) -> None:
    alone = Space(DOMAINS, (Constraint("a", never),))
    assert left(alone) == {"a": "23", "b": "12", "c": "12", "d": "12"}
    assert left(alone, a="1") is None
    tied = Space(DOMAINS, (Constraint("a", never), Constraint("ab", both(is_("a", "2"), is_("b", "1")))))
    assert left(tied, b="1") == {"a": "3", "b": "1", "c": "12", "d": "12"}


def test_a_constraint_that_can_never_be_broken_ties_nothing() -> None:
    space = Space(DOMAINS, (Constraint("x", both(is_("a", "1"), is_("a", "2"))),))
    assert space.islands == FREE.islands
    assert left(space) == left(FREE)
