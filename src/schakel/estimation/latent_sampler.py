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
* *slides*: the odds of all lists in one class are multiplied by one factor, while the weight of the class is moved so
  that it keeps the people seen: the direction in which the data say least and N moves most. As often each list has a
  factor of its own, and the people seen one as well (a lift). Slides are done before the unseen and the classes are
  drawn, on the likelihood without them.

All arrays have the chains as their last axis: what NumPy spends on each call is shared by hundreds of chains.

Sources: Manrique-Vallier (2016), Biometrics 72, 1246-1254; Papaspiliopoulos and Roberts (2008), Biometrika 95
(both recalled). The slide is our own; a test sums the posterior over what slides can reach, and compares.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from schakel.estimation.latent_slides import mixture, slides
from schakel.estimation.latent_state import Floats, Prior, Seen, State, Whole

SLIDES_A_SWEEP = 4  # a slide costs a tenth of the rest of a sweep; four to eight gave most independent draws a second
CONCENTRATION_STEP = 1.5


def from_prior(lists: int, prior: Prior, chains: int, rng: np.random.Generator) -> State:
    """Chains as the prior has them, without any table. 1 - V is U**(1/alpha): in logarithms, for alpha may be tiny."""
    alpha = np.maximum(rng.gamma(prior.shape, 1 / prior.rate, chains), 1e-100)
    left = np.log1p(-rng.random((prior.classes - 1, chains))) / alpha
    weight = np.concatenate([np.zeros((1, chains)), np.cumsum(left, axis=0)])
    weight[:-1] += np.log(np.maximum(-np.expm1(left), 1e-300))
    on = rng.uniform(1e-12, 1, (lists, prior.classes, chains))
    return State(on, 1 - on, weight, alpha)


def sweep(state: State, table: Seen, prior: Prior, rng: np.random.Generator) -> Whole:
    """One sweep of all chains; changes `state`, and returns the number unseen in each chain."""
    mixed = mixture(state, table)
    slides(mixed, state.alpha, table, SLIDES_A_SWEEP, rng)
    unseen, missed = _unseen(mixed.unseen(), table.people, rng)
    on = _members(table, mixed.chances, mixed.chances.sum(axis=1), rng)
    on[-1] += missed
    _change_places(on, state.alpha, rng)
    _stick(state, on[-1], prior, rng)
    _rates(state, on, rng)
    return unseen


def _members(table: Seen, chances: Floats, sums: Floats, rng: np.random.Generator) -> Floats:
    """Draw the classes of the people seen: how many of each class are on each list, in the last row how many there are.

    Shape (lists + 1, classes, chains). A multinomial for each history, never person by person.
    """
    cells, classes, chains = chances.shape
    shares = np.ascontiguousarray((chances / sums[:, None]).transpose(0, 2, 1))
    drawn = rng.multinomial(np.broadcast_to(table.counts[:, None], (cells, chains)), shares)
    on = table.on @ drawn.reshape(cells, -1).astype(np.float64)
    return np.ascontiguousarray(on.reshape(len(on), chains, classes).transpose(0, 2, 1))


def _unseen(missed: Floats, people: int, rng: np.random.Generator) -> tuple[Whole, Whole]:
    """How many are unseen, and of which class: negative binomial (a Poisson with a Gamma mean), then multinomial."""
    chance = missed.sum(axis=0)
    mean = rng.standard_gamma(people, len(chance)) * chance / np.maximum(1 - chance, 1e-9)
    unseen = rng.poisson(mean)
    return unseen, rng.multinomial(unseen, np.ascontiguousarray((missed / chance).T)).T


def _change_places(on: Floats, alpha: Floats, rng: np.random.Generator) -> None:
    """Let classes that are neighbours on the stick change places: all pairs that begin at an even, or at an odd place.

    With the stick integrated out, classes of a and b people with t people after them change places with the ratio
    (alpha + b + t) / (alpha + a + t). The last class, which takes what is left, stays.
    """
    people = on[-1]
    classes = len(people)
    begin = int(rng.integers(2))
    one, other = slice(begin, classes - 2, 2), slice(begin + 1, classes - 1, 2)
    after = people[::-1].cumsum(axis=0)[::-1][begin + 2 : classes : 2] + alpha
    odds = (after + people[other]) / (after + people[one])
    change = (on[:, other] - on[:, one]) * (rng.random(odds.shape) < odds)
    on[:, one] += change
    on[:, other] -= change


def _stick(state: State, people: Floats, prior: Prior, rng: np.random.Generator) -> None:
    """Draw alpha (a Metropolis step on its logarithm, the stick integrated out), then the stick.

    A Gamma of a small shape s is drawn as one of shape s + 1 times U**(1/s), in logarithms: it may be very small.
    """
    left = people[::-1].cumsum(axis=0)[::-1]
    step = rng.normal(0, CONCENTRATION_STEP, people.shape[1])
    tried = state.alpha * np.exp(step)
    gain = _stick_height(left, tried) - _stick_height(left, state.alpha)
    gain += prior.shape * step - prior.rate * (tried - state.alpha)
    state.alpha = np.where(np.log(rng.random(len(tried))) < gain, tried, state.alpha)
    shape = left[1:] + state.alpha
    own = np.log(rng.standard_gamma(people[:-1] + 1))
    others = np.log(rng.standard_gamma(shape + 1)) + np.log(rng.random(shape.shape)) / shape
    both = np.logaddexp(own, others)
    state.weight = np.zeros_like(people)
    np.cumsum(others - both, axis=0, out=state.weight[1:])
    state.weight[:-1] += own - both


def _stick_height(left: Floats, alpha: Floats) -> Floats:
    """Log chance of all classes, the stick integrated out; `left`: people in each class and later ones."""
    height: Floats = gammaln(alpha + left[-1]) - gammaln(alpha + left[0])
    height += (len(left) - 1) * np.log(alpha) - np.log(alpha + left[:-1]).sum(axis=0)
    return height


def _rates(state: State, on: Floats, rng: np.random.Generator) -> None:
    """Draw the chance of each list in each class: Beta(1 + on it, 1 + not on it), as two Gammas."""
    yes = rng.standard_gamma(on[:-1] + 1)
    no = rng.standard_gamma(on[-1] - on[:-1] + 1)
    both = yes + no
    state.on, state.off = yes / both, no / both
