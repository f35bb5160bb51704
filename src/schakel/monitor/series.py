"""Published series, each value with its source and certainty; several sources for a year stand beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from schakel.disclosure.protected import TOTAL, ProtectedRelease
from schakel.monitor.definitions import YEAR, Stated, stated
from schakel.monitor.files import content, published_rows
from schakel.monitor.refusals import refusal
from schakel.rules.documents import Item
from schakel.vocabulary.periods import Period
from schakel.vocabulary.published import Published
from schakel.vocabulary.sources import CERTAINTY, Source
from schakel.vocabulary.texts import LANGUAGES, Text, text

REPORTED, BREAKDOWNS, ESTIMATES, CHAIN = "reported", "breakdowns", "estimates", "chain"
VERSIONS: Final = (REPORTED, BREAKDOWNS, ESTIMATES, CHAIN)
# How each file calls what a `Published` figure calls period, dimension, category and value.
NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    REPORTED: {"period": "year", "dimension": "", "category": "series", "value": "reported_possible_victims"},
    BREAKDOWNS: {"period": "year", "dimension": "dimension", "category": "category", "value": "value"},
    ESTIMATES: {"period": "period", "dimension": "", "category": "measure", "value": "value"},
    CHAIN: {"period": "period", "dimension": "dimension", "category": "category", "value": "value"},
}
DIMENSION: Final = {REPORTED: "possible victims reported", ESTIMATES: "estimate"}


@dataclass(frozen=True)
class Break:
    """A year from which a series may not be compared with what came before, and why."""

    id: str
    year: int
    title: Text
    cause: Text
    sources: tuple[Stated, ...]


@dataclass(frozen=True)
class Trap:
    """A way in which these figures are misread."""

    id: str
    text: Text
    sources: tuple[Stated, ...]


@dataclass(frozen=True)
class YearOfSeries:
    """One year: what each source published, what our own protected release prints (None: nothing), and breaks."""

    year: int
    published: tuple[Published, ...]
    own: int | None = None
    breaks: tuple[Break, ...] = ()

    @property
    def differing(self) -> bool:
        """Whether sources give different numbers for this year."""
        return len({one.value for one in self.published}) > 1


@lru_cache(maxsize=8)
def published(name: str) -> tuple[Published, ...]:
    """The published figures of one file of the content, as its sources gave them."""
    if name not in NAMES:
        raise refusal("no-figure", value=name, allowed=", ".join(VERSIONS))
    return tuple(_figure(name, line, row) for line, row in published_rows(f"{name}.csv"))


def _figure(name: str, line: int, row: Mapping[str, str]) -> Published:
    """A row as a figure; a wrong value or certainty is told with its line."""
    where, names = f"{name}.csv, line {line}", NAMES[name]
    value = (row.get(names["value"]) or "").strip()
    if row.get("certainty") not in CERTAINTY:
        raise refusal("unknown-code", where, value=row.get("certainty"), name="certainty", allowed=", ".join(CERTAINTY))
    try:
        number = float(value) if value else None
    except ValueError as error:
        raise refusal("not-a-count", where, value=value, name=names["value"], least=0) from error
    dimension = row[names["dimension"]] if names["dimension"] else DIMENSION[name]
    category, period, note = row[names["category"]], row[names["period"]], row.get("note") or ""
    return Published(
        name=f"{dimension}: {category}, {period}",
        value=int(number) if number is not None and number.is_integer() else number,
        means=text({lang: f"{in_words(dimension)(lang)}: {in_words(category)(lang)}" for lang in LANGUAGES}),
        unit=row.get("unit") or "persons",
        sources=(Source(row["source"], row["certainty"]),),
        period=_period(period),
        edition=row["source"],
        categories=(("period", period), ("dimension", dimension), ("category", category)),
        notes=(in_words(note),) if note else (),
    )


def _period(words: str) -> Period:
    span = years_of(words)
    return Period(date(span[0], 1, 1), date(span[1], 12, 31)) if span else Period()


@lru_cache(maxsize=1)
def _dutch() -> Mapping[str, str]:
    return {row["en"]: row["nl"] for _, row in published_rows("words.csv")}


def in_words(english: str) -> Text:
    """A word of the published tables in both languages; as it stands where nobody translated it."""
    return text({"nl": _dutch().get(english, english), "en": english.replace("_", " ")})


def said(one: Published, key: str) -> str:
    """What a published figure says under `period`, `dimension` or `category`, as its source put it."""
    return dict(one.categories)[key]


@lru_cache(maxsize=1)
def breaks() -> tuple[Break, ...]:
    """The known breaks, oldest first."""
    document = content("breaks.yaml")
    found = [
        Break(item.word("id"), int(item.need("year")), item.text("title"), item.text("cause"), stated(item))
        for item in Item(document.data, document).items("breaks")
    ]
    return tuple(sorted(found, key=lambda one: one.year))


@lru_cache(maxsize=1)
def traps() -> tuple[Trap, ...]:
    """What goes wrong when these figures are read."""
    document = content("breaks.yaml")
    return tuple(
        Trap(item.word("id"), item.text("text"), stated(item)) for item in Item(document.data, document).items("traps")
    )


def reported_series(release: ProtectedRelease | None = None, table: str = "") -> tuple[YearOfSeries, ...]:
    """The series of persons reported, by year: every source beside the others, our own protected totals, and breaks.

    `table` is a table of `release` with the variable `year`; its yearly totals are the own figures. Nothing is chosen
    between sources and nothing is averaged. Raises `BadInput` for anything but a protected release.
    """
    own = _own(release, table) if release is not None else {}
    by_year: dict[int, list[Published]] = {}
    for one in published(REPORTED):
        by_year.setdefault(int(said(one, "period")), []).append(one)
    return tuple(
        YearOfSeries(year, tuple(by_year.get(year, ())), own.get(year), tuple(b for b in breaks() if b.year == year))
        for year in sorted({*by_year, *own})
    )


def _own(release: ProtectedRelease, table: str) -> Mapping[int, int | None]:
    if not isinstance(release, ProtectedRelease):
        raise refusal("internal")
    if table not in release.rows:
        raise refusal("no-figure", value=table, allowed=", ".join(release.tables))
    found: dict[int, int | None] = {}
    for row in release.rows[table]:
        key = dict(row.key)
        rest = [code for name, code in key.items() if name != YEAR]
        if key.get(YEAR, TOTAL) != TOTAL and all(code == TOTAL for code in rest):
            found[int(key[YEAR])] = row.value
    return found


def of_period(name: str, first: int, last: int) -> tuple[Published, ...]:
    """The figures of a file whose period lies within these years; periods in words are left out."""
    return tuple(
        one
        for one in published(name)
        if (span := years_of(said(one, "period"))) and first <= span[0] <= span[1] <= last
    )


def years_of(period: str) -> tuple[int, int] | None:
    """First and last year of a period such as 2011 or 2007-2011; None for words."""
    parts = period.split("-")
    if 1 <= len(parts) <= 2 and all(part.isdecimal() and len(part) == 4 for part in parts):
        return int(parts[0]), int(parts[-1])
    return None
