"""Chance that comes in: one stream of random numbers for each step, so that a change of one step leaves the others."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]


def stream(seed: int, step: str) -> np.random.Generator:
    """The random numbers of one step under a seed; the same for the same words, on every machine."""
    return np.random.default_rng([seed, zlib.crc32(step.encode())])


def choose(chances: Sequence[float] | Numbers, draw: Numbers) -> Numbers:
    """For each draw from [0, 1) the place of the choice, with these chances (need not add up to 1 exactly)."""
    steps = np.cumsum(np.asarray(chances, dtype=float))
    return np.minimum(np.searchsorted(steps / steps[-1], draw, side="right"), len(steps) - 1)


def choose_by(kind: Numbers, chances: Mapping[int, Sequence[float] | Numbers], draw: Numbers, dtype: Any) -> Numbers:
    """As `choose`, with other chances for each kind; kinds without chances get 0."""
    chosen = np.zeros(len(draw), dtype=dtype)
    for one, weights in chances.items():
        here = np.flatnonzero(kind == one)
        chosen[here] = choose(weights, draw[here])
    return chosen
