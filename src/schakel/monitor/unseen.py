"""The estimate of the unseen beside the seen, never added to it: a number of people whom nobody met is no count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from schakel.estimation.estimate import Estimate
from schakel.monitor.refusals import refusal
from schakel.vocabulary.texts import Text, text

DO_NOT_REPORT: Final = "do-not-report"
NEEDED: Final = ("population", "observed", "assumptions", "about", "method")
WITHOUT: Final = text({"nl": "geen", "en": "none"})


@dataclass(frozen=True)
class Unseen:
    """An estimate as it may stand beside a count: with its limits, its assumptions, whom it is about, and its verdict.

    It refuses `+`, `sum` and `float`: what was seen and what is estimated are never one number.
    """

    method: str
    low: float | None
    high: float | None
    level: float | None
    about: Text
    assumptions: tuple[Text, ...]
    verdict: str
    reasons: tuple[Text, ...]
    estimated_unobserved: float | None

    @property
    def may_be_shown(self) -> bool:
        """Only with limits, and under a verdict that does not say: do not report."""
        return self.low is not None and self.verdict not in ("", DO_NOT_REPORT)

    def __add__(self, other: object) -> NoReturn:
        raise refusal("never-added")

    __radd__ = __sub__ = __rsub__ = __add__

    def __float__(self) -> NoReturn:
        raise refusal("never-added")

    def __int__(self) -> NoReturn:
        raise refusal("never-added")


def unseen(estimate: Estimate | Mapping[str, Any]) -> Unseen:
    """An `Estimate` of schakel.estimation, or its JSON as plain data. Raises `BadInput` where it is neither."""
    data = estimate.as_data() if isinstance(estimate, Estimate) else estimate
    for name in NEEDED:
        if not isinstance(data, Mapping) or name not in data:
            raise refusal("no-estimate", name=name)
    limits, verdict, seen = data.get("interval"), data.get("verdict"), data["observed"]
    low, high = (_beyond(limits[key], seen) for key in ("low", "high")) if limits else (None, None)
    return Unseen(
        str(data["method"]), low, high, limits["level"] if limits else None,
        text(data["about"]), _texts(data["assumptions"]),
        str(verdict["word"]) if verdict else "", _texts(verdict["reasons"]) if verdict else (),
        None if data["population"] is None else float(data["population"]) - seen,
    )  # fmt: skip


def _beyond(limit: float | str, seen: int) -> float:
    """A limit for the whole population as one for those whom nobody saw; `inf` is no upper limit."""
    return float("inf") if limit == "inf" else max(0.0, float(limit) - seen)


def _texts(values: Sequence[Mapping[str, str]]) -> tuple[Text, ...]:
    return tuple(text(each) for each in values)
