"""Synthetic records: every combination of values in them, of any length, has at least k real holders.

A record is a set of values. One whose values together have k or more real holders is kept as it is. Of every other one
values are kept, one after another, as long as the kept ones together have k holders; then values that have fallen
behind are added where the record still has k holders. All subsets of a set with k holders
have k holders, so the one test for each distinct record proves all its combinations, whatever their length.

Count-aware: E[u, v] is how many people the pair (u, v) is behind its real count so far, E[v, v] the value v alone, and
D = E / real count, which is what is kept. Which value is kept next is drawn: each in proportion to how many holders it
leaves, times the mean of D over the pairs it would make, to the power `EAGER`. A value is added to no more people than
its pairs are behind. Without balancing, what is kept is drawn evenly and nothing is added: the reference that this is
measured against.

People whose kept values are the same so far are one group, with the real people who have these values too: then one
count over those holders tells of every value how many would be left. Not differentially private; for giving out once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from schakel.disclosure.coding import Coded, Holders
from schakel.disclosure.refusals import refusal
from schakel.disclosure.space import Ints

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

EAGER: Final = 4.0
LEAST: Final = 1e-3  # a value whose pairs are not behind at all can still be drawn
TINY: Final = 1e-6  # shares of counts are not whole numbers: one person behind may read as 0.9999999999
PART: Final = 512


@dataclass(frozen=True)
class Synthetic:
    """Synthetic records over the values of the real ones; `k` is proved for every one of them."""

    coded: Coded
    k: int
    kept_whole: int
    """How many people's records were kept as they are."""


def synthesise(real: Coded, *, k: int, seed: int, balanced: bool = True) -> Synthetic:
    """As many synthetic records as there are real ones. Raises `BadInput` when no combination has k holders."""
    holders = Holders(real, k)
    safe = np.flatnonzero(real.weights >= k)
    rest = np.flatnonzero(real.weights < k)
    enough = np.concatenate([holders.all_of(real.records[part]) >= k for part in _parts(rest)] or [rest < 0])
    whole, open_ = np.concatenate([safe, rest[enough]]), rest[~enough]
    if not (holders.all_of(np.arange(len(real.values))[:, None]) >= k).any():
        raise refusal("nobody-left", "", value=k)
    rng = np.random.default_rng(seed)
    drawn = rng.permutation(open_)
    made = _Maker(real, whole, drawn, k, rng, balanced=balanced).make()
    records = np.concatenate([real.records[whole], made])
    coded = real.with_rows(records, np.concatenate([real.weights[whole], real.weights[drawn]]))
    proof = prove(coded, real, k)
    if len(proof):
        raise AssertionError("a synthetic record has too few holders")
    return Synthetic(coded, k, int(real.weights[whole].sum()))


def prove(synthetic: Coded, real: Coded, k: int) -> Ints:
    """The places of the synthetic records that fewer than k real ones hold, from nothing; empty when all is proved.

    Both must be coded over the same values (`encode(..., like=...)`).
    """
    wide = Coded(real.columns, synthetic.values, real.records, real.weights)
    holders = Holders(wide, k)
    short = [part[holders.all_of(synthetic.records[part]) < k] for part in _parts(np.arange(len(synthetic.records)))]
    return np.concatenate(short) if short else np.zeros(0, dtype=np.int64)


def _parts(numbers: Ints, size: int = PART) -> list[Ints]:
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]


def pair_counts(records: Ints, weights: Ints, values: int) -> npt.NDArray[np.float64]:
    """How many people have each pair of values; on the diagonal each single value. The last row and column: empty."""
    found = np.zeros((values + 1) ** 2)
    for one in range(records.shape[1]):
        for other in range(records.shape[1]):
            place = (records[:, one] % (values + 1)) * (values + 1) + records[:, other] % (values + 1)
            found += np.bincount(place, weights=weights, minlength=len(found))
    grid = found.reshape(values + 1, values + 1)
    grid[-1], grid[:, -1] = 0.0, 0.0
    return grid


@dataclass(frozen=True)
class _Group:
    """People whose synthetic records have the same values so far, and the real records that hold all of these."""

    people: Ints
    values: tuple[int, ...]
    holders: Ints
    open: Bools
    """The values that may still be added, as far as was known before these holders were counted."""


