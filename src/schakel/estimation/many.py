"""Any models on any tables, very many at once: existence, fit, dark figure and likelihood of each pair of the two.

Models that lie close together help each other. Where all their terms together are of full rank, so is each of them.
And what a term does to the parameters hardly depends on what other terms are there. With R a model less three of its
terms, some of which are put back: β(R+abc) ≈ β(R+ab) + β(R+ac) + β(R+bc) - β(R+a) - β(R+b) - β(R+c) + β(R). From there
Newton's method needs three or four steps, and from the counts six or seven.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from schakel.estimation.existence import Mask, flags, full_rank
from schakel.estimation.lattice import Floats, Whole, subset_sums, superset_sums
from schakel.estimation.newton import fit

BLOCK = 1 << 21  # cells of a block: bounds the memory
MOST_BITS = 62  # terms in which models differ, for a whole number to name the model


@dataclass(frozen=True, eq=False)
class Many:
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
    size, near = max(1, BLOCK // holds.size), _near(holds, superset_sums(tables.sum(axis=1)) > 0)
    parts = [_fit_block(holds, near, tables[:, first : first + size].astype(np.float64))
             for first in range(0, tables.shape[1], size)]  # fmt: skip
    return Many(*(np.concatenate([getattr(part, name) for part in parts], axis=1)
                  for name in ("flag", "unobserved", "kernel")))  # fmt: skip


def _fit_block(holds: Mask, near: Whole, tables: Floats) -> Many:
    """One block: its pairs of model and table by how many terms they have, small ones first."""
    shape = len(holds), tables.shape[1]
    model, table = (place.ravel() for place in np.indices(shape))
    overlaps, occupied = superset_sums(tables), tables > 0
    people = (overlaps > 0).T
    kept = subset_sums((holds[model] & ~people[table]).T.astype(np.float64)) == 0  # no empty term within the cell
    kept[0] = False
    sure = _full_rank_together(holds.any(axis=0) & people, occupied)[table]
    used = np.flatnonzero(holds.any(axis=0))
    flag, beta = np.zeros(len(model), dtype=np.int64), np.full((len(model), len(used)), np.nan)
    unobserved, kernel = np.full(len(model), np.inf), np.full(len(model), -np.inf)
    for rows, terms in _by_size(holds[model] & people[table]):
        asked = np.flatnonzero(~sure[rows])
        if len(asked):
            flag[rows[asked]] = flags(terms[asked], occupied[:, table[rows[asked]]], kept[:, rows[asked]])
        rows, terms = rows[flag[rows] == 0], terms[flag[rows] == 0]
        start, column = _start(beta.reshape(*shape, -1), near[model[rows]], table[rows]), np.searchsorted(used, terms)
        made = fit(tables[:, table[rows]], terms, kept[:, rows], np.take_along_axis(start, column, axis=1))
        fine = rows[made.settled]
        beta[fine] = 0.0
        beta[fine[:, None], column[made.settled]] = made.beta[made.settled]
        with np.errstate(over="ignore"):
            unobserved[fine], kernel[fine] = np.exp(made.beta[made.settled, 0]), made.height[made.settled]
    return Many(flag.reshape(shape), unobserved.reshape(shape), kernel.reshape(shape))


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


_SIGNS = (1.0, 1.0, -1.0, 1.0, -1.0, -1.0, 1.0)  # of a model less a, b, ab, c, ac, bc, abc


def _near(holds: Mask, people: Mask) -> Whole:
    """The places of the models that lack the last terms of a model, as in `_SIGNS`; shape (models, 7), -1 for none.

    Only terms that lie in no other can be taken out; a model that has too few names itself, which is not fitted yet.
    Terms without people go last: a model with one of them more is no larger, and would not find its neighbour fitted.
    """
    apart = np.flatnonzero(holds.any(axis=0) & ~holds.all(axis=0))
    apart = apart[np.argsort(people[apart], kind="stable")]
    if len(apart) > MOST_BITS:
        return np.full((len(holds), len(_SIGNS)), -1)
    bits = 1 << np.arange(len(apart))[::-1]  # the last term is the lowest bit
    key = holds[:, apart] @ bits
    rest = (holds & (superset_sums(holds.T.astype(np.float64)) == 1).T)[:, apart] @ bits
    a, b, c = (rest & -rest), *((rest := rest & (rest - 1)) & -rest for _ in range(2))
    less = key[:, None] ^ np.stack([a, b, a | b, c, a | c, b | c, a | b | c], axis=1)
    order = np.argsort(key)
    place = order[np.minimum(np.searchsorted(key, less, sorter=order), len(key) - 1)]
    return np.where(key[place] == less, place, -1)


def _start(beta: Floats, near: Whole, table: Whole) -> Floats:
    """Where to begin, shape (rows, terms): by three terms, or by two; NaN where one of the models has no fit (yet)."""
    start = np.full((len(near), beta.shape[2]), np.nan)
    for number in (7, 3):
        rows = np.flatnonzero((near[:, :number] >= 0).all(axis=1) & np.isnan(start[:, 0]))
        start[rows] = sum(_SIGNS[place] * beta[near[rows, place], table[rows]] for place in range(number))
    return start
