"""The batched fit equals the plain one: for one model, for many, with minus infinity, from any start."""

from __future__ import annotations

import math

import numpy as np
import pytest

from schakel.estimation import many, newton
from schakel.estimation.existence import kept_cells
from schakel.estimation.histories import Histories
from schakel.estimation.lattice import superset_sums
from schakel.estimation.loglinear import Fit, fit
from schakel.estimation.many import fit_many
from schakel.estimation.terms import all_pairs, hierarchical_models, main_effects, model_of_row, parse_model

FOUR = np.array([0, 54, 464, 15, 106, 19, 62, 1, 703, 3, 19, 1, 76, 0, 4, 1])


def plain(design: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Newton's method with a design matrix, one table, one model."""
    beta = np.linalg.lstsq(design, np.log(counts + 0.1), rcond=None)[0]
    for _ in range(200):
        means = np.exp(design @ beta)
        step = np.linalg.solve((design * means[:, None]).T @ design, design.T @ (counts - means))
        beta = beta + step * min(1.0, 2.0 / np.abs(step).max())
        if np.abs(step).max() < 1e-12:
            break
    return beta


def plain_unobserved(row: np.ndarray, counts: np.ndarray) -> float:
    model = model_of_row(row)
    overlaps = superset_sums(counts.astype(float))
    kept = kept_cells(model, overlaps)
    finite = [place for place, mask in enumerate(model.masks) if overlaps[mask] > 0]
    return math.exp(plain(model.design[kept][:, finite], counts[kept])[0])


def test_all_models_of_four_lists_are_fitted_as_the_plain_way_fits_them():
    holds = hierarchical_models(4, 3, 1000)
    made = fit_many(holds, FOUR[:, None])
    assert (made.flag == 0).sum() == 111
    for row, (flag,), (unobserved,) in zip(holds, made.flag, made.unobserved, strict=True):
        if flag == 0:
            assert unobserved == pytest.approx(plain_unobserved(row, FOUR), rel=1e-9)
        else:
            assert math.isinf(unobserved)


def test_many_models_on_many_tables_are_each_model_on_each_table_alone(monkeypatch):
    """Though a model begins where others, with fewer terms, came out; some of these tables have empty pairs."""
    generator = np.random.default_rng(3)
    tables = generator.poisson(FOUR[:, None], size=(16, 6))
    tables[0] = tables[0b1100, 0] = tables[0b1101, 0] = tables[0b1110, 0] = tables[0b1111, 0] = 0
    holds = hierarchical_models(4, 3, 1000)
    together = fit_many(holds, tables)
    monkeypatch.setattr(newton, "BLOCK", 1)  # one fit a block
    for model, table in zip(generator.integers(len(holds), size=80), generator.integers(6, size=80), strict=True):
        alone = fit_many(holds[[model]], tables[:, [table]])
        assert together.flag[model, table] == alone.flag[0, 0]
        assert together.unobserved[model, table] == pytest.approx(alone.unobserved[0, 0], rel=1e-10)
        assert together.kernel[model, table] == pytest.approx(alone.kernel[0, 0], rel=1e-12)
    assert 0 < (together.flag != 0).sum() < together.flag.size / 2


def test_tables_in_blocks_are_the_same_tables(monkeypatch):
    tables = np.random.default_rng(4).poisson(FOUR[:, None], size=(16, 7))
    tables[0] = 0
    holds = hierarchical_models(4, 2, 1000)
    together = fit_many(holds, tables)
    monkeypatch.setattr(many, "BLOCK", 2 * holds.size)
    assert fit_many(holds, tables).unobserved == pytest.approx(together.unobserved, rel=1e-10)


def test_a_model_begins_at_models_without_its_last_terms_where_they_are():
    holds = hierarchical_models(4, 2, 1000)
    places = {tuple(np.flatnonzero(row)): place for place, row in enumerate(holds)}
    least = (0, 1, 2, 4, 8)

    def place(*pairs):
        return places[tuple(sorted((*least, *pairs)))]

    alike = np.ones(16)
    near = many._near(holds, alike)
    three = [place(3, 5, 6), place(3, 5, 9), place(3, 5), place(3, 6, 9), place(3, 6), place(3, 9), place(3)]
    four = [place(5, 6, 9), place(5, 6), place(5, 9), place(5), place(6, 9), place(6), place(9), place()]
    assert near[place(3, 5, 6, 9)].tolist() == three + four
    some = [place(3, 5, 6, 9), place(3, 5, 6), place(3, 5, 9), place(3, 5)]  # two terms to take out, no third
    assert many._near(holds[some], alike)[0].tolist() == [1, 2, 3] + [0, 1, 2, 3] * 3
    assert many._near(holds[some[:3]], alike)[0].tolist() == [1, 2, -1] + [0, 1, 2, -1] * 3


def test_terms_of_few_people_are_taken_out_first_and_those_of_nobody_last():
    holds = hierarchical_models(3, 2, 1000)
    places = {tuple(np.flatnonzero(row)): place for place, row in enumerate(holds)}
    people = np.array([99.0, 50.0, 50.0, 20.0, 50.0, 0.0, 7.0, 0.0])
    first, second, _, last, *_ = many._near(holds, people)[places[0, 1, 2, 3, 4, 5, 6]]
    assert first == places[0, 1, 2, 3, 4, 5]
    assert second == places[0, 1, 2, 4, 5, 6]
    assert last == places[0, 1, 2, 3, 4, 6]


def test_a_far_start_comes_to_the_same_place():
    terms = np.array([all_pairs(4).masks])
    kept = (np.arange(16) > 0)[:, None]
    counts = FOUR[:, None].astype(float)
    near = newton.fit(counts, terms, kept)
    for height in (-3.0, 3.0, 30.0, 1e6):
        far = newton.fit(counts, terms, kept, np.full((1, terms.shape[1]), height))
        assert far.settled.all()
        assert far.beta == pytest.approx(near.beta, abs=1e-7)


@pytest.mark.parametrize("distance", [0.3, 0.03, 0.003, 1e-4, 1e-6, 1e-9])
def test_a_start_nearby_comes_as_near_to_rest_as_one_from_the_counts(distance):
    terms = np.array([all_pairs(4).masks])
    kept = (np.arange(16) > 0)[:, None]
    counts = FOUR[:, None].astype(float)
    cold = newton.fit(counts, terms, kept)
    signs = np.where(np.arange(terms.shape[1]) % 2, 1.0, -1.0)
    warm = newton.fit(counts, terms, kept, cold.beta + distance * signs)
    assert warm.settled.all()
    assert warm.beta == pytest.approx(cold.beta, abs=3e-11)
    assert warm.height == pytest.approx(cold.height, rel=1e-13)


def test_an_empty_pair_is_minus_infinity_and_counts_as_a_parameter():
    counts = np.array([0, 40, 30, 6, 20, 0, 4, 0])
    made = fit(parse_model("[13,2]", "ABC"), counts)
    assert isinstance(made, Fit)
    assert made.beta[0b101] == -math.inf
    assert made.errors[0b101] is None
    assert made.fitted[0b101] == made.fitted[0b111] == 0
    assert made.parameters == 5
    assert made.aic == pytest.approx(2 * 5 - 2 * made.log_likelihood)


def test_two_lists_give_the_product_over_the_overlap():
    """Lincoln and Petersen: N = n1 n2 / m."""
    made = fit(main_effects(2), np.array([0, 60, 30, 15]))
    assert isinstance(made, Fit)
    assert made.population == pytest.approx(75 * 45 / 15)


def test_a_model_without_an_estimate_gives_its_flag():
    counts = Histories(("A", "B", "C"), np.array([0, 40, 30, 6, 20, 0, 0, 0])).counts
    assert fit(parse_model("[12,3]", "ABC"), counts) == 1
    assert fit(parse_model("[12,13,23]", "ABC"), counts) == 2


def test_ten_lists_in_pairs_have_fifty_six_parameters():
    generator = np.random.default_rng(5)
    masks = np.arange(1024)
    size = np.array([mask.bit_count() for mask in masks])
    counts = generator.poisson(3000.0 * np.exp(-1.6 * size))
    counts[0] = 0
    made = fit(all_pairs(10), counts)
    assert isinstance(made, Fit)
    assert made.parameters == 56
    score = superset_sums(counts - made.fitted)
    assert max(abs(score[mask]) for mask, value in made.beta.items() if value > -math.inf) < 1e-6
