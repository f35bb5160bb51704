"""Truth tables as whole numbers: bit n says whether something holds in the n-th way to fill in a few facts.

A grid numbers the ways: like the digits of a number, each axis has a stride, and one digit for every
class of values that the table need not tell apart. Anding such numbers looks at all ways at once,
which is what makes an exact answer cheap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import accumulate
from math import prod
from operator import or_

from schakel.vocabulary.errors import BadInput

MOST_WAYS = 1 << 24
Masks = Sequence[int]


@dataclass(frozen=True)
class Grid:
    """All ways to fill in `components` (numbers in the space); the first one varies fastest."""

    components: tuple[int, ...]
    classes: tuple[tuple[int, ...], ...]
    owner: str = ""

    @cached_property
    def size(self) -> int:
        return prod(map(len, self.classes))

    @cached_property
    def strides(self) -> tuple[int, ...]:
        return tuple(accumulate(map(len, self.classes), int.__mul__, initial=1))

    @cached_property
    def everything(self) -> int:
        """All ways. Raises `BadInput` where there are too many to write down."""
        if self.size > MOST_WAYS:
            raise BadInput(f"{self.owner} rests on too many facts at once", where="content",
                           remedy="Split the rule, or loosen the constraints that tie these facts")  # fmt: skip
        return (1 << self.size) - 1

    @cached_property
    def slices(self) -> tuple[tuple[int, ...], ...]:
        """Per axis and class the ways in which the component has a value of that class."""
        return tuple(
            tuple(self.spread(1 << digit, axis, axis + 1) for digit in range(len(classes)))
            for axis, classes in enumerate(self.classes)
        )

    @cached_property
    def _seen(self) -> tuple[dict[int, int], ...]:
        return tuple({} for _ in self.components)

    def where(self, axis: int, mask: int) -> int:
        """The ways in which the component of `axis` has a value in `mask`."""
        seen = self._seen[axis]
        if mask not in seen:
            pairs = zip(self.classes[axis], self.slices[axis], strict=True)
            seen[mask] = reduce(or_, (ways for values, ways in pairs if values & mask), 0)
        return seen[mask]

    def within(self, masks: Masks) -> int:
        """The ways that `masks` leave possible, component by component."""
        ways = self.everything
        for axis, (component, seen) in enumerate(zip(self.components, self._seen, strict=True)):
            ways &= seen.get(masks[component]) or self.where(axis, masks[component])
        return ways

    def alive(self, axis: int, ways: int) -> int:
        """The values that the component of `axis` has in some of `ways`."""
        pairs = zip(self.classes[axis], self.slices[axis], strict=True)
        return reduce(or_, (values for values, part in pairs if ways & part), 0)

    def fold(self, ways: int, axis: int) -> int:
        """Which ways of the *other* components some value of `axis` completes (written at its first class)."""
        stride = self.strides[axis]
        shifted = ((ways & part) >> digit * stride for digit, part in enumerate(self.slices[axis]))
        return reduce(or_, shifted, 0)

    def spread(self, ways: int, first: int, last: int) -> int:
        """Ways over the axes from `first` up to `last` as ways over the whole grid."""
        stride, width = self.strides[first], self.strides[last]
        if stride > 1:
            block = (1 << stride) - 1
            ways = reduce(or_, (block << number * stride for number in bit_numbers(ways)), 0)
        return repeat(ways, width, self.size // width)


def partition(everything: int, cuts: Iterable[int]) -> tuple[int, ...]:
    """The values in classes that none of `cuts` tells apart."""
    classes = [everything]
    for cut in set(cuts):
        classes = [part for values in classes for part in (values & cut, values & ~cut) if part]
    return tuple(classes)


def repeat(block: int, width: int, times: int) -> int:
    """`block` of `width` bits, `times` times in a row."""
    have = 1
    while have < times:
        more = min(have, times - have)
        block |= (block & ((1 << more * width) - 1)) << have * width
        have += more
    return block


def bit_numbers(ways: int) -> Iterable[int]:
    """The numbers of the bits that are set, lowest first."""
    while ways:
        low = ways & -ways
        yield low.bit_length() - 1
        ways ^= low
