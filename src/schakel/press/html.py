"""A document as HTML: one whole file, or a fragment that a site places in a page of its own.

Every text is escaped. A fragment holds no style, no script and no attribute that a strict content security policy
refuses; its look is `stylesheet()`, which a site serves as a file. Class names start with `sp-`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from schakel.press.blocks import (
    LARGEST_WIDTH,
    Block,
    Document,
    Items,
    Line,
    Note,
    Pairs,
    Paragraph,
    Passage,
    Section,
    Span,
    Table,
    Tags,
    anchors_of,
    usable,
)
from schakel.press.languages import direction
from schakel.press.look import stylesheet
from schakel.press.words import CONTENTS, SKIP

DEEPEST_HEADING = 6
LISTED_DEPTH = 2


def render(document: Document) -> str:
    """One self-contained HTML file: nothing is fetched, nothing runs."""
    skip = f'<a class="sp-skip" href="#content">{escape(SKIP(document.lang))}</a>'
    return (
        f'<!doctype html>\n<html lang="{escape(document.lang)}" dir="{direction(document.lang)}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="description" content="{escape(document.description)}">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{stylesheet()}</style>\n</head>\n"
        f'<body class="sp-body">\n{skip}\n{fragment(document, level=1)}\n</body>\n</html>\n'
    )


def fragment(document: Document, *, level: int = 2) -> str:
    """The document as a piece of a page, its title a heading of `level`."""
    return "\n".join(_Writer(document, level, anchors_of(document)).document())


@dataclass(frozen=True)
class _Writer:
    """Writes one document; `level` is the heading level of its title."""

    source: Document
    level: int
    anchors: frozenset[str]

    def document(self) -> Iterator[str]:
        doc = self.source
        kind = "book" if doc.is_book else "sheet"
        yield f'<div class="sp-doc sp-doc--{kind}" lang="{escape(doc.lang)}" dir="{direction(doc.lang)}">'
        yield f'<header class="sp-head">\n{self.heading(doc.title, 1, css="sp-title")}'
        if doc.subtitle:
            yield f'<p class="sp-subtitle">{escape(doc.subtitle)}</p>'
        yield from self.blocks(doc.cover)
        yield "</header>"
        if doc.is_book:
            yield from self.contents()
        yield '<main class="sp-main" id="content">' if self.level == 1 else '<div class="sp-main">'
        yield from self.blocks(doc.opening)
        for section in doc.sections:
            yield from self.section(section, 2)
        yield "</main>" if self.level == 1 else "</div>"
        yield f'<footer class="sp-foot"><p>{escape(doc.foot)}</p></footer>\n</div>'

    def heading(self, title: str, depth: int, *, css: str, lang: str = "") -> str:
        tag = f"h{min(depth + self.level - 1, DEEPEST_HEADING)}"
        return f'<{tag} class="{css}"{_lang(lang)}>{escape(title)}</{tag}>'

    def contents(self) -> Iterator[str]:
        """The table of contents, two deep."""
        label = escape(CONTENTS(self.source.lang))
        yield f'<nav class="sp-contents" aria-label="{label}">\n{self.heading(label, 2, css="sp-contents__title")}'
        yield self.listed(self.source.sections, 1) + "\n</nav>"

    def listed(self, sections: tuple[Section, ...], depth: int) -> str:
        lines = []
        for section in sections:
            if section.listed and section.anchor:
                words = f'<a href="#{escape(section.anchor)}"{_lang(section.lang)}>{escape(section.title)}</a>'
                inside = self.listed(section.sections, depth + 1) if depth < LISTED_DEPTH else ""
                lines.append(f"<li>{words}{inside}</li>")
        return f'<ol class="sp-contents__list">{"".join(lines)}</ol>' if lines else ""

    def section(self, section: Section, depth: int) -> Iterator[str]:
        css = f"sp-section sp-section--{section.style or 'plain'}"
        anchor = f' id="{escape(section.anchor)}"' if section.anchor else ""
        yield f'<section class="{css}"{anchor}>'
        yield self.heading(section.title, depth, css=f"sp-h sp-h--{min(depth, 5)}", lang=section.lang)
        yield from self.blocks(section.blocks)
        for inner in section.sections:
            yield from self.section(inner, depth + 1)
        yield "</section>"

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        for block in blocks:
            yield self.block(block)

    def block(self, block: Block) -> str:
        match block:
            case Paragraph(words=words, style=style):
                return f'<p class="sp-p{f" sp-p--{style}" if style else ""}">{self.line(words)}</p>'
            case Items():
                return self.items(block)
            case Pairs():
                return self.pairs(block)
            case Table():
                return self.table(block)
            case Note():
                title = f'<p class="sp-note__title">{escape(block.title)}</p>\n' if block.title else ""
                return f'<div class="sp-note sp-note--{block.kind}">\n{title}{self.inside(block.blocks)}\n</div>'
            case Tags(tags=tags):
                shown = (
                    f'<li class="sp-tag{f" sp-tag--{one.kind}" if one.kind else ""}">{escape(one.text)}</li>'
                    for one in tags
                )
                return f'<ul class="sp-tags">{"".join(shown)}</ul>'
            case Passage():
                remark = f'<p class="sp-p sp-p--small">{escape(block.remark)}</p>\n' if block.remark else ""
                opened = f'<div class="sp-passage"{_lang(block.lang)}>'
                return f"{remark}{opened}\n{self.inside(block.blocks)}\n</div>"

    def inside(self, blocks: tuple[Block, ...]) -> str:
        return "\n".join(self.blocks(blocks))

    def items(self, block: Items) -> str:
        tag = "ol" if block.ordered else "ul"
        entries = (f"<li>{self.line(entry.words)}{self.inside(entry.inside)}</li>" for entry in block.entries)
        return f'<{tag} class="sp-list">{"".join(entries)}</{tag}>'

    def pairs(self, block: Pairs) -> str:
        pairs = (
            f"<div><dt>{escape(pair.label)}</dt><dd>{self.inside(pair.blocks)}</dd></div>" for pair in block.entries
        )
        return f'<dl class="sp-pairs">{"".join(pairs)}</dl>'

    def table(self, block: Table) -> str:
        """A table; on a narrow screen each row becomes a card, its cells labelled by their column."""
        widths = block.widths or (LARGEST_WIDTH // max(len(block.head), 1),) * len(block.head)
        columns = "".join(f'<col class="sp-w{width}">' for width in widths)
        head = "".join(f'<th scope="col" role="columnheader">{escape(words)}</th>' for words in block.head)
        rows = "".join(f'<tr role="row">{self.cells(block, row)}</tr>' for row in block.rows)
        return (
            f'<table class="sp-table" role="table"><caption>{escape(block.caption)}</caption>'
            f'<colgroup>{columns}</colgroup><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
            f'<tbody role="rowgroup">{rows}</tbody></table>'
        )

    def cells(self, block: Table, row: tuple[Line, ...]) -> str:
        """The first cell heads its row; the others name their column, for where the columns are gone."""
        first, *rest = row
        labelled = zip(block.head[1:], rest, strict=True)
        others = (
            f'<td role="cell" data-label="{escape(label)}"{_tongue(cell)}>{self.line(cell)}</td>'
            for label, cell in labelled
        )
        return f'<th scope="row" role="rowheader"{_tongue(first)}>{self.line(first)}</th>{"".join(others)}'

    def line(self, words: Line) -> str:
        return "".join(self.span(span) for span in words)

    def span(self, span: Span) -> str:
        shown = escape(span.text)
        if span.href and usable(span.href, self.anchors):
            shown = f'<a href="{escape(span.href)}">{shown}</a>'
        if span.style == "strong":
            return f"<strong{_lang(span.lang)}>{shown}</strong>"
        css = ' class="sp-soft"' if span.style == "soft" else ""
        return f"<span{css}{_lang(span.lang)}>{shown}</span>" if css or span.lang else shown


def _lang(tag: str) -> str:
    return f' lang="{escape(tag)}" dir="{direction(tag)}"' if tag else ""


def _tongue(cell: Line) -> str:
    """The language of a cell that is wholly in another language, so that it is also written its own way."""
    return _lang(cell[0].lang) if cell and all(span.lang for span in cell) else ""
