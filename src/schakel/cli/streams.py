"""A command's ways in and out: a file or standard input, and JSON on standard output. It loads no room."""

from __future__ import annotations

import argparse
import json
import math
import os
import stat
import sys
from typing import Any

from schakel.vocabulary.errors import bad_input

WIDE = 100  # characters on a line of JSON


def read_file(name: str) -> bytes:
    """A file, or standard input for '-'; a sentence when it cannot be read."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        with open(name, "rb") as file:
            if stat.S_ISCHR(os.fstat(file.fileno()).st_mode) and not file.isatty():
                raise ValueError("a device may have no end")
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
    print(laid_out(data))


def laid_out(data: Any, deep: int = 0) -> str:
    """JSON to read: what fits on a line stands on one, and what does not has a line for each of its parts."""
    flat = json.dumps(data, ensure_ascii=False)
    if len(flat) + deep <= WIDE or not isinstance(data, dict | list | tuple):
        return flat
    inside = deep + 2
    if isinstance(data, dict):
        parts = [f"{json.dumps(_key(key), ensure_ascii=False)}: {laid_out(part, inside)}" for key, part in data.items()]
    else:
        parts = [laid_out(part, inside) for part in data]
    begin, end = "{}" if isinstance(data, dict) else "[]"
    apart = f",\n{' ' * inside}"
    return f"{begin}\n{' ' * inside}{apart.join(parts)}\n{' ' * deep}{end}"


def _key(key: Any) -> str:
    """A name in an object, as JSON writes it."""
    return key if isinstance(key, str) else json.dumps(key)
