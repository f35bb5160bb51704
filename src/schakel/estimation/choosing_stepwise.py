"""The log-linear answer of pairs chosen one by one; every resample of its bootstrap chooses its own."""

from __future__ import annotations

from typing import Any

from schakel.estimation.choosing import BCA, NONE, PERCENTILE, RESAMPLES, SEED, check, receipt_of, with_bootstrap
from schakel.estimation.estimate import Estimate
from schakel.estimation.histories import Histories
from schakel.estimation.lattice import Whole
from schakel.estimation.loglinear import fit, no_estimate, told
from schakel.estimation.running import Keeper, Progress
from schakel.estimation.stepwise import THRESHOLD, stepwise


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
    check(histories, "stepwise", interval, (BCA, PERCENTILE, NONE))
    receipt = receipt_of(histories, seed, resamples, interval, threshold=threshold)
    chosen = stepwise(histories.counts[:, None], threshold)
    model = chosen.model(0, len(histories.lists))
    made = fit(model, histories.counts)
    if isinstance(made, int):
        return no_estimate(histories, "stepwise", model, made, receipt)

    def refit(tables: Whole) -> Any:
        return stepwise(tables, threshold).unobserved

    answer = told(histories, made, "stepwise", receipt, threshold=threshold)
    return with_bootstrap(answer, histories, made, refit, interval, resamples, seed, progress, keeper)
