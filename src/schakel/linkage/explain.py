"""Why two registrations are taken for one person, or not: each piece of evidence in words, and as a chart."""

# ruff: noqa: S608  (statements are made of column names that are plain words, see model.from_plain and prepare)

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from schakel.linkage.answers import answers, both_sides
from schakel.linkage.dialects import frequency_key, weight
from schakel.linkage.duck import rows
from schakel.linkage.model import Comparison, Level, Model
from schakel.linkage.refusals import refusal
from schakel.linkage.words import SAID, comparison_in, fraction_in, level_in, value_in
from schakel.vocabulary.extras import needing

if TYPE_CHECKING:
    import altair

SHOWN: Final = {"given_names": "given", "birth_date": "birth_day"}
NOTHING: Final = 0.05
TELLING: Final = 1.0
FIRST_DAY: Final = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Part:
    """One piece of evidence: what both sides hold, the level it gives, its weight, and how much of that is rarity.

    A day is written as 2023-05-19, a sex as male, female or other.
    """

    comparison: str
    level: str
    left: str
    right: str
    weight: float
    rarity: float = 0.0


@dataclass(frozen=True)
class Explanation:
    """A pair taken apart. `prior` and all weights add up to `weight`; the probability is 1 / (1 + 2 ** -weight)."""

    record: int
    other: int
    prior: float
    parts: tuple[Part, ...]
    threshold: float

    @property
    def weight(self) -> float:
        return self.prior + sum(part.weight for part in self.parts)

    @property
    def probability(self) -> float:
        return 1 / (1 + 2 ** -max(min(self.weight, 60), -60))

    @property
    def one_person(self) -> bool:
        """Whether the pair is a link."""
        return self.probability >= self.threshold

    def say(self, lang: str = "nl") -> str:
        """The explanation in words, the heaviest evidence first."""
        said = {name: words[lang] for name, words in SAID.items()}
        verdict = said["same" if self.one_person else "apart"]
        probability = fraction_in(f"{self.probability:.4f}", lang)
        head = said["head"].format(record=self.record, other=self.other, verdict=verdict, probability=probability)
        parts = sorted(self.parts, key=lambda part: -abs(part.weight))
        lines = [f"{_weight(self.prior, lang)}  {said['before']}", *(_line(part, lang) for part in parts)]
        return "\n".join([head, *lines, said["internal"]])

    def chart(self, lang: str = "nl") -> altair.Chart:
        """The weights as bars, for and against, with the words beside them (Altair)."""
        with needing("link"):
            import altair as alt
        said = {name: words[lang] for name, words in SAID.items()}
        bars = [{"what": said["before"], "weight": self.prior, "says": said["against"], "order": -1}]
        bars += [
            {"what": f"{comparison_in(part.comparison, lang)}: {level_in(part.level, lang)}", "weight": part.weight,
             "says": said[_says(part.weight)], "order": place}
            for place, part in enumerate(self.parts)
        ]  # fmt: skip
        title = said["title"].format(record=self.record, other=self.other)
        colours = alt.Scale(
            domain=[said["for"], said["against"], said["neutral"]], range=["#154273", "#ca005d", "#999"]
        )
        data = alt.Data(values=bars)
        made: altair.Chart = (
            alt.Chart(data, title=title, width=420)
            .mark_bar()
            .encode(
                x=alt.X("weight:Q", title=said["axis"]),
                y=alt.Y("what:N", sort=alt.SortField("order"), title=None, axis=alt.Axis(labelLimit=360)),
                color=alt.Color("says:N", scale=colours, legend=alt.Legend(title=None, orient="bottom")),
                tooltip=[alt.Tooltip("what:N"), alt.Tooltip("weight:Q", format="+.1f")],
            )
        )
        return made


def explained(
    connection: Any, table: str, model: Model, record: int, other: int, *, threshold: float = 0.95
) -> Explanation:
    """The explanation of a pair from the table of ready registrations; a sentence when one of them is not there."""
    for one in (record, other):
        if not rows(connection, f"SELECT 1 FROM {table} WHERE record = ?", [one]):
            raise refusal("no-record", name=one)
    frequent = sorted(
        {f"tf_{frequency_key(name)}" for name in model.frequencies()} | set(SHOWN.values()) | {"birth_about"}
    )
    shown = {_shown(one) for one in model.comparisons}
    sides = both_sides(model.comparisons, [*frequent, *shown, "birth_about"])
    answer = connection.execute(
        f"SELECT *, {answers(model.comparisons)} FROM (SELECT {sides} FROM {table} l, {table} r "
        f"WHERE l.record = {int(record)} AND r.record = {int(other)})"
    )
    names = [column[0] for column in answer.description]
    row = dict(zip(names, answer.fetchall()[0], strict=True))
    parts = tuple(_part(one, place, row) for place, one in enumerate(model.comparisons))
    return Explanation(record, other, math.log2(model.prior / (1 - model.prior)), parts, threshold)


def _shown(one: Comparison) -> str:
    """The column whose values are shown for a comparison."""
    return SHOWN.get(one.name) or next(test.columns[0] for level in one.levels for test in level.tests if test.columns)


def _part(one: Comparison, place: int, row: Mapping[str, Any]) -> Part:
    level = one.levels[row[f"level_{place}"]]
    rarity = _rarity(level, row)
    return Part(one.name, level.name, *_values(one, row), weight(level) + rarity, rarity)


def _values(one: Comparison, row: Mapping[str, Any]) -> tuple[str, str]:
    column = _shown(one)
    left, right = (row[f"{column}_{side}"] for side in "lr")
    if one.name == "birth_date":
        left, right = left or row["birth_about_l"], right or row["birth_about_r"]
    if one.name == "registered":
        left, right = (None if days is None else date.fromordinal(FIRST_DAY + days) for days in (left, right))
    return tuple("" if value is None else str(value) for value in (left, right))  # type: ignore[return-value]


def _rarity(level: Level, row: Mapping[str, Any]) -> float:
    """How much more (or less) a value says than values of this level do on average: log2(u / frequency)."""
    if not level.frequency or not level.u:
        return 0.0
    found = [row[f"tf_{frequency_key(level.frequency)}_{side}"] for side in "lr"]
    known = [value for value in found if value is not None]
    return math.log2(level.u / max(known)) if known else 0.0


def _says(value: float) -> str:
    return "neutral" if abs(value) < NOTHING else "for" if value > 0 else "against"


def _line(part: Part, lang: str) -> str:
    said = {name: words[lang] for name, words in SAID.items()}
    rare = f" ({said['rare' if part.rarity > 0 else 'common']})" if abs(part.rarity) >= TELLING else ""
    values = "  " + " | ".join(value_in(part.comparison, value, lang) for value in (part.left, part.right))
    what = f"{comparison_in(part.comparison, lang)}: {level_in(part.level, lang)}{rare}"
    return f"{_weight(part.weight, lang)}  {what}{values}"


def _weight(value: float, lang: str) -> str:
    return fraction_in(f"{value:+7.1f}", lang)
