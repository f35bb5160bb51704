"""What the latent class sampler works on: its prior, the histories that somebody has, and where the chains are."""

from __future__ import annotations

from dataclasses import dataclass, replace

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

    def of(self, counts: Whole) -> Seen:
        """The same histories with other numbers of people, none among them."""
        return replace(self, counts=counts, people=int(counts.sum()))

    def products(self, first: Floats, factors: Floats) -> Floats:
        """`first` times the factors of the lists that a history is on: shape (cells, ...), factors (lists, ...)."""
        found = np.empty((len(self.steps), *first.shape))
        found[self.steps[0][0]] = first
        for place, before, last in self.steps[1:]:
            np.multiply(found[before], factors[last], out=found[place])
        return found[: len(self.counts)]


@dataclass
class State:
    """Where the chains are.

    `on` and `off`: lambda and 1 - lambda, shape (lists, classes, chains). `weight`: logarithms of pi, shape (classes,
    chains). `alpha`, shape (chains,).
    """

    on: Floats
    off: Floats
    weight: Floats
    alpha: Floats

    def taken(self, chains: Whole) -> State:
        """A state of these chains, some of them perhaps more than once."""
        return State(*(np.ascontiguousarray(part[..., chains]) for part in self._parts()))

    def flat(self) -> Floats:
        """All of it in one row, to be kept."""
        return np.concatenate([part.ravel() for part in self._parts()])

    def fill(self, row: Floats) -> None:
        """What `flat` gave, put back."""
        parts = self._parts()
        cuts = np.cumsum([part.size for part in parts])[:-1]
        for part, values in zip(parts, np.split(row, cuts), strict=True):
            part[:] = values.reshape(part.shape)

    def _parts(self) -> tuple[Floats, ...]:
        return self.on, self.off, self.weight, self.alpha


def seen(counts: Whole) -> Seen:
    """The histories with people in them, from counts of shape (2**k,)."""
    masks = np.flatnonzero(counts)
    held = counts[masks].astype(np.int64)
    places = np.arange(len(counts).bit_length() - 1)
    on = np.vstack([masks >> places[:, None] & 1, np.ones(len(masks), dtype=np.int64)])
    return Seen(held, on.astype(np.float64), int(held.sum()), _steps(masks.tolist()))


def found_share(on: Floats, off: Floats) -> Floats:
    """The chance to be on a list at all, 1 - prod(1 - lambda), summed so that a small one keeps its digits."""
    share: Floats = on[-1]
    for place in range(len(on) - 2, -1, -1):
        share = share * off[place] + on[place]
    return share


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
