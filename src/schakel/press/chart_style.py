"""The look of a chart: colours that hold for colour-blind readers and in print, sizes, and how wide words are."""

from __future__ import annotations

import textwrap
from typing import Final

WIDTH: Final = 340
"""Pixels: a column of an A4 page, and a telephone, so that type has nearly the same size on both."""
INK, SOFT, WHITE, LINE, TINT = "#12262b", "#43575b", "#ffffff", "#8fa3a7", "#e6efef"
DEEP, LIGHT, AMBER = "#0b4650", "#a9c6c9", "#f3b530"
SERIES: Final = (DEEP, LIGHT)
"""Beside each other only these two: they differ in lightness, so that grey print and every kind of sight tell them."""
FONT: Final = "Source Sans 3"
TITLE, SUBTITLE, LABEL, NUMBER, SMALL = 16.0, 13.0, 13.5, 15.0, 11.0
MARGIN: Final = 4
LETTER: Final = 0.5
"""Width of an average letter, as a share of the size of the type: a little more than the font has."""


def lines(words: str, size: float, width: float) -> list[str]:
    """Words broken so that each line stays within `width` pixels."""
    return textwrap.wrap(words, max(8, int(width / (LETTER * size))), break_on_hyphens=True) or [""]


def luminance(colour: str) -> float:
    """Relative luminance of a colour such as #0b4650, from 0 to 1 (WCAG 2.2)."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    parts = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in (red, green, blue))
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def on(colour: str) -> str:
    """The colour of words on a colour: the one that stands out most."""
    return max((INK, WHITE), key=lambda words: contrast(words, colour))
