"""A small document with every block and every hostile word, for the tests of the press."""

from __future__ import annotations

from schakel.press.blocks import (
    Document,
    Entry,
    Items,
    Note,
    Pair,
    Pairs,
    Paragraph,
    Passage,
    Section,
    Span,
    Table,
    Tag,
    Tags,
    line,
    link,
    soft,
    strong,
)

EVIL = '<script>alert(1)</script> #import "x" \\ $x$ *b* _i_ `r` @ref <lbl> "q" & {{x}} %y% #panic()'
CARD = Section(
    f"Card {EVIL}",
    (
        Tags((Tag("must", "strong"), Tag(EVIL, "warn"))),
        Pairs((Pair(EVIL, (Items((Entry(line(EVIL), (Items((Entry(line("inner")),)),)),), ordered=True),)),)),
        Note("stop", EVIL, (Paragraph(line(strong(EVIL), soft(EVIL)), "small"),)),
        Note("say", "", (Paragraph(line(EVIL), "lead"),)),
    ),
    anchor="card",
    style="card",
    listed=False,
)
ARABIC = "لديك الحق في مترجم."
CHINESE = "我们先找一位口译员。"


def document(*, book: bool = True, lang: str = "nl", tongue: str = "ar") -> Document:
    """A document with a table, a card, and a passage in `tongue`."""
    rows = ((line(EVIL), line(Span(ARABIC, lang="ar"))), (line(link("there", "#card")), line()))
    table = Table(EVIL, ("One", "Two"), rows, (4, 8))
    words = line(
        link("web", "https://example.nl/a?b=1&c=2"), link("bad", "javascript:alert(1)"), link("lost", "#nowhere")
    )
    first = Section(
        "Chapter", (Paragraph(words), table), (CARD, Section("Under", anchor="under")), "chapter", "chapter"
    )
    second = Section(
        "Other", (Passage(tongue, (Paragraph(line(ARABIC)),), "unchecked"),), anchor="other", style="sheet"
    )
    return Document(
        title=f"Title {EVIL}", lang=lang, sections=(first, second), subtitle=EVIL,
        cover=(Paragraph(line(EVIL)),) if book else (), opening=(Paragraph(line("opening")),), foot=EVIL,
        description="neutral",
    )  # fmt: skip
