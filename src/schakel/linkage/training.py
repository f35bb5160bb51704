"""Estimating a model from the lists themselves, without labels, on a sample of at most 100,000 registrations.

u is counted on random pairs (`chance`), m found by expectation maximisation (`learning`) on pairs that agree on a birth
day, which teaches what names do, and on pairs that agree on both names, which teaches what birth dates do. The prior,
how often two registrations are one person, is then the fixed point: the share that the model itself expects.
Assumptions: levels are independent given match or not, but for what `Comparison.within` names (Fellegi & Sunter 1969);
random pairs are practically never one person.
"""

# ruff: noqa: S608  (statements are made of column names that are plain words, see model.from_plain and prepare)

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from schakel.linkage.chance import by_chance
from schakel.linkage.duck import possible_pairs, rows, sample
from schakel.linkage.learning import LESSONS, taught, together
from schakel.linkage.model import Key, Model
from schakel.linkage.scoring import scored_piece

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

SAMPLE: Final = 100_000
SEEN: Final = 1e-4
"""Pairs below this probability hold next to nothing of the expected matches."""


def train(connection: Any, prepared: pd.DataFrame, model: Model, *, seed: int, size: int = SAMPLE) -> Model:
    """The same model with m, u and prior from prepared registrations, which also are the table `ready`.

    Raises nothing for lists without agreement: what was not observed keeps the weight of the next weaker level.
    """
    table = sample(connection, prepared, model, size, seed)
    u = by_chance(connection, table, model, seed=seed)
    m = together([taught(connection, table, lesson, model.comparisons, u) for lesson in LESSONS])
    ((count,),) = rows(connection, f"SELECT count(*) FROM {table}")
    trained = replace(filled(model, m, u), trained=f"{count} registrations, seed {seed}")
    return replace(trained, prior=_prior(connection, table, trained))


def filled(model: Model, m: Mapping[Key, float], u: Mapping[Key, float]) -> Model:
    """m and u for every level; a comparison of which nothing was learnt says nothing (m = u)."""
    weighs_as = {(one.name, level.name): (one.name, level.like or level.name) for one, level in model.levels()}
    return model.with_levels(
        {
            key: (m.get(weighs_as[key], u[weighs_as[key]]), u[weighs_as[key]])
            for key in ((one.name, level.name) for one, level in model.levels() if not level.missing)
        }
    )


def _prior(connection: Any, table: str, model: Model) -> float:
    """The fixed point of: prior = sum of the probabilities of all candidate pairs / number of possible pairs."""
    scored = scored_piece(connection, table, model, 0, 1, SEEN)
    weights = connection.execute(f"SELECT match_weight FROM {scored}").fetchnumpy()["match_weight"]
    found = np.sort(np.asarray(weights, dtype=np.float64))  # in one order, so that their sum is the same every time
    connection.execute(f"DROP TABLE {scored}")
    return fixed_point(found - np.log2(model.prior / (1 - model.prior)), possible_pairs(connection, table), model.prior)


def fixed_point(weights: NDArray[np.float64], possible: float, prior: float, rounds: int = 50) -> float:
    """The prior at which the expected number of matches equals the sum of posteriors; weights without the prior."""
    for _ in range(rounds):
        expected = float(np.sum(1 / (1 + np.exp2(np.clip(-weights - np.log2(prior / (1 - prior)), -60, 60)))))
        after = min(max(expected / possible, 1 / possible), 0.5)
        if abs(after / prior - 1) < 1e-4:
            return after
        prior = after
    return prior
