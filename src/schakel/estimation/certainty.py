"""How certain an estimate is: the limits around it, and the verdict whether to believe it.

Loaded where one of the two is made: an estimate without them needs neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schakel.estimation import sentences, showing
from schakel.estimation.parts import texts
from schakel.estimation.sentences import INTERVALS, VERDICTS
from schakel.vocabulary.texts import Text


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