class _Maker:
    """Makes records for the people whose own cannot be kept, and keeps count of what is behind."""

    def __init__(
        self, real: Coded, whole: Ints, drawn: Ints, k: int, rng: np.random.Generator, *, balanced: bool
    ) -> None:
        self.k, self.rng, self.balanced = k, rng, balanced
        self.nothing = len(real.values)
        self.records = np.where(real.records < 0, self.nothing, real.records)
        self.people = real.weights.astype(np.float64)
        self.each = np.repeat(self.people, len(real.columns)).reshape(self.records.shape)
        self.column = np.append(real.column_of, -1)
        self.other = self.column[None, :] != np.arange(len(real.columns))[:, None]
        self.own, self.weights = self.records[drawn], real.weights[drawn]
        counts = pair_counts(real.records, real.weights, self.nothing)
        self.counts = counts
        self.scale = np.divide(1.0, counts, out=np.zeros_like(counts), where=counts > 0)
        self.share = 1.0 - pair_counts(real.records[whole], real.weights[whole], self.nothing) * self.scale
        self.share[counts == 0] = 0.0
        self.made = np.full(self.own.shape, -1, dtype=np.int64)

    def make(self) -> Ints:
        every = np.arange(self.nothing + 1) < self.nothing
        ended = self._keep(_Group(np.arange(len(self.made)), (), np.arange(len(self.records)), every))
        if self.balanced:
            for place in self.rng.permutation(len(ended)).tolist():
                self._add(ended[place])
        return self.made

    def _keep(self, everybody: _Group) -> list[_Group]:
        """Of people's own values as many as have k holders; the groups that this ends in."""
        waiting, ended = [everybody], []
        while waiting:
            group = waiting.pop()
            if len(group.people) == 1:
                ended.append(self._keep_one(group))
                continue
            held, allowed = self._allowed(group)
            own = self.own[group.people]
            possible = allowed[own]
            scores = np.where(possible, self._drawn(group.values, held[own], own), -np.inf)
            value = own[np.arange(len(own)), scores.argmax(axis=1)]
            going = possible.any(axis=1)
            if not going.all():
                ended.append(_Group(group.people[~going], group.values, group.holders, allowed))
            for each in np.unique(value[going]).tolist():
                waiting.append(self._with(group, group.people[going & (value == each)], each, allowed))
        return ended

    def _keep_one(self, group: _Group) -> _Group:
        """The same for a group of one record: only its own values are looked at."""
        person, holders, chosen = int(group.people[0]), group.holders, list(group.values)
        own = self.own[person]
        free, left = np.ones(len(own) + 1, dtype=bool), group.open[own]
        while True:
            same = self.records[holders] == own
            held = self.people[holders] @ same
            possible = np.flatnonzero(left & (held >= self.k))
            if not len(possible):
                return _Group(group.people, tuple(chosen), holders, group.open & free[self.column])
            scores = self._drawn(tuple(chosen), held[possible], own[possible])
            place = int(possible[scores.argmax()])
            self._count(int(own[place]), chosen, group.people)
            chosen.append(int(own[place]))
            holders, left[place], free[place] = holders[same[:, place]], False, False

    def _allowed(self, group: _Group) -> tuple[Ints, Bools]:
        """How many of a group's holders have each value, and which values may still be added."""
        held = np.bincount(
            self.records[group.holders].ravel(), weights=self.each[group.holders].ravel(), minlength=self.nothing + 1
        ).astype(np.int64)
        allowed = group.open & (held >= self.k)
        return held, allowed

    def _drawn(self, chosen: tuple[int, ...], held: Floats | Ints, own: Ints) -> Floats:
        """Random scores of which the highest is a draw in proportion to holders and to how far pairs are behind."""
        if not self.balanced:
            return self.rng.random(own.shape)
        mean = self._share(chosen)[own] / (len(chosen) + 1)
        good = np.log(np.maximum(held, 1)) + EAGER * np.log(np.maximum(mean, LEAST))
        return np.asarray(good + self.rng.gumbel(size=own.shape))

    def _share(self, chosen: tuple[int, ...]) -> Floats:
        """For each value how far it and its pairs with some others are behind, as shares of their real counts."""
        return np.asarray(self.share.diagonal() + np.add.reduce(self.share[list(chosen)]))

    def _add(self, ended: _Group) -> None:
        """Values that are behind, in columns that are still empty, to no more people than they are behind."""
        waiting = [ended]
        while waiting:
            group = waiting.pop()
            held, allowed = self._allowed(group)
            pairs = self.share[list(group.values)] * self.counts[list(group.values)]
            room = np.minimum(self.share.diagonal() * self.counts.diagonal(), pairs.min(axis=0, initial=np.inf)) + TINY
            choices = np.flatnonzero(allowed & (room >= 1))
            if not len(choices):
                continue
            good = np.log(held[choices]) + self._share(group.values)[choices]
            value = int(choices[good.argmax()])
            fit = max(1, int((np.cumsum(self.weights[group.people]) <= room[value]).sum()))
            waiting.append(self._with(group, group.people[:fit], value, allowed))
            if fit < len(group.people):
                waiting.append(_Group(group.people[fit:], group.values, group.holders, allowed))

    def _with(self, group: _Group, people: Ints, value: int, allowed: Bools) -> _Group:
        """Some of a group with one value more: its pairs are less behind, and fewer hold all."""
        column = self._count(value, list(group.values), people)
        holders = group.holders[self.records[group.holders, column] == value]
        return _Group(people, (*group.values, value), holders, allowed & self.other[column])

    def _count(self, value: int, others: list[int], people: Ints) -> int:
        """Give people a value beside what they have, and count what is less behind; the column of the value."""
        column, amount = int(self.column[value]), self.weights[people].sum()
        self.made[people, column] = value
        pairs = [*others, value]
        self.share[value, pairs] = self.share[pairs, value] = (
            self.share[value, pairs] - amount * self.scale[value, pairs]
        )
        return column
