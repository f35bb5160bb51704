"""A factsheet: words and figures in two columns, each figure a chart with its table beside it; as HTML and as PDF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any, Final

from schakel.press.chart_drawing import Drawing
from schakel.press.chart_pictures import svg
from schakel.press.languages import direction
from schakel.press.look import sheet_stylesheet, stylesheet
from schakel.press.words import PAGE, SKIP, TABLE_OF
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.extras import needing
from schakel.vocabulary.tables import Table

HERE: Final = Path(__file__).parent
SIZES: Final = (10.6, 9.8, 9.0, 8.4, 8.0)
"""The type in points: the largest with which it fits on its pages is taken."""


@dataclass(frozen=True)
class Figure:
    """A chart, the table that says the same, and what a reader must know of it. `anchor` is its address."""

    anchor: str
    drawing: Drawing
    table: Table
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A heading with words, a list, and figures."""

    title: str
    words: tuple[str, ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    """Each entry: what stands out, and what is said."""
    figures: tuple[Figure, ...] = ()
    new_column: bool = False
    """On paper it begins at the top of a column."""


@dataclass(frozen=True)
class Sheet:
    """A whole factsheet. With a `mark` every page, every figure and the file itself say that nobody in it exists."""

    title: str
    subtitle: str
    lang: str
    headline: str
    parts: tuple[Part, ...]
    foot: str
    description: str
    mark: str = ""
    pages: int = 2

    @property
    def file_title(self) -> str:
        """The title for those who find the file: a synthetic one says so first."""
        return f"{self.mark}. {self.title}" if self.mark else self.title

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for part in self.parts for figure in part.figures)


def html(sheet: Sheet) -> str:
    """One self-contained page: nothing is fetched, nothing runs."""
    skip = f'<a class="sp-skip" href="#content">{escape(SKIP(sheet.lang))}</a>'
    style = f"{stylesheet()}{sheet_stylesheet()}"
    return (
        f'<!doctype html>\n<html lang="{escape(sheet.lang)}" dir="{direction(sheet.lang)}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="description" content="{escape(sheet.description)}">\n'
        f"<title>{escape(sheet.file_title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f'<body class="sp-body">\n{skip}\n{fragment(sheet)}\n</body>\n</html>\n'
    )


def fragment(sheet: Sheet) -> str:
    """The factsheet as a piece of a page, its title a heading of the first level."""
    return "\n".join(_page(sheet))


def _page(sheet: Sheet) -> Iterator[str]:
    yield f'<div class="sp-doc sp-fs" lang="{escape(sheet.lang)}" dir="{direction(sheet.lang)}">'
    yield f'<header>{_mark(sheet)}<div class="sp-fs__head"><h1 class="sp-fs__title">{escape(sheet.title)}</h1>'
    yield f'<p class="sp-fs__subtitle">{escape(sheet.subtitle)}</p></div></header>'
    yield '<main id="content">'
    yield f'<p class="sp-fs__headline">{escape(sheet.headline)}</p>\n<div class="sp-fs__parts">'
    for part in sheet.parts:
        yield f'<section class="sp-fs__part"><h2 class="sp-fs__h">{escape(part.title)}</h2>'
        yield from (f'<p class="sp-p">{escape(words)}</p>' for words in part.words)
        yield from (figure_html(figure, sheet.lang) for figure in part.figures)
        if part.items:
            items = (f"<li><strong>{escape(who)}</strong> {escape(what)}</li>" for who, what in part.items)
            yield f'<ul class="sp-list">{"".join(items)}</ul>'
        yield "</section>"
    yield f'</div>\n</main>\n<footer class="sp-foot"><p>{escape(sheet.foot)}</p>{_mark(sheet)}</footer>\n</div>'


def _mark(sheet: Sheet) -> str:
    return f'<p class="sp-fs__mark">{escape(sheet.mark)}</p>' if sheet.mark else ""


def figure_html(figure: Figure, lang: str) -> str:
    """A figure for the web: the picture with its text for those who do not see it, notes, and the table, open."""
    picture = svg(figure.drawing).replace("<svg ", f'<svg role="img" aria-label="{escape(figure.drawing.alt)}" ', 1)
    notes = "".join(f'<p class="sp-p sp-p--small">{escape(note)}</p>' for note in figure.notes)
    return (
        f'<figure class="sp-figure" id="{escape(figure.anchor)}">\n{picture}\n'
        f"<figcaption>{notes}<details open><summary>{escape(TABLE_OF(lang))}</summary>{_table(figure.table)}"
        "</details></figcaption>\n</figure>"
    )


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(str(first))}</th>{"".join(f"<td>{escape(str(one))}</td>" for one in rest)}</tr>'
        for first, *rest in table.rows
    )
    return (
        f'<table class="sp-data"><caption>{escape(table.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def pdf(sheet: Sheet, *, when: datetime) -> bytes:
    """The factsheet as PDF/UA-1, dated `when` (with its offset from UTC); the same sheet and date give the same bytes.

    Raises `BadInput` when an extra is missing or when it cannot be set.
    """
    with needing("book"):
        import typst
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"])
    compiler = typst.Compiler(HERE / "typst" / "factsheet.typ", root=HERE / "typst", font_paths=fonts)
    data, made = json.dumps(_plain(sheet), ensure_ascii=False), b""
    for size in SIZES:
        inputs = {"sheet": data, "size": str(size)}
        try:
            made = _one(compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=when))
        except typst.TypstError as error:
            raise BadInput(
                f"the PDF cannot be made: {error.message[:200]}", remedy="Use the HTML",
                dutch=(f"de PDF kan niet worden gemaakt: {error.message[:200]}", "Gebruik de HTML"),
            ) from error  # fmt: skip
        if int(compiler.query("<pages>", field="value", one=True)) <= sheet.pages:
            break
    return made


def _one(made: Any) -> bytes:
    return bytes(made)


def _plain(sheet: Sheet) -> dict[str, Any]:
    """The factsheet as plain data for the typesetter; nothing of it is ever read as markup."""
    return {
        "title": sheet.title, "file_title": sheet.file_title, "subtitle": sheet.subtitle, "lang": sheet.lang,
        "headline": sheet.headline, "foot": sheet.foot, "description": sheet.description, "mark": sheet.mark,
        "page": PAGE(sheet.lang),
        "parts": [
            {
                "title": part.title, "words": list(part.words), "new_column": part.new_column,
                "items": [{"who": who, "what": what} for who, what in part.items],
                "figures": [_figure(figure) for figure in part.figures],
            }
            for part in sheet.parts
        ],
    }  # fmt: skip


def _figure(figure: Figure) -> dict[str, Any]:
    table = {"caption": figure.table.caption, "head": list(figure.table.columns),
             "rows": [[str(one) for one in row] for row in figure.table.rows]}  # fmt: skip
    return {
        "svg": svg(figure.drawing),
        "alt": figure.drawing.alt,
        "notes": list(figure.notes),
        "table": table,
    }
