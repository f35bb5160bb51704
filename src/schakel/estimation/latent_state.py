"""What the latent class sampler works on: its prior, the histories that somebody has, and where the chains are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Prior:
    """How many classes at most, and the Gamma prior of alpha; the defaults are those that LCMCR was run with."""

    classes: int = 10
    shape: float = 0.25
    rate: float = 0.25


@dataclass(frozen=True)
class Seen:
    """The histories that somebody has.

    `on`, shape (lists + 1, cells): 1 for each list that the history is on, and a last row of ones.
    `steps`: products of odds that give all histories: (place of a history, of the one without its last list, that list)
    """

    counts: Whole
    on: Floats
    people: int
    steps: tuple[tuple[int, int, int], ...]

    @property
    def lists(self) -> int:
        return len(self.on) - 1


@dataclass
class State:
    """Where the chains are.

    `on` and `off`: lambda and 1 - lambda, shape (lists, classes, chains). Logarithms: `weight` of pi and `rest` of what
    the stick still has before each class, shape (classes, chains). `alpha`, shape (chains,).
    """

    on: Floats
    off: Floats
    weight: Floats
    rest: Floats
    alpha: Floats

    def flat(self) -> Floats:
        """All of it in one row, to be kept."""
        return np.concatenate([part.ravel() for part in (self.on, self.off, self.weight, self.rest, self.alpha)])

    def fill(self, row: Floats) -> None:
        """What `flat` gave, put back."""
        parts = (self.on, self.off, self.weight, self.rest, self.alpha)
        cuts = np.cumsum([part.size for part in parts])[:-1]
        for part, values in zip(parts, np.split(row, cuts), strict=True):
            part[:] = values.reshape(part.shape)


def seen(counts: Whole) -> Seen:
    """The histories with people in them, from counts of shape (2**k,)."""
    masks = np.flatnonzero(counts)
    held = counts[masks].astype(np.int64)
    places = np.arange(len(counts).bit_length() - 1)
    on = np.vstack([masks >> places[:, None] & 1, np.ones(len(masks), dtype=np.int64)])
    return Seen(held, on.astype(np.float64), int(held.sum()), _steps(masks.tolist()))


def _steps(masks: list[int]) -> tuple[tuple[int, int, int], ...]:
    """How to multiply odds so that each history takes one product; what only helps stands after the histories."""
    place = {mask: number for number, mask in enumerate(masks)}
    for mask in masks:
        before = mask
        while before:
            before -= 1 << (before.bit_length() - 1)
            place.setdefault(before, len(place))
    order = sorted(mask for mask in place if mask)
    first = ((place[0], -1, -1),)
    last = [mask.bit_length() - 1 for mask in order]
    return first + tuple((place[mask], place[mask - (1 << one)], one) for mask, one in zip(order, last, strict=True))
