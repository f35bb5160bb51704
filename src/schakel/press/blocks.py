"""The words of a page: spans, blocks, sections and the document; plain frozen data that any room can fill.

A document is a tree. Levels of headings follow from the depth of a section, so that none is ever skipped; a link
inside the document is `#anchor`. Every text is data: nothing in it is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

SpanStyle = Literal["", "strong", "soft", "page"]
ParagraphStyle = Literal["", "lead", "small"]
NoteKind = Literal["info", "warn", "stop", "say"]
TagKind = Literal["", "strong", "warn"]
SectionStyle = Literal["", "chapter", "reference", "card", "sheet"]
LARGEST_WIDTH: Final = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words. `href` is an address or `#anchor`; `lang` is there where the language differs.

    A span of style `page` leads to a place in the document, and names its page on paper.
    """

    text: str
    style: SpanStyle = ""
    href: str = ""
    lang: str = ""


Line = tuple[Span, ...]


def line(*parts: str | Span) -> Line:
    """A line out of plain words and spans; empty words are left out."""
    spans = (Span(part) if isinstance(part, str) else part for part in parts)
    return tuple(span for span in spans if span.text)


def strong(text: str) -> Span:
    """Words with weight."""
    return Span(text, "strong")


def soft(text: str) -> Span:
    """Words that stand back: a remark, a place in a source."""
    return Span(text, "soft")


def link(text: str, href: str) -> Span:
    """Words that lead somewhere."""
    return Span(text, href=href)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    words: Line
    style: ParagraphStyle = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, with what stands inside it."""

    words: Line
    inside: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `ordered` where the order is the order of doing."""

    entries: tuple[Entry, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and what is said of it."""

    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels with what is said of each, side by side where there is room."""

    entries: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and a row of headings. `widths` are shares of twelve; empty: even."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something set apart: information, a warning, what not to do, words to say."""

    kind: NoteKind
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """One short label of an item."""

    text: str
    kind: TagKind = ""


@dataclass(frozen=True, slots=True)
class Tags:
    """A row of short labels."""

    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks in another language, in its own direction; a `remark` in the language around stands first."""

    lang: str
    blocks: tuple[Block, ...]
    remark: str = ""


Block = Paragraph | Items | Pairs | Table | Note | Tags | Passage


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it. `listed` puts it in the table of contents.

    A `chapter` opens on a new page; a `reference` too, in smaller type; a `sheet` has pages of its own; a `card` is
    kept together where it fits on a page.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    anchor: str = ""
    style: SectionStyle = ""
    listed: bool = True
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. A `cover` makes it a book, with a title page and a table of contents.

    `foot` stands at the foot of every page; `description` is for those who find the file, and like the title it must
    never tell of a person. `pages` is the number of pages it should fit on, 0 for any.
    """

    title: str
    lang: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    cover: tuple[Block, ...] = ()
    opening: tuple[Block, ...] = ()
    foot: str = ""
    description: str = ""
    pages: int = field(default=0)

    @property
    def is_book(self) -> bool:
        return bool(self.cover)


def walk(sections: tuple[Section, ...], level: int = 1) -> Iterator[tuple[Section, int]]:
    """Every section with its depth, in reading order."""
    for section in sections:
        yield section, level
        yield from walk(section.sections, level + 1)


def inner(block: Block) -> tuple[Block, ...]:
    """The blocks directly inside a block."""
    match block:
        case Items(entries=entries):
            return tuple(one for entry in entries for one in entry.inside)
        case Pairs(entries=pairs):
            return tuple(one for pair in pairs for one in pair.blocks)
        case Note(blocks=blocks) | Passage(blocks=blocks):
            return blocks
        case _:
            return ()


def blocks_of(document: Document) -> Iterator[Block]:
    """Every block of a document, at any depth, in reading order."""

    def deep(blocks: tuple[Block, ...]) -> Iterator[Block]:
        for block in blocks:
            yield block
            yield from deep(inner(block))

    yield from deep(document.cover)
    yield from deep(document.opening)
    for section, _ in walk(document.sections):
        yield from deep(section.blocks)


def lines_of(block: Block) -> Iterator[Line]:
    """The lines that a block itself holds, not those of the blocks inside it."""
    match block:
        case Paragraph(words=words):
            yield words
        case Items(entries=entries):
            yield from (entry.words for entry in entries)
        case Pairs(entries=pairs):
            yield from (line(pair.label) for pair in pairs)
        case Table(caption=caption, head=head, rows=rows):
            yield from (line(caption), *map(line, head), *(cell for row in rows for cell in row))
        case Note(title=title):
            yield line(title)
        case Tags(tags=tags):
            yield from (line(tag.text) for tag in tags)
        case Passage(remark=remark):
            yield line(remark)


def text_of(document: Document) -> str:
    """All words of a document, a line each: for searching and for tests."""
    found = [document.title, document.subtitle, document.foot]
    found += [section.title for section, _ in walk(document.sections)]
    found += ["".join(span.text for span in words) for block in blocks_of(document) for words in lines_of(block)]
    return "\n".join(words for words in found if words)


def usable(href: str, anchors: frozenset[str]) -> bool:
    """Whether a link may be shown as one: a place in this document, a web page, a telephone or a mail address."""
    return href[1:] in anchors if href.startswith("#") else href.startswith(("https://", "http://", "tel:", "mailto:"))


def anchors_of(document: Document) -> frozenset[str]:
    """The places in the document that a link can lead to."""
    return frozenset(section.anchor for section, _ in walk(document.sections) if section.anchor)


def dangling(document: Document) -> tuple[str, ...]:
    """The links inside the document that lead nowhere; a renderer shows them as plain words."""
    lines = (words for block in blocks_of(document) for words in lines_of(block))
    wanted = {span.href[1:] for words in lines for span in words if span.href.startswith("#")}
    return tuple(sorted(wanted - anchors_of(document)))
