"""A command that was typed wrongly: one sentence that says what, where and what next, in the language asked for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any, Final, NoReturn

SAID: Final = (
    (r"the following arguments are required: (.+)", "missing: {0}", "er ontbreekt: {0}"),
    (r"unrecognized arguments: (.+)", "not known here: {0}", "hier niet bekend: {0}"),
    (r"argument (\S+): expected (?:one|at least one) argument", "{0} needs a value", "{0} heeft een waarde nodig"),
    (r"argument (\S+): invalid \S+ value: (.+)", "{0} cannot be {1}", "{0} kan niet {1} zijn"),
    (
        r"argument (\S+): invalid choice: '?([^']+?)'? \(choose from (.+)\)",
        "{0} cannot be '{1}'; choose from {2}",
        "{0} kan niet '{1}' zijn; kies uit {2}",
    ),
    (
        r"argument (\S+): not allowed with argument (\S+)",
        "{0} and {1} do not go together",
        "{0} en {1} gaan niet samen",
    ),
)
"""What the standard library says of a wrong command, as we say it. Its other sentences are kept as they are."""


class Parser(argparse.ArgumentParser):
    """The standard parser, whose refusal is one sentence and exit code 2."""

    typed: Sequence[str] = ()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        self.typed = sys.argv[1:] if args is None else list(args)
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {sentence(message, self.prog, asked(self.typed))}\n")


def sentence(message: str, command: str, lang: str) -> str:
    """What is wrong with the words that were typed, and where help is."""
    import re

    for pattern, english, dutch in SAID:
        if found := re.fullmatch(pattern, message):
            message = (dutch if lang == "nl" else english).format(*found.groups())
            break
    where = f"'{command} --help'"
    return f"{message}. {f'Hoe het moet staat in {where}.' if lang == 'nl' else f'See {where}.'}"


def asked(typed: Sequence[str]) -> str:
    """The language that was typed, else that of the environment."""
    after = typed[typed.index("--lang") + 1 :][:1] if "--lang" in typed else ()
    return after[0] if after and after[0] in ("nl", "en") else language()


def language() -> str:
    """English where the environment asks for it, Dutch otherwise."""
    told = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if told.startswith("en") else "nl"
