"""The look of charts for every kind of sight, and what a drawing holds."""

from __future__ import annotations

import itertools
import struct

import pytest

from schakel.press.chart_drawing import Drawing, Word, altair_chart, specification
from schakel.press.chart_pictures import png, svg
from schakel.press.chart_style import (
    AMBER,
    DEEP,
    INK,
    LIGHT,
    SERIES,
    SOFT,
    TINT,
    WHITE,
    WIDTH,
    contrast,
    lines,
    luminance,
    on,
)
from schakel.press.charts import Bar, Bars, Frame, Nested, Tile, Tiles, draw

FRAME = Frame("Titel", "Onder de titel", "Bron: een bron.", "Alles wat er staat")
MARKED = Frame("Titel", "Onder", "Bron.", "alt", "SYNTHETISCH: niemand hierin bestaat")
# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear red, green and blue; the numbers are recalled.
SIGHTS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def bars(*numbers, frame=FRAME):
    return Bars(frame, tuple(Bar(f"Groep {n}", value, f"{value}") for n, value in enumerate(numbers)))


def words(drawing):
    return [shape.text for shape in drawing.shapes if isinstance(shape, Word)]


def seen(colour, sight):
    """The colour as somebody with this sight sees it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    mixed = [min(1, max(0, sum(w * one for w, one in zip(row, linear, strict=True)))) for row in SIGHTS[sight]]
    back = [12.92 * one if one <= 0.0031308 else 1.055 * one ** (1 / 2.4) - 0.055 for one in mixed]
    return "#" + "".join(f"{round(255 * one):02x}" for one in back)


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert luminance("#ffffff") == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "ground"),
    [(INK, WHITE), (SOFT, WHITE), (INK, TINT), (SOFT, TINT), (INK, AMBER), (on(DEEP), DEEP), (on(LIGHT), LIGHT)],
)
def test_words_stand_out(text, ground):
    assert contrast(text, ground) >= 4.5


def test_the_mark_across_the_picture_hinders_no_word():
    assert contrast(INK, "#f1ead9") >= 7
    assert contrast(SOFT, "#f1ead9") >= 4.5


@pytest.mark.parametrize("sight", SIGHTS)
def test_colours_beside_each_other_differ_for_colour_blind_readers(sight):
    for one, other in itertools.combinations(SERIES, 2):
        assert contrast(seen(one, sight), seen(other, sight)) >= 3


def test_colours_beside_each_other_differ_in_grey_print():
    assert contrast(*SERIES) >= 3


def test_a_bar_stands_out_from_the_paper():
    assert contrast(DEEP, WHITE) >= 3


def test_title_subtitle_source_and_every_number_stand_inside():
    told = words(draw(bars(20, 5)))
    assert {"Titel", "Onder de titel", "Bron: een bron.", "Groep 0", "Groep 1", "20", "5"} <= set(told)


def test_bars_begin_at_nought_and_keep_the_order_given():
    drawing = draw(bars(5, 20, 10))
    long = [shape.width for shape in drawing.shapes if type(shape).__name__ == "Rect"]
    assert [round(one / long[1], 3) for one in long] == [0.25, 1, 0.5]


def test_where_no_value_is_there_is_no_bar():
    drawing = draw(Bars(FRAME, (Bar("Horeca", None, "geen waarde"),)))
    assert not [shape for shape in drawing.shapes if type(shape).__name__ == "Rect"]
    assert "geen waarde" in words(drawing)


def test_the_parts_of_a_whole_are_as_wide_as_their_share():
    chart = Nested(FRAME, "Alles", (Bar("a", 68, "68%"), Bar("b", 32, "32%")), "b", (Bar("c", 61, "61%"),
                   Bar("d", 39, "39%")))  # fmt: skip
    wide = [shape.width for shape in draw(chart).shapes if type(shape).__name__ == "Rect"]
    assert [round(one / (WIDTH - 8), 2) for one in wide] == [0.68, 0.32, 0.61, 0.39]


def test_every_tile_has_one_colour_whatever_its_number():
    tiles = Tiles(FRAME, (Tile("A", 0, 0, "5", "x"), Tile("B", 0, 1, "5000", "x")))
    assert len({shape.fill for shape in draw(tiles).shapes if type(shape).__name__ == "Rect"}) == 1


@pytest.mark.parametrize("chart", [bars(20, 5), bars(1, 2, frame=MARKED)])
def test_altair_holds_the_drawing_against_the_schema(chart):
    wanted = specification(draw(chart))
    made = altair_chart(draw(chart)).to_dict(validate=True)
    assert len(made["layer"]) == len(wanted["layer"])
    assert made["height"] == wanted["height"]


def test_a_picture_is_the_same_each_time_and_its_letters_are_text():
    drawing = draw(bars(20, 5))
    made = svg(drawing)
    svg.cache_clear()
    assert svg(drawing) == made
    assert ">Titel<" in made
    assert "'Source Sans 3'" in made
    assert "aria" not in made


def test_a_png_has_letters_in_our_own_font():
    with_words = draw(bars(20))
    rest = tuple(shape for shape in with_words.shapes if not isinstance(shape, Word))
    without = Drawing("", WIDTH, with_words.height, rest, "")
    made = png(with_words)
    assert struct.unpack(">II", made[16:24]) == (2 * WIDTH, round(2 * with_words.height))
    assert len(made) > 3 * len(png(without))


def test_a_synthetic_picture_says_so_twice():
    made = svg(draw(bars(20, frame=MARKED)))
    assert "SYNTHETISCH: niemand hierin bestaat" in made
    assert ">SYNTHETISCH<" in made


def test_words_are_broken_to_the_width():
    assert lines("Zeeland-West-Brabant", 11, 77) == ["Zeeland-West-", "Brabant"]
    assert lines("", 11, 77) == [""]
