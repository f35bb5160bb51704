"""Slides of the latent class sampler: other odds for the lists in one class, and as much weight as that takes.

Gibbs steps move classes a little at a time, since the classes that were drawn for thousands of people hold them. Slides
are Metropolis steps on the likelihood without those, in the directions in which the data say least. Our own; a test
sums the posterior over what slides can reach, and compares.
"""

from __future__ import annotations

import numpy as np

from schakel.estimation.latent_state import Floats, Seen, State

SLIDES = (0.02, 1.5)  # the smallest and the largest usual step of a slide, in log odds


def slide(state: State, table: Seen, chances: Floats, sums: Floats, rng: np.random.Generator) -> None:
    """Propose, for one class of each chain, other odds at the same share of people seen; accept or not.

    A class is chosen by the root of its share of the people seen, which a slide without a lift leaves as it is; with
    one, the chance that the way back is chosen counts. With log odds and
    logarithms of ratios of weights as coordinates the move is a shift whose size depends on what it does not change,
    so that its Jacobian is one; the prior is taken in those coordinates. `sums`: `chances` over the classes.
    """
    every, last = np.arange(len(state.alpha)), len(state.weight) - 1
    shares = np.exp(state.weight) * (1 - state.off.prod(axis=0))
    roots = np.sqrt(shares).cumsum(axis=0)
    chosen = (roots < rng.random(len(every)) * roots[-1]).sum(axis=0)
    step, lift = _slides(table.lists, len(every), rng)
    on, off = state.on[:, chosen, every], state.off[:, chosen, every]
    grown = on * np.exp(step)
    new_on, new_off = grown / (grown + off), off / (grown + off)
    gone, new_gone = off.prod(axis=0), new_off.prod(axis=0)
    moved = lift + np.log((1 - gone) / (1 - new_gone))  # of the logarithm of the weight
    old = chances[:, chosen, every]
    change = old * np.expm1(moved + np.log(new_gone / gone) + table.on[:-1].T @ step)
    # What the other weight makes of the stick: of what is left of it at the chosen class and before.
    ratio = np.minimum(state.weight[chosen, every] - state.rest, 0.0)
    longer = np.log1p(np.exp(ratio) * np.expm1(moved)) * (np.arange(last + 1)[:, None] <= chosen)
    gain = table.counts @ np.log1p(change / sums) + np.log(new_on * new_off / (on * off)).sum(axis=0) + moved
    gain += (state.alpha - 1) * (moved * (chosen == last) - longer[0])
    gain -= longer[1:-1].sum(axis=0) + min(last + 1, 2) * longer[0]
    own = shares[chosen, every]
    gain -= table.people * np.log1p(own / shares.sum(axis=0) * np.expm1(lift))
    gain += lift / 2 - np.log1p(np.sqrt(own) / roots[-1] * np.expm1(lift / 2))  # how likely the way back is chosen
    taken = np.log(rng.random(len(every))) < gain
    change *= taken
    sums += change
    chances[:, chosen, every] = old + change
    state.on[:, chosen, every] = np.where(taken, new_on, on)
    state.off[:, chosen, every] = np.where(taken, new_off, off)
    state.weight[chosen, every] += moved * taken
    state.weight -= longer[0] * taken
    state.rest += (longer - longer[0]) * taken


def _slides(lists: int, chains: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Steps in log odds, shape (lists, chains), and lifts of the logarithm of the people seen, shape (chains,).

    In half of the chains the step is the same for all lists and there is no lift; else all differ.
    """
    size = np.exp(rng.uniform(np.log(SLIDES[0]), np.log(SLIDES[1]), chains))
    step = rng.standard_normal((lists, chains))
    one = rng.random(chains) < 0.5
    return size * np.where(one, step[0], step), size * np.where(one, 0.0, rng.standard_normal(chains))
