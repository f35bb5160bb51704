"""From a table with covariates to an estimate by group: read it, choose a model, estimate, and put intervals around it.

Groups are sums over strata of one model, so that they add up. Intervals come from a bootstrap in which everything is
done again, choosing the model included:

    n* ~ Binomial(N, n/N), histories by stratum multinomial with n* and the observed shares, model chosen anew

(`schakel.estimation.strata_bootstrap`). So they hold the chance of being seen at all, the uncertainty of the overlaps
and that of the model. Percentile limits also hold the doubt about the criterion: in every second draw the model is
chosen by the other one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from schakel.estimation.bootstrap import FEWEST, MOST
from schakel.estimation.certainty import Interval
from schakel.estimation.covariate_search import choose, search_over
from schakel.estimation.covariates import CovariateFit, fit_covariates
from schakel.estimation.design import Real, parse_model
from schakel.estimation.estimate import Estimate
from schakel.estimation.histories import Histories, refuse_unusable
from schakel.estimation.parts import Receipt
from schakel.estimation.population import about, refuse_one_world
from schakel.estimation.refusals import refusal
from schakel.estimation.running import Keeper, Progress
from schakel.estimation.sentences import COMMON, FLAGS, INTERNAL, NO_BOOTSTRAP, NO_ESTIMATE
from schakel.estimation.showing import beyond, number
from schakel.estimation.strata_bootstrap import BCA, INTERVALS, LEVEL, NONE, PERCENTILE, Resampled, resample
from schakel.estimation.stratified import Stratified, read_stratified
from schakel.vocabulary.tables import Table
from schakel.vocabulary.texts import Text, text
from schakel.vocabulary.version import VERSION

__all__ = ["estimate_strata", "read_stratified"]  # the door for those who come from outside this room

OTHER: Final = {"bic": "aic", "aic": "bic"}
BY_GROUP: Final = text({"nl": "Schatting per groep", "en": "Estimate by group"})
ASSUMES: Final = text({
    "nl": "Lijsten en kenmerken hangen alleen samen zoals het model zegt; binnen een groep is iedereen even vindbaar.",
    "en": "Lists and covariates depend on each other only as the model says; within a group all are as easy to find.",
})  # fmt: skip
NOBODY_SEEN: Final = text({
    "nl": "In deze groepen is niemand gezien; wat daar staat, zegt alleen het model: {groups}.",
    "en": "Nobody was seen in these groups; what stands there is the model alone: {groups}.",
})  # fmt: skip
ACTIVE: Final = text({
    "nl": "Een lijst die ergens niet actief was, zou daar niemand anders hebben gezien dan het model aanneemt.",
    "en": "A list that was not active somewhere would have seen there what the model assumes.",
})  # fmt: skip


def estimate_strata(
    table: Stratified,
    *,
    model: str | None = None,
    criterion: str = "bic",
    order: int = 2,
    by: Sequence[str] = (),
    interval: str = PERCENTILE,
    resamples: int = 200,
    quick: bool = False,
    level: float = LEVEL,
    seed: int,
    progress: Progress = None,
    keeper: Keeper | None = None,
) -> Estimate:
    """How many people there are by a covariate model, in all and by the groups of some covariates.

    model: `main`, `pairs` or brackets; without it one is searched by `criterion` among terms up to `order` factors.
    by: covariates whose groups are told in `details["groups"]`; they add up to the total.
    criterion: bic or aic, by which the model is chosen; percentile limits are of draws by both in turn, for nothing in
        the data says which is right: BIC leaves out dependences that are there, AIC takes in some that are not.
    interval: percentile, bca (which estimates once more for each history of each stratum) or none, as resamples 0.
    quick, keeper: see `strata_bootstrap.resample`.
    Raises `BadInput` where a group would be one organisation or one community, and where no method could tell anything
    of all strata together.
    """
    refuse_one_world(table, by)
    refuse_unusable(Histories(table.lists, table.collapsed().counts[0]))
    check_draws(seed, resamples)
    if interval not in INTERVALS:
        raise refusal("interval", value=interval, name="--strata", columns=", ".join(INTERVALS))
    search = None if model else search_over(table, criterion=criterion, order=order)
    beside = search_over(table, criterion=OTHER[criterion], order=order) if search and interval == PERCENTILE else None
    fit = choose(search, table) if search else fit_covariates(table, parse_model(table, model or "main"))
    options = {"model": model or "search", "scope": search.sentence if search else "-", "by": ", ".join(by) or "-",
               "interval": interval, "resamples": resamples, **({"quick": True} if quick else {}),
               **({"every_second_draw": beside.sentence} if beside and resamples else {})}  # fmt: skip
    receipt = Receipt(fingerprint(table), VERSION, seed, options)
    if fit.unseen is None:
        return _nothing(table, fit, receipt)
    drawn = (
        resample(
            table,
            fit,
            search,
            beside=beside,
            seed=seed,
            resamples=resamples,
            quick=quick,
            jackknife=interval == BCA,
            progress=progress,
            keeper=keeper,
        )
        if resamples and interval != NONE
        else None
    )
    return _estimate(table, fit, receipt, drawn, by, level)


def _estimate(table: Stratified, fit: CovariateFit, receipt: Receipt, drawn: Resampled | None, by: Sequence[str],
              level: float) -> Estimate:  # fmt: skip
    assert fit.population is not None  # a fit without a flag has both
    assert fit.unseen is not None
    everybody = np.arange(len(table.counts))
    total = None if drawn is None else drawn.limits(everybody, fit.population, table.observed, level)
    kind = BCA if drawn is not None and drawn.left is not None else PERCENTILE
    same = {} if drawn is None else {"resamples_with_the_same_model": float(drawn.same.mean())}
    details = group_details(table, table.counts.sum(1).astype(float), fit.unseen, drawn, by, level)
    return Estimate(
        method="covariates",
        population=fit.population,
        observed=table.observed,
        receipt=receipt,
        assumptions=assumptions(table),
        model=fit.bracket,
        interval=None if total is None else Interval(*total, level, kind),
        log_likelihood=fit.log_likelihood,
        deviance=fit.deviance,
        aic=fit.aic,
        bic=fit.bic,
        **parameters(fit),
        about=about(table),
        cautions=(
            *table.notes,
            *((NO_BOOTSTRAP,) if drawn is not None and total is None else ()),
            *nobody_seen(details["groups"]),
        ),
        details=details | same,
    )


def check_draws(seed: int, resamples: int) -> None:
    """Refuse a seed that is none, and numbers of resamples that hold no tail or never end; 0 is no interval."""
    if seed < 0:
        raise refusal("seed", value=seed)
    if resamples and not FEWEST <= resamples <= MOST:
        raise refusal("resamples", value=resamples, least=FEWEST, most=MOST)


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
            limits = drawn.limits(np.flatnonzero(chosen), here + missed, here, level)
            told["interval"] = limits and {"low": limits[0], "high": limits[1] if np.isfinite(limits[1]) else None,
                                           "level": level}  # fmt: skip
        groups.append(told)
    missing = {} if drawn is None else {"resamples_without_estimate": float(np.isnan(drawn.unseen).any(1).mean())}
    return {"groups": groups, **missing}


def nobody_seen(groups: Sequence[dict[str, Any]]) -> tuple[Text, ...]:
    """The caution that of some groups the model alone tells: nobody was seen in them."""
    empty = [", ".join(f"{name}={level}" for name, level in one["group"].items())
             for one in groups if one["group"] and not one["observed"]]  # fmt: skip
    told = "; ".join(empty)
    return (Text({lang: NOBODY_SEEN(lang).format(groups=told) for lang in ("nl", "en")}),) if empty else ()


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
                    about=about(table), reason=no_estimate(fit.flag), cautions=table.notes)  # fmt: skip


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
