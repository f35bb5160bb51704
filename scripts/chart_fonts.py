"""Write src/schakel/press/fonts/charts: the letters that pictures need, of the fonts of the press, in small files.

Whoever runs it installs fonttools first; nothing else needs it. The fonts are Source Sans 3 under the OFL-1.1, which
reserves its name for the original: what was taken out of it goes by another name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from schakel.press.chart_pictures import CHART_FONT, LETTERS
from schakel.press.chart_style import FONT

FONTS: Final = Path(__file__).resolve().parent.parent / "src" / "schakel" / "press" / "fonts"
MADE: Final = {"400Regular": "Regular", "600SemiBold": "SemiBold"}
SHAPING: Final = ("ccmp", "locl", "rlig", "calt", "clig", "liga", "kern", "mark", "mkmk")
TOLD: Final = (0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17)
"""The names that stay: copyright, licence, and what the font is called."""


def small(source: Path) -> TTFont:
    """The font with only the letters of `LETTERS`, which it draws and sets as before, by its own name."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.layout_features, options.hinting, options.name_IDs = list(SHAPING), False, list(TOLD)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(LETTERS)))
    subsetter.subset(font)
    for name in font["name"].names:
        if name.nameID in (1, 3, 4, 6, 16):
            words = str(name).replace(FONT, CHART_FONT).replace(FONT.replace(" ", ""), CHART_FONT.replace(" ", ""))
            font["name"].setName(words, name.nameID, name.platformID, name.platEncID, name.langID)
    return font


if __name__ == "__main__":
    (FONTS / "charts").mkdir(exist_ok=True)
    for old, new in MADE.items():
        small(FONTS / f"SourceSans3_{old}.ttf").save(FONTS / "charts" / f"{CHART_FONT.replace(' ', '')}-{new}.ttf")
