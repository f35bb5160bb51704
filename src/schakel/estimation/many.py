"""Any models on any tables, very many at once: existence, fit, dark figure and likelihood of each pair of the two.

Models that lie close together help each other. Where all their terms together are of full rank, so is each of them.
And what a term does to the parameters hardly depends on what other terms are there. With R a model less three of its
terms, some of which are put back: β(R+abc) ≈ β(R+ab) + β(R+ac) + β(R+bc) - β(R+a) - β(R+b) - β(R+c) + β(R); and with
four terms likewise. From there Newton's method needs two or three steps, and from the counts six or seven.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from schakel.estimation.existence import flags, full_rank
from schakel.estimation.lattice import Floats, Mask, Whole, subset_sums, superset_sums
from schakel.estimation.newton import fit

BLOCK = 1 << 21  # cells of a block: bounds the memory
TERMS = 4  # that a model is compared without
MOST_BITS = 62  # terms in which models differ, for a whole number to name the model


class Many(NamedTuple):
    """By model and table, shape (models, tables): flag, dark figure, and the part of the log-likelihood that the model
    decides.

    That part is Σ y log μ - Σ μ. Where the flag is not 0, or the fit does not settle, they are inf and -inf.
    """

    flag: Whole
    unobserved: Floats
    kernel: Floats


def fit_many(holds: Mask, tables: Whole) -> Many:
    """Fit every model to every table.

    holds: shape (models, 2^k), the terms of each model (hierarchical, intercept and lists included)
    tables: shape (2^k, tables), whole numbers, `tables[0]` zero
    """
    size, near = max(1, BLOCK // holds.size), _near(holds, superset_sums(tables.sum(axis=1).astype(np.float64)))
    parts = [_fit_block(holds, near, tables[:, first : first + size].astype(np.float64))
             for first in range(0, tables.shape[1], size)]  # fmt: skip
    return Many(*(np.concatenate([getattr(part, name) for part in parts], axis=1)
                  for name in ("flag", "unobserved", "kernel")))  # fmt: skip


def _fit_block(holds: Mask, near: Whole, tables: Floats) -> Many:
    """One block: its pairs of model and table by how many terms they have, small ones first."""
    overlaps, occupied = superset_sums(tables), tables > 0
    column_of = np.cumsum(holds.any(axis=0)) - 1  # of a term in β
    people = (overlaps > 0).T
    sure = _full_rank_together(holds.any(axis=0) & people, occupied)
    shape = len(holds), tables.shape[1]
    model, table, finite, beside = _small_first(holds, people, near)
    kept = subset_sums((holds[model] ^ finite).T.astype(np.float64)) == 0  # no empty term within the cell
    kept[0] = False
    flag = np.zeros(len(model), dtype=np.int64)
    beta = np.full((len(model) + 1, column_of[-1] + 1), np.nan)  # the last is that of no model
    unobserved, kernel = np.full(len(model), np.inf), np.full(len(model), -np.inf)
    for rows, terms in _by_size(finite):
        asked = rows[~sure[table[rows]]]
        if len(asked):
            flag[asked] = flags(terms[asked - rows[0]], occupied[:, table[asked]], kept[:, asked])
            rows, terms = rows[flag[rows] == 0], terms[flag[rows] == 0]
        column = column_of[terms]
        start = np.take_along_axis(_start(beta, beside[:, rows]), column, axis=1)
        made = fit(tables[:, table[rows]], terms, kept[:, rows], start)
        fine = np.flatnonzero(made.settled)
        beta[rows[fine]] = 0.0
        beta[rows[fine, None], column[fine]] = made.beta[fine]
        with np.errstate(over="ignore"):
            unobserved[rows[fine]], kernel[rows[fine]] = np.exp(made.beta[fine, 0]), made.height[fine]
    found = Many(np.empty(shape, dtype=np.int64), np.empty(shape), np.empty(shape))
    found.flag[model, table], found.unobserved[model, table], found.kernel[model, table] = flag, unobserved, kernel
    return found


def _small_first(holds: Mask, people: Mask, near: Whole) -> tuple[Whole, Whole, Mask, Whole]:
    """The pairs of model and table in the order of their work: which, their terms with people, and their neighbours.

    The neighbours as places in that order, shape (15, pairs); one beyond the last for a neighbour that is not there.
    """
    model, table = (place.ravel() for place in np.indices((len(holds), len(people))))
    finite = holds[model] & people[table]
    order = np.argsort(finite.sum(axis=1), kind="stable")
    place = np.empty(len(order) + 1, dtype=np.int64)
    place[order], place[-1] = np.arange(len(order)), len(order)
    beside = np.where(near[model] >= 0, near[model] * len(people) + table[:, None], len(order))[order]
    return model[order], table[order], finite[order], place[beside.T]


def _by_size(finite: Mask) -> Iterator[tuple[Whole, Whole]]:
    """The rows with equally many terms, and their terms: a batch needs one size."""
    sizes = finite.sum(axis=1)
    for size in np.flatnonzero(np.bincount(sizes)):
        rows = np.flatnonzero(sizes == size)
        yield rows, np.nonzero(finite[rows])[1].reshape(len(rows), size)


def _full_rank_together(terms: Mask, occupied: Mask) -> Mask:
    """For each table whether all terms together, shape (tables, 2^k), are of full rank: then every model is."""
    sure = np.zeros(len(terms), dtype=bool)
    for rows, group in _by_size(terms):
        sure[rows] = full_rank(group, occupied[:, rows])
    return sure


_SIGNS = tuple(1 if place.bit_count() % 2 else -1 for place in range(1, 1 << TERMS))  # of a model less a, b, ab, c, …


def _near(holds: Mask, people: Floats) -> Whole:
    """The places of the models that lack the last terms of a model, as in `_SIGNS`; shape (models, 15), -1 for none.

    people: shape (2^k,), how many are on all lists of a mask. The terms of few people go last: they tell the least of
    the others. But those without people go first: a model with one of them more is no larger, and would not find its
    neighbour fitted. Only terms that lie in no other can be taken out; a model that has too few names itself, which is
    not fitted yet.
    """
    apart = np.flatnonzero(holds.any(axis=0) & ~holds.all(axis=0))
    apart = apart[np.argsort(np.where(people > 0, -people, -np.inf)[apart], kind="stable")]
    if len(apart) > MOST_BITS:
        return np.full((len(holds), len(_SIGNS)), -1)
    bits = 1 << np.arange(len(apart))[::-1]  # the last term is the lowest bit
    key = holds[:, apart] @ bits
    rest = (holds & (superset_sums(holds.T.astype(np.float64)) == 1).T)[:, apart] @ bits
    gone = [np.zeros_like(key)]
    for _ in range(TERMS):
        gone += [one | (rest & -rest) for one in gone]
        rest = rest & (rest - 1)
    less = key[:, None] ^ np.stack(gone[1:], axis=1)
    order = np.argsort(key)
    place = order[np.minimum(np.searchsorted(key, less, sorter=order), len(key) - 1)]
    return np.where(key[place] == less, place, -1)


def _start(beta: Floats, beside: Whole) -> Floats:
    """Where to begin, shape (rows, terms): by four terms, or fewer; NaN where one of the models has no fit (yet).

    beta: shape (fits and one of NaN, terms); beside: shape (15, rows), the places of the smaller models there
    """
    start = _combined(beta, beside)
    for terms in range(TERMS - 1, 1, -1):
        fewer = np.flatnonzero(np.isnan(start[:, 0]))
        if len(fewer):
            start[fewer] = _combined(beta, beside[: (1 << terms) - 1, fewer])
    return start


def _combined(beta: Floats, beside: Whole) -> Floats:
    """The smaller models added and taken away, as in `_SIGNS`."""
    total = beta.take(beside[0], axis=0)
    for places, sign in zip(beside[1:], _SIGNS[1:], strict=False):
        (np.add if sign > 0 else np.subtract)(total, beta.take(places, axis=0), out=total)
    return np.asarray(total)
