"""A document as plain data, the form in which it goes to the typesetter: mappings, lists, words and numbers."""

from __future__ import annotations

from typing import Any

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
    line,
    usable,
)
from schakel.press.languages import direction, name, on_paper
from schakel.press.words import CONTENTS, NOT_ON_PAPER, PAGE


def plain(document: Document) -> dict[str, Any]:
    """The whole document as data; links that lead nowhere are plain words."""
    return _Teller(anchors_of(document), document.lang).document(document)


class _Teller:
    """Knows which links lead somewhere, and in which language to say what cannot be shown."""

    def __init__(self, anchors: frozenset[str], lang: str) -> None:
        self.anchors = anchors
        self.lang = lang

    def document(self, doc: Document) -> dict[str, Any]:
        return {
            "title": doc.title, "subtitle": doc.subtitle, "lang": doc.lang, "dir": direction(doc.lang),
            "description": doc.description, "foot": doc.foot, "is_book": doc.is_book,
            "words": {"contents": CONTENTS(doc.lang), "page": PAGE(doc.lang)},
            "cover": self.blocks(doc.cover), "opening": self.blocks(doc.opening),
            "sections": [self.section(section) for section in doc.sections],
        }  # fmt: skip

    def section(self, section: Section) -> dict[str, Any]:
        return {
            "title": section.title, "anchor": section.anchor, "style": section.style, "listed": section.listed,
            "lang": section.lang, "dir": direction(section.lang), "blocks": self.blocks(section.blocks),
            "sections": [self.section(inner) for inner in section.sections],
        }  # fmt: skip

    def blocks(self, blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
        return [self.block(block) for block in blocks]

    def block(self, block: Block) -> dict[str, Any]:
        match block:
            case Paragraph(words=words, style=style):
                return {"kind": "paragraph", "style": style, "words": self.line(words)}
            case Items(entries=entries, ordered=ordered):
                listed = [{"words": self.line(entry.words), "inside": self.blocks(entry.inside)} for entry in entries]
                return {"kind": "items", "ordered": ordered, "entries": listed}
            case Pairs(entries=pairs):
                shown = [{"label": pair.label, "blocks": self.blocks(pair.blocks)} for pair in pairs]
                return {"kind": "pairs", "entries": shown}
            case Table():
                return self.table(block)
            case Note(kind=tone, title=title, blocks=blocks):
                return {"kind": "note", "tone": tone, "title": title, "blocks": self.blocks(blocks)}
            case Tags(tags=tags):
                return {"kind": "tags", "tags": [{"text": tag.text, "kind": tag.kind} for tag in tags]}
            case Passage(lang=lang) if not on_paper(lang):
                said = NOT_ON_PAPER(self.lang).format(language=name(lang, self.lang))
                return self.block(Paragraph(line(said), "small"))
            case Passage(lang=lang, blocks=blocks, remark=remark):
                inside = self.blocks(blocks)
                return {"kind": "passage", "lang": lang, "dir": direction(lang), "remark": remark, "blocks": inside}

    def table(self, block: Table) -> dict[str, Any]:
        widths = block.widths or (LARGEST_WIDTH // max(len(block.head), 1),) * len(block.head)
        rows = [[self.line(cell) for cell in row] for row in block.rows]
        return {
            "kind": "table",
            "caption": block.caption,
            "head": list(block.head),
            "rows": rows,
            "widths": list(widths),
        }

    def line(self, words: Line) -> list[dict[str, str]]:
        return [self.span(span) for span in words]

    def span(self, span: Span) -> dict[str, str]:
        href = span.href if span.href and usable(span.href, self.anchors) else ""
        return {"text": span.text, "style": span.style, "href": href, "lang": span.lang, "dir": direction(span.lang)}
