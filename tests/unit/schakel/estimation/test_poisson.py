"""Existence, identifiability and the fit, for any matrix."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation import poisson
from schakel.estimation.design import Design, parse_model
from tests.unit.schakel.estimation.small import histories, stratified


def problem(counts, model):
    """The seen matrix, counts and unseen matrix of a table of one stratum."""
    table = stratified(counts, levels=("all",))
    design = Design(table)
    matrix, _ = design.matrix(parse_model(table, model))
    return matrix[design.seen], table.counts.ravel()[design.seen].astype(float), matrix[design.unseen]


def flag(counts, model="pairs"):
    return poisson.ground(*problem(counts, model)).flag


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 60, 50, 12, 40, 9, 8, 3), 0),
        ((0, 60, 50, 12, 40, 9, 8, 0), 1),  # the person on all three is needed by the saturated model
        ((0, 60, 50, 0, 40, 9, 8, 0), 2),  # an empty pair is minus infinity, its cells go: five are left for six
        ((0, 10, 0, 0, 10, 5, 5, 5), 1),  # nobody on B alone
    ],
)
def test_the_flags_of_small_tables(counts, expected):
    assert flag(counts) == expected


def test_two_lists_and_their_pair_are_not_identifiable():
    matrix = np.array([[1.0, 1, 0, 0], [1, 0, 1, 0], [1, 1, 1, 1]])
    assert poisson.ground(matrix, np.array([5.0, 5, 5]), np.array([[1.0, 0, 0, 0]])).flag == 2


def test_an_empty_margin_is_minus_infinity_and_its_cells_are_dropped():
    matrix, counts, unseen = problem((0, 60, 50, 0, 40, 9, 8, 0), "pairs")
    looked = poisson.ground(matrix, counts, unseen)
    assert len(looked.infinite) == 1
    assert len(looked.rows) == 5
    assert not looked.empty.any()


def test_many_directions_are_settled_by_a_linear_programme():
    """Three parameters that the two cells with people leave open; every sign of the empty cells is the same."""
    full, zero = np.array([[1.0, 0, 0, 0], [1.0, 1, 0, 0]]), np.array([[1.0, 0, 1, 0], [1, 0, 0, 1], [1, 0, 1, 1]])
    matrix = np.vstack([full, zero])
    assert poisson._without_estimate(matrix, np.array([3.0, 4, 0, 0, 0]))
    both_signs = np.vstack([matrix, [[1.0, 0, -1, 0], [1, 0, 0, -1]]])
    assert not poisson._without_estimate(both_signs, np.array([3.0, 4, 0, 0, 0, 0, 0]))


def test_the_fit_meets_its_margins_and_the_closed_form():
    """Three independent lists in one list-by-list table have no closed form, two lists do: a b / both."""
    matrix = np.array([[1.0, 1, 0], [1, 0, 1], [1, 1, 1]])
    counts = np.array([30.0, 20, 5])
    done = poisson.fit(matrix, counts)
    assert matrix.T @ done.expected == pytest.approx(matrix.T @ counts)
    assert np.exp(done.coefficients[0]) == pytest.approx(30 * 20 / 5)
    assert done.deviance == pytest.approx(0, abs=1e-9)


def test_a_start_elsewhere_gives_the_same_fit():
    matrix, counts, _ = problem(histories().counts, "main")
    one = poisson.fit(matrix, counts)
    two = poisson.fit(matrix, counts, one.coefficients + 3.0)
    assert two.coefficients == pytest.approx(one.coefficients, rel=1e-9)


def test_the_information_gives_standard_errors_of_a_mean():
    """One parameter: the log of a mean has variance 1 / sum."""
    done = poisson.fit(np.ones((4, 1)), np.array([3.0, 5, 4, 8]))
    assert poisson.inverse(done.information)[0, 0] == pytest.approx(1 / 20)
    assert poisson.log_likelihood(np.array([0.0, 2.0]), np.array([0.0, 2.0])) == pytest.approx(np.log(2) - 2)


@pytest.mark.parametrize("seed", range(3))
def test_a_rank_by_eigenvalues_is_the_rank(seed):
    rng = np.random.default_rng(seed)
    part = (rng.random((40, 12)) < 0.3).astype(float)
    part[:, 5] = part[:, 1] + part[:, 2]
    part[:, 9] = part[:, 0] - part[:, 3]
    assert poisson._rank(part) == np.linalg.matrix_rank(part) == 10
    space = poisson._null_space(part, 12)
    assert space.shape == (12, 2)
    assert np.abs(part @ space).max() < 1e-9
    assert poisson._rank(part[:, :0]) == 0
