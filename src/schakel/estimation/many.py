"""Any model on any table, very many at once: existence, fit, dark figure and likelihood of each pair of the two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schakel.estimation.existence import Mask, flags
from schakel.estimation.lattice import Floats, Whole, subset_sums, superset_sums
from schakel.estimation.newton import fit

BLOCK = 1 << 21  # cells of a block: bounds the memory


@dataclass(frozen=True)
class Many:
    """By pair of model and table: flag, dark figure, and the part of the log-likelihood that the model decides.

    That part is Σ y log μ - Σ μ. Where the flag is not 0, or the fit does not settle, they are inf and -inf.
    """

    flag: Whole
    unobserved: Floats
    kernel: Floats


def fit_many(holds: Mask, counts: Whole) -> Many:
    """Fit model i to table i, for all i.

    holds: shape (batch, 2^k), the terms of each model (hierarchical, intercept and lists included)
    counts: shape (2^k, batch), whole numbers, `counts[0]` zero; or (2^k, 1) for one table under all models
    """
    batch, cells = holds.shape
    tables = np.broadcast_to(counts, (cells, batch))
    size = max(1, BLOCK // cells)
    parts = [_fit_block(holds[part], tables[:, part].astype(np.float64))
             for part in (slice(begin, begin + size) for begin in range(0, batch, size))]  # fmt: skip
    return Many(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("flag", "unobserved", "kernel")))


def _fit_block(holds: Mask, counts: Floats) -> Many:
    overlaps = superset_sums(counts)
    people = (overlaps > 0).T
    finite = holds & people
    kept = subset_sums((holds & ~people).T.astype(np.float64)) == 0  # no empty term of the model within the cell
    kept[0] = False
    flag = np.zeros(len(holds), dtype=np.int64)
    unobserved, kernel = np.full(len(holds), np.inf), np.full(len(holds), -np.inf)
    sizes = finite.sum(axis=1)
    for size in np.flatnonzero(np.bincount(sizes)):
        rows = np.flatnonzero(sizes == size)
        terms = np.nonzero(finite[rows])[1].reshape(len(rows), size)
        flag[rows] = flags(terms, counts[:, rows] > 0, kept[:, rows])
        terms, rows = terms[flag[rows] == 0], rows[flag[rows] == 0]
        if len(rows):
            made = fit(counts[:, rows], terms, kept[:, rows])
            wanted = np.take_along_axis(overlaps[:, rows].T, terms, axis=1)
            with np.errstate(over="ignore"):
                unobserved[rows] = np.where(made.settled, np.exp(made.beta[:, 0]), np.inf)
            heights = (made.beta * wanted).sum(axis=1) - made.fitted.sum(axis=0)
            kernel[rows] = np.where(made.settled, heights, -np.inf)
    return Many(flag, unobserved, kernel)
