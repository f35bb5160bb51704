"""The rule book: all content as one document, in Dutch or English. Generated, never written by hand.

It holds law and duties. Tactics, addresses of shelters, numbers of places and thresholds are not in the content and so
not in the book. What nobody checked is said once, on the cover; beside an item stands only what is particular to it.
"""

from __future__ import annotations

from datetime import date

from schakel.mechanism.book.duties import deadline_tables
from schakel.mechanism.book.people import before_action, organisations, professions, rights
from schakel.mechanism.book.reference import definitions, duties, gaps, history, sources
from schakel.mechanism.book.scribe import Scribe, signed
from schakel.mechanism.book.situations import notice_blocks, situations
from schakel.mechanism.book.words import NORMS, REMARKS, STATUSES, STRENGTHS
from schakel.mechanism.content import Content
from schakel.press.blocks import Block, Document, Line, Note, Paragraph, Section, Table, line, strong
from schakel.vocabulary.sources import CERTAINTY
from schakel.vocabulary.texts import Text

SHORT = 12
"""The signs of the fingerprint that name an edition."""


def book(content: Content, on: date, lang: str) -> Document:
    """The whole book as it reads on the day `on`, in `lang` (nl or en).

    Raises `BadInput` for a day outside what the content covers, and for a chapter without words.
    """
    scribe = Scribe(content, on, lang)
    title, promise = scribe.chapter_words("cover")
    sections = (
        how_to_read(scribe), situations(scribe), organisations(scribe), professions(scribe), before_action(scribe),
        rights(scribe), deadlines(scribe), duties(scribe), definitions(scribe), gaps(scribe), sources(scribe),
        history(scribe),
    )  # fmt: skip
    return Document(
        title=title, subtitle=" ".join(promise), lang=lang, sections=sections, cover=cover(scribe),
        foot=f"Schakel · {scribe('edition', edition=edition_name(content))} · {scribe.day(on)}",
        description=scribe("description"),
    )  # fmt: skip


def edition_name(content: Content) -> str:
    """How an edition is called: the beginning of the fingerprint of its content."""
    return content.fingerprint[:SHORT]


def cover(scribe: Scribe) -> tuple[Block, ...]:
    """The edition, the day, what was not read of its law, and once: unsigned."""
    edition = scribe("edition", edition=edition_name(scribe.content))
    blocks: list[Block] = [
        Paragraph(line(strong(edition))),
        Paragraph(line(scribe("as_of", day=scribe.day(scribe.on)))),
    ]
    if not signed(scribe.content):
        blocks.append(Note("warn", scribe("unsigned_title"), (Paragraph(line(scribe("unsigned"))),)))
    return (*blocks, *notice_blocks(scribe))


def how_to_read(scribe: Scribe) -> Section:
    """What the words and marks of the book mean."""
    title, opening = scribe.chapter("how-to-read")
    said = {
        "statuses": STATUSES,
        "strengths": tuple(STRENGTHS.values()),
        "norms": tuple(NORMS.values()),
        "remarks": tuple((REMARKS[code], CERTAINTY[code]) for code in REMARKS),
    }
    head = (scribe("word"), scribe("meaning"))
    tables = tuple(Table(scribe(key), head, _meanings(scribe, pairs), (3, 9)) for key, pairs in said.items())
    return Section(title, (*opening, *tables), anchor="how-to-read", style="chapter")


def _meanings(scribe: Scribe, pairs: tuple[tuple[Text, Text], ...]) -> tuple[tuple[Line, ...], ...]:
    return tuple((line(strong(scribe.say(word))), line(scribe.say(meaning))) for word, meaning in pairs)


def deadlines(scribe: Scribe) -> Section:
    """All terms in one table."""
    title, opening = scribe.chapter("deadlines")
    return Section(title, (*opening, *deadline_tables(scribe)), anchor="deadlines", style="chapter")
