"""Numbers by year as a chart with its table: every source beside the others, and a rule where a series breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schakel.monitor.charts import frame
from schakel.monitor.factsheet_words import say
from schakel.monitor.refusals import refusal
from schakel.monitor.series import YearOfSeries, breaks
from schakel.monitor.show import number, series
from schakel.monitor.slices import Slice
from schakel.press.sheet import Figure
from schakel.press.year_charts import YearBar, Years, draw_years
from schakel.vocabulary.sources import NEEDS_VERIFYING
from schakel.vocabulary.tables import Table


def series_figure(years: Sequence[YearOfSeries], anchor: str, title: str, subtitle: str, lang: str) -> Figure:
    """The published series, oldest first, with the table that names every source. What is recalled is in outline."""
    given = [one for year in years for one in year.published]
    bars = tuple(bar for year in years for bar in _published(year, lang))
    told = [(bar.year or say("same-year", lang), f"{bar.shown}{f' ({bar.cut})' if bar.cut else ''}") for bar in bars]
    around = frame("kind-years", title, subtitle, given, told, lang, source=say("years-foot", lang))
    return Figure(anchor, draw_years(Years(around, bars)), series(years, lang))


def _published(year: YearOfSeries, lang: str) -> Iterator[YearBar]:
    for place, one in enumerate(year.published):
        unsure = any(source.certainty in NEEDS_VERIFYING for source in one.sources)
        cut = say("break", lang) if year.breaks and not place else ""
        yield YearBar("" if place else str(year.year), one.value, number(one.value, lang), unsure, cut)


def yearly(given: Slice, anchor: str, title: str, subtitle: str, lang: str, *, marked: bool = False) -> Figure:
    """The years of a slice of a protected release beside each other, with its table and the known breaks."""
    if not isinstance(given, Slice):
        raise refusal("internal")
    values = given.values
    cuts = {str(one.year): one for one in breaks()}
    bars, rows = [], []
    for place, year in enumerate(given.order):
        value = values.get(year)
        shown = number(value, lang) if value is not None else say("withheld", lang)
        bars.append(YearBar(year, value, shown, cut=say("break", lang) if place and year in cuts else ""))
        rows.append((year, shown, cuts[year].title(lang) if year in cuts else ""))
    told = [(year, f"{shown}{f' ({why})' if why else ''}") for year, shown, why in rows]
    around = frame("kind-years", title, subtitle, given, told, lang, marked)
    columns = (say("column-year", lang), say("column-number", lang), say("column-beware", lang))
    drawn = draw_years(Years(around, tuple(bars)))
    return Figure(anchor, drawn, Table(f"{title}. {subtitle}", columns, tuple(rows)), (say("years-apart", lang),))
