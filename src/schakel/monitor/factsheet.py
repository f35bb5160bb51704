"""The factsheet: four figures, a headline and recommendations, from what was published or from a protected release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from schakel.disclosure.protected import TOTAL, ProtectedRelease
from schakel.monitor.charts import bars, nested, synthetic
from schakel.monitor.codes import codelists
from schakel.monitor.factsheet_words import document, published_charts, published_year, say
from schakel.monitor.recommendations import STATUSES, Recommendation, recommendations
from schakel.monitor.refusals import refusal
from schakel.monitor.series import reported_series, traps
from schakel.monitor.show import number
from schakel.monitor.slices import Slice
from schakel.monitor.tiles import tile_map
from schakel.monitor.year_charts import series_figure
from schakel.press.chart_pictures import png, svg
from schakel.press.sheet import Figure, Part, Sheet, html, pdf
from schakel.vocabulary.periods import Period
from schakel.vocabulary.tables import Table

NATIONALITY, AGE, SECTORS, OUTSIDE, REGIONS = (
    "dutch-or-not", "dutch-by-age", "sectors", "sectors-outside-sex-industry", "victims-by-region",
)  # fmt: skip
OF_2013 = 2013
BEWARE = ("reports-not-victims", "editions-revise", "sub-3")
"""The traps that a reader of the published figures must know, by their ids."""
IN_SEX_INDUSTRY = "prostitution_"


def published_sheet(year: int, lang: str) -> Sheet:
    """The 2013 factsheet's figures made again from the published values. Raises `BadInput` for another year."""
    if year != published_year():
        raise refusal("no-factsheet", year=year, known=published_year())
    charts = published_charts(lang)
    nationality, age = charts["nationality"], charts["age"]
    titles = (say("nested-title", lang), say("percent", lang), nationality.title(lang), age.title(lang))
    first = nested(nationality.figures, age.figures, "nationality", titles, lang)
    below = say("labels-only", lang, year=year)
    sectors, outside = (
        bars(charts[name].figures, name, charts[name].title(lang), below, lang)
        for name in ("sectors", "sectors-outside")
    )
    asked = tuple(one for one in recommendations() if one.year == OF_2013)
    parts = (
        Part(say("domestic-title", lang), (say("domestic", lang),), figures=(first,)),
        Part(say("counted-title", lang), (say("counted-published", lang),)),
        _recommendations(asked, lang, new_column=True),
        Part(say("sectors-title", lang), (say("sectors", lang), say("labels-only-note", lang)), figures=(sectors,),
             new_column=True),
        Part(say("beware-title", lang), tuple(one.text(lang) for one in traps() if one.id in BEWARE)),
        Part(say("outside-title", lang), figures=(outside,), new_column=True),
        _reported(nationality.figures[0].period, lang),
    )  # fmt: skip
    return Sheet(
        say("published-title", lang), say("published-subtitle", lang), lang, say("published-headline", lang), parts,
        say("foot", lang, source=document(lang)), say("description", lang, year=year),
    )  # fmt: skip


def _reported(period: Period, lang: str) -> Part:
    """How many were reported in the years that the first figure is about: from other sources, and it says so."""
    assert period.first is not None
    assert period.last is not None
    first, last = period.first.year, period.last.year
    years = [year for year in reported_series() if first <= year.year <= last]
    below = say("reported-below", lang, first=first, last=last)
    figure = series_figure(years, "reported", say("reported-chart", lang), below, lang)
    rows = tuple(
        (str(year.year), f"{one.sources[0].ref} ({one.sources[0].certainty})", number(one.value, lang))
        for year in years for one in year.published
    )  # fmt: skip
    columns = (say("column-year", lang), say("column-source", lang), say("column-number", lang))
    figure = replace(figure, table=Table(figure.table.caption, columns, rows))
    return Part(say("reported-title", lang), (say("reported", lang),), figures=(figure,))


