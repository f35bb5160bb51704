"""What the checks find: how far an answer moves under a small change, and whether a known number is recovered."""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import exp, isfinite, log, sqrt
from typing import Final

from schakel.vocabulary.tables import Table
from schakel.vocabulary.texts import Text, text


@dataclass(frozen=True)
class Moved:
    """One changed table: what was changed, and the population estimated then (None: no estimate)."""

    change: str
    population: float | None


@dataclass(frozen=True)
class Sensitivity:
    """How an estimate moves under small changes. `name` is one of leave-one-out, merge, overlaps, accrual, prior."""

    name: str
    population: float | None
    moves: tuple[Moved, ...]

    @property
    def factor(self) -> float:
        """The largest factor by which an answer differs from that on all data; infinite where one has no estimate."""
        if self.population is None or any(move.population is None for move in self.moves):
            return float("inf")
        return exp(max((abs(log((move.population or 1.0) / self.population)) for move in self.moves), default=0.0))

    @property
    def furthest(self) -> str:
        """The change that moves the answer most."""
        here = self.population or 1.0
        return max(self.moves, key=lambda one: abs(log((one.population or 1e300) / here))).change if self.moves else ""


@dataclass(frozen=True)
class Known:
    """A population of known size, estimated from the other lists as if it were not known."""

    name: str
    size: int
    population: float | None
    low: float | None
    high: float | None

    @property
    def bias(self) -> float | None:
        """log(estimate / truth)."""
        return None if self.population is None else log(self.population / self.size)

    @property
    def covered(self) -> bool | None:
        return None if self.low is None or self.high is None else self.low <= self.size <= self.high


@dataclass(frozen=True)
class Recovery:
    """Populations of known size and what a method made of them. `name`: internal-consistency or simulation."""

    name: str
    cases: tuple[Known, ...]

    @property
    def rmse(self) -> float | None:
        """Root of the mean square of log(estimate / truth), over the cases with an estimate."""
        biases = [one.bias for one in self.cases if one.bias is not None]
        return sqrt(sum(bias**2 for bias in biases) / len(biases)) if biases else None

    @property
    def coverage(self) -> float | None:
        """Share of intervals that hold the truth, over the cases with an interval."""
        told = [one.covered for one in self.cases if one.covered is not None]
        return sum(told) / len(told) if told else None

    @property
    def missed(self) -> int:
        """How many intervals do not hold the truth."""
        return sum(one.covered is False for one in self.cases)

    @property
    def without(self) -> int:
        return sum(one.population is None for one in self.cases)


@dataclass(frozen=True)
class Checks:
    """All that was looked at; None for what was not."""

    leave_one_out: Sensitivity | None = None
    merged: Sensitivity | None = None
    overlaps: Sensitivity | None = None
    accrual: Sensitivity | None = None
    prior: Sensitivity | None = None
    consistency: Recovery | None = None
    simulation: Recovery | None = None


TITLES: Final[dict[str, Text]] = {
    "leave_one_out": text({"nl": "een lijst weglaten", "en": "leave one list out"}),
    "merged": text({"nl": "twee lijsten samenvoegen", "en": "merge two lists"}),
    "overlaps": text({"nl": "één persoon meer of minder", "en": "one person more or fewer"}),
    "accrual": text({"nl": "een deel van de registraties", "en": "part of the registrations"}),
    "prior": text({"nl": "andere uitgangspunten vooraf", "en": "another prior"}),
    "consistency": text({"nl": "lijsten waarvan het aantal bekend is", "en": "lists whose number is known"}),
    "simulation": text({"nl": "simulatie uit het eigen model", "en": "simulation from its own model"}),
}
MOVES: Final = text({"nl": "hoogstens een factor {factor} ({change})", "en": "a factor {factor} at most ({change})"})
FINDS: Final = text({
    "nl": "factor {factor} ernaast, {covered} in interval ({count})",
    "en": "off by a factor {factor}, {covered} in interval ({count})",
})  # fmt: skip
NOT_DONE: Final = text({"nl": "niet gedaan", "en": "not done"})


def checks_table(checks: Checks, lang: str) -> Table:
    """What each check found, a row each; what was not done is said. Internal."""
    caption, columns = {
        "nl": ("Controles", ("controle", "het antwoord")), "en": ("Checks", ("check", "the answer")),
    }[lang]  # fmt: skip
    rows = ((TITLES[field.name](lang), _told(getattr(checks, field.name), lang)) for field in fields(checks))
    return Table(caption, columns, tuple(rows))


def _told(found: Sensitivity | Recovery | None, lang: str) -> str:
    if isinstance(found, Sensitivity) and found.moves:
        return MOVES(lang).format(factor=_factor(found.factor, lang), change=found.furthest)
    if isinstance(found, Recovery) and found.cases:
        off = float("inf") if found.rmse is None else exp(found.rmse)
        covered = "-" if found.coverage is None else f"{found.coverage:.0%}"
        return FINDS(lang).format(factor=_factor(off, lang), covered=covered, count=len(found.cases))
    return NOT_DONE(lang)


def _factor(value: float, lang: str) -> str:
    return f"{value:.2f}".replace(".", "," if lang == "nl" else ".") if isfinite(value) else "∞"
