"""The sampler of the latent class model: many chains at once, on the table of counts and never person by person.

The model (Manrique-Vallier 2016). Each person belongs to one of K classes; within a class the lists are independent.

    class of a person ~ pi                    pi by breaking a stick: V_k ~ Beta(1, alpha), V_K = 1
    on list j, in class k: with chance lambda_jk ~ Uniform(0, 1)
    alpha ~ Gamma(shape, rate)                N with prior 1 / N

One sweep draws the classes of the people seen (a multinomial for each history), the number unseen (negative binomial)
and their classes, then alpha, the stick and the chances. Three things make it mix better than the plain sampler; none
changes the answer, as each is a step that leaves the posterior as it is:

* alpha is drawn with the stick integrated out, so that it does not hang on the lengths of empty classes;
* neighbours on the stick may change places (Papaspiliopoulos and Roberts 2008);
* a *slide*: the odds of all lists in one class are multiplied by one factor, while the weight of the class is moved so
  that it keeps the people seen. That is the direction in which the data say least and N moves most. It is done
  before the unseen and the classes are drawn, on the likelihood without them.

Sources: Manrique-Vallier (2016), Biometrics 72, 1246-1254; Papaspiliopoulos and Roberts (2008), Biometrika 95
(both recalled). The slide is our own; a test sums the posterior over what slides can reach, and compares.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

APART = (2.0, 30.0)  # where chains start: that many times the people seen
UNLIKE = 0.3  # and how unlike their classes are then, in log odds
FIRST = 9.0  # each class then takes some nine tenths of what is left of the stick
SLIDES = (0.02, 1.5)  # the smallest and the largest usual step of a slide, in log odds
CONCENTRATION_STEP = 1.5


@dataclass(frozen=True)
class Prior:
    """How many classes at most, and the Gamma prior of alpha; the defaults are those that LCMCR was run with."""

    classes: int = 10
    shape: float = 0.25
    rate: float = 0.25


@dataclass(frozen=True)
class Seen:
    """The histories that somebody has.

    `on`, shape (cells, lists + 1): 1 for each list that the history is on, and a last column of ones.
    `sizes`: how many lists each history is on.
    """

    counts: Whole
    on: Floats
    sizes: Floats
    people: int

    @property
    def lists(self) -> int:
        return int(self.on.shape[1]) - 1


@dataclass
class State:
    """Where the chains are.

    Logarithms: `on` and `off` of lambda and 1 - lambda, shape (chains, lists, classes); `weight` of pi and `rest` of
    what the stick still has before each class, shape (chains, classes). Not a logarithm: `alpha`, shape (chains,).
    """

    on: Floats
    off: Floats
    weight: Floats
    rest: Floats
    alpha: Floats


def seen(counts: Whole) -> Seen:
    """The histories with people in them, from counts of shape (2**k,)."""
    masks = np.flatnonzero(counts)
    places = np.arange(len(counts).bit_length() - 1)
    on = np.column_stack([masks[:, None] >> places & 1, np.ones(len(masks))])
    on = on.astype(np.float64)
    return Seen(counts[masks].astype(np.int64), on, on[:, :-1].sum(axis=1), int(counts.sum()))


def start(table: Seen, prior: Prior, chains: int, rng: np.random.Generator, together: int = 1) -> State:
    """Chains that start far apart: populations from 2 to 30 times the people seen, nearly all of them in one class.

    Each `together` chains start at one population. From many classes of some size a chain may first learn the table by
    heart, with hardly anybody unseen, and takes thousands of sweeps to come away from that.
    """
    times = np.exp(rng.uniform(np.log(APART[0]), np.log(APART[1]), chains // together))
    population = table.people * np.repeat(times, together)
    share = np.minimum((table.counts @ table.on[:, :-1]) / population[:, None], 0.9)
    odds = share[:, :, None] * np.exp(rng.normal(0, UNLIKE, (chains, table.lists, prior.classes)))
    cut = rng.beta(FIRST, 1, (chains, prior.classes - 1))
    rest = np.concatenate([np.zeros((chains, 1)), np.cumsum(np.log1p(-cut), axis=1)], axis=1)
    weight = rest.copy()
    weight[:, :-1] += np.log(cut)
    return State(np.log(odds) - np.log1p(odds), -np.log1p(odds), weight, rest, np.full(chains, 0.5))


def sweep(state: State, table: Seen, prior: Prior, rng: np.random.Generator) -> Whole:
    """One sweep of all chains; changes `state`, and returns the number unseen in each chain."""
    chances = _chances(state, table)
    _slide(state, table, chances, rng)
    chances /= chances.sum(axis=2, keepdims=True)
    members = rng.multinomial(np.broadcast_to(table.counts, chances.shape[:2]), chances)
    unseen, missed = _unseen(np.exp(state.off.sum(axis=1) + state.weight), table.people, rng)
    on = np.matmul(table.on.T, members)  # for each list how many of each class are on it; in the last row all
    on[:, -1] += missed
    on = _change_places(on, state.alpha, rng)
    _stick(state, on[:, -1], prior, rng)
    _rates(state, on, rng)
    return unseen


def _chances(state: State, table: Seen) -> Floats:
    """The chance of each history and class together, shape (chains, cells, classes)."""
    chains, lists, classes = state.on.shape
    odds = np.empty((chains, lists + 1, classes))
    np.subtract(state.on, state.off, out=odds[:, :lists])
    np.add(state.off.sum(axis=1), state.weight, out=odds[:, lists])
    chances: Floats = np.matmul(table.on, odds)
    np.exp(chances, out=chances)
    return chances


def _slide(state: State, table: Seen, chances: Floats, rng: np.random.Generator) -> None:
    """Propose, for one class of each chain, other odds at the same share of people seen; accept or not.

    A class is chosen by the root of its share of the people seen, which a slide leaves as it is. With log odds and
    logarithms of ratios of weights as coordinates the move is a shift whose size depends on what it does not change,
    so that its Jacobian is one; the prior is taken in those coordinates.
    """
    every, last = np.arange(len(state.alpha)), state.weight.shape[1] - 1
    missed = state.off.sum(axis=1)
    roots = np.exp(0.5 * (state.weight + np.log(-np.expm1(missed)))).cumsum(axis=1)
    chosen = (roots < (rng.random(len(every)) * roots[:, -1])[:, None]).sum(axis=1)
    size = np.exp(rng.uniform(np.log(SLIDES[0]), np.log(SLIDES[1]), len(every)))
    step = (size * rng.standard_normal(len(every)))[:, None]
    on, off = state.on[every, :, chosen], state.off[every, :, chosen]
    new_off = -np.log1p(np.exp(on - off + step))
    new_on = on - off + step + new_off
    gone, new_gone = missed[every, chosen], new_off.sum(axis=1)
    moved = np.log(np.expm1(gone) / np.expm1(new_gone))  # of the logarithm of the weight
    old, sums = chances[every, :, chosen], chances.sum(axis=2)
    change = old * np.expm1((moved + new_gone - gone)[:, None] + step * table.sizes)
    # What the other weight makes of the stick: of what is left of it at the chosen class and before.
    ratio = np.minimum(state.weight[every, chosen][:, None] - state.rest, 0.0)
    longer = np.log1p(np.exp(ratio) * np.expm1(moved)[:, None]) * (np.arange(last + 1) <= chosen[:, None])
    gain = np.log1p(change / sums) @ table.counts + (new_on + new_off - on - off).sum(axis=1) + moved
    gain += (state.alpha - 1) * (moved * (chosen == last) - longer[:, 0])
    gain -= longer[:, 1:-1].sum(axis=1) + min(last + 1, 2) * longer[:, 0]
    taken = np.log(rng.random(len(every))) < gain
    chances[every, :, chosen] = old + change * taken[:, None]
    state.on[every, :, chosen] = np.where(taken[:, None], new_on, on)
    state.off[every, :, chosen] = np.where(taken[:, None], new_off, off)
    state.weight[every, chosen] += moved * taken
    state.weight -= (longer[:, 0] * taken)[:, None]
    state.rest += (longer - longer[:, :1]) * taken[:, None]


def _unseen(missed: Floats, people: int, rng: np.random.Generator) -> tuple[Whole, Whole]:
    """How many are unseen, and of which class: negative binomial (a Poisson with a Gamma mean), then multinomial."""
    chance = missed.sum(axis=1)
    mean = rng.standard_gamma(people, len(chance)) * chance / np.maximum(1 - chance, 1e-9)
    unseen = rng.poisson(mean)
    return unseen, rng.multinomial(unseen, missed / chance[:, None])


def _change_places(on: Floats, alpha: Floats, rng: np.random.Generator) -> Floats:
    """Let classes that are neighbours on the stick change places: all pairs that begin at an even, or at an odd place.

    With the stick integrated out, classes of a and b people with t people after them change places with the ratio
    (alpha + b + t) / (alpha + a + t). The last class, which takes what is left, stays.
    """
    people = on[:, -1]
    classes = people.shape[1]
    begin = int(rng.integers(2))
    one, other = slice(begin, classes - 2, 2), slice(begin + 1, classes - 1, 2)
    after = people[:, ::-1].cumsum(axis=1)[:, ::-1][:, begin + 2 : classes : 2] + alpha[:, None]
    odds = (after + people[:, other]) / (after + people[:, one])
    change = (on[:, :, other] - on[:, :, one]) * (rng.random(odds.shape) < odds)[:, None]
    on[:, :, one] += change
    on[:, :, other] -= change
    return on


def _stick(state: State, people: Floats, prior: Prior, rng: np.random.Generator) -> None:
    """Draw alpha (a Metropolis step on its logarithm, the stick integrated out), then the stick.

    A Gamma of a small shape s is drawn as one of shape s + 1 times U**(1/s), in logarithms: it may be very small.
    """
    left = people[:, ::-1].cumsum(axis=1)[:, ::-1]
    step = rng.normal(0, CONCENTRATION_STEP, len(people))
    tried = state.alpha * np.exp(step)
    gain = _stick_height(left, tried) - _stick_height(left, state.alpha)
    gain += prior.shape * step - prior.rate * (tried - state.alpha)
    state.alpha = np.where(np.log(rng.random(len(tried))) < gain, tried, state.alpha)
    shape = left[:, 1:] + state.alpha[:, None]
    own = np.log(rng.standard_gamma(people[:, :-1] + 1))
    others = np.log(rng.standard_gamma(shape + 1)) + np.log(rng.random(shape.shape)) / shape
    both = np.logaddexp(own, others)
    state.rest = np.zeros_like(people)
    np.cumsum(others - both, axis=1, out=state.rest[:, 1:])
    state.weight = state.rest.copy()
    state.weight[:, :-1] += own - both


def _stick_height(left: Floats, alpha: Floats) -> Floats:
    """Log chance of all classes, the stick integrated out; `left`: people in each class and later ones."""
    height: Floats = gammaln(alpha + left[:, -1]) - gammaln(alpha + left[:, 0])
    height += (left.shape[1] - 1) * np.log(alpha) - np.log(alpha[:, None] + left[:, :-1]).sum(axis=1)
    return height


def _rates(state: State, on: Floats, rng: np.random.Generator) -> None:
    """Draw the chance of each list in each class: Beta(1 + on it, 1 + not on it), as two Gammas."""
    yes = rng.standard_gamma(on[:, :-1] + 1)
    no = rng.standard_gamma(on[:, -1:] - on[:, :-1] + 1)
    both = np.log(yes + no)
    state.on, state.off = np.log(yes) - both, np.log(no) - both
