"""Latent classes: kinds of people who differ in how easily lists find them; several chains, or no answer at all.

The model and its sampler are in `latent_sampler`. Here chains run until they agree, and the answer is refused when
they do not: on several public tables the chains of the R package LCMCR sit in separate humps (R-hat 1.3 to 7), and it
gives a number all the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schakel.estimation.bayes_words import CLASSES, NOT_MIXED, PRIOR_N, WIDE, bayes_refusal, filled
from schakel.estimation.chains import HIGHEST_RHAT, LEAST_EFFECTIVE, Mixing, mixing
from schakel.estimation.estimate import Estimate, Interval, Receipt
from schakel.estimation.histories import Histories, refuse_unusable
from schakel.estimation.latent_sampler import Prior, seen, start, sweep
from schakel.estimation.running import Progress
from schakel.estimation.sentences import COMMON
from schakel.vocabulary.texts import Text
from schakel.vocabulary.version import VERSION

CHAINS = 32  # a sweep of 32 costs hardly more than one of 8
TOGETHER = 8  # chains that start at one place
FIRST_LOOK = 2_000  # sweeps after which the chains are compared for the first time; then at each doubling
SWEEPS = 32_000
WARM_UP = 300  # sweeps on half of the people, before those that count: see `draw`
HOPELESS, HOPELESS_FROM = 1.3, 4_000  # chains that far apart after that many sweeps sit in humps of their own
FEWEST = 3
TELL_EVERY = 100
QUANTILES = (0.025, 0.1, 0.5, 0.9, 0.975)
FAR_APART = 10.0


@dataclass(frozen=True)
class Draws:
    """Populations drawn after burn-in, shape (chains, draws), and how the logarithm of the unseen mixed."""

    population: NDArray[np.int64]
    mixing: Mixing
    sweeps: int


def draw(
    counts: NDArray[np.int64], *, seed: int, chains: int = CHAINS, sweeps: int = SWEEPS, prior: Prior | None = None,
    progress: Progress = None, patient: bool = False,
) -> Draws:  # fmt: skip
    """Run chains until they agree, at most `sweeps` sweeps each; the first half of what was run is burn-in.

    `counts`, shape (2**k,), with the unseen cell (index 0) empty. Chains start far apart, and spend `WARM_UP` sweeps on
    half of each count, rounded up: on all of it some learn the table by heart first, with hardly anybody unseen, and
    need thousands of sweeps to come away from that. They are compared after
    `FIRST_LOOK` sweeps and at each doubling, and stop once `Mixing.good`, or when they are hopeless. `patient`: run
    all sweeps whatever they look like.
    """
    prior = prior or Prior()
    rng = np.random.default_rng(seed)
    table = seen(counts)
    together = TOGETHER if chains % TOGETHER == 0 and chains > TOGETHER else 1
    state = start(table, prior, chains, rng, together)
    half = seen((counts + 1) // 2)
    for _ in range(WARM_UP):
        sweep(state, half, prior, rng)
    unseen = np.empty((sweeps, chains), dtype=np.int64)
    look = sweeps if patient else min(FIRST_LOOK, sweeps)
    done = 0
    while True:
        for at in range(done, look):
            unseen[at] = sweep(state, table, prior, rng)
            if progress and at % TELL_EVERY == 0:
                progress(at, sweeps)
        done = look
        kept = unseen[done // 2 : done].T
        measured = mixing(np.log(kept + 1.0), together)
        if measured.good or done == sweeps or _hopeless(measured, done, sweeps):
            break
        look = min(2 * done, sweeps)
    if progress:
        progress(sweeps, sweeps)
    return Draws(kept + table.people, measured, done)


def _hopeless(measured: Mixing, done: int, sweeps: int) -> bool:
    """Whether all sweeps will not do: chains in humps of their own, or a pace at which they fall short."""
    pace = min(measured.bulk, measured.tail) / done
    return done >= HOPELESS_FROM and (measured.rhat > HOPELESS or pace * sweeps < LEAST_EFFECTIVE)


def latent_classes(
    histories: Histories, *, seed: int = 7, resamples: int = 0, progress: Progress = None, level: float = 0.95,
    chains: int = CHAINS, sweeps: int = SWEEPS, classes: int = 10, shape: float = 0.25, rate: float = 0.25,
) -> Estimate:  # fmt: skip
    """The population by latent classes: posterior median and central interval of `level`, or a refusal.

    `classes`, `shape`, `rate`: at most so many classes, and the Gamma prior of how they differ in size. `sweeps`: the
    most sweeps of each of the `chains`. `resamples` is taken because all methods take it, and does nothing.

    Without an answer (`population` None) when R-hat is above 1.01 or the draws are worth fewer than 400: `reason`
    says so, `details` shows where each chain was. At least three lists; `BadInput` otherwise. A stop
    (KeyboardInterrupt, from `progress` as well) loses what was drawn: nothing can be said of chains that are cut short.
    """
    refuse_unusable(histories)
    if len(histories.lists) < FEWEST:
        raise bayes_refusal("few-lists", name="latent", fewest=FEWEST, count=len(histories.lists))
    found = draw(histories.counts, seed=seed, chains=chains, sweeps=sweeps, prior=Prior(classes, shape, rate),
                 progress=progress)  # fmt: skip
    low, median, high = np.quantile(found.population, [(1 - level) / 2, 0.5, (1 + level) / 2])
    good = found.mixing.good
    options = {"chains": chains, "sweeps": sweeps, "classes": classes, "shape": shape, "rate": rate}
    return Estimate(
        method="latent", population=float(median) if good else None, observed=histories.observed,
        receipt=Receipt(histories.fingerprint, VERSION, seed, options), assumptions=(*COMMON, CLASSES, PRIOR_N),
        reason=None if good else not_mixed(found.mixing),
        interval=Interval(float(low), float(high), level, "posterior") if good else None,
        cautions=(filled(WIDE, factor=FAR_APART),) if good and high > FAR_APART * low else (),
        details=_details(found),
    )  # fmt: skip


def not_mixed(measured: Mixing) -> Text:
    """Why chains that disagree give no answer."""
    return filled(NOT_MIXED, chains=measured.chains, rhat=measured.rhat, limit=HIGHEST_RHAT,
                  least=min(measured.bulk, measured.tail), needed=LEAST_EFFECTIVE)  # fmt: skip


def told(measured: Mixing) -> dict[str, float | int | str]:
    """How chains mixed, as plain data."""
    return {
        "rhat": measured.rhat if np.isfinite(measured.rhat) else "inf", "bulk": measured.bulk, "tail": measured.tail,
        "chains": measured.chains, "draws": measured.draws,
    }  # fmt: skip


def _details(found: Draws) -> dict[str, object]:
    """The chains, and the quantiles where they may be told."""
    details: dict[str, object] = {
        "mixing": told(found.mixing),
        "sweeps_done": found.sweeps,
        "median_of_each_chain": np.median(found.population, axis=1).tolist(),
    }
    if found.mixing.good:
        quantiles = np.quantile(found.population, QUANTILES)
        details["quantiles"] = dict(zip(map(str, QUANTILES), quantiles.tolist(), strict=True))
    return details
