"""What several commands share: reading a file, the day, the content, writing JSON."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from schakel.mechanism.content import DUTCH, Content, load
from schakel.rules.documents import parse_day
from schakel.vocabulary.calendar import amsterdam
from schakel.vocabulary.errors import bad_input


def content_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--content", type=Path, default=DUTCH, metavar="FOLDER", help="another content folder")


def day_argument(parser: argparse.ArgumentParser, name: str = "--on") -> None:
    parser.add_argument(name, metavar="DATE", help="the day asked for, as 2023-05-19 (default: today)")


def day(value: str | None, name: str = "--on") -> date:
    """The day given, or today in the Netherlands."""
    return parse_day(value, name) if value else datetime.now(amsterdam()).date()


def read_file(name: str) -> bytes:
    """A file, or standard input for '-'; a sentence when it cannot be read."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        raise bad_input("no-file", "", name=Path(name).name) from error


def content_of(arguments: argparse.Namespace) -> Content:
    return load(arguments.content)


def write_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))
