"""Suppression: solved against the reader who knows the rule, or not possible, with what would make it possible."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.disclosure.advice import Merge, merged
from schakel.disclosure.audit import audit
from schakel.disclosure.protect import NotSafe, protect
from schakel.disclosure.readers import Output
from schakel.disclosure.release import make_release
from schakel.disclosure.spec import MAY_BE_WITHHELD, SUPPRESSION, TWO_MARKS, Policy
from schakel.disclosure.suppression import FOUND, IMPOSSIBLE, suppress, uncovered
from tests.unit.schakel.disclosure.small import counted, people, release, spec

HIDE = Policy(mode=SUPPRESSION)
LENIENT = Policy(mode=SUPPRESSION, zeros=MAY_BE_WITHHELD)


@pytest.mark.parametrize("policy", [HIDE, LENIENT])
def test_a_pattern_covers_every_small_count_and_passes_the_audit(policy):
    made = release(300, ("sex", "age", "form"), policy=policy)
    assert len(made.targets)
    pattern = suppress(made)
    assert pattern.status == FOUND
    assert set(made.targets.tolist()) <= set(pattern.withheld.tolist())
    values = np.where(made.printed, made.counts, -1)
    values[pattern.withheld] = -1
    found = audit(made, Output(values))
    assert found.safe
    assert found.attacked == len(made.targets)


def test_no_more_is_withheld_than_the_cheapest_square_needs():
    """One small count in a table of 2 x 3: itself, one beside it, and the two below these."""
    table = {(s, a): n for (s, a), n in zip(
        [(s, a) for s in ("woman", "man") for a in ("0-17", "18-23", "24+")], (2, 30, 8, 20, 40, 9), strict=True
    )}  # fmt: skip
    made = make_release(spec(("sex", "age"), policy=HIDE), counted(table, ("sex", "age")))
    keys = {tuple(dict(key).values()) for key in made.keys(suppress(made).withheld)}
    assert keys == {("woman", "0-17"), ("woman", "24+"), ("man", "0-17"), ("man", "24+")}


def few() -> dict[tuple[str, ...], int]:
    """Seven people in three ages: too few for any pattern."""
    return {("woman", "0-17"): 3, ("woman", "24+"): 1, ("man", "18-23"): 1, ("man", "0-17"): 2}


def test_too_few_people_cannot_be_covered_by_withholding():
    made = make_release(spec(("sex", "age"), policy=HIDE), counted(few(), ("sex", "age")))
    pattern = suppress(made)
    assert pattern.status == IMPOSSIBLE
    assert pattern.findings


def test_not_possible_names_the_merges_that_make_it_possible():
    data = counted(few(), ("sex", "age"))
    with pytest.raises(NotSafe) as refused:
        protect(spec(("sex", "age"), policy=HIDE), data, seed=1)
    assert refused.value.why == "impossible"
    assert refused.value.merges
    made = make_release(spec(("sex", "age"), policy=HIDE), data)
    for merge in refused.value.merges:
        changed = merged(made, merge)
        assert changed is not None
        made = changed
    assert uncovered(made) == ()


def test_with_two_marks_nothing_is_possible():
    made = release(60, ("sex", "age"), ("form",), policy=Policy(mode=SUPPRESSION, marks=TWO_MARKS))
    assert len(made.targets)
    assert suppress(made).status == IMPOSSIBLE


def test_linked_tables_are_solved_together():
    made = release(150, ("sex", "age"), ("sex", "form"), ("age", "form"), policy=LENIENT, seed=3)
    pattern = suppress(made)
    assert pattern.status == FOUND
    values = np.where(made.printed, made.counts, -1)
    values[pattern.withheld] = -1
    assert audit(made, Output(values)).safe


def test_a_merge_takes_the_people_of_both_categories():
    made = release(60, ("sex", "age"))
    after = merged(made, Merge("age", ("0-17", "18-23")))
    assert after is not None
    young = people(60)["age"].isin(["0-17", "18-23"]).sum()
    assert after.counts[after.cells.number({"age": "0-17 + 18-23"})] == young


def test_a_variable_that_is_left_out_is_gone_and_the_last_one_stays():
    made = release(60, ("sex", "age"))
    after = merged(made, Merge("sex", ("woman", "man"), all=True))
    assert after is not None
    assert list(after.cells.variables) == ["age"]
    assert merged(release(60, ("sex",)), Merge("sex", ("woman", "man"), all=True)) is None
