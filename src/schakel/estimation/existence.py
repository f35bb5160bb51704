"""Does a model have an estimate with these counts, and only one? Asked before anything is fitted.

The flags are those of Chan, Silverman & Vincent (2021): 0 fine, 1 no extended maximum likelihood estimate, 2 not
identifiable, 3 both. The extended estimate (Fienberg & Rinaldo 2012) lets a term without people be minus infinity: its
cells then have an expected count of zero and drop out, and the question is asked of what remains.

In what remains let P be the rows of the design matrix with people in them, Z those without, N a basis of the null
space of P with dimension r, and V = Z N.

* r = 0: the likelihood is strictly concave and has its maximum: flag 0. Most models end here, so this is decided in
  batches, from the pivots of P'P, whose entries are superset sums.
* V has rank below r: some direction changes no cell at all, the model is not identifiable (2).
* A maximum exists if and only if no direction z has Vz ≤ 0 and Vz ≠ 0: along it the likelihood rises for ever (1).
  With rank 1 that means V has both signs; with rank 2 the edges of the cone are tried; beyond that a linear program.
"""

from __future__ import annotations

import numpy as np

from schakel.estimation.lattice import Floats, Mask, Whole, superset_sums
from schakel.estimation.terms import Model
from schakel.vocabulary.extras import needing

SMALL = 1e-9  # of an entry of V, whose rows are of order one
PIVOT = 1e-7  # a smaller pivot of P'P is looked at again, by its singular values


def flag_of(model: Model, counts: Whole) -> int:
    """The flag of one model: `counts` has shape (2^k,)."""
    overlaps = superset_sums(counts.astype(np.float64))
    terms = np.array([mask for mask in model.masks if overlaps[mask] > 0], dtype=np.int64)
    return int(flags(terms[None, :], (counts > 0)[:, None], kept_cells(model, overlaps)[:, None])[0])


def kept_cells(model: Model, overlaps: Floats) -> Mask:
    """The observable cells that no empty term of the model takes away; shape (2^k,)."""
    cells = np.arange(1 << model.lists)
    kept = cells > 0
    for mask in model.masks:
        if overlaps[mask] == 0:
            kept &= (cells & mask) != mask
    return kept


def flags(terms: Whole, occupied: Mask, kept: Mask) -> Whole:
    """The flags of a batch of models.

    terms: shape (batch, p), the masks of the terms that are not at minus infinity, as many for each
    occupied, kept: shape (2^k, batch), cells with people, and cells that no empty term took away
    """
    found = np.zeros(len(terms), dtype=np.int64)
    for number in np.flatnonzero(~full_rank(terms, occupied)):
        found[number] = _flag(terms[number], occupied[:, number], kept[:, number])
    return found


def full_rank(terms: Whole, occupied: Mask) -> Mask:
    """Which models of the batch are certainly of full rank on the cells with people; shapes as in `flags`.

    Gaussian elimination on P'P, all models at once. Where a pivot is too small to tell, the answer is no, and the
    singular values decide.
    """
    batch = np.arange(len(terms))
    sums = superset_sums(occupied.astype(np.float64))
    masks = terms.T
    gram = sums[masks[:, None] | masks[None, :], batch]
    lowest = np.full(len(terms), np.inf)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for place in range(len(masks)):
            pivot = gram[place, place]
            lowest = np.fmin(lowest, np.where(np.isfinite(pivot), pivot, -np.inf))
            rest = slice(place + 1, None)
            gram[rest, rest] -= (gram[rest, place] / pivot)[:, None] * gram[place, rest][None, :]
    return np.asarray(lowest > PIVOT)


def _flag(terms: Whole, occupied: Mask, kept: Mask) -> int:
    """The flag of one model whose rank on the cells with people may fall short."""
    cells = np.arange(len(kept))
    design = ((cells[:, None] & terms) == terms).astype(np.float64)
    null = _null_space(design[occupied & kept])
    if null.shape[1] == 0:
        return 0
    moved = design[kept & ~occupied] @ null
    moved[np.abs(moved) < SMALL] = 0.0
    basis = _row_space(moved)
    unidentified = 2 if basis.shape[1] < null.shape[1] else 0
    return unidentified + (0 if _bounded(moved @ basis) else 1)


def _null_space(matrix: Floats) -> Floats:
    """An orthonormal basis of what the matrix sends to zero, as columns."""
    if not len(matrix):
        return np.eye(matrix.shape[1])
    _, values, right = np.linalg.svd(matrix)
    rank = int((values > values[0] * max(matrix.shape) * np.finfo(float).eps * 8).sum())
    return np.asarray(right[rank:].T)


def _row_space(matrix: Floats) -> Floats:
    """An orthonormal basis of the rows of the matrix, as columns."""
    if not matrix.size:
        return np.zeros((matrix.shape[1], 0))
    _, values, right = np.linalg.svd(matrix, full_matrices=False)
    return np.asarray(right[values > SMALL].T)


def _bounded(rows: Floats) -> bool:
    """Whether no direction z has `rows` z ≤ 0 other than with equality: then the likelihood has a maximum.

    `rows` has full column rank.
    """
    rank = rows.shape[1]
    if rank == 0:
        return True
    if rank == 1:
        return bool((rows > SMALL).any() and (rows < -SMALL).any())
    if rank == 2:
        edges = rows[np.abs(rows).max(axis=1) > SMALL] @ np.array([[0.0, 1.0], [-1.0, 0.0]])
        moved = rows @ np.vstack([edges, -edges]).T
        return bool((moved > SMALL).any(axis=0).all())
    return _bounded_by_program(rows)


def _bounded_by_program(rows: Floats) -> bool:
    """As `_bounded`, by a linear program: how far down can the rows be brought together?"""
    with needing("estimate"):
        from scipy.optimize import linprog
    free = rows.shape[1]
    lowest = linprog(
        rows.sum(axis=0),
        A_ub=np.vstack([rows, -rows]),
        b_ub=np.concatenate([np.zeros(len(rows)), np.ones(len(rows))]),
        bounds=[(None, None)] * free,
        method="highs",
    )
    return bool(lowest.fun > -SMALL * len(rows) - 1e-7)
