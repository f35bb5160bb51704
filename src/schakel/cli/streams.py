"""A command's ways in and out: a file or standard input, and JSON on standard output. It loads no room."""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from typing import Any

from schakel.vocabulary.errors import bad_input


def read_file(name: str) -> bytes:
    """A file, or standard input for '-'; a sentence when it cannot be read."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        with open(name, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise bad_input("no-file", "", name=os.path.basename(name)) from error


def seconds(typed: str) -> float:
    """A time for the solver, from a command line: 0 or more, and an end to it."""
    try:
        value = float(typed)
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise argparse.ArgumentTypeError(f"'{typed}' is no time in seconds: give a number of 0 or more")
    return value


def write_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))
