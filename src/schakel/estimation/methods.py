"""The methods by name, each loaded when it is first asked for, and all of them side by side under one verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from schakel.estimation import sentences
from schakel.estimation.estimate import Estimate
from schakel.estimation.histories import Histories, refuse_unusable
from schakel.estimation.parts import Receipt
from schakel.estimation.refusals import refusal
from schakel.estimation.running import Keeper, Progress
from schakel.estimation.terms import parse_model
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import Text
from schakel.vocabulary.version import VERSION

if TYPE_CHECKING:
    from schakel.estimation.comparison import Comparison
    from schakel.estimation.findings import Checks, Sensitivity

RESAMPLES, SEED = 1000, 7


class Method(NamedTuple):
    """Where a method lives, and the intervals that can be chosen for it; empty where it brings its own."""

    place: str
    intervals: tuple[str, ...] = ()
    keeps: bool = False  # whether it takes a keeper though it has no bootstrap

    def load(self) -> Callable[..., Estimate]:
        """The function `(histories, *, seed, resamples, progress, ...) -> Estimate`."""
        module, _, name = self.place.partition(":")
        found: Callable[..., Estimate] = getattr(import_module(f"schakel.estimation.{module}"), name)
        return found


FIXED, DRAWN = ("profile", "bca", "percentile", "none"), ("bca", "percentile", "none")
METHODS: dict[str, Method] = {
    "main": Method("choosing:main", FIXED),
    "pairs": Method("choosing:pairs", FIXED),
    "stepwise": Method("choosing_stepwise:stepwise_pairs", DRAWN),
    "bic": Method("choosing_bic:best_by_bic", ("percentile", "bca", "none")),
    "threshold": Method("threshold:threshold", keeps=True),
    "average": Method("averaging:average", keeps=True),
    "latent": Method("latent:latent_classes", keeps=True),
}


def estimate(
    histories: Histories,
    method: str = "stepwise",
    *,
    model: str | None = None,
    interval: str | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    progress: Progress = None,
    keeper: Keeper | None = None,
    **more: Any,
) -> Estimate:
    """How many people are there, by one method, or by one given model in brackets.

    model: such as "[12,13,4]" or "[LA*NG,GP]"; then `method` does not count
    interval: bca, percentile, profile or none, where the method leaves the choice; its first is taken otherwise
    progress, keeper: see `running.in_blocks`
    more: what else the method takes (`order`, `threshold`, ...)

    Raises `BadInput` for histories that nothing can be told from, and for a name that is no method. The verdict is
    not given here: it needs all methods (`estimate_all`).
    """
    if method not in METHODS:
        raise refusal("method", value=method, columns=", ".join(METHODS))
    if seed < 0:
        raise refusal("seed", value=seed)
    chosen = Method("choosing:loglinear", FIXED) if model is not None else METHODS[method]
    given: dict[str, Any] = {"seed": seed, "resamples": resamples, "progress": progress, **more}
    if model is not None:
        refuse_unusable(histories)
        given["model"] = parse_model(model, histories.lists)
    if interval is not None and interval not in chosen.intervals:
        possible = ", ".join(chosen.intervals)
        raise refusal("interval" if possible else "own-interval", value=interval, name=method, columns=possible)
    if interval is not None:
        given["interval"] = interval
    if keeper is not None and (chosen.intervals or chosen.keeps):
        given["keeper"] = keeper
    return chosen.load()(histories, **given)


def estimate_all(
    histories: Histories,
    *,
    names: Iterable[str] = tuple(METHODS),
    resamples: int = RESAMPLES,
    seed: int = SEED,
    progress: Progress = None,
    keep: Callable[[str], Keeper] | None = None,
    checks: bool = True,
    begins: Callable[[str], None] | None = None,
) -> Comparison:
    """All methods side by side, each with its interval, the checks on the data, and the verdict over them.

    A method that cannot be used on these lists (too many of them, too few) is an answer without a number, with the
    reason. `begins` is told the name of each method as it begins; `keep` gives the keeper of each method by its name
    (`Checkpoint.part`). Raises `BadInput` where no method could tell anything.
    """
    refuse_unusable(histories)
    found = []
    for name in names:
        if begins:
            begins(name)
        keeper = keep(name) if keep else None
        found.append(_one(histories, name, resamples=resamples, seed=seed, progress=progress, keeper=keeper))
    from schakel.estimation.comparison import Comparison
    from schakel.estimation.pooling import together
    from schakel.estimation.verdict import judge

    verdict = judge(found, histories, _checks(histories, resamples, seed) if checks else None)
    judged = tuple(one.with_verdict(verdict) for one in found)
    return Comparison(judged, together(found).with_verdict(verdict), verdict, histories.observed)


def _checks(histories: Histories, resamples: int, seed: int) -> Checks:
    """The checks on the data by the stepwise method, which is quick enough to repeat; other priors by averaging."""
    from schakel.estimation.checks import run_checks
    from schakel.estimation.choosing import NONE
    from schakel.estimation.choosing_stepwise import stepwise_pairs

    quick = partial(stepwise_pairs, seed=seed, interval=NONE)
    full = partial(stepwise_pairs, seed=seed, resamples=resamples)
    found = run_checks(histories, quick, seed=seed, with_interval=full)
    return replace(found, prior=_prior(histories))


def _prior(histories: Histories) -> Sensitivity | None:
    """Averaging under other priors: the Bayesian method that is quick enough to repeat, where it can be used."""
    from schakel.estimation.checks import prior_sensitivity
    from schakel.estimation.graphs import FEWEST, MOST
    from schakel.estimation.sensitivity import averaging_priors

    lists = len(histories.lists)
    return prior_sensitivity(histories, averaging_priors(lists)) if FEWEST <= lists <= MOST else None


def _one(histories: Histories, name: str, *, seed: int, **given: Any) -> Estimate:
    """The answer of one method, or an answer without a number where it cannot be used on these lists."""
    try:
        return estimate(histories, name, seed=seed, **given)
    except BadInput as error:
        return Estimate(
            method=name, population=None, observed=histories.observed, flag=None,
            receipt=Receipt(histories.fingerprint, VERSION, seed), assumptions=sentences.COMMON,
            reason=Text({"nl": error.say("nl"), "en": error.say("en")}),
        )  # fmt: skip
