"""The parts of an estimate: its interval, its verdict, its receipt; and how figures become plain data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schakel.estimation import sentences, showing
from schakel.estimation.sentences import INTERVALS, VERDICTS
from schakel.vocabulary.texts import LANGUAGES, Text

# The shares at which a method that has a distribution of the population tells its quantiles (`details["quantiles"]`).
SHARES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995)


@dataclass(frozen=True)
class Interval:
    """Limits for the whole population. `level` as 0.95; `kind` one of `sentences.INTERVALS` (bca, posterior, ...).

    `high` may be infinite: the data then set no upper limit, and that is said.
    """

    low: float
    high: float
    level: float
    kind: str

    def __post_init__(self) -> None:
        if not self.low <= self.high or not 0 < self.level < 1:
            raise ValueError(f"no interval: {self.low} to {self.high} at {self.level}")

    def words(self, lang: str) -> str:
        """95 %: 9,568 to 15,478 (BCa bootstrap)."""
        until = {"nl": "tot", "en": "to"}[lang]
        low, high = showing.number(self.low, lang), showing.number(self.high, lang) if not self.endless else None
        limits = f"{low} {until} {high}" if high else f"{low} {until} … ({sentences.NO_UPPER_LIMIT(lang)})"
        return f"{self.level:.0%}: {limits} ({INTERVALS[self.kind](lang)})"

    @property
    def endless(self) -> bool:
        """Whether the data set no upper limit that is a number of people."""
        return showing.beyond(self.high)


@dataclass(frozen=True)
class Verdict:
    """Whether to believe it: one of `VERDICTS` (agree, agree-within-a-factor, disagree, do-not-report), and why."""

    word: str
    reasons: tuple[Text, ...]

    def __post_init__(self) -> None:
        if self.word not in VERDICTS or not self.reasons:
            raise ValueError(f"a verdict is one of {', '.join(VERDICTS)}, with its reasons; not {self.word!r}")

    def words(self, lang: str) -> str:
        return f"{VERDICTS[self.word](lang)}. {' '.join(reason(lang) for reason in self.reasons)}"

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"word": self.word, "reasons": [texts(one) for one in self.reasons]}


@dataclass(frozen=True)
class Receipt:
    """With what it can be computed again: fingerprint of the data, version, seed and options."""

    data: str
    version: str
    seed: int | None
    options: Mapping[str, Any] = field(default_factory=dict)

    def words(self) -> str:
        options = "".join(f", {name} {value}" for name, value in self.options.items())
        return f"data {self.data[:12]}, schakel {self.version}, seed {self.seed}{options}"


def quantiles(by_share: Mapping[float, float]) -> dict[str, float | None]:
    """Quantiles of a population by their share, as plain data; None for one that is beyond all numbers."""
    return {f"{share:g}": value if math.isfinite(value) else None for share, value in by_share.items()}


def texts(words: Text) -> dict[str, str]:
    """A text as plain data, Dutch and English."""
    return {lang: words(lang) for lang in LANGUAGES}


def finite(value: float) -> float | str:
    """A number, or the word for one that JSON does not have."""
    return value if math.isfinite(value) else "inf" if value > 0 else "-inf"
