"""How the answers of all methods look side by side, with what they are together and the verdict over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schakel.estimation import sentences, showing
from schakel.estimation.certainty import Verdict
from schakel.estimation.estimate import Estimate
from schakel.estimation.parts import texts
from schakel.estimation.sentences import LABELS
from schakel.vocabulary.texts import Text


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
