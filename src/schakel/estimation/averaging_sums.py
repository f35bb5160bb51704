"""The sum over all graphs and a grid: by point and by graph, a chunk of the grid at a time, each of which can be kept.

    weight(graph, point) = exp(sum over sets of lists S of terms(graph, S) parts(S, point) + prior(point))

A chunk is some seconds of work at most. What it gave stands in the keeper, so that a run that was stopped does only the
chunks that it had not done; how the grid is divided hangs on the numbers of graphs and points alone, so that the answer
is the same to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schakel.estimation.posterior import Floats
from schakel.estimation.running import Keeper, Progress

BLOCK = 4_000_000  # weights held at once
CHUNK = 16 * BLOCK  # weights between one that is kept and the next
NEGLIGIBLE = -60.0  # log of a weight, relative to the largest, below which a graph does not count
THIN, SURE = 16, -20.0  # on each so many points of a grown grid is seen which graphs count; by so much to spare


@dataclass(frozen=True)
class Work:
    """Who is told how far a sum is, and where its chunks are kept; `first` numbers the first chunk of this sum."""

    progress: Progress = None
    keeper: Keeper | None = None
    first: int = 0

    def kept(self) -> Mapping[int, list[float]]:
        return self.keeper.kept() if self.keeper else {}

    def keep(self, number: int, values: list[float]) -> None:
        if self.keeper:
            self.keeper.keep(self.first + number, values)


ALONE = Work()  # nobody is told and nothing is kept


def counting(terms: Floats, parts: Floats, prior: Floats, thin: int) -> NDArray[np.intp]:
    """The graphs that count, as seen on every `thin`th point of the grid.

    A grid that was grown has four points to the least standard deviation of a graph's posterior, so that its top lies
    within two of them from one of these points: there its weight is e**-2 of the top, or more.
    """
    if thin == 1 or len(prior) < 2 * thin:
        return np.arange(len(terms))
    some = np.append(np.arange(0, len(prior), thin), len(prior) - 1)
    best = np.full(len(terms), -np.inf)
    for span in spans(len(some), BLOCK // len(terms)):
        np.maximum(best, (terms @ parts[:, some[span]] + prior[some[span]]).max(axis=1), out=best)
    return np.flatnonzero(best > best.max() + NEGLIGIBLE + SURE)


def summed(terms: Floats, parts: Floats, prior: Floats, work: Work) -> tuple[Floats, Floats]:
    """The share of each grid point and of each graph, from the log weights of the two together."""
    highest = None
    if len(prior) > BLOCK // len(terms):  # the highest weight first, so that all blocks are on one scale
        thin = slice(None, None, max(1, len(prior) // max(1, BLOCK // len(terms))))
        highest = float((terms @ parts[:, thin] + prior[thin]).max())
    points, by_graph = np.zeros(len(prior)), np.zeros(len(terms))
    kept = work.kept()
    for number, chunk in enumerate(spans(len(prior), CHUNK // len(terms))):
        told = kept.get(work.first + number)
        if told is None or len(told) < chunk.stop - chunk.start:
            told = _told(*_chunk(terms, parts[:, chunk], prior[chunk], highest))
            work.keep(number, told)
        _add(told, chunk, points, by_graph)
        if work.progress:
            work.progress(chunk.stop, len(prior))
    whole = points.sum()
    return points / whole, by_graph / whole


def spans(total: int, size: int) -> list[slice]:
    """`total` things in slices of `size`, one at least."""
    size = max(1, size)
    return [slice(start, min(start + size, total)) for start in range(0, total, size)]


def _chunk(terms: Floats, parts: Floats, prior: Floats, highest: float | None) -> tuple[Floats, Floats]:
    """The weights of a chunk summed over graphs, and over its points; on the scale of the highest of all."""
    points, by_graph = np.zeros(len(prior)), np.zeros(len(terms))
    for span in spans(len(prior), BLOCK // len(terms)):
        weights = terms @ parts[:, span]
        weights += prior[span]
        best = weights.max(axis=1)
        top = float(best.max()) if highest is None else highest
        counts = np.flatnonzero(best > top + NEGLIGIBLE)
        chances = np.exp(weights[counts] - top)
        points[span] = chances.sum(axis=0)
        by_graph[counts] += chances.sum(axis=1)
    return points, by_graph


def _told(points: Floats, by_graph: Floats) -> list[float]:
    """A chunk as a row of numbers: its points, then which graphs count, then their sums."""
    some = np.flatnonzero(by_graph)
    return [*points.tolist(), *some.tolist(), *by_graph[some].tolist()]


def _add(told: list[float], chunk: slice, points: Floats, by_graph: Floats) -> None:
    """Put a chunk in its place."""
    here = chunk.stop - chunk.start
    points[chunk] = told[:here]
    some, sums = np.split(np.array(told[here:]), 2)
    by_graph[some.astype(np.intp)] += sums
