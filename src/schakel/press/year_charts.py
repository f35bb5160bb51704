"""Numbers by year as a chart: a row a year, a dashed rule where years may not be compared, unsure ones in outline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schakel.press.chart_drawing import Drawing, Rect, Rule, Shape, Word
from schakel.press.chart_style import DEEP, INK, LABEL, MARGIN, SMALL, SOFT, WHITE, WIDTH
from schakel.press.charts import Frame, above, below

ROW, BREAK, LEFT, NUMBERS = 21, 17, 42, 64
"""Heights of a row and of what marks a break, and the room for the year and for the number, in pixels."""
THICK: Final = 14


@dataclass(frozen=True)
class YearBar:
    """A number of one year. `year` '': the same year by another source. `unsure`: drawn in outline.

    `cut` says why it may not be compared with what stands above it; '' where it may. `value` None: no number, and
    `shown` says so.
    """

    year: str
    value: float | None
    shown: str
    unsure: bool = False
    cut: str = ""


@dataclass(frozen=True)
class Years:
    """Years below each other, the oldest first, from nought."""

    frame: Frame
    bars: tuple[YearBar, ...]


def draw_years(chart: Years) -> Drawing:
    """The chart as a drawing, one column wide and as high as it needs."""
    head, y = above(chart.frame)
    most = max((bar.value or 0 for bar in chart.bars), default=0) or 1
    body: list[Shape] = []
    for bar in chart.bars:
        if bar.cut:
            body += _cut(bar.cut, y)
            y += BREAK
        body += _row(bar, y, (WIDTH - MARGIN - LEFT - NUMBERS) / most)
        y += ROW
    foot, height = below(chart.frame, y)
    return Drawing(chart.frame.title, WIDTH, height, (*head, *body, *foot), chart.frame.alt, chart.frame.mark)


def _cut(words: str, y: float) -> Iterator[Shape]:
    yield Rule(LEFT, y + BREAK / 2, WIDTH, y + BREAK / 2, SOFT, dashed=True)
    yield Word(MARGIN, y + BREAK / 2, words, SMALL, SOFT)


def _row(bar: YearBar, y: float, scale: float) -> Iterator[Shape]:
    middle = y + ROW / 2
    yield Word(MARGIN, middle, bar.year, LABEL, INK)
    if bar.value is None:
        yield Word(LEFT, middle, bar.shown, LABEL, SOFT)
        return
    long = max(scale * bar.value, 1)
    yield Rect(LEFT, middle - THICK / 2, long, THICK, WHITE if bar.unsure else DEEP, DEEP if bar.unsure else "")
    yield Word(LEFT + long + 6, middle, bar.shown, LABEL, INK, strong=True)
