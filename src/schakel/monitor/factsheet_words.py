"""The words of charts and factsheet, as content, and the figures that the 2013 factsheet printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from schakel.monitor.files import content, published_rows
from schakel.monitor.series import years_of
from schakel.rules.documents import Item
from schakel.vocabulary.periods import Period
from schakel.vocabulary.published import Published
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import LANGUAGES, Text, text

FILE = "factsheet-2013.csv"


@dataclass(frozen=True)
class PublishedChart:
    """One chart of the 2013 factsheet: what its row is called, and its figures in the order in which they are drawn."""

    id: str
    title: Text
    figures: tuple[Published, ...]


@lru_cache(maxsize=1)
def _top() -> Item:
    document = content("factsheet.yaml")
    return Item(document.data, document)


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Text]:
    words = _top().item("words")
    return {name: words.text(name) for name in words.data}


def say(name: str, lang: str, **more: object) -> str:
    """One of the words, its gaps filled."""
    return _words()[name](lang).format(**more)


def document(lang: str) -> str:
    """What the 2013 factsheet is called."""
    return _top().text("document")(lang)


def published_year() -> int:
    """The year that the 2013 factsheet is about."""
    return int(_top().need("published_year"))


@lru_cache(maxsize=2)
def published_charts(lang: str) -> Mapping[str, PublishedChart]:
    """The four charts of the 2013 factsheet by id, each value with its certainty; a label without value stays so.

    The source is named in the language `lang`.
    """
    labels = {item.data["nl"]: text({tag: item.data[tag] for tag in LANGUAGES}) for item in _top().items("labels")}
    found = {}
    for item in _top().items("charts"):
        rows = [row for _, row in published_rows(FILE) if row["chart"] == item.word("name")]
        figures = [_figure(item, row, labels, lang) for row in rows]
        first = item.get("first")
        figures.sort(key=lambda one: bool(first) and one.means("nl") != first)
        found[item.word("id")] = PublishedChart(item.word("id"), item.text("text"), tuple(figures))
    return found


def _figure(item: Item, row: Mapping[str, str], labels: Mapping[str, Text], lang: str) -> Published:
    label, value, period = row["category_label_nl"], row["value"].strip(), str(item.need("period"))
    first, last = years_of(period) or (published_year(), published_year())
    return Published(
        name=f"{row['chart']}: {label}", value=int(value.removesuffix("%")) if value else None, means=labels[label],
        unit="percent", sources=(Source(document(lang), row["certainty"]),), edition=document("en"),
        period=Period(date(first, 1, 1), date(last, 12, 31)),
        categories=(("period", period), ("dimension", row["chart"]), ("category", label)),
    )  # fmt: skip
