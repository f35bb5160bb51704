"""What the commands about content share: the day and the content itself."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from schakel.rules.documents import parse_day

if TYPE_CHECKING:
    from schakel.mechanism.content import Content


def content_argument(parser: argparse.ArgumentParser) -> None:
    from schakel.mechanism.content import DUTCH  # a command that asks only for a day loads no content

    parser.add_argument("--content", type=Path, default=DUTCH, metavar="FOLDER", help="another content folder")


def day_argument(parser: argparse.ArgumentParser, name: str = "--on") -> None:
    parser.add_argument(name, metavar="DATE", help="the day asked for, as 2023-05-19 (default: today)")


def day(value: str | None, name: str = "--on") -> date:
    """The day given, or today in the Netherlands."""
    if value:
        return parse_day(value, name)
    from schakel.vocabulary.calendar import amsterdam  # a day that is given needs no clock

    return datetime.now(amsterdam()).date()


def content_of(arguments: argparse.Namespace) -> Content:
    from schakel.mechanism.content import load

    return load(arguments.content)
