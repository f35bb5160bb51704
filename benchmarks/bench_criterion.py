"""Claim: neither AIC nor BIC finds known populations best by a covariate model, so that intervals hold draws by both.

People are drawn from models of the Scottish table by region, sex and age that are taken for the truth: main effects,
all pairs, and the model that BIC chooses; also with a tenth of the people. Beside that a year of the synthetic country
by form and sex, which is no model of either. Each table is estimated by both criteria, without intervals
(`bench_coverage.py` has those). Told is the logarithm of estimate over truth.

    .venv/bin/python benchmarks/bench_criterion.py [--count 50] [--write]
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from _tools import keep, options
from bench_coverage import groups

from schakel.estimation.covariate_search import choose, search_over
from schakel.estimation.covariates import CovariateFit, fit_covariates
from schakel.estimation.design import Real, parse_model
from schakel.estimation.stratified import Stratified
from tests.published.test_estimation_covariates import TABLE

CRITERIA = ("bic", "aic")
TRUTHS = {
    "nothing depends on anything": "main",
    "the model that BIC chooses": "",
    "everything depends two by two": "pairs",
}
SHARES = {"": 1.0, ", a tenth of the people": 0.1}


def truth(model: str) -> CovariateFit:
    """A model of the whole table: given, or the one that BIC chooses."""
    return fit_covariates(TABLE, parse_model(TABLE, model)) if model else choose(search_over(TABLE), TABLE)


def expected(fit: CovariateFit) -> Real:
    """The expected people of each stratum and history, on no list too; (strata, histories)."""
    found = np.zeros(TABLE.counts.size)
    found[TABLE.possible.ravel()] = fit.expected
    found = found.reshape(TABLE.counts.shape)
    found[:, 0] = fit.unseen
    return found


def drawn(people: Real, seed: int, count: int) -> Iterator[tuple[Stratified, int]]:
    """Tables of people drawn from these expected ones, and how many there are."""
    size = round(float(people.sum()))
    for draw in range(count):
        chosen = np.random.default_rng([seed, draw]).multinomial(size, people.ravel() / people.sum())
        counts = chosen.reshape(people.shape)
        counts[:, 0] = 0
        yield TABLE.with_counts(counts), size


def told(tables: list[tuple[Stratified, int]]) -> dict[str, dict[str, float]]:
    """By each criterion the bias and the root mean square of log(estimate / truth)."""
    found = {}
    for criterion in CRITERIA:
        populations = [choose(search_over(table, criterion=criterion), table).population for table, _ in tables]
        bias = np.log([one or np.nan for one in populations]) - np.log([size for _, size in tables])
        found[criterion] = {
            "rmse of log bias": round(float(np.sqrt(np.nanmean(bias**2))), 3),
            "median log bias": round(float(np.nanmedian(bias)), 3),
            "without estimate": int(np.isnan(bias).sum()),
        }
    return found


def main() -> None:
    given, began = options(__doc__ or "", count=50), time.process_time()
    designs = {
        name + words: list(drawn(expected(truth(model)) * share, given.seed, given.count))
        for name, model in TRUTHS.items()
        for words, share in SHARES.items()
    }
    designs["a year of the synthetic country"] = [groups(given.seed, draw) for draw in range(given.count)]
    figures: dict[str, Any] = {}
    for name, tables in designs.items():
        figures[name] = told(tables)
        print(name, figures[name], flush=True)
    spent = {"CPU s": round(time.process_time() - began)}
    keep("criterion", given.seed, {"claim": "AIC or BIC for covariate models", "count": given.count, **spent,
                                   "figures": figures}, write=given.write)  # fmt: skip


if __name__ == "__main__":
    main()
