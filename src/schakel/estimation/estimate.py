"""What an estimation answers: a number with its interval, its assumptions, whom it is about, and its verdict."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from schakel.estimation import sentences, showing
from schakel.estimation.parts import Receipt, finite, texts
from schakel.estimation.sentences import LABELS, METHODS
from schakel.vocabulary.texts import Text

if TYPE_CHECKING:
    from schakel.estimation.certainty import Interval, Verdict

FINE, NO_ESTIMATE, NOT_IDENTIFIABLE, NEITHER = 0, 1, 2, 3


@dataclass(frozen=True, repr=False)
class Estimate:
    """One method's answer on one capture table. It is *internal*: it holds what rests on small counts.

    It cannot be shown without its interval, its assumptions, whom it is about, and the verdict: where one of these was
    not computed, that is said. `population` None means that there is no estimate, and `reason` tells why.

    method: name in `METHODS`, or another short name that then stands for itself
    population, unobserved, observed: people in all, on no list, on at least one
    model: the model in brackets, or what stands for it
    log_likelihood, deviance, aic, bic: Poisson with its factorial terms; parameters at minus infinity count, and BIC
        takes the logarithm of the people seen; None where a method has none
    coefficients, standard_errors: by term ("LA", "LA*NG", "(intercept)"); minus infinity is -inf, its error None
    flag: 0 fine, 1 no maximum likelihood estimate, 2 not identifiable, 3 both; None where a method has no maximum
        likelihood estimate to ask that of
    assumptions, cautions: sentences; details: whatever else a method has to tell, plain data
    """

    method: str
    population: float | None
    observed: int
    receipt: Receipt
    assumptions: tuple[Text, ...]
    model: str = ""
    interval: Interval | None = None
    log_likelihood: float | None = None
    deviance: float | None = None
    aic: float | None = None
    bic: float | None = None
    coefficients: Mapping[str, float] = field(default_factory=dict)
    standard_errors: Mapping[str, float | None] = field(default_factory=dict)
    flag: int | None = FINE
    reason: Text | None = None
    verdict: Verdict | None = None
    about: Text = sentences.POPULATION
    cautions: tuple[Text, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.assumptions:
            raise ValueError("an estimate names its assumptions")
        if (self.population is None) != (self.reason is not None):
            raise ValueError("an estimate has a population, or the reason why there is none")
        if self.population is not None and not self.observed <= self.population < math.inf:
            raise ValueError(f"a population of {self.population} with {self.observed} seen is no estimate")

    @property
    def unobserved(self) -> float | None:
        """People on no list, as estimated."""
        return None if self.population is None else self.population - self.observed

    def with_verdict(self, verdict: Verdict) -> Estimate:
        """The same estimate under a verdict."""
        return replace(self, verdict=verdict)

    def with_interval(self, interval: Interval, **details: Any) -> Estimate:
        """The same estimate with an interval, and what is known of how it was made."""
        return replace(self, interval=interval, details={**self.details, **details})

    def with_details(self, **details: Any) -> Estimate:
        """The same estimate with more to tell."""
        return replace(self, details={**self.details, **details})

    def with_caution(self, *cautions: Text) -> Estimate:
        """The same estimate with more to beware of."""
        return replace(self, cautions=(*self.cautions, *cautions))

    def title(self, lang: str) -> str:
        return METHODS[self.method](lang) if self.method in METHODS else self.method

    def summary(self, lang: str = "en") -> str:
        """All that must be said, as text."""
        return showing.rows_text(self._head(lang), self._rows(lang), self._below(lang))

    def __repr__(self) -> str:
        return self.summary()

    def _repr_html_(self) -> str:
        return showing.rows_html(self._head("en"), self._rows("en"), self._below("en"), "en")

    def plot(self, lang: str = "en") -> Any:
        """A chart (Altair): the estimate as a dot, its interval as a bar, the people seen as a line."""
        rows = dict(self._rows(lang))
        said = [f"{label}: {rows[label]}" for key in ("interval", "about", "verdict")
                for label in [LABELS[key](lang)] if label in rows]  # fmt: skip
        assumed = f"{LABELS['assumptions'](lang)}: {' '.join(one(lang) for one in self.assumptions)}"
        return showing.chart(
            [self.point(lang)],
            title=self._head(lang),
            subtitle=[line for words in (*said, assumed) for line in showing.wrapped(words)],
            lang=lang,
            seen=LABELS["observed"](lang),
        )

    def point(self, lang: str = "en") -> dict[str, Any]:
        """What a chart draws of it."""
        limits = (self.interval.low, self.interval.high) if self.interval and not self.interval.endless else (None,) * 2
        return {"name": self.title(lang), "population": self.population, "low": limits[0], "high": limits[1],
                "observed": self.observed}  # fmt: skip

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; marked internal. Minus infinity is the word "-inf", for JSON has no such number."""
        missing = {name: texts(words) for name, words in self._not_computed().items()}
        return {
            "status": "internal",
            "method": self.method,
            "observed": self.observed,
            "population": self.population,
            "unobserved": self.unobserved,
            "interval": None if self.interval is None else {
                "low": self.interval.low, "high": finite(self.interval.high), "level": self.interval.level,
                "kind": self.interval.kind,
            },
            "verdict": None if self.verdict is None else self.verdict.as_data(),
            "not_computed": missing,
            "flag": self.flag,
            "flag_words": texts(self._existence),
            "reason": None if self.reason is None else texts(self.reason),
            "model": self.model,
            "log_likelihood": self.log_likelihood, "deviance": self.deviance, "aic": self.aic, "bic": self.bic,
            "coefficients": {name: finite(value) for name, value in self.coefficients.items()},
            "standard_errors": dict(self.standard_errors),
            "about": texts(self.about),
            "assumptions": [texts(one) for one in self.assumptions],
            "cautions": [texts(one) for one in self.cautions],
            "details": dict(self.details),
            "receipt": {"data": self.receipt.data, "version": self.receipt.version, "seed": self.receipt.seed,
                        "options": dict(self.receipt.options)},
        }  # fmt: skip

    def to_json(self) -> str:
        """`as_data` as a JSON text."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=2, allow_nan=False)

    def _head(self, lang: str) -> str:
        return f"{self.title(lang)} · {sentences.INTERNAL(lang)}"

    def _not_computed(self) -> dict[str, Text]:
        """What was not computed, and how to get it."""
        found = {}
        if self.interval is None:
            found["interval"] = sentences.NOTHING_TO_JUDGE if self.population is None else sentences.NO_INTERVAL
        if self.verdict is None:
            by_group = self.method.startswith("covariates")
            found["verdict"] = sentences.NO_VERDICT_BY_GROUP if by_group else sentences.NO_VERDICT
        return found

    @property
    def _existence(self) -> Text:
        return sentences.NO_FLAG if self.flag is None else sentences.FLAGS[self.flag]

    def _rows(self, lang: str) -> list[showing.Row]:
        """Label and value of what must always be told."""
        missing = self._not_computed()
        interval = missing["interval"](lang) if self.interval is None else self.interval.words(lang)
        told: list[tuple[str, str]] = [("reason", self.reason(lang))] if self.reason else []
        if self.population is not None:
            told += [("population", showing.number(self.population, lang)), ("interval", interval),
                     ("unobserved", showing.number(self.population - self.observed, lang))]  # fmt: skip
        told += [
            ("observed", showing.number(self.observed, lang)),
            *([("model", self.model)] if self.model else []),
            ("flag", self._existence(lang)),
            ("verdict", missing["verdict"](lang) if self.verdict is None else self.verdict.words(lang)),
            ("about", self.about(lang)),
            ("receipt", self.receipt.words()),
        ]
        return [(LABELS[key](lang), value) for key, value in told]

    def _groups(self, lang: str) -> list[str]:
        """A sentence for each group of strata, where a method tells of them (`details["groups"]`)."""
        return [showing.group_words(group, LABELS["observed"](lang).lower(), lang)
                for group in self.details.get("groups", ())]  # fmt: skip

    def _below(self, lang: str) -> list[tuple[str, list[str]]]:
        return [(LABELS["groups"](lang), self._groups(lang)),
                (LABELS["cautions"](lang), [one(lang) for one in self.cautions]),
                (LABELS["assumptions"](lang), [one(lang) for one in self.assumptions])]  # fmt: skip
