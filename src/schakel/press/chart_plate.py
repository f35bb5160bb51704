"""What the compiler of Vega-Lite makes of a drawing, kept as a plate: only the data is put in, nothing is compiled.

Loading the compiler and running it took longer than the drawing itself. The plate is made by the compiler itself, of
one drawing that has every kind of layer (`scripts/plate.py`), and a test holds it against the compiler.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from schakel.press.chart_drawing import ALIGNED, Drawing, Rect, Rule, Word, specification
from schakel.press.chart_style import DEEP, INK, TINT, WIDTH

FILE: Final = Path(__file__).parent / "chart_plate.json"
EVERY_KIND: Final = Drawing(
    "", WIDTH, 100, (
        Rect(0, 0, 10, 10, TINT), Rect(20, 0, 10, 10, TINT, edge=DEEP),
        Rule(0, 20, 10, 20, DEEP), Rule(0, 30, 10, 30, DEEP, dashed=True),
        *(Word(0, 40 + 10 * place, "a", 10, INK, strong, align)
          for place, (strong, align) in enumerate(itertools.product((False, True), ALIGNED))),
    ), "",
)  # fmt: skip
"""A drawing with each kind of layer once, and no two with the same data."""


@dataclass(frozen=True)
class Plate:
    """The parts of what was compiled: the whole without data, one mark of each kind, and how a source is read."""

    whole: dict[str, Any]
    marks: Mapping[str, dict[str, Any]]
    read: dict[str, Any]


def compiled(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The Vega specification of what `chart_drawing.specification` made, the same as the compiler makes of it."""
    plate, layers = _plate(), asked["layer"]
    axes = layers[0]["encoding"]
    return plate.whole | {
        "width": asked["width"], "height": asked["height"],
        "data": [{"name": f"source_{n}", **layer["data"]} for n, layer in enumerate(layers)]
        + [{**plate.read, "name": f"data_{n}", "source": f"source_{n}"} for n in range(len(layers))],
        "marks": [{**plate.marks[_kind(layer)], "name": f"layer_{n}_marks", "from": {"data": f"data_{n}"}}
                  for n, layer in enumerate(layers)],
        "scales": [{**scale, "domain": axes[scale["name"]]["scale"]["domain"]} for scale in plate.whole["scales"]],
    }  # fmt: skip


@cache
def _plate() -> Plate:
    whole = json.loads(FILE.read_text(encoding="utf-8"))
    layers = specification(EVERY_KIND)["layer"]
    marks = {_kind(layer): mark for layer, mark in zip(layers, whole["marks"], strict=True)}
    return Plate(whole, marks, whole["data"][-1])


def _kind(layer: Mapping[str, Any]) -> str:
    return json.dumps([layer["mark"], sorted(layer["encoding"])], sort_keys=True)
