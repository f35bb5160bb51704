"""A command's ways in and out: a file or standard input, and JSON on standard output. It loads no room."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from schakel.vocabulary.errors import bad_input


def read_file(name: str) -> bytes:
    """A file, or standard input for '-'; a sentence when it cannot be read."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        raise bad_input("no-file", "", name=Path(name).name) from error


def write_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))
