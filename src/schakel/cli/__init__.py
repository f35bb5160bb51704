"""The command line: one thin file a command; it must never decide anything that a room decides."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.version import VERSION

COMMANDS = (
    "plan", "facts", "ask", "check", "scenarios", "diff", "explain", "book", "replay",
    "simulate", "link", "histories", "estimate",
    "protect", "audit", "synthesise", "figures", "series", "opendata", "factsheet", "revisions",
)  # fmt: skip
DONE, NO, BAD_INPUT = 0, 1, 2


def parser(commands: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser with these commands; each command's file adds its own arguments."""
    top = argparse.ArgumentParser(prog="schakel", description="Who must do what, when and how, for possible victims of "
                                  "human trafficking.", allow_abbrev=False)  # fmt: skip
    top.add_argument("--version", action="version", version=f"schakel {VERSION}")
    parsers = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in commands:
        module = import_module(f"schakel.cli.{name}")
        one = parsers.add_parser(name, help=module.HELP, description=module.__doc__, allow_abbrev=False)
        module.arguments(one)
        one.add_argument(
            "--lang", choices=("nl", "en"), default=language(), help="language of texts (default: %(default)s)"
        )
        one.set_defaults(run=module.run)
    return top


def language() -> str:
    """English where the environment asks for it, Dutch otherwise."""
    asked = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if asked.startswith("en") else "nl"


def needed(given: Sequence[str]) -> Sequence[str]:
    """The commands to load: what one command, or the version, does not need is not loaded for it."""
    first = given[0] if given else ""
    return (first,) if first in COMMANDS else () if first == "--version" else COMMANDS


def main(argv: list[str] | None = None) -> int:
    """Run one command; bad input is one sentence and exit code 2, a closed pipe is silence."""
    given = sys.argv[1:] if argv is None else argv
    arguments = parser(needed(given)).parse_args(given)
    try:
        return int(arguments.run(arguments))
    except BadInput as error:
        print(f"schakel {arguments.command}: {error.say(arguments.lang)}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
