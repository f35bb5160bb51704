"""Slides of the latent class sampler: other odds for the lists in one class, and as much weight as that takes.

Gibbs steps move classes a little at a time, since the classes that were drawn for thousands of people hold them. Slides
are Metropolis steps on the likelihood without those, in the directions in which the data say least. Our own; a test
sums the posterior over what slides can reach, and compares.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schakel.estimation.latent_state import Floats, Seen, State, Whole, found_share

SLIDES = (0.02, 1.5)  # the smallest and the largest usual step of a slide, in log odds
TAME = 1e9  # a slide that makes a sum that many times larger or smaller is none, so that sums keep their digits
TINY = 1e-300


@dataclass
class Mixture:
    """What slides change, shape (classes, chains); the weights need not add up to one.

    `missed`: chance to be on no list; `share`: weight times the chance to be on one; `rest`: sum of the weights from
    each class on. `chances` (cells, classes, chains): weight times the chance of the history; `sums` over the classes.
    """

    on: Floats
    off: Floats
    weight: Floats
    missed: Floats
    share: Floats
    rest: Floats
    chances: Floats
    sums: Floats

    def unseen(self) -> Floats:
        """The chance to be of each class and on no list."""
        made: Floats = self.weight * self.missed / self.weight.sum(axis=0)
        return made


def mixture(state: State, table: Seen) -> Mixture:
    """What slides work on; `on` and `off` are those of the state itself."""
    weight, missed = np.exp(state.weight), state.off.prod(axis=0)
    chances = table.products(weight * missed, state.on / state.off)
    rest = weight[::-1].cumsum(axis=0)[::-1] + TINY
    share = weight * found_share(state.on, state.off)
    return Mixture(state.on, state.off, weight, missed, share, rest, chances, chances.sum(axis=1))


def slides(mixed: Mixture, alpha: Floats, table: Seen, count: int, rng: np.random.Generator) -> None:
    """Propose `count` times, for one class of each chain, other odds and another share of people seen; accept or not.

    A class is chosen by the root of its share of the people seen, which a slide without a lift leaves as it is; with
    one, the chance that the way back is chosen counts.
    """
    steps, lifts = _slides(table.lists, len(alpha), count, rng)
    odds, lifts = np.exp(steps), np.exp(lifts)
    chance, bar = rng.random((count, len(alpha))), np.log(rng.random((count, len(alpha))))
    for one in range(count):
        roots = np.sqrt(mixed.share).cumsum(axis=0)
        chosen = (roots < chance[one] * roots[-1]).sum(axis=0)
        _slide(mixed, alpha, table, chosen, roots[-1], odds[one], lifts[one], bar[one])


def _slide(
    mixed: Mixture, alpha: Floats, table: Seen, chosen: Whole, roots: Floats, odds: Floats, lift: Floats, bar: Floats
) -> None:
    """One slide of the `chosen` class of each chain: its odds times `odds`, its share of the people seen times `lift`.

    With log odds and logarithms of ratios of weights as coordinates the move is a shift whose size depends on what it
    does not change, so that its Jacobian is one; the prior is taken in those coordinates.
    """
    at = chosen * len(alpha) + np.arange(len(alpha))
    on, off = (part.reshape(table.lists, -1).take(at, axis=1) for part in (mixed.on, mixed.off))
    weight, missed, share = (part.reshape(-1).take(at) for part in (mixed.weight, mixed.missed, mixed.share))
    both = on * odds + off
    new_on, new_off = on * odds / both, off / both
    new_missed, new_share = new_off.prod(axis=0), share * lift
    new_weight = new_share / np.maximum(found_share(new_on, new_off), TINY)
    moved = new_weight / weight
    old = mixed.chances.reshape(len(table.counts), -1).take(at, axis=1)
    change = old * table.products(moved * new_missed / missed, odds) - old
    before = np.arange(len(mixed.rest))[:, None] <= chosen
    grown, longer = 1 + change / mixed.sums, 1 + np.where(before, (new_weight - weight) / mixed.rest, 0.0)
    tame = _tame(grown) & _tame(longer)
    grown[:, ~tame], longer[:, ~tame] = 1, 1
    back = 1 + np.sqrt(share) / roots * (np.sqrt(lift) - 1)  # how likely the way back is chosen
    factor = odds.prod(axis=0) / (both * both).prod(axis=0) * np.sqrt(lift) / back
    gain = table.counts @ np.log(grown) + np.log(np.maximum(factor, TINY))
    gain -= table.people * np.log1p(share / mixed.share.sum(axis=0) * (lift - 1))
    gain += _stick_gain(chosen, moved, longer, alpha)
    taken = np.flatnonzero((bar < gain) & tame)
    new = (new_on, new_off, new_weight, new_missed, new_share, old + change)
    parts = (mixed.on, mixed.off, mixed.weight, mixed.missed, mixed.share, mixed.chances)
    for part, values in zip(parts, new, strict=True):
        part.reshape(*values.shape[:-1], -1)[..., at[taken]] = values[..., taken]
    mixed.sums[:, taken] += change[:, taken]
    mixed.rest[:, taken] *= longer[:, taken]


def _stick_gain(chosen: Whole, moved: Floats, longer: Floats, alpha: Floats) -> Floats:
    """What a weight that is `moved` times as large does to the prior, in logarithms of ratios of weights.

    With weights w that need not add up to one, and R_k their sum from class k on, the prior of the stick is
    prod w_k (R_K / R_1)**(alpha - 1) / (R_1 R_1 R_2 ... R_(K-1)). `longer`: how many times as large each R becomes.
    """
    gain: Floats = np.log(np.maximum(moved, TINY)) * np.where(chosen == len(longer) - 1, alpha, 1.0)
    gain -= np.log(longer[:-1].prod(axis=0)) + alpha * np.log(longer[0])
    return gain


def _tame(times: Floats) -> NDArray[np.bool_]:
    """Chains where no sum becomes much larger or smaller: the same for the way back."""
    return np.asarray(((times > 1 / TAME) & (times < TAME)).all(axis=0))


def _slides(lists: int, chains: int, count: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Steps in log odds, shape (count, lists, chains), and lifts of the logarithm of the people seen (count, chains).

    In half of the chains the step is the same for all lists and there is no lift; else all differ.
    """
    size = np.exp(rng.uniform(np.log(SLIDES[0]), np.log(SLIDES[1]), (count, chains)))
    step = rng.standard_normal((count, lists, chains))
    one = rng.random((count, chains)) < 0.5
    same = np.where(one[:, None], step[:, :1], step)
    return size[:, None] * same, size * np.where(one, 0.0, rng.standard_normal((count, chains)))
