"""The command line: one thin file a command; it must never decide anything that a room decides."""

from __future__ import annotations

import argparse
import atexit
import errno
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from schakel.cli.usage import Parser, language
from schakel.vocabulary.errors import BadInput, bad_input
from schakel.vocabulary.version import VERSION

COMMANDS = (
    "plan", "facts", "ask", "check", "scenarios", "diff", "explain", "book", "replay",
    "simulate", "link", "histories", "estimate",
    "key", "protect", "audit", "synthesise", "figures", "series", "opendata", "factsheet", "revisions",
)  # fmt: skip
DONE, NO, BAD_INPUT = 0, 1, 2
FULL = (errno.ENOSPC, errno.EDQUOT)
SELDOM = (100_000, 20, 20)  # objects made, and rounds, between looks at what may be thrown away
MANUALS = ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars")  # nothing but texts for `help()`


def parser(commands: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser with these commands; each command's file adds its own arguments."""
    top = Parser(prog="schakel", description="Who must do what, when and how, for possible victims of "
                                  "human trafficking.", allow_abbrev=False)  # fmt: skip
    top.add_argument("--version", action="version", version=f"schakel {VERSION}")
    # With `prog` given, no usage is laid out (and nothing loaded for that) before somebody asks for it.
    parsers = top.add_subparsers(dest="command", metavar="COMMAND", required=True, prog=top.prog)
    for name in commands:
        module = import_module(f"schakel.cli.{name}")
        one = parsers.add_parser(name, help=module.HELP, description=module.__doc__, allow_abbrev=False)
        module.arguments(one)
        one.add_argument(
            "--lang", choices=("nl", "en"), default=language(), help="language of texts (default: %(default)s)"
        )
        one.set_defaults(run=module.run)
    return top


def needed(given: Sequence[str]) -> Sequence[str]:
    """The commands to load: what one command, or the version, does not need is not loaded for it."""
    first = given[0] if given else ""
    return (first,) if first in COMMANDS else () if first == "--version" else COMMANDS


def main(argv: list[str] | None = None) -> int:
    """Run one command; bad input is one sentence and exit code 2, a closed pipe is silence.

    As a process of its own (no `argv`) it looks seldom for what may be thrown away, and not at all at its end: what
    libraries make while they load is never that, and looking through it took a fifth of the time of a quick command.
    And of the thousands of functions in a compiled library each is looked up when it is first called, if ever.
    """
    if argv is not None:
        return _run(argv)
    load_lightly()
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115  (whoever started it closed it)
    sys.stderr = sys.stderr or sys.stdout
    try:
        return _leave(_run(sys.argv[1:]))
    finally:  # after bad usage, or a fault of our own
        gc.freeze()


def load_lightly() -> None:
    """From here on libraries load without what no command needs (see `main`); NumPy without its manual, as it does
    itself under `python -OO`: seven thousand lines that are put on its functions one by one, a twelfth of its loading.
    """
    gc.set_threshold(*SELDOM)
    if hasattr(sys, "setdlopenflags"):  # not on Windows
        sys.setdlopenflags(os.RTLD_LAZY)
    for manual in MANUALS:
        sys.modules.setdefault(manual, ModuleType(manual))


def _leave(code: int) -> int:
    """End the process: what asked to be done at its end is done, and then Python and the libraries are not taken apart
    piece by piece, which took a twentieth of the time of a quick command. Returns where that must not be: with threads
    that still run."""
    threads = sys.modules.get("threading")
    if threads and threads.active_count() > 1:
        return code
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # a refusal was said, and nobody listens or there is no room for what came before it
            continue
    os._exit(code)


def _run(given: Sequence[str]) -> int:
    arguments = parser(needed(given)).parse_args(given)
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()
        return code
    except BadInput as error:
        return _say(error, arguments)
    except KeyboardInterrupt:
        print("", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return _say_no_more(DONE)
    except OSError as error:
        if error.errno not in FULL:
            raise
        return _say_no_more(_say(bad_input("no-room"), arguments))


def _say(error: BadInput, arguments: argparse.Namespace) -> int:
    print(f"schakel {arguments.command}: {error.say(arguments.lang)}", file=sys.stderr)
    return BAD_INPUT


def _say_no_more(code: int) -> int:
    """Nobody listens, or there is no room: what was to be printed goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
