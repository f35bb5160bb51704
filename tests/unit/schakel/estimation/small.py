"""Small tables for the unit tests of estimation: invented counts, nobody's data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from schakel.estimation.certainty import Interval
from schakel.estimation.estimate import Estimate
from schakel.estimation.histories import Histories
from schakel.estimation.parts import Receipt
from schakel.estimation.sentences import COMMON
from schakel.estimation.stratified import Covariate, Stratified
from schakel.vocabulary.texts import text

LISTS = ("A", "B", "C")
FIRST = (0, 60, 50, 12, 40, 9, 8, 3)
SECOND = (0, 30, 45, 6, 55, 7, 10, 2)


def histories(*counts: int, lists: Sequence[str] = LISTS) -> Histories:
    return Histories(tuple(lists), np.array(counts or FIRST, dtype=np.int64))


def stratified(*rows: Sequence[int], levels: Sequence[str] = ("m", "w"), lists: Sequence[str] = LISTS) -> Stratified:
    """One covariate `sex`, a row of counts for each of its levels."""
    counts = np.array(rows or (FIRST, SECOND), dtype=np.int64)
    return Stratified(
        tuple(lists), (Covariate("sex", tuple(levels)),), counts, np.ones((len(counts), len(lists)), bool)
    )


def estimate(population: float | None, *, method: str = "stepwise", observed: int = 182, low: float | None = None,
             high: float | None = None, **more: object) -> Estimate:  # fmt: skip
    """An estimate made by hand."""
    limits = None if low is None or high is None else Interval(low, high, 0.95, "percentile")
    reason = text({"nl": "geen", "en": "none"}) if population is None else None
    receipt = Receipt("0" * 64, "0", 1)
    return Estimate(method, population, observed, receipt, COMMON, interval=limits, reason=reason, **more)  # type: ignore[arg-type]
