"""All hierarchical models compared by BIC, and the bootstrap that repeats the choice (Silverman, Chan & Vincent 2024).

BIC = -2 log-likelihood + log(people seen) × parameters, those at minus infinity counted. Models without a unique
estimate are left out. In a resample the choice is made anew, among the `top` best models of the data themselves: with
`top` 1 the interval takes the model as given, with a larger number it holds the doubt about the model too.

The source puts BCa limits around it. Those suppose that some transformation makes the estimates normal; but resamples
lie in heaps, one for each model that they choose, and BCa takes the share of resamples below the estimate for its bias:
it moves the limits towards the heap that the estimate lies in. Where the data chose wrongly, that is away from the
truth. In simulation the percentiles held it more often (docs/explanation/estimation/selection.md), and are the default.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schakel.estimation.factorials import log_factorial
from schakel.estimation.histories import Histories
from schakel.estimation.lattice import Floats, Mask, Whole, masks_of_size
from schakel.estimation.many import fit_many
from schakel.estimation.refusals import refusal
from schakel.estimation.terms import Model, all_pairs, hierarchical_models, model_of_row

if TYPE_CHECKING:
    from schakel.estimation.bootstrap import Refit

MOST_MODELS = 40_000  # six lists in pairs are 32,768
ORDER = 3  # what the comparison goes up to where that can be done
MOST_LISTS = 6  # with more lists not all models of pairs can be compared
TOP = 200  # how many models a resample chooses among: with fewer, intervals were seen to be too short


class Ranking(NamedTuple):
    """The models that have a unique estimate, best first.

    holds: shape (kept, 2^k), which terms each model has; unobserved, bic: shape (kept,); tried: how many were tried;
    everything: whether these were all models up to `order`
    """

    holds: Mask
    unobserved: Floats
    bic: Floats
    tried: int
    order: int
    everything: bool

    @property
    def kept(self) -> int:
        """How many models have a unique estimate."""
        return len(self.bic)

    def model(self, place: int) -> Model:
        """The model at a place of the ranking, 0 the best."""
        return model_of_row(self.holds[place])


def rank(histories: Histories, order: int | None = None) -> Ranking:
    """Compare all hierarchical models with terms of at most `order` lists.

    Without `order`: up to three for five lists or fewer, pairs for six. With more lists there are more models than can
    be compared; then `search` looks among models of pairs, one pair at a time, and the ranking says so
    (`everything` False). Raises `BadInput` when an order that was asked for has too many models.
    """
    lists = len(histories.lists)
    if order is not None and order < 1:
        raise refusal("order", value=order)
    if order is None and lists > MOST_LISTS:
        return search(histories)
    highest = min(order or (ORDER if lists < MOST_LISTS else 2), lists - 1)
    return _ranked(hierarchical_models(lists, highest, MOST_MODELS), histories.counts, highest, everything=True)


def search(histories: Histories) -> Ranking:
    """Models of pairs found one pair at a time, up from the stepwise model and down from all pairs.

    From each of the two the search goes to the best model that has one pair more or less, until none is better. It can
    miss the best of all; the ranking holds every model that was tried.
    """
    from schakel.estimation.stepwise import stepwise  # few searches are this long

    counts, lists = histories.counts, len(histories.lists)
    pairs = np.array(masks_of_size(lists, 2))
    seen = np.zeros((0, len(counts)), dtype=bool)
    for start in (stepwise(counts[:, None]).model(0, lists), all_pairs(lists)):
        best, height = np.zeros(len(counts), dtype=bool), math.inf
        best[list(start.masks)] = True
        while True:
            around = np.concatenate([best[None, :], np.repeat(best[None, :], len(pairs), axis=0)])
            around[np.arange(1, len(around)), pairs] ^= True
            seen = np.unique(np.concatenate([seen, around]), axis=0)
            near = _ranked(around, counts, 2, everything=False)
            if not near.kept or near.bic[0] >= height:
                break
            best, height = near.holds[0], float(near.bic[0])
    return _ranked(seen, counts, 2, everything=False)


def _ranked(holds: Mask, counts: Whole, order: int, *, everything: bool) -> Ranking:
    made = fit_many(holds, counts[:, None])
    unobserved = made.unobserved[:, 0]
    bic = criterion(made.kernel[:, 0], holds.sum(axis=1), counts)
    best = np.argsort(bic, kind="stable")[: int(np.isfinite(bic).sum())]
    return Ranking(holds[best], unobserved[best], bic[best], len(holds), order, everything)


def criterion(kernel: Floats, parameters: Whole, counts: Whole) -> Floats:
    """BIC from the part of the log-likelihood that a model decides; inf for a model without an estimate."""
    constant = float(log_factorial(counts).sum())
    return -2.0 * (kernel - constant) + math.log(counts.sum()) * parameters


def choosing_among(holds: Mask) -> Refit:
    """A refit that takes, in each table, the model of `holds` with the lowest BIC."""
    parameters = holds.sum(axis=1)

    def refit(tables: Whole) -> Floats:
        made = fit_many(holds, tables)
        bic = -2.0 * made.kernel + np.log(tables.sum(axis=0)) * parameters[:, None]
        return np.asarray(np.take_along_axis(made.unobserved, bic.argmin(axis=0)[None], axis=0)[0])

    return refit