def release_sheet(release: ProtectedRelease, year: int, lang: str, *, marked: bool = False) -> Sheet:
    """The factsheet of one year of a protected release; of a synthetic one, everything says so.

    Raises `BadInput` for anything but a protected release, a year that it does not have, or a missing table.
    """
    total = Slice(release, NATIONALITY, year).values.get(TOTAL)
    marked = marked or synthetic(release)
    counted = (say("counted-release", lang), str(release.claims["text"][lang]))
    parts = [
        Part(say("domestic-title", lang), (say("domestic", lang),), figures=(_nested(release, year, lang, marked),)),
        Part(say("counted-title", lang), counted),
        *_sectors(release, year, lang, marked),
        _recommendations(tuple(one for one in recommendations() if one.year > OF_2013), lang),
        *_outside_and_regions(release, year, lang, marked),
    ]
    name = "release-headline" if total is not None else "release-headline-none"
    return Sheet(
        say("release-title", lang, year=year), say("release-subtitle", lang), lang,
        say(name, lang, year=year, total=number(total, lang)), tuple(parts),
        say("foot", lang, source=release.spec.name), say("description", lang, year=year),
        say("synthetic", lang) if marked else "",
    )  # fmt: skip


def _nested(release: ProtectedRelease, year: int, lang: str, marked: bool) -> Figure:
    whole = Slice(release, NATIONALITY, year, ("no", "yes"))
    inner = Slice(release, AGE, year, ("adult", "0-17"))
    titles = (
        say("nested-title", lang), say("percent-printed", lang),
        say("nationality", lang, year=year), say("age", lang, year=year),
    )  # fmt: skip
    first, second = (
        number(value, lang) if value is not None else say("withheld", lang)
        for value in (whole.values.get("unknown"), inner.values.get("unknown"))
    )
    notes = (say("unknown-beside", lang, first=first, second=second),)
    return nested(whole, inner, "nationality", titles, lang, notes=notes, marked=marked)


def _sectors(release: ProtectedRelease, year: int, lang: str, marked: bool) -> Iterator[Part]:
    words, title = say("sectors", lang), say("sectors-title", lang)
    if SECTORS not in release.rows:
        yield Part(title, (words, say("not-asked", lang)), new_column=True)
        return
    shown = Slice(release, SECTORS, year)
    below = say("in-year", lang, year=year)
    figure = bars(shown, "sectors", say("sectors-chart", lang), below, lang, marked=marked)
    yield Part(title, (words,), figures=(figure,), new_column=True)


def _outside_and_regions(release: ProtectedRelease, year: int, lang: str, marked: bool) -> Iterator[Part]:
    """What further tables the release has: sectors outside the sex industry, and police units."""
    below = say("in-year", lang, year=year)
    if OUTSIDE in release.rows:
        # The closed list also holds the sectors of the sex industry, which this table cannot have.
        codes = tuple(code for code in codelists()["sector"].codes if not code.startswith(IN_SEX_INDUSTRY))
        shown = Slice(release, OUTSIDE, year, codes)
        figure = bars(shown, "sectors-outside", say("sectors-outside-chart", lang), below, lang, marked=marked)
        yield Part(say("outside-title", lang), figures=(figure,), new_column=True)
    if REGIONS in release.rows:
        figure = tile_map(Slice(release, REGIONS, year), "regions", below, lang, marked=marked)
        yield Part(say("regions-title", lang), (say("regions", lang),), figures=(figure,), new_column=True)


def _recommendations(asked: tuple[Recommendation, ...], lang: str, *, new_column: bool = False) -> Part:
    """The recommendations by addressee; what came of them, once where it is the same for all."""
    known = {one.status for one in asked}
    items = []
    for one in asked:
        status = "" if len(known) == 1 else f" ({STATUSES[one.status](lang)})"
        when = "" if len({each.year for each in asked}) == 1 else f", {one.year}"
        items.append((f"{one.addressee(lang)}{when}:", f"{one.words(lang)}{status}"))
    words = [say("recommendations", lang)]
    if len(known) == 1:
        words.append(say("recommendations-status", lang, status=STATUSES[asked[0].status](lang)))
    return Part(say("recommendations-title", lang), tuple(words), tuple(items), new_column=new_column)


def factsheet_files(sheet: Sheet, name: str, when: datetime) -> Mapping[str, bytes]:
    """The PDF, the web page and each chart as SVG and PNG, by file name; of a synthetic sheet each name says so."""
    stem = f"synthetic-{name}" if sheet.mark else name
    made = {f"{stem}.{sheet.lang}.pdf": pdf(sheet, when=when), f"{stem}.{sheet.lang}.html": html(sheet).encode()}
    for figure in sheet.figures:
        made[f"{stem}-{figure.anchor}.{sheet.lang}.svg"] = svg(figure.drawing).encode()
        made[f"{stem}-{figure.anchor}.{sheet.lang}.png"] = png(figure.drawing)
    return made
