"""The checks: what each changes, and what it concludes."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from schakel.estimation.checks import (
    accrual,
    accrual_of,
    expected_of,
    internal_consistency,
    leave_one_out,
    merge_lists,
    prior_sensitivity,
    run_checks,
    simulate,
    smallest_overlaps,
)
from schakel.estimation.findings import Checks, Known, Moved, Recovery, Sensitivity, checks_table
from schakel.estimation.histories import Histories
from schakel.estimation.strata import estimate_strata
from schakel.estimation.stratified import Stratified
from schakel.estimation.two_lists import two_lists
from tests.unit.schakel.estimation.small import FIRST, estimate, histories


def independent(table):
    """The model without dependence, with a small bootstrap."""
    counts = np.array(table.counts)[None]
    one = Stratified(table.lists, (), counts, np.ones((1, len(table.lists)), dtype=bool))
    return estimate_strata(one, model="main", resamples=20, seed=1)


def seen(table):
    """An estimate that is the number of people seen: easy to follow."""
    return estimate(float(table.observed), observed=table.observed)


def test_each_list_is_left_out():
    found = leave_one_out(histories(), seen)
    assert found.population == sum(FIRST)
    assert [move.change for move in found.moves] == ["A", "B", "C"]
    assert [move.population for move in found.moves] == [sum(FIRST) - FIRST[1 << place] for place in range(3)]


def test_each_pair_is_merged_and_nobody_is_lost():
    found = merge_lists(histories(), seen)
    assert [move.change for move in found.moves] == ["A+B", "A+C", "B+C"]
    assert {move.population for move in found.moves} == {sum(FIRST)}


def test_two_lists_cannot_lose_one():
    assert leave_one_out(histories(0, 4, 3, 2, lists=("A", "B")), seen).moves == ()
    assert merge_lists(histories(0, 4, 3, 2, lists=("A", "B")), seen).moves == ()


def test_one_person_more_or_fewer_in_the_smallest_overlap():
    found = smallest_overlaps(histories(0, 50, 40, 1, lists=("A", "B")), two_lists, number=1)
    assert [move.change for move in found.moves] == ["A*B +1", "A*B -1"]
    assert found.moves[1].population is None  # without that person there is nothing to go by
    assert found.factor == float("inf")
    assert found.furthest == "A*B -1"


def test_a_factor_is_the_same_up_and_down():
    assert Sensitivity("merge", 100.0, (Moved("x", 50.0), Moved("y", 150.0))).factor == pytest.approx(2.0)
    assert Sensitivity("merge", 100.0, (Moved("x", 50.0), Moved("y", 150.0))).furthest == "x"
    assert Sensitivity("merge", None, ()).factor == float("inf")


def test_registrations_come_in_and_stay():
    found = accrual(histories(), seen, seed=1, shares=(0.2, 0.5, 0.9))
    numbers = [move.population for move in found.moves]
    assert numbers == sorted(numbers)
    assert numbers[-1] < sum(FIRST)
    assert accrual(histories(), seen, seed=1, shares=(0.5,)) == accrual(histories(), seen, seed=1, shares=(0.5,))


def test_a_trajectory_by_date_ends_with_all_there_is():
    found = accrual_of([("2014", histories(*np.array(FIRST) // 2)), ("2015", histories())], seen)
    assert found.population == sum(FIRST)
    assert [move.change for move in found.moves] == ["2014"]


def test_priors_are_set_beside_the_first():
    methods = {"flat": seen, "narrow": lambda table: estimate(table.observed * 2.0, observed=table.observed)}
    assert prior_sensitivity(histories(), methods).factor == pytest.approx(2.0)


def test_a_list_is_taken_as_a_population_of_known_size():
    """Of the people on C the lists A and B see 9 + 3 and 8 + 3, both of them 3: Lincoln and Petersen give 44 of 60."""
    found = internal_consistency(histories(), lambda table: two_lists(table, chapman=False))
    on_c = found.cases[2]
    assert (on_c.name, on_c.size) == ("C", 60)
    assert on_c.population == pytest.approx(12 * 11 / 3)
    assert on_c.bias == pytest.approx(log(44 / 60))


def test_recovery_is_summed_up():
    cases = (Known("A", 100, 200.0, 90.0, 300.0), Known("B", 100, 50.0, 40.0, 60.0), Known("C", 100, None, None, None))
    found = Recovery("internal-consistency", cases)
    assert found.rmse == pytest.approx(log(2))
    assert found.coverage == 0.5
    assert (found.missed, found.without) == (1, 1)
    assert Recovery("simulation", ()).rmse is None


def test_expected_histories_come_from_the_coefficients():
    fitted = estimate(
        130.0, observed=110, coefficients={"(intercept)": log(20), "A": log(0.5), "B": log(2.0), "A*B": log(3.0)}
    )
    assert expected_of(fitted, ("A", "B")) == pytest.approx([20, 10, 40, 60])
    empty = estimate(
        130.0, observed=110, coefficients={"(intercept)": log(20), "A": 0.0, "B": 0.0, "A*B": float("-inf")}
    )
    assert expected_of(empty, ("A", "B"))[3] == 0


def test_a_simulation_recovers_its_own_model():
    found = simulate(histories(), independent, seed=2, draws=10)
    fitted = independent(histories())
    assert {case.size for case in found.cases} == {round(fitted.population)}
    assert found.rmse < 0.3
    assert found.coverage is not None
    assert simulate(histories(), seen, seed=2).cases == ()  # it tells no coefficients


def test_all_checks_in_one_call():
    steps = []
    found = run_checks(histories(), independent, seed=1, progress=lambda done, all_: steps.append((done, all_)))
    assert steps[-1] == (5, 5)
    assert found.simulation is None
    assert found.consistency is not None
    assert exp(abs(log(found.merged.factor))) < 2


def test_a_changed_table_that_cannot_be_used_counts_as_no_estimate():
    """Without A only B is left to see anybody on C: a single list, and no estimate."""

    def strict(table: Histories):
        return two_lists(table)  # refuses three lists

    assert leave_one_out(histories(), strict).population is None


def test_the_checks_are_a_table_that_says_what_was_not_done():
    checks = Checks(
        leave_one_out=Sensitivity("leave-one-out", 100.0, (Moved("A", 250.0),)),
        overlaps=Sensitivity("overlaps", 100.0, (Moved("A*B -1", None),)),
        consistency=Recovery("internal-consistency", (Known("A", 100, 200.0, 90.0, 300.0),)),
    )
    told = {row["controle"]: row["het antwoord"] for row in checks_table(checks, "nl")}
    assert told["een lijst weglaten"] == "hoogstens een factor 2,50 (A)"
    assert told["één persoon meer of minder"] == "hoogstens een factor ∞ (A*B -1)"
    assert told["lijsten waarvan het aantal bekend is"] == "factor 2,00 ernaast, 100% in interval (1)"
    assert told["simulatie uit het eigen model"] == "niet gedaan"
