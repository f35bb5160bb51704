"""A chart with its table, as a page shows them beside each other."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from schakel.press.chart_pictures import svg
from schakel.press.sheet import Figure
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.tables import Table


@dataclass(frozen=True)
class Shown:
    """What a page shows of a figure. `picture` is empty where the program that draws is not installed."""

    anchor: str
    alt: str
    picture: SafeString
    table: Table
    notes: tuple[str, ...]


def shown(figure: Figure) -> Shown:
    """The chart as SVG made by ourselves from protected or published numbers, and the table that says the same."""
    try:
        picture = svg(figure.drawing)
    except BadInput:  # an extra that is missing: the table says all of it
        picture = ""
    return Shown(figure.anchor, figure.drawing.alt, mark_safe(picture), figure.table, figure.notes)  # noqa: S308
