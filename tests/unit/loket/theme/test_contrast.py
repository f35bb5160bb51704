"""Every pair of text and ground in our theme is readable: 4.5 to 1, and 3 to 1 for telling lines (WCAG 2.2)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import loket.theme

CSS = (Path(loket.theme.__file__).parent / "static" / "schakel" / "schakel.css").read_text("utf-8")
VALUES = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", CSS))
WHITE = "#ffffff"


def colour(name: str) -> str:
    """The colour behind a name, through other names."""
    value = VALUES.get(name, name)
    inner = re.fullmatch(r"var\((--[\w-]+)\)", value)
    value = colour(inner.group(1)) if inner else value
    return "#" + "".join(2 * digit for digit in value[1:]) if len(value) == 4 else value


def luminance(hexadecimal: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(colour(one)), luminance(colour(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    *[(ink, ground) for ink in ("--sk-ink", "--sk-ink-soft", "--sk-deep", "--sk-brand", "--sk-brand-dark", "--sk-red")
      for ground in (WHITE, "--sk-paper", "--sk-tint")],
    ("--sk-brand-dark", "--sk-tint-2"), ("--sk-brand-dark", "--voorbeeld-kleuren-grijs-100"),
    ("--voorbeeld-kleuren-blauw-500", "--sk-paper"), ("--voorbeeld-kleuren-blauw-700", "--voorbeeld-kleuren-blauw-100"),
    ("--sk-amber-ink", "--sk-amber-tint"), ("--sk-green-ink", "--sk-green-tint"), ("--sk-red", "--sk-red-tint"),
    (WHITE, "--sk-deep"), (WHITE, "--sk-brand"), (WHITE, "--sk-brand-dark"), (WHITE, "--sk-red"),
    ("--sk-deep", "--sk-amber"), ("--sk-amber", "--sk-deep"), ("--sk-amber", "--sk-brand-dark"),
    ("--basis-focus-color", "--basis-focus-background-color"),
]  # fmt: skip
LINES = [("--sk-line-strong", WHITE), ("--sk-line-strong", "--sk-paper"), ("--sk-brand", "--sk-tint"),
         ("--sk-deep", "--sk-paper")]  # fmt: skip


@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("line", "ground"), LINES)
def test_lines_of_fields_and_focus_can_be_seen(line: str, ground: str) -> None:
    assert contrast(line, ground) >= 3


def test_the_measure_itself() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)
