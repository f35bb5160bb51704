"""Ways as the bits of a number: counted by hand, and against plain enumeration."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.rules.grid import Grid, bit_numbers, partition, repeat
from schakel.vocabulary.errors import BadInput

# Two values, three values in two classes, two values: 2 x 2 x 2 ways.
GRID = Grid((4, 0, 2), ((0b01, 0b10), (0b001, 0b110), (0b01, 0b10)))
WAYS = [digits[::-1] for digits in product(range(2), repeat=3)]  # the first axis varies fastest


def ways(*numbers: int) -> int:
    return sum(1 << number for number in numbers)


def test_the_first_axis_varies_fastest() -> None:
    assert GRID.size == 8
    assert GRID.strides == (1, 2, 4, 8)
    assert GRID.slices[0] == (0b01010101, 0b10101010)
    assert GRID.slices[1] == (0b00110011, 0b11001100)
    assert GRID.slices[2] == (0b00001111, 0b11110000)


def test_where_a_component_has_one_of_some_values() -> None:
    assert GRID.where(1, 0b001) == 0b00110011
    assert GRID.where(1, 0b010) == GRID.where(1, 0b110) == 0b11001100, "a class is possible if one of its values is"
    assert GRID.where(1, 0b111) == GRID.everything
    assert GRID.where(1, 0) == 0


def test_what_masks_leave_possible() -> None:
    masks = [0b100, -1, 0b11, -1, 0b01]  # by component: 0 in its second class, 2 open, 4 at its first value
    assert GRID.within(masks) == ways(2, 6)


def test_the_values_that_occur_in_some_ways() -> None:
    assert GRID.alive(1, ways(0, 4)) == 0b001
    assert GRID.alive(1, ways(0, 2)) == 0b111


@given(st.integers(0, 255), st.integers(0, 2))
def test_folding_leaves_an_axis_out(found: int, axis: int) -> None:
    def rest(way: tuple[int, ...]) -> tuple[int, ...]:
        return way[:axis] + way[axis + 1 :]

    left = {rest(way) for number, way in enumerate(WAYS) if found >> number & 1}
    expected = [number for number, way in enumerate(WAYS) if way[axis] == 0 and rest(way) in left]
    assert GRID.fold(found, axis) == ways(*expected)


@given(st.integers(0, 2), st.integers(1, 3), st.data())
def test_spreading_repeats_some_axes_over_the_others(first: int, length: int, data: st.DataObject) -> None:
    last = min(first + length, 3)
    block = data.draw(st.integers(0, (1 << (1 << (last - first))) - 1))
    small = [digits[::-1] for digits in product(range(2), repeat=last - first)]
    wanted = {way for number, way in enumerate(small) if block >> number & 1}
    expected = [number for number, way in enumerate(WAYS) if way[first:last] in wanted]
    assert GRID.spread(block, first, last) == ways(*expected)


def test_classes_are_as_fine_as_the_cuts() -> None:
    assert partition(0b111, []) == (0b111,)
    assert sorted(partition(0b1111, [0b0011, 0b0110])) == [0b0001, 0b0010, 0b0100, 0b1000]
    assert sorted(partition(0b1111, [0b0011, 0b1100])) == [0b0011, 0b1100]


@pytest.mark.parametrize("times", range(1, 9))
def test_a_block_is_repeated(times: int) -> None:
    assert format(repeat(0b011, 3, times), "b").zfill(3 * times) == "011" * times


def test_the_numbers_of_bits() -> None:
    assert list(bit_numbers(0b10110)) == [1, 2, 4]
    assert list(bit_numbers(0)) == []


def test_too_many_ways_are_refused_in_a_sentence() -> None:
    huge = Grid(tuple(range(30)), ((1, 2),) * 30, "the rule 'everything'")
    with pytest.raises(BadInput, match="the rule 'everything' rests on too many facts"):
        _ = huge.everything
