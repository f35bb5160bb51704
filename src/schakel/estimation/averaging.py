"""Averaging over decomposable graphs: every graph answers, and counts as far as the data bear it out.

Each graph of dependence between lists gives, for each number of people never seen, the exact chance of the table
with its parameters integrated out under a hyper-Dirichlet prior. Summed over graphs that is the posterior of the number
unseen; summed over the number unseen, the posterior of the graphs. No sampler, no random numbers.

The peer (R package dga) sums over a grid that the user types. If that stops short of a second hump, the answer is
silently another one. Here the grid starts at none unseen and grows until what lies beyond it is a millionth.

Source: Madigan and York (1997), Biometrika 84, 19-31; Dawid and Lauritzen (1993), Annals of Statistics 21, for the
hyper-Dirichlet law (both recalled).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from schakel.estimation.averaging_sums import ALONE, THIN, Work, counting, summed
from schakel.estimation.bayes_words import BEYOND, DECOMPOSABLE, PRIOR_N, WIDE, bayes_refusal, filled, humps_caution
from schakel.estimation.certainty import Interval
from schakel.estimation.estimate import Estimate
from schakel.estimation.graphs import FEWEST, MOST, decomposable
from schakel.estimation.histories import Histories, refuse_unusable
from schakel.estimation.parts import SHARES, Receipt, quantiles
from schakel.estimation.posterior import Floats, Posterior
from schakel.estimation.refusals import SMALL, refuse_settings
from schakel.estimation.running import Keeper, Progress
from schakel.estimation.sentences import COMMON
from schakel.estimation.terms import term_words
from schakel.vocabulary.version import VERSION

EMPTY = 1e-6  # the share of the posterior that may lie beyond the grid
FINE = 4.0  # grid points for each standard deviation that the posterior has at least
STRETCH = 4.0  # how many times further each step of growth reaches
FURTHEST = 1e12  # times the number seen: there we give up
TOLD = 8  # graphs named in the details
FAR_APART = 10.0  # times the lower limit: a wider interval is warned of
CHUNKS = 100_000  # more than a grid has: each step of growth numbers its chunks from a multiple of it


def on_grid(counts: NDArray[np.int64], unseen: Sequence[int] | Floats, *, delta: float | None = None) -> Posterior:
    """The posterior on a grid of the user's own, each point with equal weight: what the peer computes.

    `counts`, shape (2**k,), with the unseen cell (index 0) empty. `unseen`: numbers of people, rising.
    `delta`: prior count of each cell of the full table; 2**-k if not given. The prior of the population N is 1 / N.
    """
    points = np.asarray(unseen, dtype=np.float64)
    return _posterior(counts, points, np.ones_like(points), delta, beyond=float("nan"))


def grown(
    counts: NDArray[np.int64], *, delta: float | None = None, power: float = 1.0, empty: float = EMPTY,
    progress: Progress = None, keeper: Keeper | None = None,
) -> Posterior:  # fmt: skip
    """The posterior on a grid that starts at none unseen and grows until at most `empty` of it lies beyond.

    `counts`, shape (2**k,), with the unseen cell (index 0) empty. `delta`: prior count of each cell of the full table
    (2**-k if not given). `power`: the prior of the population N is N**-power.

    The posterior of the number unseen, given the rates, is negative binomial, so that its standard deviation is at
    least both the square root of the unseen and the unseen over the square root of the seen: the grid has four points
    to that. What lies beyond the last point follows from the slope there, for the tail of every graph is a power of N.

    Should the tail still hold more at a million million times the seen, the grid stops and `beyond` says what it holds.
    `keeper` keeps the sums that are done, a chunk of a grid at a time; the same run again goes on from there.
    """
    observed = int(counts.sum())
    end = STRETCH * observed
    for step in range(1, 40):
        points, width = _spread(observed, end)
        work = Work(progress, keeper, step * CHUNKS)
        found = _posterior(counts, points, width, delta, beyond=None, power=power, thin=THIN, work=work)
        if found.beyond <= empty or end > FURTHEST * observed:
            break
        end *= STRETCH**2
    return found


def _spread(observed: int, end: float) -> tuple[Floats, Floats]:
    """Points from zero to `end`, as dense as the posterior can be narrow, and what each stands for."""
    points = [0.0]
    narrow = np.sqrt(observed)
    while points[-1] < end:
        here = points[-1]
        points.append(here + max(1.0, float(int(max(here**0.5, here / narrow) / FINE))))
    unseen = np.array(points)
    edges = np.concatenate([[-0.5], (unseen[1:] + unseen[:-1]) / 2, [unseen[-1] + (unseen[-1] - unseen[-2]) / 2]])
    return unseen, np.diff(edges)


def _posterior(
    counts: NDArray[np.int64], unseen: Floats, width: Floats, delta: float | None, *,
    beyond: float | None, power: float = 1.0, thin: int = 1, work: Work = ALONE,
) -> Posterior:  # fmt: skip
    """Sum the weights of all graphs over the grid; with `thin`, of those that count."""
    lists = len(counts).bit_length() - 1
    graphs = decomposable(lists)
    observed = int(counts.sum())
    parts = components(counts, unseen, delta if delta is not None else 2.0**-lists)
    prior = gammaln(observed + unseen + 1) - gammaln(unseen + 1) - power * np.log(observed + unseen) + np.log(width)
    terms = graphs.terms.astype(np.float64)
    count = counting(terms, parts, prior, thin)
    by_graph = np.zeros(len(terms))
    share, by_graph[count] = summed(terms[count], parts, prior, work)
    if beyond is None:
        beyond = _beyond(unseen, share / width)
    return Posterior(observed, unseen, width, share, by_graph, beyond)


def components(counts: NDArray[np.int64], unseen: Floats, delta: float) -> Floats:
    """Log marginal likelihood of the table over each set of lists, for each number unseen: shape (2**k, points).

    For a set S with cells of count n_c (the unseen added to its empty cell) and prior a_S = delta 2**(k - |S|) a cell:
    lgamma(A) - lgamma(N + A) + sum_c [lgamma(n_c + a_S) - lgamma(a_S)], A = delta 2**k. Zero for no lists.
    """
    cells = len(counts)
    lists = cells.bit_length() - 1
    total = delta * cells
    found = np.zeros((cells, len(unseen)))
    whole = gammaln(total) - gammaln(counts.sum() + unseen + total)
    index = np.arange(cells)
    for lists_in in range(1, cells):
        margin = np.bincount(index & lists_in, weights=counts, minlength=cells)
        prior = delta * 2.0 ** (lists - lists_in.bit_count())
        own = index[(index & ~lists_in == 0) & (index > 0)]
        fixed = gammaln(margin[own] + prior).sum() - 2.0 ** lists_in.bit_count() * gammaln(prior)
        found[lists_in] = fixed + gammaln(margin[0] + unseen + prior) + whole
    return found


def _beyond(unseen: Floats, density: Floats) -> float:
    """The share beyond the last point, as if the density goes on as the power of the unseen that it has there."""
    half = int(np.searchsorted(unseen, unseen[-1] / 2))
    if density[-1] == 0 or density[half] == 0:
        return 0.0
    power = np.log(density[-1] / density[half]) / np.log(unseen[-1] / unseen[half])
    return float(density[-1] * unseen[-1] / (-power - 1)) if power < -1 else 1.0


def average(
    histories: Histories, *, seed: int = 0, resamples: int = 0, progress: Progress = None, level: float = 0.95,
    delta: float | None = None, power: float = 1.0, keeper: Keeper | None = None,
) -> Estimate:  # fmt: skip
    """The population by averaging over all decomposable graphs: posterior median and central interval of `level`.

    `delta`, `power`: the priors, see `grown`. Nothing is drawn at random: `seed` and `resamples` are taken because all
    methods take them, and do nothing. `keeper`: see `grown`. Three to six lists; `BadInput` otherwise.

    A posterior with several humps is an answer with a caution. There is no mean: under the graph that joins all lists
    it does not exist. `details` holds the humps, the quantiles at `SHARES` and the most likely graphs.
    """
    refuse_unusable(histories)
    lists = len(histories.lists)
    if not FEWEST <= lists <= MOST:
        raise bayes_refusal("average-lists", fewest=FEWEST, most=MOST, count=lists)
    refuse_settings(SMALL, power=power, **({} if delta is None else {"delta": delta}))
    found = grown(histories.counts, delta=delta, power=power, progress=progress, keeper=keeper)
    humps, low, high = found.humps(), found.quantile((1 - level) / 2), found.quantile((1 + level) / 2)
    best = np.argsort(-found.graphs, kind="stable")[:TOLD]
    graphs = {_named(histories, int(graph)): round(float(found.graphs[graph]), 12) for graph in best}
    cautions = [humps_caution(humps)] if len(humps) > 1 else []
    if high > FAR_APART * low:
        cautions.append(filled(WIDE, factor=FAR_APART))
    if found.beyond > EMPTY:
        cautions.append(filled(BEYOND, share=found.beyond))
    return Estimate(
        method="average", population=found.quantile(0.5), observed=found.observed, model=next(iter(graphs)), flag=None,
        receipt=Receipt(histories.fingerprint, VERSION, seed, {"delta": delta or 2.0**-lists, "power": power}),
        assumptions=(*COMMON, DECOMPOSABLE, PRIOR_N), interval=Interval(low, high, level, "posterior"),
        cautions=tuple(cautions),
        details={
            "quantiles": quantiles({share: found.quantile(share) for share in SHARES}),
            "humps": [{"around": top, "share": share} for top, share in humps],
            "graphs": graphs, "grid_end": float(found.unseen[-1]), "share_beyond_grid": found.beyond,
        },
    )  # fmt: skip


def _named(histories: Histories, graph: int) -> str:
    """A graph as a model in brackets: its cliques, with the names of the lists."""
    cliques = decomposable(len(histories.lists)).cliques(graph)
    return f"[{','.join(term_words(clique, histories.lists) for clique in cliques)}]"
