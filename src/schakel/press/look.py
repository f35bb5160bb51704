"""The style sheets of the press: what a page looks like, on screen and on paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent


@cache
def stylesheet() -> str:
    """The look of a document, screen and paper."""
    return (HERE / "style.css").read_text(encoding="utf-8")


@cache
def sheet_stylesheet() -> str:
    """What a factsheet needs besides the look of a document."""
    return (HERE / "sheet.css").read_text(encoding="utf-8")
