"""What is spared in making a picture changes nothing in it: held against the engine without anything spared."""

from __future__ import annotations

import json
import re
import struct

import pytest
import vl_convert

from schakel.press import chart_pictures
from schakel.press.chart_drawing import Drawing, Rect, Word, specification
from schakel.press.chart_pictures import LETTERS, png, svg
from schakel.press.chart_plate import EVERY_KIND, FILE, compiled
from schakel.press.chart_style import FONT, INK
from schakel.press.charts import Bar, Bars, Frame, Nested, Tile, Tiles, draw

MARKED = Frame("Titel", "Onder", "Bron.", "alt", "SYNTHETISCH: niemand hierin bestaat")
ODD = ("", "  ", " a  b ", "\"'<&>;", "12</text>", "дом", "e\u0301")
DRAWINGS = {
    "every kind": EVERY_KIND,
    "bars": draw(Bars(MARKED, (Bar("Horeca & <b>", 20, "20"), Bar("Bouw", None, "geen waarde")))),
    "nested": draw(Nested(MARKED, "Alles", (Bar("a", 68, "68%"), Bar("b", 32, "32%")), "b", (Bar("c", 61, "61%"),
                   Bar("d", 39, "39%")))),
    "tiles": draw(Tiles(MARKED, (Tile("Limburg", 0, 0, "5", "x"), Tile("Noord-Nederland", 0, 1, "5000", "x")))),
    "no words": Drawing("", 50, 20, (Rect(0, 0, 10, 10),), ""),
    "odd words": Drawing("", 90, 90, tuple(Word(1, 20 * n, text, 10) for n, text in enumerate(ODD)), ""),
    "one word in two ways": Drawing("", 90, 90, (Word(1, 1, "a", 10), Word(1, 1, "a", 10, strong=True)), ""),
}  # fmt: skip


def letters(*texts: str) -> Drawing:
    return Drawing("", 600, 30 * len(texts), tuple(Word(4, 30 * n + 15, text, 13) for n, text in enumerate(texts)), "")


def plain(picture: str) -> str:
    """A picture as the engine gives it, without what it says of marks and with its font named as ours."""
    picture = re.sub(r' (role|aria-roledescription|aria-hidden)="[^"]*"', "", picture)
    return picture.replace(f'"{FONT}"', f"\"'{FONT}', sans-serif\"")


def test_the_plate_is_what_the_compiler_makes():
    made = vl_convert.vegalite_to_vega(specification(EVERY_KIND))
    assert json.loads(FILE.read_text(encoding="utf-8")) == made, "run: .venv/bin/python scripts/plate.py"


@pytest.mark.parametrize("name", [name for name in DRAWINGS if name != "one word in two ways"])
def test_what_is_put_into_the_plate_is_what_the_compiler_makes(name):
    asked = specification(DRAWINGS[name])
    assert compiled(asked) == vl_convert.vegalite_to_vega(asked)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_is_what_the_engine_makes_of_the_whole_specification(name):
    assert svg(DRAWINGS[name]) == plain(vl_convert.vegalite_to_svg(specification(DRAWINGS[name])))


def test_the_small_font_draws_every_letter_of_it_as_the_whole_font(monkeypatch):
    every = sorted(LETTERS - {" "})
    drawing = letters(*("".join(every[at : at + 40]) for at in range(0, len(every), 40)), "AV Tó fi Žižkov “Wat?” 1–2")
    small = png(drawing)
    monkeypatch.setattr(chart_pictures, "LETTERS", frozenset())
    assert small == png(drawing)


def test_letters_that_the_small_font_lacks_are_drawn_from_the_whole_font(monkeypatch):
    drawing = letters("дом и сад", "gewoon")
    made = png(drawing)
    monkeypatch.setattr(chart_pictures, "LETTERS", LETTERS | set("дом и сад"))
    assert made != png(letters("gewoon"))
    assert struct.unpack(">II", made[16:24]) == (1200, 120)


def test_signs_that_xml_has_not_become_room():
    made = svg(Drawing("", 50, 20, (Word(1, 10, "a\x01b", 10, INK),), ""))
    assert ">a b</text>" in made
    assert png(Drawing("", 50, 20, (Word(1, 10, "a\x01b", 10, INK),), "")) == png(
        Drawing("", 50, 20, (Word(1, 10, "a b", 10, INK),), "")
    )
