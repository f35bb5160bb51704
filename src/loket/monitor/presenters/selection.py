"""What a reader chose of a table (period, group, region), as a chart with its table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from loket.monitor.presenters.drawn import Shown, shown
from loket.monitor.presenters.publication import synthetic
from loket.site.wording import wording
from schakel.disclosure.protected import TOTAL, ProtectedRelease
from schakel.monitor.charts import bars
from schakel.monitor.definitions import YEAR, definitions
from schakel.monitor.observations import coded
from schakel.monitor.opendata import figure_title
from schakel.monitor.publications import Publication
from schakel.monitor.show import number
from schakel.monitor.slices import Slice, categories
from schakel.monitor.tiles import layouts, tile_map
from schakel.monitor.year_charts import yearly
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.sources import CERTAINTY

ALONG: Final = "naast"
"""The name in the address for the variable whose categories stand beside each other."""


@dataclass(frozen=True)
class Selection:
    """A slice that was asked for, and whether all that was asked for exists."""

    slice: Slice
    known: bool = True


def chosen(release: ProtectedRelease, table: str, asked: Mapping[str, str]) -> Selection:
    """The slice asked for; what is not asked for is the last year and every total. Of what does not exist: the same.

    Raises `BadInput` for a table that is not in the release.
    """
    plain = Slice(release, table)
    by = plain.by
    along = asked.get(ALONG) or next((name for name in by if name != YEAR), by[0])
    at = {name: asked[name] for name in by if name not in (YEAR, along) and asked.get(name, TOTAL) != TOTAL}
    listed = categories(release, YEAR) if YEAR in by and along != YEAR else ()
    year = asked.get(YEAR) or (listed[-1] if listed else "")
    try:
        held = tuple(at.items()) + (((YEAR, year),) if listed else ())
        return Selection(Slice(release, table, along=along, at=held))
    except BadInput:
        return replace(chosen(release, table, {}), known=False)


def page(one: Publication, release: ProtectedRelease, selection: Selection, lang: str) -> Mapping[str, Any]:
    """The page of a table: the choices, the chart with its table, and how it was counted."""
    given = selection.slice
    found = figure(one, given, lang)
    return {
        "figure": found, "fields": fields(given, lang), "title": figure_title(release, given.table)(lang),
        "subtitle": subtitle(given, lang), "counted": counted(given.table, lang), "claim": release.claims["text"][lang],
        "unknown": not selection.known, "withheld": None in given.values.values(), "table_name": given.table,
        "regions": given.variable in layouts(), "together": together(given, lang),
    }  # fmt: skip


def together(given: Slice, lang: str) -> str:
    """The printed total of what is shown; nothing for years, which do not add up to persons."""
    if given.variable == YEAR or TOTAL not in given.values:
        return ""
    total = given.values[TOTAL]
    return _say("together", lang, number=number(total, lang) if total is not None else _say("withheld", lang))


def figure(one: Publication, given: Slice, lang: str) -> Shown:
    """The chart that suits the variable: years, places, or anything else."""
    title, below, marked = figure_title(given.release, given.table)(lang), subtitle(given, lang), synthetic(one)
    if given.variable == YEAR:
        return shown(yearly(given, "figure", title, below, lang, marked=marked))
    if given.variable in layouts():
        return shown(tile_map(given, "figure", below, lang, layout=given.variable, marked=marked))
    return shown(bars(given, "figure", title, below, lang, marked=marked))


def subtitle(given: Slice, lang: str) -> str:
    """What is held fast, in words: the year and the groups that were chosen; the number of people in all of it."""
    variables = {one.name: one for one in coded(given.release)}
    at = dict(given.at)
    held = [variables[name].names[at[name]](lang) for name in given.by if at.get(name, TOTAL) != TOTAL]
    held += [_say("by", lang, name=variables[given.variable].title(lang))]
    return ", ".join(held)


def fields(given: Slice, lang: str) -> list[Mapping[str, Any]]:
    """The choices as fields of a form: what stands beside each other, and where each other variable is held."""
    variables = {one.name: one for one in coded(given.release)}
    held, made = dict(given.at), []
    if len(given.by) > 1:
        options = [(name, variables[name].title(lang)) for name in given.by]
        made.append(_field(ALONG, _say("along", lang), options, given.variable))
    for name in given.by:
        if name != given.variable:
            options = [(code, variables[name].names[code](lang)) for code in categories(given.release, name)]
            if name != YEAR:
                options.insert(0, (TOTAL, _say("everybody", lang)))
            made.append(_field(name, variables[name].title(lang), options, held.get(name, TOTAL)))
    return made


def _field(name: str, legend: str, options: list[tuple[str, str]], chosen: str) -> Mapping[str, Any]:
    listed = [{"value": value, "label": label, "checked": value == chosen} for value, label in options]
    return {"kind": "select", "name": name, "id": f"k-{name}", "legend": legend[:1].upper() + legend[1:],
            "options": listed}  # fmt: skip


def counted(table: str, lang: str) -> Mapping[str, Any]:
    """How a table was counted, as the definitions have it; empty where they do not know it."""
    one = definitions().figures.get(table)
    if one is None:
        return {}
    sources = [f"{each.source} ({CERTAINTY[each.certainty](lang)})" for each in one.sources]
    return {"what": one.what(lang), "is_not": one.is_not(lang), "sources": sources}


def as_csv(given: Slice, lang: str) -> bytes:
    """The numbers of a slice as CSV: code, name, value (empty where withheld, which is not nought)."""
    names, values, out = given.names(lang), given.values, io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((given.variable, _say("column_name", lang), _say("column_value", lang)))
    for code in (*given.order, *([TOTAL] if TOTAL in values else [])):
        value = values.get(code)
        writer.writerow((code, names.get(code, code), "" if value is None else value))
    return out.getvalue().encode()


def _say(key: str, lang: str, **words: object) -> str:
    return wording().say(f"figures.{key}", lang, **words)
