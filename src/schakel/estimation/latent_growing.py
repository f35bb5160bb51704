"""Chains of the latent class model that grow up with the table: people are let in a few at a time.

A chain that starts on the whole table sits in the hump that is nearest, for thousands of sweeps. So chains are drawn
from the prior, without any table, and people are let in, in an order drawn at random: as many at a time as leave the
chains of a population worth half of their number. Each chain then counts as the new people are likely under it:

    weight = prod over the new people of p(history) / (1 - p(no list));

chains are drawn again by their weights within their population, and moved by some sweeps on the table as it is then.
With few people in, chains go from hump to hump freely; later the weights keep the humps in proportion. It is the
iterated batch importance sampling of Chopin (2002), with a random order of people. Populations have no chain in common,
so that whether they agree tells whether the answer hangs on how they grew up.

Sources: Chopin (2002), A sequential particle filter method for static models, Biometrika 89, 539-552; systematic
resampling: Carpenter, Clifford and Fearnhead (1999) (both recalled).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schakel.estimation.latent_sampler import from_prior, sweep
from schakel.estimation.latent_state import Floats, Prior, Seen, State, Whole, found_share
from schakel.estimation.running import Keeper, Progress

WORTH = 0.5  # of the number of chains of a population, which letting people in may leave
APART = 0.5  # how chains may still hang together with where they were, when moving them is enough
KEPT_EVERY = 10  # stages: what is kept is where all chains are, a megabyte


@dataclass(frozen=True)
class Growth:
    """How chains are to grow up: `populations` of `each` so many chains, at most so many sweeps (`moves`) a stage."""

    populations: int
    each: int
    moves: int
    seed: int


def grown_up(
    table: Seen, prior: Prior, growth: Growth, progress: Progress = None, keeper: Keeper | None = None
) -> State:
    """Chains on the whole table; those of one population stand together. `progress` is told of the people let in.

    `keeper`: keeps where the chains are at each tenth stage, under minus its number; a run that was stopped goes on
    from the last and gives the same chains, for each stage has a seed of its own.
    """
    rng = np.random.default_rng([growth.seed, 0])
    order = rng.permutation(np.repeat(np.arange(len(table.counts)), table.counts))
    state = from_prior(table.lists, prior, growth.populations * growth.each, rng)
    stage, inside = _taken_up(state, keeper)
    while inside < table.people:
        stage += 1
        rng = np.random.default_rng([growth.seed, 0, stage])
        inside, weights = _let_in(state, table, order, inside, growth)
        state = state.taken(_drawn_again(weights, rng))
        smaller = table.of(np.bincount(order[:inside], minlength=len(table.counts)))
        _move(state, smaller, prior, growth.moves, rng)
        if keeper is not None and (stage % KEPT_EVERY == 0 or inside == table.people):
            keeper.keep(-stage, [float(inside), *state.flat().tolist()])
        if progress:
            progress(inside, table.people)
    return state


def _move(state: State, table: Seen, prior: Prior, most: int, rng: np.random.Generator) -> None:
    """Sweeps until chains that were drawn twice have gone ways of their own, at most `most`.

    What tells is how the logarithm of the unseen hangs together with what it was after the first sweep.
    """
    first = np.log1p(sweep(state, table, prior, rng))
    for _ in range(most - 1):
        if _together(first, np.log1p(sweep(state, table, prior, rng))) < APART:
            break


def _together(one: Floats, other: Floats) -> float:
    """The correlation of two rows; none where all of a row are the same."""
    return 0.0 if np.ptp(one) == 0 or np.ptp(other) == 0 else float(np.corrcoef(one, other)[0, 1])


def _taken_up(state: State, keeper: Keeper | None) -> tuple[int, int]:
    """The last stage that was kept, with how many people were in; the chains are put where they were."""
    kept = {} if keeper is None else keeper.kept()
    stage = min([0, *kept])
    if stage == 0 or len(kept[stage]) != 1 + len(state.flat()):
        return 0, 0
    state.fill(np.array(kept[stage][1:]))
    return -stage, int(kept[stage][0])


def _let_in(state: State, table: Seen, order: Whole, inside: int, growth: Growth) -> tuple[int, Floats]:
    """How many people are in after the next stage, and the weights of the chains, shape (populations, each)."""
    likely = _log_chances(state, table)

    def weighed(end: int) -> Floats:
        new = np.bincount(order[inside:end], minlength=len(table.counts)) @ likely
        new = new.reshape(growth.populations, growth.each)
        weights = np.exp(new - new.max(axis=1, keepdims=True))
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))

    def worth(end: int) -> float:
        return float((1 / (weighed(end) ** 2).sum(axis=1)).mean()) / growth.each

    low, high = inside + 1, table.people
    while low < high:  # the most people that leave enough
        middle = (low + high + 1) // 2
        low, high = (middle, high) if worth(middle) >= WORTH else (low, middle - 1)
    return low, weighed(low)


def _log_chances(state: State, table: Seen) -> Floats:
    """Logarithm of the chance of each history, of those who are on a list at all: shape (cells, chains)."""
    weight = np.exp(state.weight)
    chances = table.products(weight * state.off.prod(axis=0), state.on / state.off).sum(axis=1)
    return np.asarray(
        np.log(np.maximum(chances, 1e-300)) - np.log((weight * found_share(state.on, state.off)).sum(axis=0))
    )


def _drawn_again(weights: Floats, rng: np.random.Generator) -> Whole:
    """Chains drawn by their weights within their population, systematically: places in the row of all chains."""
    populations, each = weights.shape
    marks = (np.arange(each) + rng.random((populations, 1))) / each
    sums = weights.cumsum(axis=1)
    sums[:, -1] = 1.0
    return np.concatenate([
        np.searchsorted(own, mark) + each * place for place, (own, mark) in enumerate(zip(sums, marks, strict=True))
    ])  # fmt: skip
