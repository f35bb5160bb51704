"""A drawing of rectangles, rules and words, and what it is for Vega-Lite and for Altair; pictures are made beside."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from schakel.press.chart_style import AMBER, FONT, INK, SMALL, WHITE
from schakel.vocabulary.extras import needing

BAND: Final = 24
ALIGNED: Final = ("left", "center", "right")
"""How a word can stand at its place."""
SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle from (x, y), in pixels from the upper left."""

    x: float
    y: float
    width: float
    height: float
    fill: str = WHITE
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line."""

    x: float
    y: float
    x2: float
    y2: float
    colour: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One line of words; y is the middle of the line."""

    x: float
    y: float
    text: str
    size: float
    colour: str = INK
    strong: bool = False
    align: str = "left"


Shape = Rect | Rule | Word


@dataclass(frozen=True)
class Drawing:
    """A finished picture in plain shapes. `alt` says all that it shows; a `mark` says that it is not of real people."""

    title: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    alt: str
    mark: str = ""


def altair_chart(drawing: Drawing) -> Any:
    """The drawing as an Altair chart, held against the schema of Vega-Lite: to change, or to show in a notebook.

    Needs the extra `release`. Pictures are made of the same specification without loading Altair, which costs time.
    """
    with needing("release"):
        import altair
    return altair.LayerChart.from_dict(specification(drawing))


def specification(drawing: Drawing) -> dict[str, Any]:
    """The drawing as a Vega-Lite specification: a layer for each kind of shape."""
    height = drawing.height + (BAND if drawing.mark else 0)
    shapes = sorted([*drawing.shapes, *_mark_below(drawing)], key=_kind)
    runs = [
        ("behind", list(_mark_behind(drawing))),
        *((key, list(run)) for key, run in itertools.groupby(shapes, _kind)),
    ]
    scales = {axis: {"axis": None, "scale": {"domain": domain}} for axis, domain in (
        ("x", [0, drawing.width]), ("y", [height, 0]))}  # fmt: skip
    return {
        "$schema": SCHEMA, "layer": [_layer(run, scales) for _, run in runs if run],
        "width": drawing.width, "height": height, "padding": 0, "background": WHITE, "autosize": "none",
        "config": {"font": FONT, "aria": False, "view": {"stroke": None}},
    }  # fmt: skip


def _mark_behind(drawing: Drawing) -> Iterator[Shape]:
    """The mark across the picture, too faint to hinder, so that no part of it can be cut out without."""
    word, middle = drawing.mark.partition(":")[0], drawing.width / 2
    places = (drawing.height * share for share in (0.35, 0.8)) if word else ()
    yield from (Word(middle, place, word, 44, "#f1ead9", strong=True, align="center") for place in places)


def _mark_below(drawing: Drawing) -> Iterator[Shape]:
    if drawing.mark:
        yield Rect(0, drawing.height, drawing.width, BAND, AMBER)
        yield Word(drawing.width / 2, drawing.height + BAND / 2, drawing.mark, SMALL + 1, INK, True, "center")


def _kind(shape: Shape) -> str:
    """What one layer can draw; in this order, so that words lie over rules and rules over rectangles."""
    match shape:
        case Rect(edge=edge):
            return f"1 {bool(edge)}"
        case Rule(dashed=dashed):
            return f"2 {dashed}"
        case Word(strong=strong, align=align):
            return f"3 {strong} {align}"


def _layer(shapes: list[Shape], scales: dict[str, Any]) -> dict[str, Any]:
    place = {axis: {"field": axis, "type": "quantitative", **scale} for axis, scale in scales.items()}
    mark: dict[str, Any]
    place["color"] = {"field": "c", "type": "nominal", "scale": None}
    to = {name: {"field": name} for name in ("x2", "y2")}
    match shapes[0]:
        case Word(strong=strong, align=align):
            mark = {"type": "text", "align": align, "baseline": "middle", "fontWeight": 600 if strong else 400}
            place |= {"text": {"field": "t"}, "size": {"field": "s", "type": "quantitative", "scale": None}}
        case Rule(dashed=dashed):
            mark, place = {"type": "rule", "strokeDash": [3, 3] if dashed else [1, 0]}, place | to
        case Rect(edge=edge):
            mark, place = {"type": "rect"}, place | to
            if edge:
                place["stroke"] = {"field": "e", "type": "nominal", "scale": None}
    return {"data": {"values": [_row(shape) for shape in shapes]}, "mark": mark, "encoding": place}


def _row(shape: Shape) -> dict[str, object]:
    match shape:
        case Rect():
            to = {"x2": shape.x + shape.width, "y2": shape.y + shape.height}
            return {"x": shape.x, "y": shape.y, **to, "c": shape.fill, "e": shape.edge}
        case Rule():
            return {"x": shape.x, "y": shape.y, "x2": shape.x2, "y2": shape.y2, "c": shape.colour}
        case Word():
            return {"x": shape.x, "y": shape.y, "t": shape.text, "s": shape.size, "c": shape.colour}
