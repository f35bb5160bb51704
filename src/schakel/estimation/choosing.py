"""The log-linear answers: of a model that is given, of pairs chosen stepwise, of the best model by BIC; with interval.

Each raises `BadInput` where no method could tell anything (`refuse_unusable`); where its model has no unique estimate,
the answer is an `Estimate` without population that says why.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from schakel.estimation import sentences
from schakel.estimation.bootstrap import Refit, Resampled, resample
from schakel.estimation.estimate import Estimate
from schakel.estimation.existence import flag_of
from schakel.estimation.histories import Histories, refuse_unusable
from schakel.estimation.lattice import Whole
from schakel.estimation.loglinear import Fit, fit, no_estimate, told
from schakel.estimation.parts import SHARES, Receipt, quantiles
from schakel.estimation.refusals import refusal
from schakel.estimation.running import Keeper, Progress
from schakel.estimation.selection import TOP, Ranking, choosing_among, rank
from schakel.estimation.stepwise import THRESHOLD, stepwise
from schakel.estimation.terms import Model, all_pairs, main_effects
from schakel.vocabulary.texts import Text
from schakel.vocabulary.version import VERSION

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
    _check(histories, method, interval, (PROFILE, BCA, PERCENTILE, NONE))
    receipt = _receipt(histories, seed, resamples, interval, model=model.words())
    made = fit(model, histories.counts)
    if isinstance(made, int):
        return no_estimate(histories, method, model, made, receipt)
    answer = told(histories, made, method, receipt)
    if interval == PROFILE:
        from schakel.estimation.profile import profile_interval

        return answer.with_interval(profile_interval(made, histories.counts))
    holds = np.zeros((1, len(histories.counts)), dtype=bool)
    holds[0, list(model.masks)] = True
    return _with_bootstrap(answer, histories, made, choosing_among(holds), interval, resamples, seed, progress, keeper)


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


def stepwise_pairs(
    histories: Histories,
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
    progress: Progress = None,
    interval: str = BCA,
    keeper: Keeper | None = None,
    threshold: float = THRESHOLD,
) -> Estimate:
    """The model whose pairs were chosen one by one (`schakel.estimation.stepwise`).

    `interval`: bca, percentile or none; every resample chooses its own pairs.
    """
    _check(histories, "stepwise", interval, (BCA, PERCENTILE, NONE))
    receipt = _receipt(histories, seed, resamples, interval, threshold=threshold)
    chosen = stepwise(histories.counts[:, None], threshold)
    model = chosen.model(0, len(histories.lists))
    made = fit(model, histories.counts)
    if isinstance(made, int):
        return no_estimate(histories, "stepwise", model, made, receipt)

    def refit(tables: Whole) -> Any:
        return stepwise(tables, threshold).unobserved

    answer = told(histories, made, "stepwise", receipt, threshold=threshold)
    return _with_bootstrap(answer, histories, made, refit, interval, resamples, seed, progress, keeper)


def best_by_bic(
    histories: Histories,
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
    progress: Progress = None,
    interval: str = PERCENTILE,
    keeper: Keeper | None = None,
    order: int | None = None,
    top: int = TOP,
) -> Estimate:
    """The model with the lowest BIC (`schakel.estimation.selection`).

    `interval`: percentile, bca or none; every resample chooses among the `top` best models of the data.
    """
    _check(histories, "bic", interval, (BCA, PERCENTILE, NONE))
    receipt = _receipt(histories, seed, resamples, interval, top=top, order=order)
    ranking = rank(histories, order)
    if not len(ranking):
        least = main_effects(len(histories.lists))
        return no_estimate(histories, "bic", least, flag_of(least, histories.counts), receipt)
    made = fit(ranking.model(0), histories.counts)
    assert isinstance(made, Fit)  # the ranking holds none without an estimate
    details = {"models_tried": ranking.tried, "models_kept": len(ranking), "order": ranking.order,
               "best": _best(ranking, histories.observed)}  # fmt: skip
    answer = told(histories, made, "bic", receipt, **details)
    if not ranking.everything:
        answer = answer.with_caution(_NOT_ALL)
    refit = choosing_among(ranking.holds[:top])
    return _with_bootstrap(answer, histories, made, refit, interval, resamples, seed, progress, keeper)


def _check(histories: Histories, method: str, interval: str, possible: tuple[str, ...]) -> None:
    refuse_unusable(histories)
    if interval not in possible:
        raise refusal("interval", value=interval, name=method, columns=", ".join(possible))


def _receipt(histories: Histories, seed: int, resamples: int, interval: str, **options: Any) -> Receipt:
    given = {name: value for name, value in options.items() if value is not None}
    drawn = {"resamples": resamples} if interval in (BCA, PERCENTILE) else {}
    return Receipt(histories.fingerprint, VERSION, seed, {"interval": interval, **drawn, **given})


def _best(ranking: Ranking, observed: int, number: int = 10) -> list[dict[str, Any]]:
    """The first models of a ranking, as plain data."""
    return [{"model": ranking.model(place).words(), "bic": float(ranking.bic[place]),
             "population": observed + float(ranking.unobserved[place])}
            for place in range(min(number, len(ranking)))]  # fmt: skip


def _with_bootstrap(
    answer: Estimate, histories: Histories, made: Fit, refit: Refit, interval: str, resamples: int, seed: int,
    progress: Progress, keeper: Keeper | None,
) -> Estimate:  # fmt: skip
    """The answer with the interval of a bootstrap, or with the reason why the bootstrap cannot give one."""
    if interval == NONE:
        return answer
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


_NOT_ALL = sentences.spoken(
    nl="Niet alle modellen zijn vergeleken: met zoveel lijsten is gezocht vanaf het stapsgewijze model en vanaf alle "
    "paren, één paar tegelijk.",
    en="Not all models were compared: with so many lists the search went from the stepwise model and from all pairs, "
    "one pair at a time.",
)
