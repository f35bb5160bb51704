"""Long work in blocks: progress after each, a stop at any moment, and nothing done twice when it is taken up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np

from schakel.estimation.lattice import Floats

Progress = Callable[[int, int], None] | None
CELLS_AT_ONCE = 1 << 16  # cells of a block of tables: small enough to see progress, large enough to lose no speed


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
    in the keeper. The items must not depend on how they are divided.
    """
    size = max(8, CELLS_AT_ONCE // cells)
    done = keeper.kept() if keeper else {}
    results: list[Floats] = []
    for begin in range(0, total, size):
        end = min(begin + size, total)
        before = done.get(begin)
        if before is not None and len(before) == end - begin:
            results.append(np.array(before))
        else:
            results.append(work(begin, end))
            if keeper:
                keeper.keep(begin, results[-1].tolist())
        if progress:
            progress(end, total)
    return np.concatenate(results)
