"""Sums over subsets and supersets of lists: the algebra that takes the place of a design matrix.

A set of lists is a bit mask: list i is bit i, so `0b101` is lists 1 and 3 together. An array over all sets has one
cell for each mask along its *first* axis, 2^k in all; whatever axes follow are a batch. With that,
a log-linear predictor is a subset sum of its parameters, and X'y and X'WX are superset sums of y and of the weights:
k 2^(k-1) additions where a matrix product takes 2^k p (Yates' algorithm; methods page "bit masks"). For a small
batch one matrix product is quicker all the same: an addition for each list is as many times what it takes to begin one.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:  # what checks types needs it, and no estimate
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
Whole: TypeAlias = "NDArray[np.int64]"
Mask: TypeAlias = "NDArray[np.bool_]"


AT_ONCE = 1 << 18  # products below which a matrix product is quicker, and keeps to one thread


def superset_sums(values: Floats) -> Floats:
    """For each mask A the sum of `values` over all masks that hold A. Shape (2^k, ...) in and out; a new array."""
    if len(values) * values.size < AT_ONCE:
        return _together(_within(len(values)), values)
    summed = np.array(values, order="C")
    step = 1
    while step < len(summed):
        halves = summed.reshape(len(summed) // (2 * step), 2, -1)
        np.add(halves[:, 0], halves[:, 1], out=halves[:, 0])
        step *= 2
    return summed


def subset_sums(values: Floats) -> Floats:
    """For each mask A the sum of `values` over all masks within A. Shape (2^k, ...) in and out; a new array."""
    if len(values) * values.size < AT_ONCE:
        return _together(_within(len(values)).T, values)
    summed = np.array(values, order="C")
    step = 1
    while step < len(summed):
        halves = summed.reshape(len(summed) // (2 * step), 2, -1)
        np.add(halves[:, 1], halves[:, 0], out=halves[:, 1])
        step *= 2
    return summed


@cache
def _within(cells: int) -> Floats:
    """Shape (cells, cells): 1 where the mask of the row lies within that of the column."""
    masks = np.arange(cells)
    return np.asarray((masks[:, None] & masks) == masks[:, None], dtype=np.float64)


def _together(which: Floats, values: Floats) -> Floats:
    """The sums of `values` over the masks of each row of `which`."""
    return np.asarray(which @ values.reshape(len(values), -1)).reshape(values.shape)


def sizes(lists: int) -> Whole:
    """How many lists each mask holds, for all 2^k masks."""
    return np.array([mask.bit_count() for mask in range(1 << lists)], dtype=np.int64)


def masks_of_size(lists: int, size: int) -> tuple[int, ...]:
    """The masks of exactly `size` lists, in the order 12, 13, ..., 23, ... of the field."""
    return tuple(sum(1 << place for place in chosen) for chosen in combinations(range(lists), size))


@cache
def members(mask: int) -> tuple[int, ...]:
    """The places of the lists in a mask, the first list being 0."""
    return tuple(place for place in range(mask.bit_length()) if mask >> place & 1)


def subsets(mask: int) -> tuple[int, ...]:
    """All masks within a mask, itself and the empty one included, from small to large number."""
    found, part = [0], 0
    while part != mask:
        part = (part - mask) & mask
        found.append(part)
    return tuple(found)


def number_of_lists(cells: int) -> int:
    """k, from the 2^k cells of an array."""
    return cells.bit_length() - 1
