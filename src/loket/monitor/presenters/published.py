"""What others published: the series by year, the other figures, and what goes wrong when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from loket.monitor.presenters.drawn import Shown, shown
from loket.site.wording import wording
from schakel.monitor.definitions import Stated, definitions
from schakel.monitor.factsheet import published_sheet
from schakel.monitor.factsheet_words import document, published_year, say
from schakel.monitor.series import BREAKDOWNS, ESTIMATES, breaks, in_words, published, reported_series, said, traps
from schakel.monitor.show import chain, measured
from schakel.monitor.year_charts import series_figure
from schakel.vocabulary.published import Published
from schakel.vocabulary.sources import CERTAINTY
from schakel.vocabulary.tables import Table

PAGES: Final = ("breakdowns", "chain", "estimates", "factsheet")
"""What was published besides the series by year; each has a page."""


@dataclass(frozen=True)
class Warned:
    """A sentence that a reader needs, with its sources and how sure they are."""

    head: str
    text: str
    sources: tuple[str, ...]


@lru_cache(maxsize=2)
def by_year(lang: str) -> Shown:
    """The series of possible victims reported, with every source."""
    years = reported_series()
    below = _say("by_year_below", lang, first=years[0].year, last=years[-1].year)
    return shown(series_figure(years, "reported", _say("by_year", lang), below, lang))


@lru_cache(maxsize=2)
def warnings(lang: str) -> tuple[Warned, ...]:
    """The breaks, oldest first."""
    return tuple(
        Warned(f"{one.year}: {one.title(lang)}", one.cause(lang), _sources(one.sources, lang)) for one in breaks()
    )


@lru_cache(maxsize=2)
def beware(lang: str) -> tuple[Warned, ...]:
    """In what ways these figures are misread."""
    return tuple(Warned("", one.text(lang), _sources(one.sources, lang)) for one in traps())


def not_known(lang: str) -> tuple[str, ...]:
    """What no source gives."""
    return tuple(one(lang) for one in definitions().not_given)


def _sources(stated: tuple[Stated, ...], lang: str) -> tuple[str, ...]:
    return tuple(f"{one.source} ({CERTAINTY[one.certainty](lang)})" for one in stated)


def heading(name: str, lang: str) -> dict[str, Any]:
    """What one of `PAGES` is called, and what it is about."""
    return {"name": name, "title": _say(f"{name}_title", lang), "lead": _say(f"{name}_lead", lang)}


@lru_cache(maxsize=8)
def page(name: str, lang: str) -> Mapping[str, Any]:
    """One of `PAGES`: its figures, its tables and its words."""
    found = heading(name, lang)
    if name == "chain":
        return found | {"tables": [chain(lang)]}
    if name == "estimates":
        return found | {"tables": [_table("", published(ESTIMATES), lang)]}
    if name == "factsheet":
        sheet = published_sheet(published_year(), lang)
        note = f"{say('labels-only-note', lang)} {say('source', lang, source=document(lang))}"
        return found | {"figures": [shown(one) for one in sheet.figures], "note": note, "year": published_year()}
    by: dict[str, list[Published]] = {}
    for one in published(BREAKDOWNS):
        by.setdefault(said(one, "dimension"), []).append(one)
    return found | {"tables": [_table(in_words(each)(lang), tuple(ones), lang) for each, ones in by.items()]}


def _table(caption: str, figures: tuple[Published, ...], lang: str) -> Table:
    columns = tuple(_say(f"column_{name}", lang) for name in ("period", "what", "value", "source", "certainty"))
    rows = tuple(
        (
            in_words(said(one, "period"))(lang), _what(one, lang), measured(one, lang),
            "; ".join(source.ref for source in one.sources),
            "; ".join(CERTAINTY[source.certainty](lang) for source in one.sources),
        )
        for one in figures
    )  # fmt: skip
    return Table(caption or _say("estimates_title", lang), columns, rows)


def _what(one: Published, lang: str) -> str:
    """The category, and what its source adds to it."""
    notes = "; ".join(note(lang) for note in one.notes)
    what = in_words(said(one, "category"))(lang)
    return f"{what} ({notes})" if notes else what


def _say(key: str, lang: str, **words: object) -> str:
    return wording().say(f"figures.{key}", lang, **words)
