"""A drawing as a picture, by vl-convert and without a browser: SVG with its letters as text, and PNG."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Final

from schakel.press.chart_drawing import Drawing, specification
from schakel.press.chart_plate import compiled
from schakel.press.chart_style import FONT
from schakel.vocabulary.extras import needing

FONTS: Final = Path(__file__).parent / "fonts"
CHART_FONT: Final = "Schakel Chart"
LETTERS: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) | frozenset("ȘșȚț–—‘’‚“”„…•€−≠≤≥")
"""The letters that the small files of `CHART_FONT` have, drawn and set as by `FONT` (`scripts/chart_fonts.py`)."""
EMPTY: Final = re.compile(r"(<text [^<>]*)/>")
NO_SIGN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What no picture can hold: XML has no such signs."""


@lru_cache(maxsize=64)
def svg(drawing: Drawing) -> str:
    """The picture as SVG, its letters as text. The same drawing gives the same text. Needs the extra `release`."""
    with needing("release"):
        import vl_convert
    _fonts()
    asked = specification(drawing)
    words = _taken_out(asked)
    made = str(vl_convert.vega_to_svg(compiled(asked)))
    # What the drawing library says of each mark would be read aloud beside our own text: only ours stays.
    made = re.sub(r' (role|aria-roledescription|aria-hidden)="[^"]*"', "", made)
    # A name with a figure in it must stand between quotation marks, or no letter is drawn at all.
    made = made.replace(f'font-family="{FONT}"', f"font-family=\"'{FONT}', sans-serif\"")
    return _put_in(made, words)


def png(drawing: Drawing, scale: float = 2.0) -> bytes:
    """The picture as PNG, twice as many dots as pixels. Needs the extra `release`.

    The file of a font is opened anew for every letter, so that small files are much faster; other letters than these
    have, of a name from elsewhere, are drawn from the whole font.
    """
    with needing("release"):
        import vl_convert
    made = svg(drawing)
    if LETTERS.issuperset(made):
        made = made.replace(f"\"'{FONT}'", f"\"'{CHART_FONT}', '{FONT}'")
    return bytes(vl_convert.svg_to_png(made, scale=scale))


@lru_cache(maxsize=1)
def _fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))


def _taken_out(asked: Mapping[str, Any]) -> list[str]:
    """Take the words out of a specification, in the order in which the picture will have them.

    The engine measures every letter, which takes longer than all the rest, for bounds that nothing here uses.
    """
    words: list[str] = []
    for row in (row for layer in asked["layer"] for row in layer["data"]["values"] if "t" in row):
        words.append(row["t"])
        row["t"] = ""
    return words


def _put_in(picture: str, words: list[str]) -> str:
    """The picture with its words, each where it was taken out, as the engine writes them: without room around."""
    first, *rest = EMPTY.split(picture)
    told = zip(rest[::2], words, rest[1::2], strict=True)
    return first + "".join(f"{_word(place, word.strip())}{after}" for place, word, after in told)


def _word(place: str, word: str) -> str:
    return f"{place}>{escape(NO_SIGN.sub(' ', word), quote=False)}</text>" if word else f"{place}/>"
