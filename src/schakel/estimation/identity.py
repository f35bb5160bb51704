"""Registrations without identity: they cannot be linked, so they are counted apart, and they bound the estimate.

Since 2018 many care organisations and NGOs register a possible victim without a name. Leaving those out is not
neutral: who is registered so is no random part. They may be (a) people whom the same list already holds, (b) people on
no other list, (c) as often on other lists as those with a name, (d) people whom other lists hold. Each is tried; with
two lists b and d are the extremes of the estimate, with more they are the widest of what is tried, not a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from schakel.estimation.estimate import Estimate
from schakel.estimation.histories import Histories
from schakel.estimation.strata_refusals import refusal
from schakel.vocabulary.texts import Text, text

if TYPE_CHECKING:
    import pandas as pd

IDENTIFYING = ("given_names", "surname", "birth_date")
Method = Callable[[Histories], Estimate]

SCENARIOS: Final[dict[str, Text]] = {
    "known": text({
        "nl": "het zijn mensen die dezelfde lijst ook met naam kent",
        "en": "they are people whom the same list also holds by name",
    }),
    "new": text({"nl": "het zijn mensen die op geen andere lijst staan", "en": "they are people on no other list"}),
    "alike": text({
        "nl": "zij staan even vaak op andere lijsten als wie met naam is geregistreerd",
        "en": "they are on other lists as often as those registered by name",
    }),
    "elsewhere": text({
        "nl": "het zijn mensen die andere lijsten al kennen",
        "en": "they are people whom other lists already hold",
    }),
}  # fmt: skip


@dataclass(frozen=True)
class Share:
    """For one list in one group: registrations in all, and those without identity."""

    name: str
    group: tuple[str, ...]
    registrations: int
    unidentified: int

    @property
    def share(self) -> float:
        return self.unidentified / self.registrations if self.registrations else 0.0


def shares(registrations: pd.DataFrame, by: tuple[str, ...] = (), without: Any = None) -> list[Share]:
    """The share without identity per list and group, from the table REGISTRATIONS.

    A registration has an identity if a name and a birth date, or both names, are filled in: less than that links to
    nobody with any certainty. `without` says of each row instead that it has none: after linkage, that it is of no
    person (`linked.without_person`). A group that is not filled in is ''. Internal: small numbers.
    """
    needed = ("list", *by) if without is not None or registrations.columns.isin(IDENTIFYING).any() else IDENTIFYING
    for name in needed:
        if name not in registrations.columns:
            raise refusal("no-column", name=name, names=", ".join(map(str, registrations.columns)))
    if without is None:
        without = sum(_filled(registrations, column).astype(int) for column in IDENTIFYING) < 2
    without = np.asarray(without)
    keys = registrations[["list", *by]].apply(_words).agg("\x1f".join, axis=1)
    told = []
    for key in sorted(set(keys)):
        chosen = np.asarray(keys == key)
        name, *group = key.split("\x1f")
        told.append(Share(name, tuple(group), int(chosen.sum()), int((chosen & without).sum())))
    return told


def _words(column: pd.Series) -> pd.Series:
    """Values as words, as the strata of persons are; one that is missing is empty."""
    return column.astype("object").where(column.notna(), "").astype(str)


def _filled(registrations: pd.DataFrame, column: str) -> Any:
    values = registrations[column] if column in registrations.columns else None
    if values is None:
        return np.zeros(len(registrations), dtype=bool)
    return values.notna() & (values.astype(str).str.strip() != "")


@dataclass(frozen=True)
class Bounds:
    """What registrations without identity can do to an estimate: one answer a scenario, and the range of them."""

    scenarios: Mapping[str, Estimate]

    @property
    def low(self) -> float | None:
        return min(self._populations, default=None)

    @property
    def high(self) -> float | None:
        """None where some scenario has no estimate: then nothing bounds it from above."""
        return None if len(self._populations) < len(self.scenarios) else max(self._populations)

    @property
    def _populations(self) -> list[float]:
        return [one.population for one in self.scenarios.values() if one.population is not None]

    def words(self, lang: str) -> str:
        """The scenarios in a sentence each, then the range."""
        none = {"nl": "geen schatting", "en": "no estimate"}[lang]
        lines = [
            f"{SCENARIOS[name](lang)}: {none if one.population is None else format(round(one.population), ',')}"
            for name, one in self.scenarios.items()
        ]
        return "\n".join(lines).replace(",", "." if lang == "nl" else ",")


def bounds(histories: Histories, unidentified: Mapping[str, int], method: Method) -> Bounds:
    """The estimate under each of the four scenarios. unidentified: registrations without identity per list."""
    numbers = _numbers(histories, unidentified)
    return Bounds({name: method(scenario(histories, numbers, name)) for name in SCENARIOS})


def scenario(histories: Histories, unidentified: Mapping[str, int], name: str) -> Histories:
    """The histories if the registrations without identity were what the scenario says, in whole people."""
    numbers = _numbers(histories, unidentified)
    counts = histories.counts.astype(float)
    for place, listed in enumerate(histories.lists):
        counts = _MOVES[name](counts, 1 << place, float(numbers[listed]))
    return Histories(histories.lists, _whole(counts), histories.notes)


def _whole(counts: Any) -> Any:
    """Whole people, of whom there stay as many: the largest parts of a person become one."""
    made = np.floor(counts + 1e-9).astype(np.int64)
    most = np.argsort(made - counts, kind="stable")[: max(round(counts.sum()) - int(made.sum()), 0)]
    made[most] += 1
    return made


def _numbers(histories: Histories, unidentified: Mapping[str, int]) -> dict[str, int]:
    if strange := sorted(set(unidentified) - set(histories.lists)):
        raise refusal("no-column", name=strange[0], names=", ".join(histories.lists))
    if any(value < 0 for value in unidentified.values()):
        raise refusal("negative-count")
    return {name: int(unidentified.get(name, 0)) for name in histories.lists}


def _as_known(counts: Any, alone: int, number: float) -> Any:
    return counts


def _as_new(counts: Any, alone: int, number: float) -> Any:
    counts = counts.copy()
    counts[alone] += number
    return counts


def _as_elsewhere(counts: Any, alone: int, number: float) -> Any:
    """They are spread over people who are not on this list; who is left over is new."""
    without = np.flatnonzero((np.arange(len(counts)) & alone) == 0)
    there = counts[without].sum()
    moved = counts[without] * (min(number, there) / there if there else 0.0)
    counts = counts.copy()
    counts[without] -= moved
    counts[without | alone] += moved
    counts[alone] += number - moved.sum()
    return counts


def _alike(counts: Any, alone: int, number: float) -> Any:
    """As many of them as of those with a name are on other lists too; the others are new."""
    on_list = (np.arange(len(counts)) & alone) != 0
    size = counts[on_list].sum()
    elsewhere = number * (1 - counts[alone] / size) if size else 0.0
    return _as_new(_as_elsewhere(counts, alone, elsewhere), alone, number - elsewhere)


_MOVES: Final[Mapping[str, Callable[[Any, int, float], Any]]] = {
    "known": _as_known, "new": _as_new, "alike": _alike, "elsewhere": _as_elsewhere,
}  # fmt: skip
