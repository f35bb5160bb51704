"""Pairs of lists chosen one by one, for many tables at once (Silverman 2020; Chan, Silverman & Vincent 2021).

Begin with independent lists. For each pair of lists not yet in the model, compare the people on both lists (whatever
the others) with what the present model expects of them: a Poisson tail in the direction in which they differ. The pair
with the smallest tail comes in, unless the larger model has no unique estimate: then the next. Stop when no tail is
below the threshold. A pair that nobody is on comes in at minus infinity, by the same tail.

One fit a step, and all tables of a step together: that is what makes a thousand bootstraps cheap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schakel.estimation.existence import flags
from schakel.estimation.factorials import log_tails
from schakel.estimation.lattice import Floats, Mask, Whole, masks_of_size, number_of_lists, subset_sums, superset_sums
from schakel.estimation.newton import Fits, fit
from schakel.estimation.terms import Model, model_of

THRESHOLD = 0.02  # the default of both published packages


@dataclass(frozen=True, eq=False)
class Chosen:
    """What was chosen for each table of a batch.

    unobserved: shape (batch,), exp(intercept); NaN where not even independent lists have an estimate
    taken: shape (batch, pairs), the step at which a pair came in, counted from 1; 0 for a pair left out
    pairs: the mask of each pair, in the order 12, 13, ..., 23, ...
    """

    unobserved: Floats
    taken: Whole
    pairs: tuple[int, ...]

    def model(self, number: int, lists: int) -> Model:
        """The model of one table of the batch."""
        return model_of(lists, [pair for pair, step in zip(self.pairs, self.taken[number], strict=True) if step])


@dataclass(eq=False)
class _Search:
    """Where the search stands for every table: which terms are finite, which cells are left, the present fit."""

    counts: Floats  # (2^k, batch)
    overlaps: Floats  # (2^k, batch): superset sums of counts
    singles: Whole  # the masks of intercept and lists
    pairs: Whole  # the masks of the pairs
    taken: Whole  # (batch, pairs)
    kept: Mask  # (2^k, batch)
    beta: Floats  # (batch, 1 + lists + pairs), 0 for a term that is not in
    unobserved: Floats  # (batch,)


def stepwise(counts: Whole, threshold: float = THRESHOLD) -> Chosen:
    """The stepwise model and dark figure of every table of a batch.

    counts: shape (2^k, batch), whole numbers, `counts[0]` zero
    threshold: a pair comes in while its tail probability is below it

    Assumes: no interaction of three or more lists; a choice by data, whose uncertainty only a bootstrap that repeats
    the choice can tell.
    """
    search = _begin(np.asarray(counts, dtype=np.float64))
    active = _fit_all(search, np.arange(counts.shape[1]))
    step = 0
    while len(active):
        step += 1
        chosen = _choose(search, active, threshold)
        active = active[chosen >= 0]
        _take(search, active, chosen[chosen >= 0], step)
        _refit(search, active)
    return Chosen(search.unobserved, search.taken, tuple(search.pairs.tolist()))


def _begin(counts: Floats) -> _Search:
    """Independent lists everywhere; a list that holds nobody takes its cells away."""
    cells, batch = counts.shape
    lists = number_of_lists(cells)
    singles = np.array([0, *masks_of_size(lists, 1)], dtype=np.int64)
    pairs = np.array(masks_of_size(lists, 2), dtype=np.int64)
    overlaps = superset_sums(counts)
    kept = np.ones((cells, batch), dtype=bool)
    kept[0] = False
    masks = np.arange(cells)
    for single in singles[1:]:
        kept &= ~(((masks & single) > 0)[:, None] & (overlaps[single] == 0)[None, :])
    return _Search(
        counts,
        overlaps,
        singles,
        pairs,
        np.zeros((batch, len(pairs)), dtype=np.int64),
        kept,
        np.zeros((batch, len(singles) + len(pairs))),
        np.full(batch, np.nan),
    )


def _columns(search: _Search, number: Whole) -> Mask:
    """Which terms of each table are finite: the intercept, lists with people, pairs taken with people."""
    overlaps = search.overlaps[:, number]
    return np.concatenate([overlaps[search.singles].T > 0, (search.taken[number] > 0) & (overlaps[search.pairs].T > 0)],
                          axis=1)  # fmt: skip


def _groups(columns: Mask) -> list[Whole]:
    """The rows with equally many terms, together: a batch needs one size."""
    sizes = columns.sum(axis=1)
    return [np.flatnonzero(sizes == size) for size in np.flatnonzero(np.bincount(sizes))]


def _terms(search: _Search, columns: Mask) -> tuple[Whole, Whole]:
    """The places and the masks of the finite terms; every row of `columns` has as many."""
    places = np.nonzero(columns)[1].reshape(len(columns), -1)
    return places, np.concatenate([search.singles, search.pairs])[places]


def _fit_all(search: _Search, number: Whole) -> Whole:
    """Fit independent lists to each table; the tables for which that model has an estimate."""
    good = []
    columns = _columns(search, number)
    for rows in _groups(columns):
        tables = number[rows]
        places, terms = _terms(search, columns[rows])
        fine = flags(terms, search.counts[:, tables] > 0, search.kept[:, tables]) == 0
        tables, places, terms = tables[fine], places[fine], terms[fine]
        made = fit(search.counts[:, tables], terms, search.kept[:, tables])
        _keep(search, tables, places, made)
        good.append(tables)
    return np.sort(np.concatenate(good)) if good else number[:0]


def _refit(search: _Search, number: Whole) -> None:
    """Fit the present model of each table, from where its last fit was."""
    columns = _columns(search, number)
    for rows in _groups(columns):
        tables = number[rows]
        places, terms = _terms(search, columns[rows])
        start = np.take_along_axis(search.beta[tables], places, axis=1)
        _keep(search, tables, places, fit(search.counts[:, tables], terms, search.kept[:, tables], start))


def _keep(search: _Search, tables: Whole, places: Whole, made: Fits) -> None:
    search.beta[tables[:, None], places] = made.beta
    with np.errstate(over="ignore"):
        search.unobserved[tables] = np.where(made.settled, np.exp(made.beta[:, 0]), np.nan)


def _expected(search: _Search, number: Whole) -> Floats:
    """For each pair the people that the present model expects on both lists; shape (tables, pairs)."""
    beta = np.zeros((len(search.counts), len(number)))
    beta[search.singles] = search.beta[number, : len(search.singles)].T
    beta[search.pairs] = search.beta[number, len(search.singles) :].T
    kept = search.kept[:, number]
    means = np.where(kept, np.exp(np.where(kept, subset_sums(beta), 0.0)), 0.0)
    return superset_sums(means)[search.pairs].T


def _choose(search: _Search, number: Whole, threshold: float) -> Whole:
    """For each table the pair to take, or -1: the smallest tail below the threshold whose model has a unique estimate.

    The term of a pair taken starts from what would bring its own expectation right.
    """
    expected = _expected(search, number)
    shared = search.overlaps[search.pairs][:, number].T
    tails = log_tails(shared.ravel(), expected.ravel(), threshold).reshape(shared.shape)
    tails[(search.taken[number] > 0) | (expected <= 0)] = np.inf  # in already, or nobody could be there
    order = np.argsort(tails, axis=1, kind="stable")
    chosen = np.full(len(number), -1, dtype=np.int64)
    for rank in range(len(search.pairs)):
        first = order[:, rank]
        open_ = np.flatnonzero((chosen < 0) & (tails[np.arange(len(number)), first] < np.log(threshold)))
        if not len(open_):
            break
        open_ = open_[_possible(search, number[open_], first[open_])]
        chosen[open_] = first[open_]
        found = open_[shared[open_, first[open_]] > 0]
        pair = first[found]
        search.beta[number[found], len(search.singles) + pair] = np.log(shared[found, pair] / expected[found, pair])
    return chosen


def _possible(search: _Search, tables: Whole, pair: Whole) -> Mask:
    """Whether the model with one pair more has a unique estimate."""
    columns = _columns(search, tables)
    empty = search.overlaps[search.pairs[pair], tables] == 0
    columns[np.arange(len(tables)), len(search.singles) + pair] = ~empty
    kept = _without(search, tables, np.where(empty, search.pairs[pair], -1))
    fine = np.zeros(len(tables), dtype=bool)
    for rows in _groups(columns):
        _, terms = _terms(search, columns[rows])
        fine[rows] = flags(terms, search.counts[:, tables[rows]] > 0, kept[:, rows]) == 0
    return fine


def _without(search: _Search, tables: Whole, masks: Whole) -> Mask:
    """The kept cells of tables without those that hold the mask; a mask of -1 takes nothing away."""
    cells = np.arange(len(search.counts))[:, None]
    return np.asarray(search.kept[:, tables] & ~(((cells & masks) == masks) & (masks >= 0)))


def _take(search: _Search, tables: Whole, pair: Whole, step: int) -> None:
    """Take one pair into the model of each table; a pair with nobody on it takes its cells away."""
    masks = search.pairs[pair]
    empty = search.overlaps[masks, tables] == 0
    search.taken[tables, pair] = step
    search.kept[:, tables] = _without(search, tables, np.where(empty, masks, -1))
