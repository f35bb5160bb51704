"""Long work in blocks: progress after each, a stop at any moment, and nothing done twice when it is taken up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np

from schakel.estimation.lattice import Floats

Progress = Callable[[int, int], None] | None
CELLS_AT_ONCE = 1 << 16  # cells of a block of tables, at most: more makes it no faster
FIRST, WATCHED = 32, 256  # items of the first block, and of the largest, where somebody looks on or it is kept


class Keeper(Protocol):
    """Where the results of blocks are kept, so that a stop loses nothing: see `files.Checkpoint`."""

    def kept(self) -> Mapping[int, list[float]]:
        """The results of the blocks that are done, by the place of their first item."""

    def keep(self, first: int, values: list[float]) -> None:
        """Keep the results of one block."""


def in_blocks(
    work: Callable[[int, int], Floats], total: int, cells: int, progress: Progress = None, keeper: Keeper | None = None
) -> Floats:
    """`work(begin, end)` for consecutive blocks of `total` items of `cells` cells each; the results in one row.

    `progress(done, total)` is called after each block and may raise (KeyboardInterrupt) to stop: what was done stands
    in the keeper. With one of the two, blocks begin small and stay small. The items must not depend on how they are
    divided.
    """
    most = max(8, CELLS_AT_ONCE // cells)
    size = min(FIRST, most) if progress or keeper else most
    done = keeper.kept() if keeper else {}
    results: list[Floats] = []
    end = 0
    while end < total:
        begin, before = end, done.get(end)
        if before and begin + len(before) <= total:
            results.append(np.array(before))
        else:
            results.append(work(begin, min(begin + size, total)))
            if keeper:
                keeper.keep(begin, results[-1].tolist())
            size = min(2 * size, most, max(size, WATCHED))
        end = begin + len(results[-1])
        if progress:
            progress(end, total)
    return np.concatenate(results)
