"""Sums over subsets and supersets of lists: the algebra that takes the place of a design matrix.

A set of lists is a bit mask: list i is bit i, so `0b101` is lists 1 and 3 together. An array over all sets has one
cell for each mask along its *first* axis, 2^k in all; whatever axes follow are a batch. With that,
a log-linear predictor is a subset sum of its parameters, and X'y and X'WX are superset sums of y and of the weights:
k 2^(k-1) additions where a matrix product takes 2^k p (Yates' algorithm; methods page "bit masks").
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def superset_sums(values: Floats) -> Floats:
    """For each mask A the sum of `values` over all masks that hold A. Shape (2^k, ...) in and out; a new array."""
    summed = np.array(values, order="C")
    step = 1
    while step < len(summed):
        halves = summed.reshape(len(summed) // (2 * step), 2, -1)
        halves[:, 0] += halves[:, 1]
        step *= 2
    return summed


def subset_sums(values: Floats) -> Floats:
    """For each mask A the sum of `values` over all masks within A. Shape (2^k, ...) in and out; a new array."""
    summed = np.array(values, order="C")
    step = 1
    while step < len(summed):
        halves = summed.reshape(len(summed) // (2 * step), 2, -1)
        halves[:, 1] += halves[:, 0]
        step *= 2
    return summed


def sizes(lists: int) -> Whole:
    """How many lists each mask holds, for all 2^k masks."""
    return np.array([mask.bit_count() for mask in range(1 << lists)], dtype=np.int64)


def masks_of_size(lists: int, size: int) -> tuple[int, ...]:
    """The masks of exactly `size` lists, in the order 12, 13, ..., 23, ... of the field."""
    return tuple(sum(1 << place for place in chosen) for chosen in combinations(range(lists), size))


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
