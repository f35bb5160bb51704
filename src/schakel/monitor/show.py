"""Showing figures as text: of a protected release or of a published source, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from schakel.disclosure.protected import ProtectedRelease
from schakel.monitor.chain import lines as chain_lines
from schakel.monitor.observations import NOT_APPLICABLE, coded, observations
from schakel.monitor.refusals import refusal
from schakel.monitor.series import YearOfSeries, in_words, said
from schakel.vocabulary.published import Published
from schakel.vocabulary.sources import CERTAINTY, NEEDS_VERIFYING
from schakel.vocabulary.tables import Table

WITHHELD: Final = "[c]"
WORDS: Final = {
    "nl": {
        "series": "Gemelde mogelijke slachtoffers, zoals gepubliceerd", "value": "aantal", "not-given": "niet gegeven",
        "columns": ("jaar", "aantal", "bron", "zekerheid", "let op"), "differ": "bronnen verschillen",
        "chain": "Van signaal tot vonnis", "chain-columns": ("stap", "periode", "wat", "waarde", "bron"),
    },
    "en": {
        "series": "Possible victims reported, as published", "value": "number", "not-given": "not given",
        "columns": ("year", "number", "source", "certainty", "beware"), "differ": "sources differ",
        "chain": "From signal to judgment", "chain-columns": ("step", "period", "what", "value", "source"),
    },
}  # fmt: skip


def number(value: float | None, lang: str) -> str:
    """A number in the way of the language; None is said, never nought."""
    if value is None:
        return str(WORDS[lang]["not-given"])
    told = f"{value:,}"
    return told.translate(str.maketrans(",.", ".,")) if lang == "nl" else told


def measured(one: Published, lang: str) -> str:
    """A number with its unit, as its source counted: 45 percent, 4 of 209 reports."""
    return f"{number(one.value, lang)} {in_words(one.unit)(lang)}"


def figure(one: Published, lang: str) -> str:
    """A published figure as one line: what, number, source, certainty. Anything else is refused."""
    if not isinstance(one, Published):
        raise refusal("internal")
    sources = "; ".join(f"{each.ref} ({CERTAINTY[each.certainty](lang)})" for each in one.sources)
    return f"{one.means(lang)}, {in_words(said(one, 'period'))(lang)}: {measured(one, lang)}. {sources}"


def table(release: ProtectedRelease, name: str, lang: str) -> Table:
    """One table of a protected release in words. Anything else is refused."""
    if not isinstance(release, ProtectedRelease):
        raise refusal("internal")
    if name not in release.rows:
        raise refusal("no-figure", value=name, allowed=", ".join(release.tables))
    variables = {one.name: one for one in coded(release)}
    every = observations(release)
    rows = [row for row in every.rows if row[0] == name]
    kept = [n for n in range(len(every.columns)) if any(row[1 + n] != NOT_APPLICABLE for row in rows)]
    columns = (*(variables[every.columns[n]].title(lang) for n in kept), str(WORDS[lang]["value"]))
    told = tuple(
        (*(variables[every.columns[n]].names[row[1 + n]](lang) for n in kept), row[-4] or WITHHELD) for row in rows
    )
    return Table(str(release.claims["text"][lang]), columns, told)


def series(years: Iterable[YearOfSeries], lang: str) -> Table:
    """The published series as a table: a row a source, with breaks and where sources differ."""
    words = WORDS[lang]
    rows = []
    for year in years:
        beware = [one.title(lang) for one in year.breaks] + ([str(words["differ"])] if year.differing else [])
        for one in year.published:
            source = one.sources[0]
            doubt = [CERTAINTY[source.certainty](lang)] if source.certainty in NEEDS_VERIFYING else []
            told = (str(year.year), number(one.value, lang), source.ref, source.certainty)
            rows.append((*told, "; ".join([*beware, *doubt])))
    return Table(str(words["series"]), tuple(words["columns"]), tuple(rows))


def chain(lang: str) -> Table:
    """From signal to judgment: what was published about each step, or that it is not known."""
    rows: list[tuple[str, ...]] = []
    for title, figures, not_known in chain_lines(lang):
        for one in figures:
            what = one.means(lang).partition(": ")[2]
            rows.append((title, in_words(said(one, "period"))(lang), what, measured(one, lang), one.sources[0].ref))
        rows += [(title, "", not_known, "", "")] if not figures else []
    return Table(str(WORDS[lang]["chain"]), tuple(WORDS[lang]["chain-columns"]), tuple(rows))
