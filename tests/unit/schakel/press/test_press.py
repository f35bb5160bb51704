"""The rest of the press: links that lead nowhere, languages, fonts with their licence."""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path

import schakel.press
from schakel.press.blocks import anchors_of, blocks_of, dangling, text_of
from schakel.press.languages import NAMES, NO_LETTERS_HERE, RIGHT_TO_LEFT, direction, name, on_paper, own_name
from schakel.press.plain import plain
from tests.unit.schakel.press.documents import ARABIC, EVIL, document

PRESS = Path(schakel.press.__file__).parent
FONTS = PRESS / "fonts"
MANIFEST = json.loads((FONTS / "manifest.json").read_text(encoding="utf-8"))


def test_a_link_to_nowhere_is_found_and_shown_as_words():
    assert dangling(document()) == ("nowhere",)
    assert anchors_of(document()) == {"chapter", "card", "under", "other"}
    assert "lost" in json.dumps(plain(document()))
    assert "#nowhere" not in json.dumps(plain(document()))


def test_the_words_of_a_document_are_all_there():
    words = text_of(document())
    assert ARABIC in words
    assert "inner" in words
    assert words.count(EVIL) > 8
    assert len(list(blocks_of(document()))) > 10


def test_languages_have_names_and_directions():
    assert {tag: direction(tag) for tag in ("nl", "ar", "fa-AF", "xx", "")} == {
        "nl": "ltr", "ar": "rtl", "fa-AF": "rtl", "xx": "ltr", "": "ltr",
    }  # fmt: skip
    assert (name("ar", "nl"), name("ar", "en"), own_name("uk"), name("xx", "nl")) == (
        "Arabisch", "Arabic", "українська", "xx",
    )  # fmt: skip
    assert on_paper("vi")
    assert not on_paper("zh")
    assert not on_paper("xx")
    assert set(NAMES) >= NO_LETTERS_HERE | (RIGHT_TO_LEFT & set(NAMES))


def test_every_font_is_listed_with_its_checksum_and_licence():
    listed = {name: digest for package in MANIFEST["packages"] for name, digest in package["files"].items()}
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.ttf")}
    assert listed == there
    for package in MANIFEST["packages"]:
        assert package["licence"] == "OFL-1.1"
        assert "SIL OPEN FONT LICENSE" in (FONTS / package["licence_file"]).read_text(encoding="utf-8")


def test_the_fonts_made_for_charts_are_listed_and_keep_off_the_reserved_name():
    there = {f"charts/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("charts/*")}
    assert MANIFEST["made"]["files"] == there
    assert MANIFEST["made"]["licence_file"] == MANIFEST["packages"][0]["licence_file"]
    for place in there:
        names = names_of((FONTS / place).read_bytes())
        assert "Reserved Font Name" in names[0]
        assert names[1].startswith("Schakel Chart")
        assert not [number for number in CALLED if "source" in names.get(number, "").lower().replace(" ", "")]


CALLED = (1, 3, 4, 6, 16)
"""By these entries of its table of names a font is called (OpenType, `name`)."""


def names_of(font: bytes) -> dict[int, str]:
    """The names in a font file, by their number."""
    tables = {font[at : at + 4]: struct.unpack(">II", font[at + 8 : at + 16])
              for at in range(12, 12 + 16 * int.from_bytes(font[4:6]), 16)}  # fmt: skip
    start, _ = tables[b"name"]
    count, words = struct.unpack(">HH", font[start + 2 : start + 6])
    found = {}
    for at in range(start + 6, start + 6 + 12 * count, 12):
        *_, number, long, offset = struct.unpack(">HHHHHH", font[at : at + 12])
        first = start + words + offset
        found[number] = font[first : first + long].decode("utf-16-be")
    return found


def test_the_press_never_says_what_a_duty_is():
    """Nothing in this room knows the words of the mechanism."""
    for path in [*PRESS.glob("*.py"), *PRESS.glob("typst/*.typ")]:
        text = path.read_text(encoding="utf-8").lower()
        assert [
            word for word in ("victim", "traffick", "slachtoffer", "mensenhandel", "duty.", "duties") if word in text
        ] == []
