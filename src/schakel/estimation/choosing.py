"""The log-linear answer of a model that is given, and what it shares with those of models that the data chose.

Each raises `BadInput` where no method could tell anything (`refuse_unusable`); where its model has no unique estimate,
the answer is an `Estimate` without population that says why. What makes an interval is loaded when one is asked for.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from schakel.estimation import sentences
from schakel.estimation.estimate import Estimate
from schakel.estimation.histories import Histories, refuse_unusable
from schakel.estimation.loglinear import Fit, fit, no_estimate, told
from schakel.estimation.parts import SHARES, Receipt, quantiles
from schakel.estimation.refusals import refusal
from schakel.estimation.running import Keeper, Progress
from schakel.estimation.terms import Model, all_pairs, main_effects
from schakel.vocabulary.texts import Text
from schakel.vocabulary.version import VERSION

if TYPE_CHECKING:
    from schakel.estimation.bootstrap import Refit, Resampled

BCA, PERCENTILE, PROFILE, NONE = "bca", "percentile", "profile", "none"
RESAMPLES, SEED = 1000, 7


def loglinear(
    histories: Histories,
    model: Model,
    *,
    method: str = "model",
    seed: int = SEED,
    resamples: int = RESAMPLES,
    progress: Progress = None,
    interval: str = PROFILE,
    keeper: Keeper | None = None,
) -> Estimate:
    """The estimate of one given model. `interval`: profile, bca, percentile or none; all take the model as given."""
    check(histories, method, interval, (PROFILE, BCA, PERCENTILE, NONE))
    receipt = receipt_of(histories, seed, resamples, interval, model=model.words())
    made = fit(model, histories.counts)
    if isinstance(made, int):
        return no_estimate(histories, method, model, made, receipt)
    answer = told(histories, made, method, receipt)
    if interval == NONE:
        return answer
    if interval == PROFILE:
        from schakel.estimation.profile import profile_interval

        return answer.with_interval(profile_interval(made, histories.counts))
    from schakel.estimation.selection import choosing_among

    holds = np.zeros((1, len(histories.counts)), dtype=bool)
    holds[0, list(model.masks)] = True
    return with_bootstrap(answer, histories, made, choosing_among(holds), interval, resamples, seed, progress, keeper)


def main(
    histories: Histories, *, seed: int = SEED, resamples: int = RESAMPLES, progress: Progress = None, **more: Any
) -> Estimate:
    """Lists independent of each other. For `more` see `loglinear`."""
    return loglinear(histories, main_effects(len(histories.lists)), method="main", seed=seed, resamples=resamples,
                     progress=progress, **more)  # fmt: skip


def pairs(
    histories: Histories, *, seed: int = SEED, resamples: int = RESAMPLES, progress: Progress = None, **more: Any
) -> Estimate:
    """Every pair of lists dependent. For `more` see `loglinear`."""
    return loglinear(histories, all_pairs(len(histories.lists)), method="pairs", seed=seed, resamples=resamples,
                     progress=progress, **more)  # fmt: skip


def check(histories: Histories, method: str, interval: str, possible: tuple[str, ...]) -> None:
    """Refuse histories that nothing can be told from, and an interval that the method does not have."""
    refuse_unusable(histories)
    if interval not in possible:
        raise refusal("interval", value=interval, name=method, columns=", ".join(possible))


def receipt_of(histories: Histories, seed: int, resamples: int, interval: str, **options: Any) -> Receipt:
    """With what the answer can be computed again."""
    given = {name: value for name, value in options.items() if value is not None}
    drawn = {"resamples": resamples} if interval in (BCA, PERCENTILE) else {}
    return Receipt(histories.fingerprint, VERSION, seed, {"interval": interval, **drawn, **given})


def with_bootstrap(
    answer: Estimate, histories: Histories, made: Fit, refit: Refit, interval: str, resamples: int, seed: int,
    progress: Progress, keeper: Keeper | None,
) -> Estimate:  # fmt: skip
    """The answer with the interval of a bootstrap, or with the reason why the bootstrap cannot give one."""
    if interval == NONE:
        return answer
    from schakel.estimation.bootstrap import resample

    drawn = resample(histories.counts, made.unobserved, refit, resamples=resamples, seed=seed, progress=progress,
                     keeper=keeper)  # fmt: skip
    limits = drawn.interval(interval)
    details = _resampled(drawn, interval)
    if drawn.without:
        answer = answer.with_caution(_without(drawn.without, resamples))
    if limits is None:
        return answer.with_caution(sentences.NO_BOOTSTRAP).with_details(**details)
    if not limits.low <= drawn.population <= limits.high:
        answer = answer.with_caution(sentences.OUTSIDE)
    return answer.with_interval(limits, **details)


def _resampled(drawn: Resampled, interval: str) -> dict[str, Any]:
    """What is told of a bootstrap: medians and quantiles, no means, for a resample may be beyond all numbers."""
    kind = interval if drawn.interval(interval) else PERCENTILE
    return {
        "quantiles": quantiles({share: drawn.limit(kind, share) for share in SHARES}),
        "quantiles_by": kind,
        "acceleration": None if math.isnan(drawn.acceleration) else drawn.acceleration,
        "resamples_without_estimate": drawn.without,
    }


def _without(number: int, resamples: int) -> Text:
    return sentences.spoken(
        nl=f"In {number} van {resamples} hertrekkingen was er geen schatting; die tellen als zonder bovengrens.",
        en=f"In {number} of {resamples} resamples there was no estimate; those count as without an upper limit.",
    )
