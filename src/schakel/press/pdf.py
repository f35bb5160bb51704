"""A document as PDF: tagged, PDF/UA-1, fonts embedded, the same bytes for the same input.

The words go to Typst as JSON, never as markup. The moment of making comes in as an argument. Needs the extra `book`.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from schakel.press.blocks import Document, blocks_of, lines_of
from schakel.press.languages import name, on_paper
from schakel.press.plain import plain
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.extras import needing

HERE: Final = Path(__file__).parent
TYPE_SIZES: Final = {"book": (10.0,), "sheet": (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)}
"""The type in points; where a document must fit on some pages, the largest that fits is taken."""


def render(document: Document, *, when: datetime) -> bytes:
    """The PDF of a document, dated `when` (with its offset from UTC).

    Raises `BadInput` in one sentence when the extra is missing or when words hold signs that no font here can show.
    """
    _refuse_unprintable(document)
    compiler = _compiler()
    sizes = TYPE_SIZES["book" if document.is_book else "sheet"]
    data = json.dumps(plain(document), ensure_ascii=False)
    made = b""
    for size in sizes:
        made = _compile(compiler, data, size, when)
        if not document.pages or _pages(compiler) <= document.pages:
            break
    return made


def _refuse_unprintable(document: Document) -> None:
    """Refuse loose words in a language without letters here; a whole passage is left out and says so."""
    lines = (words for block in blocks_of(document) for words in lines_of(block))
    for tag in (span.lang for words in lines for span in words if not on_paper(span.lang)):
        raise BadInput(
            f"a PDF cannot show the letters of {name(tag, 'en')}", remedy="Use the HTML, and print that",
            dutch=(f"een PDF kan de letters van het {name(tag, 'nl')} niet tonen", "Gebruik de HTML, en druk die af"),
        )  # fmt: skip


def _compiler() -> Any:
    with needing("book"):
        import typst
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"])
    return typst.Compiler(HERE / "typst" / "document.typ", root=HERE / "typst", font_paths=fonts)


def _compile(compiler: Any, data: str, size: float, when: datetime) -> bytes:
    import typst

    inputs = {"document": data, "size": str(size)}
    try:
        made = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=when)
    except typst.TypstError as error:
        raise BadInput(
            f"the PDF cannot be made: {error.message[:200]}", remedy="Use the HTML, or another language"
        ) from error
    return bytes(made)


def _pages(compiler: Any) -> int:
    return int(compiler.query("<pages>", field="value", one=True))
