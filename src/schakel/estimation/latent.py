"""Latent classes: kinds of people who differ in how easily lists find them; several chains, or no answer at all.

The model and its sampler are in `latent_sampler`. Here chains grow up and run until they agree, and the answer is
refused when they do not: on several public tables the chains of the R package LCMCR sit in separate humps (R-hat 1.3
to 7), and it gives a number all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from schakel.estimation.bayes_words import CLASSES, NOT_MIXED, PRIOR_N, WIDE, bayes_refusal, filled
from schakel.estimation.certainty import Interval
from schakel.estimation.chains import HIGHEST_RHAT, LEAST_EFFECTIVE, Mixing, mixing
from schakel.estimation.estimate import Estimate
from schakel.estimation.histories import Histories, refuse_unusable
from schakel.estimation.latent_growing import Growth, grown_up
from schakel.estimation.latent_sampler import sweep
from schakel.estimation.latent_state import Floats, Prior, Seen, State, seen
from schakel.estimation.parts import SHARES, Receipt, quantiles
from schakel.estimation.refusals import SMALL, refuse_settings
from schakel.estimation.running import Keeper, Progress
from schakel.estimation.sentences import COMMON
from schakel.vocabulary.texts import Text
from schakel.vocabulary.version import VERSION

POPULATIONS = 8  # of chains that grow up apart: enough of them to tell whether growing up still matters
CHAINS = 512  # in one array: what NumPy spends on each call is shared by all
MOVES = 8  # sweeps at most, each time that people are let in
BLOCK = 50  # sweeps drawn, and kept, at a time
LOOK = 100  # sweeps between comparisons of the chains
SWEEPS = 400
BURN_IN = 0.25  # of the sweeps that were run: whether it was enough is what R-hat tells
FEWEST = 3
TELL_EVERY = 10
FAR_APART = 10.0


@dataclass(frozen=True)
class Draws:
    """Populations drawn after burn-in, shape (chains, draws), and how the logarithm of the unseen mixed."""

    population: NDArray[np.int64]
    mixing: Mixing
    sweeps: int


def draw(
    counts: NDArray[np.int64], *, seed: int, chains: int = CHAINS, sweeps: int = SWEEPS, moves: int = MOVES,
    prior: Prior | None = None, progress: Progress = None, keeper: Keeper | None = None, patient: bool = False,
) -> Draws:  # fmt: skip
    """Let chains grow up, and run them until they agree, at most `sweeps` sweeps; the first quarter is burn-in.

    `counts`, shape (2**k,), with the unseen cell (index 0) empty. `chains`: in all, rounded down to as many in each of
    `POPULATIONS` populations, which grow up apart (see `latent_growing`), with at most `moves` sweeps each time that
    people are let in. They are compared after each `LOOK` sweeps, and stop once `Mixing.good`,
    or when they are hopeless. `patient`: run all sweeps whatever they look like. `keeper`: keeps how far they are; a
    run that is stopped goes on from there and gives the same draws, for each block has a seed of its own.
    """
    prior = prior or Prior()
    table = seen(counts)
    growth = Growth(POPULATIONS, max(chains // POPULATIONS, 1), moves, seed)
    state = grown_up(table, prior, growth, progress, keeper)
    run = _Run(state, table, prior, seed, sweeps, progress, keeper)
    look = sweeps if patient else min(LOOK, sweeps)
    while True:
        run.until(look)
        kept = np.concatenate(run.unseen)[int(BURN_IN * look) :].T
        measured = mixing(np.log(kept + 1.0), growth.each)
        if measured.good or look == sweeps or _hopeless(measured, look, sweeps):
            break
        look = min(look + LOOK, sweeps)
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

    def until(self, look: int) -> None:
        """Draw, or take from the keeper, the blocks up to sweep `look`."""
        done = sum(map(len, self.unseen))
        while done < look:
            size = min(BLOCK, look - done)
            before = None if self.keeper is None else self.keeper.kept().get(done)
            if before is None or not self._take(before, size):
                self._draw(done, size)
            done += size

    def _draw(self, done: int, size: int) -> None:
        rng = np.random.default_rng([self.seed, 1, done])
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
    """Whether all sweeps will not do: populations too far apart, or draws worth too little however it goes on.

    What draws are worth grows faster than their number while chains still settle: at most twice as fast, and at most as
    its square. How far populations are apart, R-hat above 1, shrinks no faster than that.
    """
    more = sweeps / done
    most = min(2 * more, more**2)
    worth = min(measured.bulk, measured.tail)
    return measured.rhat - 1 > (HIGHEST_RHAT - 1) * most or worth * most < LEAST_EFFECTIVE


def latent_classes(
    histories: Histories, *, seed: int = 7, resamples: int = 0, progress: Progress = None, level: float = 0.95,
    chains: int = CHAINS, sweeps: int = SWEEPS, moves: int = MOVES, classes: int = 10, shape: float = 0.25,
    rate: float = 0.25, keeper: Keeper | None = None,
) -> Estimate:  # fmt: skip
    """The population by latent classes: posterior median and central interval of `level`, or a refusal.

    `classes`, `shape`, `rate`: at most so many classes, and the Gamma prior of how they differ in size. `sweeps`: the
    most sweeps of each of the `chains`; `moves`: the most sweeps each time that people are let in (with more of them,
    chains that were refused may come together). `resamples` is taken because all methods take it, and does nothing.

    Without an answer (`population` None) when R-hat is above 1.01 or the draws are worth fewer than 400: `reason`
    says so, `details` shows where each chain was. At least three lists; `BadInput` otherwise. After a
    stop (KeyboardInterrupt, from `progress` as well) the run goes on from what the `keeper` holds.
    """
    refuse_unusable(histories)
    if len(histories.lists) < FEWEST:
        raise bayes_refusal("few-lists", name="latent", fewest=FEWEST, count=len(histories.lists))
    refuse_settings(2, chains=chains)
    refuse_settings(1, sweeps=sweeps, moves=moves, classes=classes)
    refuse_settings(SMALL, shape=shape, rate=rate)
    found = draw(histories.counts, seed=seed, chains=chains, sweeps=sweeps, moves=moves,
                 prior=Prior(classes, shape, rate), progress=progress, keeper=keeper)  # fmt: skip
    low, median, high = np.quantile(found.population, [(1 - level) / 2, 0.5, (1 + level) / 2])
    good = found.mixing.good
    options = {"chains": chains, "sweeps": sweeps, "moves": moves, "classes": classes, "shape": shape, "rate": rate}
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
