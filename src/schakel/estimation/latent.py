"""Latent classes: kinds of people who differ in how easily lists find them; several chains, or no answer at all.

The model and its sampler are in `latent_sampler`. Here chains run until they agree, and the answer is refused when
they do not: on several public tables the chains of the R package LCMCR sit in separate humps (R-hat 1.3 to 7), and it
gives a number all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from schakel.estimation.bayes_words import CLASSES, NOT_MIXED, PRIOR_N, WIDE, bayes_refusal, filled
from schakel.estimation.chains import HIGHEST_RHAT, LEAST_EFFECTIVE, Mixing, mixing
from schakel.estimation.estimate import SHARES, Estimate, Interval, Receipt, quantiles
from schakel.estimation.histories import Histories, refuse_unusable
from schakel.estimation.latent_sampler import start, sweep
from schakel.estimation.latent_state import Floats, Prior, Seen, State, seen
from schakel.estimation.running import Keeper, Progress
from schakel.estimation.sentences import COMMON
from schakel.vocabulary.texts import Text
from schakel.vocabulary.version import VERSION

CHAINS = 128  # in one array: what NumPy spends on each call is shared by all
PLACES = 4  # where they start, as many at each: enough of them to tell whether the places still matter
BLOCK = 250  # sweeps drawn, and kept, at a time
FIRST_LOOK, FURTHER = 500, 1_000  # sweeps after which chains are compared first; then at each doubling or thousand
SWEEPS = 4_000
BURN_IN = 0.25  # of the sweeps that were run: whether it was enough is what R-hat tells
WARM_UP = 300  # sweeps on half of the people, before those that count: see `draw`
HOPELESS, HOPELESS_FROM = 1.3, 1_000  # chains that far apart after that many sweeps sit in humps of their own
FEWEST = 3
TELL_EVERY = 50
FAR_APART = 10.0


@dataclass(frozen=True)
class Draws:
    """Populations drawn after burn-in, shape (chains, draws), and how the logarithm of the unseen mixed."""

    population: NDArray[np.int64]
    mixing: Mixing
    sweeps: int


def draw(
    counts: NDArray[np.int64], *, seed: int, chains: int = CHAINS, sweeps: int = SWEEPS, prior: Prior | None = None,
    progress: Progress = None, keeper: Keeper | None = None, patient: bool = False,
) -> Draws:  # fmt: skip
    """Run chains until they agree, at most `sweeps` sweeps each; the first quarter of what was run is burn-in.

    `counts`, shape (2**k,), with the unseen cell (index 0) empty. Chains start far apart, and spend `WARM_UP` sweeps on
    half of each count, rounded up: on all of it some learn the table by heart first, with hardly anybody unseen, and
    need thousands of sweeps to come away from that. They are compared after `FIRST_LOOK` sweeps, then at each doubling
    or `FURTHER` sweeps, and stop once `Mixing.good`, or when they are hopeless. `patient`: run all sweeps whatever they
    look like. `keeper`: keeps each block of sweeps, with where the chains are after it; a run that is stopped goes on
    from there and gives the same draws, for each block has a seed of its own.
    """
    prior = prior or Prior()
    table = seen(counts)
    together = chains // PLACES if chains % PLACES == 0 and chains >= 8 * PLACES else 1
    state = start(table, prior, chains, np.random.default_rng([seed, 0]), together)
    run = _Run(state, table, prior, seed, sweeps, progress, keeper)
    look = sweeps if patient else min(FIRST_LOOK, sweeps)
    while True:
        run.until(look, seen((counts + 1) // 2))
        kept = np.concatenate(run.unseen)[int(BURN_IN * look) :].T
        measured = mixing(np.log(kept + 1.0), together)
        if measured.good or look == sweeps or _hopeless(measured, look, sweeps):
            break
        look = min(look + min(look, FURTHER), sweeps)
    if progress:
        progress(sweeps, sweeps)
    return Draws(kept.astype(np.int64) + table.people, measured, look)


@dataclass
class _Run:
    """Chains under way: where they are, and the numbers unseen, a block of shape (sweeps, chains) after another."""

    state: State
    table: Seen
    prior: Prior
    seed: int
    sweeps: int
    progress: Progress
    keeper: Keeper | None
    unseen: list[Floats] = field(default_factory=list)

    def until(self, look: int, half: Seen) -> None:
        """Draw, or take from the keeper, the blocks up to sweep `look`; before the first the warm-up on `half`."""
        done = sum(map(len, self.unseen))
        while done < look:
            size = min(BLOCK, look - done)
            before = None if self.keeper is None else self.keeper.kept().get(done)
            if before is None or not self._take(before, size):
                self._draw(done, size, half)
            done += size

    def _draw(self, done: int, size: int, half: Seen) -> None:
        rng = np.random.default_rng([self.seed, done + 1])
        for _ in range(0 if done else WARM_UP):
            sweep(self.state, half, self.prior, rng)
        found = np.empty((size, len(self.state.alpha)))
        for at in range(size):
            found[at] = sweep(self.state, self.table, self.prior, rng)
            if self.progress and at % TELL_EVERY == 0:
                self.progress(done + at, self.sweeps)
        self.unseen.append(found)
        if self.keeper is not None:
            self.keeper.keep(done, np.concatenate([found.ravel(), self.state.flat()]).tolist())

    def _take(self, values: list[float], size: int) -> bool:
        """Take up a block that was kept, unless it is of a run with other options."""
        drawn = size * len(self.state.alpha)
        if len(values) != drawn + len(self.state.flat()):
            return False
        self.unseen.append(np.array(values[:drawn]).reshape(size, -1))
        self.state.fill(np.array(values[drawn:]))
        return True


def _hopeless(measured: Mixing, done: int, sweeps: int) -> bool:
    """Whether all sweeps will not do: chains in humps of their own, or worth too little however it goes on.

    What draws are worth grows faster than their number while chains still settle: at most twice as fast, and at most as
    its square.
    """
    more = sweeps / done
    reach = min(measured.bulk, measured.tail) * min(2 * more, more**2)
    return done >= HOPELESS_FROM and (measured.rhat > HOPELESS or reach < LEAST_EFFECTIVE)


def latent_classes(
    histories: Histories, *, seed: int = 7, resamples: int = 0, progress: Progress = None, level: float = 0.95,
    chains: int = CHAINS, sweeps: int = SWEEPS, classes: int = 10, shape: float = 0.25, rate: float = 0.25,
    keeper: Keeper | None = None,
) -> Estimate:  # fmt: skip
    """The population by latent classes: posterior median and central interval of `level`, or a refusal.

    `classes`, `shape`, `rate`: at most so many classes, and the Gamma prior of how they differ in size. `sweeps`: the
    most sweeps of each of the `chains`. `resamples` is taken because all methods take it, and does nothing.

    Without an answer (`population` None) when R-hat is above 1.01 or the draws are worth fewer than 400: `reason`
    says so, `details` shows where each chain was. At least three lists; `BadInput` otherwise. After a
    stop (KeyboardInterrupt, from `progress` as well) the run goes on from what the `keeper` holds.
    """
    refuse_unusable(histories)
    if len(histories.lists) < FEWEST:
        raise bayes_refusal("few-lists", name="latent", fewest=FEWEST, count=len(histories.lists))
    found = draw(histories.counts, seed=seed, chains=chains, sweeps=sweeps, prior=Prior(classes, shape, rate),
                 progress=progress, keeper=keeper)  # fmt: skip
    low, median, high = np.quantile(found.population, [(1 - level) / 2, 0.5, (1 + level) / 2])
    good = found.mixing.good
    options = {"chains": chains, "sweeps": sweeps, "classes": classes, "shape": shape, "rate": rate}
    return Estimate(
        method="latent", population=float(median) if good else None, observed=histories.observed, flag=None,
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
        values = np.quantile(found.population, SHARES)
        details["quantiles"] = quantiles(dict(zip(SHARES, values.tolist(), strict=True)))
    return details
