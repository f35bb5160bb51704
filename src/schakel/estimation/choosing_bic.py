"""The log-linear answer of the best model by BIC; every resample of its bootstrap chooses anew."""

from __future__ import annotations

from typing import Any

from schakel.estimation import sentences
from schakel.estimation.choosing import BCA, NONE, PERCENTILE, RESAMPLES, SEED, check, receipt_of, with_bootstrap
from schakel.estimation.estimate import Estimate
from schakel.estimation.existence import flag_of
from schakel.estimation.histories import Histories
from schakel.estimation.loglinear import Fit, fit, no_estimate, told
from schakel.estimation.running import Keeper, Progress
from schakel.estimation.selection import TOP, Ranking, choosing_among, rank
from schakel.estimation.terms import main_effects


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
    check(histories, "bic", interval, (BCA, PERCENTILE, NONE))
    receipt = receipt_of(histories, seed, resamples, interval, top=top, order=order)
    ranking = rank(histories, order)
    if not ranking.kept:
        least = main_effects(len(histories.lists))
        return no_estimate(histories, "bic", least, flag_of(least, histories.counts), receipt)
    made = fit(ranking.model(0), histories.counts)
    assert isinstance(made, Fit)  # the ranking holds none without an estimate
    details = {"models_tried": ranking.tried, "models_kept": ranking.kept, "order": ranking.order,
               "best": _best(ranking, histories.observed)}  # fmt: skip
    answer = told(histories, made, "bic", receipt, **details)
    if not ranking.everything:
        answer = answer.with_caution(_NOT_ALL)
    refit = choosing_among(ranking.holds[:top])
    return with_bootstrap(answer, histories, made, refit, interval, resamples, seed, progress, keeper)


def _best(ranking: Ranking, observed: int, number: int = 10) -> list[dict[str, Any]]:
    """The first models of a ranking, as plain data."""
    return [{"model": ranking.model(place).words(), "bic": float(ranking.bic[place]),
             "population": observed + float(ranking.unobserved[place])}
            for place in range(min(number, ranking.kept))]  # fmt: skip


_NOT_ALL = sentences.spoken(
    nl="Niet alle modellen zijn vergeleken: met zoveel lijsten is gezocht vanaf het stapsgewijze model en vanaf alle "
    "paren, één paar tegelijk.",
    en="Not all models were compared: with so many lists the search went from the stepwise model and from all pairs, "
    "one pair at a time.",
)
