"""Charts as plain descriptions, and how each becomes a drawing: numbers on the marks, the source inside.

The press draws what it is given and asks nobody; what may be shown is decided where figures are known.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from schakel.press.chart_drawing import Drawing, Rect, Rule, Shape, Word
from schakel.press.chart_style import (
    DEEP,
    INK,
    LABEL,
    LIGHT,
    LINE,
    MARGIN,
    NUMBER,
    SERIES,
    SMALL,
    SOFT,
    SUBTITLE,
    TINT,
    TITLE,
    WIDTH,
    lines,
    on,
)


@dataclass(frozen=True)
class Frame:
    """What stands around a chart: what it is, of whom and when, where it is from. `alt` tells all that it shows."""

    title: str
    subtitle: str
    source: str
    alt: str
    mark: str = ""


@dataclass(frozen=True)
class Bar:
    """One quantity. `value` None: not given or withheld; `shown` is the number, or that there is none, in words."""

    label: str
    value: float | None
    shown: str


@dataclass(frozen=True)
class Bars:
    """Quantities below each other, in the order given, from nought."""

    frame: Frame
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Nested:
    """Two parts of one whole, and below them the parts of the last one, with what each row is about."""

    frame: Frame
    whole_title: str
    whole: tuple[Bar, Bar]
    inner_title: str
    inner: tuple[Bar, Bar]


@dataclass(frozen=True)
class Tile:
    """One place of a tile map: its name, the number or that there is none, and what stands beside it."""

    label: str
    row: int
    column: int
    shown: str
    beside: str


@dataclass(frozen=True)
class Tiles:
    """A map of equal tiles. All have one colour: no place is coloured, or placed, by its number."""

    frame: Frame
    tiles: tuple[Tile, ...]


Chart = Bars | Nested | Tiles
BAR, WHOLE, GAP, TILE = 17, 34, 16, 104


def draw(chart: Chart) -> Drawing:
    """The chart as a drawing, one column wide and as high as it needs."""
    head, top = above(chart.frame)
    match chart:
        case Bars():
            body, bottom = _bars(chart, top)
        case Nested():
            body, bottom = _nested(chart, top)
        case Tiles():
            body, bottom = _tiles(chart, top)
    foot, height = below(chart.frame, bottom)
    frame = chart.frame
    return Drawing(frame.title, WIDTH, height, (*head, *body, *foot), frame.alt, frame.mark)


def _written(words: str, x: float, y: float, size: float, width: float, colour: str = INK, strong: bool = False,
             align: str = "left") -> tuple[list[Shape], float]:  # fmt: skip
    """Words from y downward, broken to `width`, and where they end."""
    step = size * 1.28
    broken = lines(words, size, width)
    made: list[Shape] = [
        Word(x, round(y + (n + 0.5) * step, 2), one, size, colour, strong, align) for n, one in enumerate(broken)
    ]
    return made, y + step * len(broken)


def above(frame: Frame) -> tuple[list[Shape], float]:
    """Title and subtitle, and where the chart itself may begin."""
    title, below = _written(frame.title, MARGIN, 6, TITLE, WIDTH - 2 * MARGIN, strong=True)
    subtitle, bottom = _written(frame.subtitle, MARGIN, below + 1, SUBTITLE, WIDTH - 2 * MARGIN, SOFT)
    return [Rule(0, 1, WIDTH, 1, DEEP), *title, *subtitle], bottom + 8


def below(frame: Frame, top: float) -> tuple[list[Shape], float]:
    """The source under a chart, and how high all of it is."""
    made, bottom = _written(frame.source, MARGIN, top + 8, SMALL, WIDTH - 2 * MARGIN, SOFT)
    return made, float(round(bottom + 6))


def _bars(chart: Bars, top: float) -> tuple[list[Shape], float]:
    most = max((bar.value or 0 for bar in chart.bars), default=0) or 1
    room = WIDTH - 2 * MARGIN - 92
    made: list[Shape] = []
    y = top
    for bar in chart.bars:
        if bar.value is None:
            row, y = _without(bar, y)
            made += row
            continue
        label, below = _written(bar.label, MARGIN, y, LABEL, WIDTH - 2 * MARGIN)
        long, middle = max(room * bar.value / most, 1), below + 1 + BAR / 2
        number = Word(MARGIN + long + 7, middle, bar.shown, NUMBER, INK, strong=True)
        made += [*label, Rect(MARGIN, below + 1, long, BAR, DEEP), number]
        y = below + BAR + 9
    return made, y


def _without(bar: Bar, y: float) -> tuple[list[Shape], float]:
    """A label without a number: no bar, and on the same line in words that there is none."""
    label, below = _written(bar.label, MARGIN, y + 2, LABEL, WIDTH - 2 * MARGIN - 120)
    words = Word(WIDTH - MARGIN, y + 2 + LABEL * 0.64, bar.shown, SUBTITLE, SOFT, align="right")
    return [*label, words, Rule(MARGIN, below + 3, WIDTH - MARGIN, below + 3, LINE, dashed=True)], below + 5


def _nested(chart: Nested, top: float) -> tuple[list[Shape], float]:
    title, y = _written(chart.whole_title, MARGIN, top, LABEL, WIDTH - 2 * MARGIN, strong=True)
    whole, split, bottom = _row(chart.whole, y + 2)
    inner_title, y = _written(chart.inner_title, 2 * MARGIN, bottom + GAP, LABEL, WIDTH - 4 * MARGIN, strong=True)
    inner, _, end = _row(chart.inner, y + 2)
    # The last part opens into the row below: its two edges lead down to the edges of that row.
    right = WIDTH - MARGIN
    opened = [
        Rule(split, bottom, MARGIN, bottom + GAP - 1, DEEP), Rule(MARGIN, bottom + GAP - 1, MARGIN, end, DEEP),
        Rule(right, bottom, right, end, DEEP),
    ]  # fmt: skip
    return [*opened, *title, *whole, *inner_title, *inner], end + 4


def _row(parts: tuple[Bar, Bar], y: float) -> tuple[list[Shape], float, float]:
    """A row of two parts, labels above and numbers on them; where the second begins, and where the row ends."""
    room = WIDTH - 2 * MARGIN
    known = [part.value for part in parts if part.value is not None]
    whole = math.fsum(known) if len(known) == len(parts) else 0
    split = MARGIN + room * ((parts[0].value or 0) / whole if whole else 0.5)
    sides = (("left", MARGIN, split - MARGIN, SERIES[1]), ("right", split, WIDTH - MARGIN - split, SERIES[0]))
    ends = {"left": MARGIN + 8, "right": WIDTH - MARGIN - 8}
    labels = {
        align: _written(part.label, ends[align], y, SUBTITLE, room / 2 - 12, align=align)
        for part, (align, *_) in zip(parts, sides, strict=True)
    }
    bar = max(end for _, end in labels.values()) + 3
    made = [shape for shapes, _ in labels.values() for shape in shapes]
    for part, (align, x, width, colour) in zip(parts, sides, strict=True):
        fill, size = (colour, NUMBER + 3) if whole else (TINT, SUBTITLE)
        made += [
            Rect(x, bar, width, WHOLE, fill),
            Word(ends[align], bar + WHOLE / 2, part.shown, size, on(fill), True, align),
        ]
    return made, split, bar + WHOLE


def _tiles(chart: Tiles, top: float) -> tuple[list[Shape], float]:
    columns = 1 + max(tile.column for tile in chart.tiles)
    side, high, gap = (WIDTH - 2 * MARGIN) / columns, TILE, 4
    made: list[Shape] = []
    for tile in chart.tiles:
        x, y = MARGIN + tile.column * side, top + tile.row * high
        made += [Rect(x + gap / 2, y + gap / 2, side - gap, high - gap, TINT, LIGHT), *_tile(tile, x, y, side)]
    return made, top + high * (1 + max(tile.row for tile in chart.tiles))


def _tile(tile: Tile, x: float, y: float, side: float) -> Iterator[Shape]:
    middle = x + side / 2
    for words, size, at, strong, colour in (
        (tile.label, SMALL, y + 5, False, INK), (tile.shown, NUMBER, y + 36, True, INK),
        (tile.beside, SMALL - 1, y + 59, False, SOFT),
    ):  # fmt: skip
        made, _ = _written(words, middle, at, size, side - 6, colour, strong, "center")
        yield from made
