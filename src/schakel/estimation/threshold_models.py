"""What thresholding samples: a Poisson log-linear model of pairs under normal priors, one model after another.

The sampler is `hamiltonian`; each model has a seed of its own, so that a run that was stopped goes on with the models
that it kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schakel.estimation.chains import Mixing, mixing
from schakel.estimation.hamiltonian import Floats, Target, draw
from schakel.estimation.running import Keeper, Progress
from schakel.estimation.terms import Model, model_of


@dataclass(frozen=True)
class Setting:
    """Counts of shape (2**k,), the pairs at minus infinity (masks), and the precisions of the priors."""

    counts: NDArray[np.int64]
    empty: tuple[int, ...]
    precision: float
    main_precision: float

    @property
    def lists(self) -> int:
        return len(self.counts).bit_length() - 1

    @property
    def cells(self) -> NDArray[np.int64]:
        """The histories that are not taken out by a pair at minus infinity."""
        cells = np.arange(1, len(self.counts))
        for pair in self.empty:
            cells = cells[cells & pair != pair]
        return cells


@dataclass(frozen=True)
class Sampled:
    """A model's draws: `unseen`, shape (chains, draws); mean and deviation of each term; how it mixed."""

    model: Model
    unseen: Floats
    means: dict[int, float]
    deviations: dict[int, float]
    mixing: Mixing
    accepted: float

    @property
    def statistics(self) -> dict[int, float]:
        """For each pair, how many standard deviations its posterior mean is from zero."""
        return {mask: abs(self.means[mask]) / self.deviations[mask] for mask in self.means if mask.bit_count() == 2}


def sample(
    setting: Setting, pairs: tuple[int, ...], rng: np.random.Generator, chains: int, draws: int,
    progress: Progress = None,
) -> Sampled:  # fmt: skip
    """Draw from the posterior of the model with these pairs (masks)."""
    model = model_of(setting.lists, pairs)
    cells = setting.cells
    precision = [setting.precision if mask.bit_count() == 2 else setting.main_precision for mask in model.masks]
    target = Target(model.design[cells], setting.counts[cells].astype(np.float64), np.array(precision))
    found, accepted = draw(target, rng, chains=chains, draws=draws, progress=progress)
    means, deviations = found.mean(axis=(0, 1)), found.std(axis=(0, 1))
    return Sampled(
        model, np.exp(found[:, :, 0]), dict(zip(model.masks, means.tolist(), strict=True)),
        dict(zip(model.masks, deviations.tolist(), strict=True)), mixing(found[:, :, 0]), accepted,
    )  # fmt: skip


@dataclass
class Stages:
    """The models that are sampled one after another, each with a seed of its own, and kept where there is a keeper."""

    setting: Setting
    seed: int
    chains: int
    draws: int
    progress: Progress
    keeper: Keeper | None
    number: int = 0

    def sample(self, pairs: tuple[int, ...]) -> Sampled:
        """Sample the next model, or take it from the keeper."""
        stage, self.number = self.number, self.number + 1
        before = self.keeper.kept().get(stage) if self.keeper else None
        model = model_of(self.setting.lists, pairs)
        size = self.chains * self.draws + 2 * len(model.masks) + 1
        if before is not None and len(before) == size:
            return self._kept(model, before)
        rng = np.random.default_rng([self.seed, stage])
        found = sample(self.setting, pairs, rng, self.chains, self.draws, self.progress)
        if self.keeper:
            numbers = [*found.means.values(), *found.deviations.values(), found.accepted]
            self.keeper.keep(stage, [*found.unseen.ravel().tolist(), *numbers])
        return found

    def _kept(self, model: Model, values: list[float]) -> Sampled:
        """What `sample` kept."""
        unseen = np.array(values[: self.chains * self.draws]).reshape(self.chains, self.draws)
        rest, terms = values[unseen.size :], len(model.masks)
        means = dict(zip(model.masks, rest[:terms], strict=True))
        deviations = dict(zip(model.masks, rest[terms:-1], strict=True))
        return Sampled(model, unseen, means, deviations, mixing(np.log(unseen)), rest[-1])
