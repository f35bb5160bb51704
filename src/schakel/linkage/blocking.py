"""Which registrations share a key of a block: found by sorting whole numbers, one block at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from schakel.linkage.coded import combined

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from schakel.linkage.model import Block


@dataclass(frozen=True)
class Crowded:
    """A block of which some keys are shared by too many registrations to compare them all: told, not hidden."""

    columns: tuple[str, ...]
    keys: int
    registrations: int


@dataclass(frozen=True, eq=False)
class Shared:
    """The registrations (by position) that share a key of one block, the key of each, and what that comes to.

    Keys are 0, 1, 2, ... and stand in order. `candidates` is how many pairs they make.
    """

    positions: NDArray[np.int64]
    keys: NDArray[np.int64]
    candidates: int
    crowded: Crowded | None


def shared(prepared: pd.DataFrame, block: Block) -> Shared:
    """The keys of a block: those of two registrations or more, up to the largest number that the block allows."""
    count = len(prepared)
    positions, sizes = _runs([prepared[name] for name in block.columns], count)
    if not len(sizes):
        return Shared(positions, positions, 0, None)
    largest = _largest(np.bincount(sizes), block.pairs * count)
    chosen = (sizes > 1) & (sizes <= largest)
    crowds = sizes[sizes > largest]
    many = sizes[chosen]
    return Shared(
        positions[np.repeat(chosen, sizes)],
        np.repeat(np.arange(len(many)), many),
        int((many * (many - 1) // 2).sum()),
        Crowded(block.columns, len(crowds), int(crowds.sum())) if len(crowds) else None,
    )


def _runs(columns: list[pd.Series], count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions in the order of their codes, and how many there are of each code in turn.

    Code and position are one whole number, because numbers are sorted five times as fast as places of numbers.
    """
    bits = max(count - 1, 1).bit_length()
    codes, _ = combined(columns, 1 << (62 - bits))
    known = np.flatnonzero(codes >= 0)
    packed = np.sort((codes[known] << bits) | known)
    starts = np.flatnonzero(np.diff(packed >> bits, prepend=-1))
    return packed & ((1 << bits) - 1), np.diff(starts, append=len(packed))


def _largest(keys: NDArray[np.int64], pairs: float) -> int:
    """The largest number of registrations that a key may have, so that the block makes at most `pairs` in all.

    `keys[many]` is how many keys have `many` registrations. Two are always allowed.
    """
    sizes = np.flatnonzero(keys)
    sizes = sizes[sizes > 1]
    made = np.cumsum(keys[sizes] * sizes * (sizes - 1) / 2)
    allowed = sizes[(made <= pairs) | (sizes == 2)]
    return int(allowed.max(initial=2))
