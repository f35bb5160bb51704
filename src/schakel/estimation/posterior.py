"""A posterior of the number of people on a grid: its quantiles, its middle, and whether it has more than one hump."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Posterior:
    """What is known of the number of people: a grid over the unseen, and the share of each point and each graph.

    `unseen`, shape (points,): numbers of people on no list. `width`: how many whole numbers each point stands for (all
    one on a grid of the user's own, as in the peer). `share`: posterior of each point, adding up to one. `graphs`:
    posterior of each graph of `schakel.estimation.graphs.decomposable`. `beyond`: estimated share beyond the grid.
    """

    observed: int
    unseen: Floats
    width: Floats
    share: Floats
    graphs: Floats
    beyond: float

    def quantile(self, chance: float) -> float:
        """The population of which the posterior of being at most that is `chance`.

        On a grid that grew, straight lines run between the edges of the cells; on a typed grid it is the first point
        at which the sum reaches `chance`, as the peer counts.
        """
        upto = np.cumsum(self.share)
        at = min(int(np.searchsorted(upto, chance)), len(upto) - 1)
        if self.width.max() == 1:
            return self.observed + float(self.unseen[at])
        before = upto[at] - self.share[at]
        into = (chance - before) / self.share[at] if self.share[at] else 0.5
        return float(max(self.observed, self.observed + self.unseen[at] + (min(into, 1.0) - 0.5) * self.width[at]))

    @property
    def mode(self) -> float:
        """The population with the largest posterior, a whole number each."""
        return self.observed + float(self.unseen[np.argmax(self.share / self.width)])

    @property
    def mean(self) -> float:
        """The mean over the grid. Under a graph that joins all lists there is none: it rises with the grid's end."""
        return self.observed + float(self.unseen @ self.share)

    def humps(self, least: float = 0.05) -> tuple[tuple[float, float], ...]:
        """The separate humps of the posterior that hold at least `least` of it: (population at the top, share).

        Humps are told apart in the posterior of the logarithm of the unseen, where a valley must lie at half the
        lower top or deeper.
        """
        height = self.share / self.width * (self.unseen + 1)
        parted = valleys(height, depth=0.5)
        found = []
        for start, end in zip((0, *parted), (*parted, len(height)), strict=True):
            top = start + int(np.argmax(height[start:end]))
            found.append((self.observed + float(self.unseen[top]), float(self.share[start:end].sum())))
        return tuple(hump for hump in found if hump[1] >= least)


def valleys(height: Floats, depth: float) -> tuple[int, ...]:
    """Where a curve lies at `depth` or less of the highest on either side: the lowest place of each stretch."""
    before, after = np.maximum.accumulate(height), np.maximum.accumulate(height[::-1])[::-1]
    deep = np.flatnonzero(height <= depth * np.minimum(before, after))
    if not len(deep):
        return ()
    stretches = np.split(deep, np.flatnonzero(np.diff(deep) > 1) + 1)
    return tuple(int(stretch[np.argmin(height[stretch])]) for stretch in stretches)
