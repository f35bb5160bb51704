"""Bayesian thresholding: give every pair of lists a dependence, keep those that stand out, and estimate with these.

1. Fit the Poisson log-linear model with all pairs of lists under normal priors: precision 1 for a pair, 0.0001 for the
   intercept and the lists.
2. Keep the pairs whose posterior mean is at least `threshold` = 2 posterior standard deviations from zero.
3. Fit the model with the pairs that are left, under the same priors: the population is the number seen plus
   exp(intercept).

With the improper prior (precision 0) pairs of lists that share nobody are minus infinity, and their cells drop out; the
rest must then have a maximum likelihood estimate.

The weak spot is step 2. Where a pair lies on the threshold, a little noise decides, and the total can leap: on the
Dutch six lists the peer answers 49,218 to 80,550 by its seed. So every pair that is close to the threshold is also
decided the other way. Does the total then leave the interval, there is no estimate.

Source: Silverman (2020), Journal of the Royal Statistical Society A 183, 691-736 (recalled); the priors, the threshold
and the rule for pairs that share nobody from the documentation of the R packages modslavmse and
MultipleSystemsEstimation. Deciding close pairs both ways is our own.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from schakel.estimation.bayes_words import (
    CLOSE_CALL,
    FLIPS,
    PAIRS_GIVEN,
    PAIRS_ONLY,
    WIDE,
    bayes_refusal,
    filled,
    joined,
    people,
)
from schakel.estimation.certainty import Interval
from schakel.estimation.estimate import Estimate
from schakel.estimation.existence import flag_of
from schakel.estimation.histories import Histories, refuse_unusable
from schakel.estimation.latent import not_mixed, told
from schakel.estimation.lattice import masks_of_size
from schakel.estimation.parts import SHARES, Receipt, quantiles
from schakel.estimation.refusals import refuse_settings
from schakel.estimation.running import Keeper, Progress
from schakel.estimation.sentences import COMMON
from schakel.estimation.terms import all_pairs, model_of, term_words
from schakel.estimation.threshold_models import Sampled, Setting, Stages
from schakel.vocabulary.texts import Text
from schakel.vocabulary.version import VERSION

PRECISION, MAIN_PRECISION, THRESHOLD = 1.0, 1e-4, 2.0
CLOSE = 0.1  # a pair this near to the threshold is decided both ways: our own norm, about a twentieth of it
MOST_CLOSE = 4  # of the close pairs the nearest so many are tried
CHAINS, DRAWS = 8, 1_000
FEWEST = 3
FAR_APART = 10.0


def threshold(
    histories: Histories, *, seed: int = 7, resamples: int = 0, progress: Progress = None, level: float = 0.95,
    precision: float = PRECISION, main_precision: float = MAIN_PRECISION, threshold: float = THRESHOLD,
    chains: int = CHAINS, draws: int = DRAWS, keeper: Keeper | None = None,
) -> Estimate:  # fmt: skip
    """The population by Bayesian thresholding: posterior median and central interval of `level`, or a refusal.

    `precision`: of the prior of a pair; 0 for the improper prior, under which the others are flat too. `draws`: kept
    from each of the `chains`. `resamples` is taken because all methods take it, and does nothing. `keeper`:
    keeps each model that was sampled; the same run again goes on from there.

    No answer (`population` None, with `reason`) when the chains do not agree, or when a pair close to the threshold,
    decided the other way, moves the total out of the interval. `BadInput` for fewer than three lists, and when the
    improper prior meets counts on which the model with all pairs has no estimate.
    """
    refuse_unusable(histories)
    if len(histories.lists) < FEWEST:
        raise bayes_refusal("few-lists", name="threshold", fewest=FEWEST, count=len(histories.lists))
    refuse_settings(0, threshold=threshold, precision=precision, main_precision=main_precision)
    refuse_settings(2, chains=chains)
    refuse_settings(1, draws=draws)
    setting = _setting(histories, precision, main_precision)
    stages = Stages(setting, seed, chains, draws, progress, keeper)
    pairs = tuple(pair for pair in masks_of_size(setting.lists, 2) if pair not in setting.empty)
    full = stages.sample(pairs)
    statistics = full.statistics
    kept = tuple(pair for pair in pairs if statistics[pair] >= threshold)
    final = stages.sample(kept)
    asked = [(1 - level) / 2, 0.5, (1 + level) / 2, *SHARES]
    low, median, high, *others = (histories.observed + np.quantile(final.unseen, asked)).tolist()
    interval = Interval(low, high, level, "posterior")
    options = {"precision": precision, "main_precision": main_precision, "threshold": threshold, "chains": chains,
               "draws": draws}  # fmt: skip
    answer = Estimate(
        method="threshold", population=median, observed=histories.observed, flag=None,
        model=model_of(setting.lists, (*kept, *setting.empty)).words(histories.lists),
        receipt=Receipt(histories.fingerprint, VERSION, seed, options), assumptions=(*COMMON, PAIRS_ONLY, PAIRS_GIVEN),
        interval=interval, coefficients=_coefficients(final, setting, histories),
        standard_errors=_errors(final, setting, histories),
        cautions=(filled(WIDE, factor=FAR_APART),) if interval.high > FAR_APART * interval.low else (),
        details={
            "quantiles": quantiles(dict(zip(SHARES, others, strict=True))),
            "statistics": {_name(pair, histories): statistics[pair] for pair in pairs},
            "kept": [_name(pair, histories) for pair in kept],
            "minus_infinity": [_name(pair, histories) for pair in setting.empty],
            "mixing_all_pairs": told(full.mixing), "mixing": told(final.mixing), "accepted": final.accepted,
        },
    )  # fmt: skip
    for measured in (full.mixing, final.mixing):
        if not measured.good:
            return _refused(answer, not_mixed(measured))
    close = sorted((pair for pair in pairs if abs(statistics[pair] - threshold) <= CLOSE),
                   key=lambda pair: abs(statistics[pair] - threshold))[:MOST_CLOSE]  # fmt: skip
    return _decided_otherwise(answer, stages, kept, tuple(close), histories) if close else answer


def _setting(histories: Histories, precision: float, main_precision: float) -> Setting:
    """The counts and priors; under the improper prior with the pairs that share nobody, once an estimate exists."""
    if precision > 0:
        return Setting(histories.counts, (), precision, main_precision)
    if flag_of(all_pairs(len(histories.lists)), histories.counts):
        raise bayes_refusal("no-pairs-model")
    empty = tuple(pair for pair in masks_of_size(len(histories.lists), 2) if not histories.overlaps[pair])
    return Setting(histories.counts, empty, 0.0, 0.0)


def _decided_otherwise(
    answer: Estimate, stages: Stages, kept: tuple[int, ...], close: tuple[int, ...], histories: Histories
) -> Estimate:  # fmt: skip
    """Decide each close pair the other way, and all of them together: a caution, or no estimate."""
    totals = {}
    for flipped in dict.fromkeys([*((pair,) for pair in close), close]):
        pairs = tuple(sorted(set(kept) ^ set(flipped)))
        found = stages.sample(pairs)
        name = ", ".join(_name(pair, histories) for pair in flipped)
        totals[name] = histories.observed + float(np.median(found.unseen))
    answer = replace(answer, details={**answer.details, "decided_otherwise": totals})
    every = [answer.population or 0.0, *totals.values()]
    names = joined([Text({"nl": name, "en": name}) for name in (_name(pair, histories) for pair in close)])
    words = {"pairs": names, "low": people(min(every)), "high": people(max(every))}
    interval = answer.interval
    if interval is None or min(every) < interval.low or max(every) > interval.high:
        return _refused(answer, filled(FLIPS, **words))
    return replace(answer, cautions=(*answer.cautions, filled(CLOSE_CALL, **words)))


def _refused(answer: Estimate, reason: Text) -> Estimate:
    """The same, without a number."""
    return replace(answer, population=None, interval=None, reason=reason, cautions=(), coefficients={},
                   standard_errors={}, details={**answer.details, "quantiles": None})  # fmt: skip


def _name(mask: int, histories: Histories) -> str:
    return term_words(mask, histories.lists)


def _coefficients(found: Sampled, setting: Setting, histories: Histories) -> dict[str, float]:
    """Posterior means by term; minus infinity for pairs that share nobody under the improper prior."""
    return {_name(mask, histories): mean for mask, mean in found.means.items()} | {
        _name(mask, histories): -np.inf for mask in setting.empty
    }


def _errors(found: Sampled, setting: Setting, histories: Histories) -> dict[str, float | None]:
    """Posterior standard deviations by term; none for a term at minus infinity."""
    return {_name(mask, histories): deviation for mask, deviation in found.deviations.items()} | dict.fromkeys(
        (_name(mask, histories) for mask in setting.empty), None
    )
