"""Run the `schakel` commands that stand in the docs, and put what they really print below them.

A block of the kind `console` holds one command line, which begins with `$ `. It may take what an ordinary command
prints, and may end in filters such as `head`: `$ echo '{who: police}' | schakel plan - | head -5`.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from schakel.cli import main as schakel

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL)
WIDTH = "100"


def printed(command: str) -> str:
    """What a command line prints, errors included; its `schakel` runs in this process, which saves a second a block."""
    parts = command.split(" | ")
    place = next(number for number, part in enumerate(parts) if part.startswith("schakel "))
    typed = piped(parts[:place], "")
    return piped(parts[place + 1 :], called(parts[place], typed))


def piped(parts: list[str], text: str) -> str:
    """`text` through ordinary commands of the shell."""
    if not parts:
        return text
    line = " | ".join(parts)
    done = subprocess.run(["sh", "-c", line], input=text, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout


@lru_cache(maxsize=32)
def called(command: str, typed: str) -> str:
    """The output of one call of `schakel`, as wide on every machine; the same call is made once."""
    out, stdin, width = io.StringIO(), sys.stdin, os.environ.get("COLUMNS")
    sys.stdin, os.environ["COLUMNS"] = io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8"), WIDTH
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), contextlib.chdir(ROOT):
            schakel(shlex.split(command)[1:])
    finally:
        sys.stdin = stdin
        os.environ.pop("COLUMNS") if width is None else os.environ.update(COLUMNS=width)
    return out.getvalue()


def refreshed(page: str) -> str:
    """A page with what its commands print now. Raises ValueError when a filter finds nothing any more."""

    def again(block: re.Match[str]) -> str:
        try:
            text = "\n".join(line.rstrip() for line in printed(block["command"]).splitlines())
        except subprocess.CalledProcessError as error:
            raise ValueError(f"'{error.cmd[-1]}' finds nothing any more in: $ {block['command']}") from error
        return f"```console\n$ {block['command']}\n{text}\n```"

    return BLOCK.sub(again, page)


def main() -> int:
    wrong = 0
    for path in sorted((ROOT / "docs").rglob("*.md")):
        page = path.read_text(encoding="utf-8")
        try:
            path.write_text(refreshed(page), encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: {len(BLOCK.findall(page))} commands")
        except ValueError as error:
            wrong += 1
            print(f"{path.relative_to(ROOT)}: {error}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
