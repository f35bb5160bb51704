"""The audit as an attack: what leaks is found, what is safe is shown by two whole tables."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from schakel.disclosure.attack import CellAttack, RecordAttack, all_records
from schakel.disclosure.audit import audit
from schakel.disclosure.beside import facts
from schakel.disclosure.readers import COUNTS, RULE, ZEROS, Linear, Output, knowledge
from schakel.disclosure.release import Release, make_release
from schakel.disclosure.rounding import round_release
from schakel.disclosure.spec import SUPPRESSION, TWO_MARKS, Beside, Policy, VariableSpec
from schakel.disclosure.witnesses import Walk, World
from tests.unit.schakel.disclosure.small import counted, people, release, spec


def rounded(made: Release, seed: int = 3) -> Output:
    rounding = round_release(made, seed=seed)
    assert rounding is not None
    return Output(rounding.values, rounding.reach)


def suppressed(made: Release, *hidden: dict[str, str]) -> Output:
    values = np.where(made.printed, made.counts, -1)
    values[[made.cells.number(key) for key in hidden]] = -1
    return Output(values)


def pair() -> Release:
    """Two sexes, two ages, one small count."""
    table = {("woman", "0-17"): 2, ("woman", "18-23"): 9, ("man", "0-17"): 8, ("man", "18-23"): 7}
    asked = spec(("sex", "age"), policy=Policy(mode=SUPPRESSION))
    asked = replace(asked, variables={**asked.variables, "age": VariableSpec("age", ("0-17", "18-23"))})
    return make_release(asked, counted(table, ("sex", "age")))


def test_a_rounded_release_is_witnessed_cell_by_cell():
    made = release(60, ("sex", "age", "form"), ("year", "sex"))
    found = audit(made, rounded(made))
    assert found.safe
    assert found.attacked == found.witnessed == len(made.targets) > 10


def test_a_witness_is_a_whole_table_that_agrees_with_everything_printed():
    made = release(60, ("sex", "age", "form"))
    known = knowledge(made, rounded(made))
    walk = Walk(made, known, made.targets, seed=1)
    cell = int(made.targets[0])
    assert walk.excursion(cell, int(known.low[cell]), 400)
    counts = walk.world().counts(made)
    assert counts is not None
    assert counts[cell] == known.low[cell]
    assert known.holds(counts)


def test_a_world_with_fewer_than_nobody_in_it_is_none():
    made = release(20, ("sex", "age"))
    assert World(made.records[:1], -made.weights[:1] - 1).counts(made) is None


def test_a_blanked_cell_alone_is_found_out():
    made = pair()
    found = audit(made, suppressed(made, {"sex": "woman", "age": "0-17"}))
    assert [(f.kind, dict(f.key), f.low, f.high) for f in found.findings] == [
        ("leaks", {"sex": "woman", "age": "0-17"}, 2, 2)
    ]
    assert found.findings[0].reader == COUNTS


SQUARE = [{"sex": sex, "age": age} for sex in ("woman", "man") for age in ("0-17", "18-23")]


def test_four_withheld_cells_cover_a_count_of_two():
    made = pair()
    found = audit(made, suppressed(made, *SQUARE))
    assert found.safe
    assert found.attacked == 1


def test_where_zeros_are_printed_a_withheld_count_is_at_least_one():
    """Five women, of whom one and four are withheld: 0 to 5, unless none can be 0; then 1 to 4."""
    table = {("woman", "0-17"): 1, ("woman", "18-23"): 4, ("man", "0-17"): 8, ("man", "18-23"): 7}
    made = make_release(pair().spec, counted(table, ("sex", "age")))
    found = audit(made, suppressed(made, *SQUARE))
    leaks = {tuple(dict(f.key).values()): (f.low, f.high, f.reader) for f in found.findings}
    assert leaks == {("woman", "0-17"): (1, 4, ZEROS), ("woman", "18-23"): (1, 4, ZEROS)}


def test_with_two_marks_the_reader_knows_more():
    made = pair()
    made = replace(made, spec=replace(made.spec, policy=replace(made.spec.policy, marks=TWO_MARKS)))
    output = replace(suppressed(made, *SQUARE), small=made.targets)
    found = audit(made, output)
    assert [(f.kind, f.high) for f in found.findings] == [("leaks", 4)]


def test_tables_safe_alone_fall_together():
    """One table withholds what the other prints."""
    made = release(40, ("sex", "age"), ("sex", "form"), policy=Policy(mode=SUPPRESSION))
    values = np.where(made.printed, made.counts, -1)
    values[made.targets] = -1
    assert not audit(made, Output(values)).safe


def test_intervals_are_those_of_trying_every_table():
    """The programs against brute force: all 2 x 2 tables that agree with what is printed."""
    made = pair()
    known = knowledge(made, suppressed(made, *SQUARE), RULE)
    cell = made.cells.number(SQUARE[0])
    possible = []
    for top in range(30):
        table = np.array([top, 11 - top, 10 - top, 5 + top])
        if (table >= 1).all():
            possible.append(top)
    interval = CellAttack(made, known).interval(cell)
    assert interval is not None
    assert (interval.low, interval.high) == (min(possible), max(possible))
    exact, worlds = RecordAttack(made, known, all_records(made.cells)).ends(cell)
    assert exact == interval
    assert all(world.counts(made) is not None for world in worlds)


def test_every_true_count_lies_in_its_interval():
    made = release(50, ("sex", "age", "form"))
    known = knowledge(made, rounded(made))
    attack = CellAttack(made, known)
    for cell in range(0, made.cells.size, 3):
        interval = attack.interval(cell)
        assert interval is not None
        assert interval.low <= made.counts[cell] <= (interval.high or 0)


def test_a_truth_outside_what_is_printed_is_found():
    made = release(40, ("sex", "age"))
    output = rounded(made)
    values = output.values.copy()
    values[made.cells.number({})] += 50
    kinds = {finding.kind for finding in audit(made, replace(output, values=values)).findings}
    assert kinds == {"sum", "truth-outside"}


def figure(**more: object) -> Beside:
    usual: dict[str, object] = {"name": "share", "kind": "percentage", "of": {"sex": "woman", "age": "0-17"}, "per": {}}
    return Beside(**(usual | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("beside", "safe"),
    [
        (figure(source="printed"), True),
        (figure(source="counts", decimals=0), False),
        (figure(source="counts", decimals=3), False),
        (figure(kind="rate", source="counts", population=100_000, decimals=0), False),
        (figure(kind="rate", source="counts", population=17_000_000, decimals=0), True),
    ],
)
def test_a_figure_beside_gives_a_small_count_away_when_it_is_too_exact(beside, safe):
    table = {("woman", "0-17"): 2, ("woman", "18-23"): 33, ("man", "0-17"): 48, ("man", "18-23"): 36}
    asked = replace(spec(("sex", "age")), beside=(beside,))
    made = make_release(asked, counted(table, ("sex", "age")))
    assert audit(made, rounded(made)).safe is safe


def test_an_average_of_true_counts_is_something_a_reader_knows():
    mean = Beside("mean", "average", {"sex": "woman"}, over="age", values={"0-17": 10, "18-23": 20}, source="counts")
    asked = replace(spec(("sex", "age")), beside=(mean,))
    made = make_release(asked, people(40))
    told = facts(made, rounded(made))
    assert len(told) == 2
    assert all(fact.holds(made.counts) for fact in told)


def test_a_linear_fact_holds_between_its_bounds():
    fact = Linear("x", {0: 2, 1: -1}, 0, 3)
    assert fact.holds(np.array([2, 1]))
    assert not fact.holds(np.array([3, 1]))


def test_a_category_that_was_read_from_the_data_says_that_somebody_has_it():
    data = counted({("woman",): 1, ("man",): 20}, ("sex",))
    asked = replace(spec(("sex",)), variables={})
    undeclared = make_release(asked, data)
    assert undeclared.undeclared == ("sex",)
    found = audit(undeclared, rounded(undeclared))
    assert [(f.low, f.high) for f in found.findings] == [(1, 4)]
    declared = make_release(spec(("sex",)), data)
    assert audit(declared, rounded(declared)).safe
