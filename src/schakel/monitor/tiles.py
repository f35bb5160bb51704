"""Tile maps of police units and provinces: equal tiles, one colour, placed by where they lie and never by a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from schakel.monitor.charts import Given, frame, quantities
from schakel.monitor.codes import UNKNOWN
from schakel.monitor.factsheet_words import say
from schakel.monitor.files import content
from schakel.monitor.refusals import refusal
from schakel.monitor.series import said
from schakel.monitor.slices import Slice
from schakel.press.charts import Tile, Tiles, draw
from schakel.press.sheet import Figure
from schakel.rules.documents import Item
from schakel.vocabulary.tables import Table
from schakel.vocabulary.texts import Text

POLICE_UNITS, PROVINCES = "police_unit", "province"


@dataclass(frozen=True)
class Place:
    """Where a place stands on the map."""

    id: str
    row: int
    column: int
    name: Text


@dataclass(frozen=True)
class Layout:
    """A map as the project laid it out: its places in reading order."""

    id: str
    title: Text
    places: tuple[Place, ...]


@lru_cache(maxsize=1)
def _top() -> Item:
    document = content("tiles.yaml")
    return Item(document.data, document)


@lru_cache(maxsize=1)
def layouts() -> Mapping[str, Layout]:
    """The maps by id: `police_unit` and `province`."""
    return {item.word("id"): _layout(item) for item in _top().items("maps")}


def _layout(item: Item) -> Layout:
    places = [
        Place(one.word("id"), int(one.need("row")), int(one.need("column")), one.text("text"))
        for one in item.items("tiles")
    ]
    return Layout(item.word("id"), item.text("title"), tuple(sorted(places, key=lambda one: (one.row, one.column))))


def tile_map(
    given: Given, anchor: str, subtitle: str, lang: str, *, layout: str = POLICE_UNITS,
    capacity: Mapping[str, str] | None = None, marked: bool = False,
) -> Figure:  # fmt: skip
    """A tile map with its table, reporting capacity beside each number.

    `given` is a slice by this variable, or published figures whose category is a place. `capacity` says by place how
    many could report, in words with its source; what it does not say is not known. Raises `BadInput` for a place that
    the map does not have, and for anything but a protected release or published figures.
    """
    asked, shown = layouts()[layout], _shown(given, lang)
    _known(asked, [*shown, *(capacity or {})])
    beside = {one.id: (capacity or {}).get(one.id) or say("not-known", lang) for one in asked.places}
    tiles = tuple(
        Tile(one.name(lang), one.row, one.column, shown.get(one.id, say("no-value", lang)), _top().text("capacity")(
            lang).format(capacity=beside[one.id]))
        for one in asked.places
    )  # fmt: skip
    rows = tuple((tile.label, tile.shown, beside[one.id]) for tile, one in zip(tiles, asked.places, strict=True))
    title = asked.title(lang)
    told = [(tile.label, f"{tile.shown}, {tile.beside}") for tile in tiles]
    around = frame("kind-tiles", title, subtitle, given, told, lang, marked)
    names = (_top().text("place_column")(lang), say("column-number", lang), _top().text("capacity_column")(lang))
    elsewhere = _top().text("elsewhere")(lang).format(count=shown.get(UNKNOWN, say("not-known", lang)))
    return Figure(anchor, draw(Tiles(around, tiles)), Table(f"{title}. {subtitle}", names, rows), (elsewhere,))


def _shown(given: Given, lang: str) -> Mapping[str, str]:
    """What is shown of each place, by its id."""
    found = quantities(given, lang)
    ids = given.order if isinstance(given, Slice) else [said(one, "category") for one in given]
    return dict(zip(ids, (bar.shown for bar in found), strict=True))


def _known(layout: Layout, places: Sequence[str]) -> None:
    allowed = [one.id for one in layout.places]
    for place in places:
        if place not in (*allowed, UNKNOWN):
            raise refusal("unknown-code", value=place, name=layout.id, allowed=", ".join(allowed))
