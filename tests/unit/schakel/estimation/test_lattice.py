"""Sums over the lattice of sets of lists, against sums written out."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation.lattice import (
    masks_of_size,
    members,
    number_of_lists,
    sizes,
    subset_sums,
    subsets,
    superset_sums,
)


@pytest.mark.parametrize("shape", [(2,), (8,), (16, 3), (8, 2, 2), (64, 100), (16, 3, 400)])
def test_sums_are_those_written_out(shape):
    values = np.random.default_rng(1).normal(size=shape)
    masks = range(shape[0])
    within = np.array([sum(values[part] for part in masks if part & mask == part) for mask in masks])
    around = np.array([sum(values[whole] for whole in masks if whole & mask == mask) for mask in masks])
    assert subset_sums(values) == pytest.approx(within)
    assert superset_sums(values) == pytest.approx(around)


def test_the_values_themselves_are_left_alone_in_any_memory_order():
    values = np.asfortranarray(np.arange(16.0).reshape(8, 2))
    before = values.copy()
    assert superset_sums(values)[0] == pytest.approx(before.sum(axis=0))
    assert np.array_equal(values, before)


def test_masks_come_in_the_order_of_the_field():
    assert masks_of_size(4, 2) == (0b0011, 0b0101, 0b1001, 0b0110, 0b1010, 0b1100)


def test_members_subsets_sizes():
    assert members(0b1101) == (0, 2, 3)
    assert subsets(0b101) == (0, 0b001, 0b100, 0b101)
    assert sizes(3).tolist() == [0, 1, 1, 2, 1, 2, 2, 3]
    assert number_of_lists(64) == 6
