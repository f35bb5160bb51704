"""Existence and identifiability: the examples of Chan, Silverman & Vincent (2021), and a second way to the answer.

The hundred flags of SparseMSE 2.0.1 and MultipleSystemsEstimation 1.2.0 stand in `test_estimation_fixed`. Here our
decision, which needs no linear program for nearly all tables, is compared with the definition of Fienberg & Rinaldo
(2012): an extended estimate exists if and only if some expected counts, all above zero where no empty term forbids
them, have the same totals as the data for every term. That is one linear program a table.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from schakel.estimation import existence
from schakel.estimation.existence import flag_of, kept_cells
from schakel.estimation.lattice import superset_sums
from schakel.estimation.stepwise import stepwise
from schakel.estimation.terms import Model, hierarchical_models, model_of_row, parse_model
from tests.published.tables import TABLES


def by_definition(model: Model, counts: np.ndarray) -> int:
    """The flag by linear programs and the rank of the design matrix."""
    overlaps = superset_sums(counts.astype(float))
    kept = kept_cells(model, overlaps)
    finite = [place for place, mask in enumerate(model.masks) if overlaps[mask] > 0]
    design, people = model.design[kept][:, finite], counts[kept]
    cells, terms = design.shape
    smallest = linprog(
        np.append(np.zeros(cells), -1.0),
        A_ub=np.hstack([-np.eye(cells), np.ones((cells, 1))]),
        b_ub=np.zeros(cells),
        A_eq=np.hstack([design.T, np.zeros((terms, 1))]),
        b_eq=design.T @ people,
        bounds=[(0, None)] * cells + [(None, 1)],
    )
    missing = 1 if -smallest.fun < 1e-7 else 0
    return missing + (2 if np.linalg.matrix_rank(design) < terms else 0)


@pytest.mark.parametrize(
    ("model", "flag"),
    [("[1,2,3]", 0), ("[12,3]", 1), ("[13,2]", 0), ("[23,1]", 0), ("[12,13]", 1), ("[12,23]", 1), ("[13,23]", 0),
     ("[12,13,23]", 2)],
)  # fmt: skip
def test_the_table_that_was_made_to_fail(model, flag):
    histories = TABLES["Artificial_3"]
    assert flag_of(parse_model(model, histories.lists), histories.counts) == flag


def test_stepwise_passes_over_a_pair_whose_model_has_no_estimate():
    """On Artificial_3 the pair 12 would come in, were it not that [12,3] has no estimate."""
    histories = TABLES["Artificial_3"]
    made = stepwise(histories.counts[:, None], threshold=0.5)
    assert made.model(0, 3).words() != "[12,3]"
    assert flag_of(made.model(0, 3), histories.counts) == 0


@pytest.mark.parametrize(("lists", "order", "tables"), [(3, 2, 120), (4, 3, 120), (5, 3, 60)])
def test_the_decision_is_that_of_the_definition_on_sparse_tables(lists, order, tables):
    generator = np.random.default_rng(20)
    models = hierarchical_models(lists, order, 10_000)
    seen = set()
    for _ in range(tables):
        counts = generator.poisson(generator.choice([0.1, 0.5, 2.0]), size=1 << lists)
        counts[0] = 0
        counts[[1 << place for place in range(lists)]] += 1
        model = model_of_row(models[generator.integers(len(models))])
        flag = flag_of(model, counts)
        assert flag == by_definition(model, counts), (model.words(), counts.tolist())
        seen.add(flag)
    assert len(seen) >= 3  # the tables are hostile enough


def test_with_the_elimination_switched_off_nothing_changes(monkeypatch):
    """The pivots only save work: the singular values alone decide the same."""
    cases = [(model_of_row(row), TABLES[name].counts) for name in ("UKdat_5", "NewOrl_5_185", "Ned_5")
             for row in hierarchical_models(5, 3, 10_000)[::97]]  # fmt: skip
    fast = [flag_of(model, counts) for model, counts in cases]
    monkeypatch.setattr(existence, "PIVOT", np.inf)
    assert [flag_of(model, counts) for model, counts in cases] == fast
