"""The methods by name, each loaded when it is first asked for, and all of them side by side under one verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from schakel.estimation import sentences, showing
from schakel.estimation.estimate import Estimate
from schakel.estimation.histories import Histories, refuse_unusable
from schakel.estimation.parts import Receipt, Verdict, texts
from schakel.estimation.refusals import refusal
from schakel.estimation.running import Keeper, Progress
from schakel.estimation.sentences import LABELS
from schakel.estimation.terms import parse_model
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import Text
from schakel.vocabulary.version import VERSION

if TYPE_CHECKING:
    from schakel.estimation.findings import Checks, Sensitivity

RESAMPLES, SEED = 1000, 7


@dataclass(frozen=True)
class Method:
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
    "stepwise": Method("choosing:stepwise_pairs", DRAWN),
    "bic": Method("choosing:best_by_bic", ("percentile", "bca", "none")),
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
        raise refusal("interval", value=interval, name=method, columns=", ".join(chosen.intervals) or "-")
    if interval is not None:
        given["interval"] = interval
    if keeper is not None and (chosen.intervals or chosen.keeps):
        given["keeper"] = keeper
    return chosen.load()(histories, **given)


@dataclass(frozen=True, repr=False)
class Comparison:
    """All methods on the same people, their pool, and the verdict over them. One number is no answer: these are."""

    results: tuple[Estimate, ...]
    together: Estimate
    verdict: Verdict
    observed: int

    def summary(self, lang: str = "en") -> str:
        """A row for each method, then the verdict, whom it is about and what all assume."""
        return showing.rows_text(sentences.INTERNAL(lang), self._rows(lang), self._below(lang), label=42)

    def __repr__(self) -> str:
        return self.summary()

    def _repr_html_(self) -> str:
        return showing.rows_html(sentences.INTERNAL("en"), self._rows("en"), self._below("en"), "en")

    @property
    def about(self) -> Text:
        return self.results[0].about

    def plot(self, lang: str = "en") -> Any:
        """A chart (Altair) with a row for each method."""
        told = [
            f"{LABELS['verdict'](lang)}: {self.verdict.words(lang)}",
            f"{LABELS['about'](lang)}: {self.about(lang)}",
        ]
        told += [f"{head}: {' '.join(said)}" for head, said in self._below(lang) if said]
        points = [one.point(lang) for one in (*self.results, self.together)]
        return showing.chart(points, title=sentences.INTERNAL(lang),
                             subtitle=[line for words in told for line in showing.wrapped(words)],
                             lang=lang, seen=LABELS["observed"](lang))  # fmt: skip

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; marked internal."""
        return {
            "status": "internal",
            "observed": self.observed,
            "results": [one.as_data() for one in self.results],
            "together": self.together.as_data(),
            "verdict": self.verdict.as_data(),
            "about": texts(self.about),
        }

    def _rows(self, lang: str) -> list[showing.Row]:
        return [
            (LABELS["observed"](lang), showing.number(self.observed, lang)),
            *((one.title(lang), _row(one, lang)) for one in (*self.results, self.together)),
            (LABELS["verdict"](lang), self.verdict.words(lang)),
            (LABELS["about"](lang), self.about(lang)),
        ]

    def _below(self, lang: str) -> list[tuple[str, list[str]]]:
        shared = [one for one in self.results[0].assumptions if all(one in each.assumptions for each in self.results)]
        cautions = dict.fromkeys(f"{each.title(lang)}: {one(lang)}" for each in self.results for one in each.cautions)
        return [
            (LABELS["cautions"](lang), list(cautions)),
            (LABELS["assumptions"](lang), [one(lang) for one in shared]),
        ]


def _row(one: Estimate, lang: str) -> str:
    """A method's number and interval, or the reason why it has none."""
    if one.population is None or one.reason is not None:
        return one.reason(lang) if one.reason else ""
    limits = sentences.NO_INTERVAL(lang) if one.interval is None else one.interval.words(lang)
    return f"{showing.number(one.population, lang)} ({limits})"


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
    from schakel.estimation.pooling import together
    from schakel.estimation.verdict import judge

    verdict = judge(found, histories, _checks(histories, resamples, seed) if checks else None)
    judged = tuple(one.with_verdict(verdict) for one in found)
    return Comparison(judged, together(found).with_verdict(verdict), verdict, histories.observed)


def _checks(histories: Histories, resamples: int, seed: int) -> Checks:
    """The checks on the data by the stepwise method, which is quick enough to repeat; other priors by averaging."""
    from schakel.estimation.checks import run_checks
    from schakel.estimation.choosing import NONE, stepwise_pairs

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
