"""From a table with covariates to an estimate by group: read it, choose a model, estimate, and put intervals around it.

Groups are sums over strata of one model, so that they add up. Intervals come from a bootstrap in which everything is
done again, choosing the model included:

    n* ~ Binomial(N, n/N), histories by stratum multinomial with n* and the observed shares, model chosen anew,
    population* by group; limits are quantiles (type 8) of population*.

So they hold the chance of being seen at all, the uncertainty of the overlaps and that of the model. A resample without
an estimate counts as one without an upper limit. Sources: Norris & Pollock (1996) for drawing n*; Buckland, Burnham &
Augustin (1997) for choosing anew in each resample (both recalled).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from schakel.estimation.covariate_search import Search, choose, search_over
from schakel.estimation.covariates import CovariateFit, cut, fit_covariates, fit_cut
from schakel.estimation.design import CovariateModel, Design, Real, parse_model
from schakel.estimation.estimate import Estimate, Interval, Receipt
from schakel.estimation.population import about, refuse_one_world
from schakel.estimation.running import Progress
from schakel.estimation.sentences import COMMON, FLAGS, INTERNAL, NO_ESTIMATE
from schakel.estimation.showing import beyond, number
from schakel.estimation.stratified import Stratified, read_stratified
from schakel.vocabulary.tables import Table
from schakel.vocabulary.texts import Text, text
from schakel.vocabulary.version import VERSION

__all__ = ["estimate_strata", "read_stratified"]  # the door for those who come from outside this room

LEVEL: Final = 0.95

BY_GROUP: Final = text({"nl": "Schatting per groep", "en": "Estimate by group"})
ASSUMES: Final = text({
    "nl": "Lijsten en kenmerken hangen alleen samen zoals het model zegt; binnen een groep is iedereen even vindbaar.",
    "en": "Lists and covariates depend on each other only as the model says; within a group all are as easy to find.",
})  # fmt: skip
ACTIVE: Final = text({
    "nl": "Een lijst die ergens niet actief was, zou daar niemand anders hebben gezien dan het model aanneemt.",
    "en": "A list that was not active somewhere would have seen there what the model assumes.",
})  # fmt: skip


@dataclass(frozen=True, eq=False)
class Resampled:
    """What a bootstrap gave: (resamples, strata) people seen and unseen; NaN where a resample had no estimate."""

    seen: Real
    unseen: Real
    models: tuple[str, ...]


def resample(table: Stratified, fit: CovariateFit, search: Search | None, *, seed: int, resamples: int,
             quick: bool = False, progress: Progress = None) -> Resampled:  # fmt: skip
    """Draw people anew from the table and estimate anew; with a search the model is chosen anew in every draw.

    quick: each search begins at the chosen model and not at main effects. On large tables that is several times
    faster; it may stay near that model, so that intervals may come out somewhat narrower.
    """
    assert fit.population is not None
    rng = np.random.default_rng(seed)
    shares = table.counts.ravel() / table.observed
    matrices = None if search else cut(Design(table), fit.model)
    seen, unseen = np.zeros((resamples, len(table.counts))), np.full((resamples, len(table.counts)), np.nan)
    models = []
    for draw in range(resamples):
        people = max(1, int(rng.binomial(round(fit.population), table.observed / fit.population)))
        drawn = table.with_counts(rng.multinomial(people, shares).reshape(table.counts.shape))
        begin = fit.model if quick else None
        again = choose(search, drawn, begin) if search else _again(drawn, fit.model, matrices)
        seen[draw] = drawn.counts.sum(1)
        unseen[draw] = np.nan if again.unseen is None else again.unseen
        models.append(again.bracket)
        if progress:
            progress(draw + 1, resamples)
    return Resampled(seen, unseen, tuple(models))


def _again(drawn: Stratified, model: CovariateModel, matrices: Any) -> CovariateFit:
    counts = drawn.counts[drawn.possible].astype(float)
    return fit_cut(drawn, model, matrices, counts)


def limits(values: Real, observed: float, level: float = LEVEL) -> tuple[float, float]:
    """Type-8 quantiles of estimates of which NaN is one without an upper limit; never below who was seen."""
    tail = (1 - level) / 2
    finite = values[np.isfinite(values)]
    if not len(finite):
        return observed, float("inf")
    low = max(observed, float(np.quantile(finite, tail, method="median_unbiased")))
    missing = 1 - len(finite) / len(values)
    if missing >= tail:
        return low, float("inf")
    return low, max(low, float(np.quantile(finite, (1 - tail) / (1 - missing), method="median_unbiased")))


def estimate_strata(
    table: Stratified,
    *,
    model: str | None = None,
    criterion: str = "bic",
    order: int = 2,
    by: Sequence[str] = (),
    resamples: int = 200,
    quick: bool = False,
    level: float = LEVEL,
    seed: int,
    progress: Progress = None,
) -> Estimate:
    """How many people there are by a covariate model, in all and by the groups of some covariates.

    model: `main`, `pairs` or brackets; without it one is searched by `criterion` among terms up to `order` factors.
    by: covariates whose groups are told in `details["groups"]`; they add up to the total. resamples 0: no interval.
    quick: see `resample`.
    Raises `BadInput` where a group would be one organisation or one community.
    """
    refuse_one_world(table, by)
    search = None if model else search_over(table, criterion=criterion, order=order)
    fit = choose(search, table) if search else fit_covariates(table, parse_model(table, model or "main"))
    options = {"model": model or "search", "scope": search.sentence if search else "-",
               "by": ", ".join(by) or "-", "resamples": resamples, **({"quick": True} if quick else {})}  # fmt: skip
    receipt = Receipt(fingerprint(table), VERSION, seed, options)
    if fit.unseen is None:
        return _nothing(table, fit, receipt)
    drawn = (
        resample(table, fit, search, seed=seed, resamples=resamples, quick=quick, progress=progress)
        if resamples
        else None
    )
    return _estimate(table, fit, receipt, drawn, by, level)


def _estimate(table: Stratified, fit: CovariateFit, receipt: Receipt, drawn: Resampled | None, by: Sequence[str],
              level: float) -> Estimate:  # fmt: skip
    assert fit.population is not None  # a fit without a flag has both
    assert fit.unseen is not None
    total = None if drawn is None else limits((drawn.seen + drawn.unseen).sum(1), table.observed, level)
    same = {} if drawn is None else {
        "resamples_with_the_same_model": float(np.mean([bracket == fit.bracket for bracket in drawn.models]))
    }  # fmt: skip
    return Estimate(
        method="covariates",
        population=fit.population,
        observed=table.observed,
        receipt=receipt,
        assumptions=assumptions(table),
        model=fit.bracket,
        interval=None if total is None else Interval(*total, level, "percentile"),
        log_likelihood=fit.log_likelihood,
        deviance=fit.deviance,
        aic=fit.aic,
        bic=fit.bic,
        **parameters(fit),
        about=about(table),
        details=group_details(table, table.counts.sum(1).astype(float), fit.unseen, drawn, by, level) | same,
    )


def parameters(fit: CovariateFit) -> dict[str, Any]:
    """Coefficients and standard errors by name; what is aliased is left out, minus infinity has no error."""
    assert fit.coefficients is not None
    assert fit.standard_errors is not None
    told = [(name, value, error) for name, value, error
            in zip(fit.names, fit.coefficients.tolist(), fit.standard_errors.tolist(), strict=True)
            if not np.isnan(value)]  # fmt: skip
    return {"coefficients": {name: value for name, value, _ in told},
            "standard_errors": {name: None if np.isnan(error) else error for name, _, error in told}}  # fmt: skip


def group_details(table: Stratified, seen: Real, unseen: Real, drawn: Resampled | None, by: Sequence[str],
                  level: float) -> dict[str, Any]:  # fmt: skip
    """Groups with their intervals, and how many resamples had no estimate. seen, unseen: (strata,)."""
    keys, of_stratum = table.groups(by)
    groups = []
    for group, key in enumerate(keys):
        chosen = of_stratum == group
        here, missed = float(seen[chosen].sum()), float(unseen[chosen].sum())
        told: dict[str, Any] = {"group": dict(zip(by, key, strict=True)), "observed": here, "unobserved": missed,
                                "population": here + missed}  # fmt: skip
        if drawn is not None:
            low, high = limits((drawn.seen + drawn.unseen)[:, chosen].sum(1), here, level)
            told["interval"] = {"low": low, "high": high if np.isfinite(high) else None, "level": level}
        groups.append(told)
    missing = {} if drawn is None else {"resamples_without_estimate": float(np.isnan(drawn.unseen).any(1).mean())}
    return {"groups": groups, **missing}


def groups_table(estimate: Estimate, lang: str) -> Table:
    """The groups of an estimate by covariates, to look at. Internal: it holds counts of people."""
    heads = {"nl": ("groep", "gezien", "niet gezien", "samen", "interval"),
             "en": ("group", "seen", "unseen", "together", "interval")}[lang]  # fmt: skip
    rows = []
    for one in estimate.details.get("groups", []):
        name = ", ".join(f"{covariate}={level}" for covariate, level in one["group"].items()) or "-"
        told = [number(one[key], lang) for key in ("observed", "unobserved", "population")]
        rows.append((name, *told, _limits_told(one.get("interval"), lang)))
    return Table(f"{BY_GROUP(lang)} ({INTERNAL(lang).partition(':')[0]})", heads, tuple(rows))


def _limits_told(interval: dict[str, Any] | None, lang: str) -> str:
    if interval is None:
        return "-"
    high = interval["high"]
    return f"{number(interval['low'], lang)} – {'…' if high is None or beyond(high) else number(high, lang)}"


def _nothing(table: Stratified, fit: CovariateFit, receipt: Receipt) -> Estimate:
    return Estimate("covariates", None, table.observed, receipt, assumptions(table), model=fit.bracket, flag=fit.flag,
                    about=about(table), reason=no_estimate(fit.flag))  # fmt: skip


def no_estimate(flag: int) -> Text:
    """Why there is no estimate, and what to do."""
    return Text({lang: NO_ESTIMATE(lang).format(why=FLAGS[flag](lang)) for lang in ("nl", "en")})


def assumptions(table: Stratified) -> tuple[Text, ...]:
    """What a covariate model assumes of this table."""
    return (*COMMON, ASSUMES, *(() if table.active.all() else (ACTIVE,)))


def fingerprint(table: Stratified) -> str:
    """What names these data in a receipt: SHA-256 over lists, levels, activity and counts."""
    levels = [(one.name, one.levels) for one in table.covariates]
    told = [table.lists, levels, table.active.tolist(), table.counts.tolist()]
    return hashlib.sha256(repr(told).encode()).hexdigest()
