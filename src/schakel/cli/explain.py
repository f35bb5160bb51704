"""Explain one duty: who, what, when, how, on what ground, and what is left open."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator

from schakel.cli.common import content_argument, content_of
from schakel.mechanism.content import Content
from schakel.mechanism.explain import cited, condition_sentence
from schakel.mechanism.model import Duty, Version
from schakel.vocabulary.errors import bad_input
from schakel.vocabulary.messages import near
from schakel.vocabulary.sources import CERTAINTY

HELP = "everything about one duty"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("duty", metavar="DUTY", help="the id of a duty")
    content_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    content = content_of(arguments)
    duty = content.duties.get(arguments.duty)
    if duty is None:
        close = difflib.get_close_matches(arguments.duty, content.duties, n=3)
        raise bad_input("no-duty", name=arguments.duty, near=near(close, "`schakel book`"))
    print("\n".join(lines(content, duty, arguments.lang)))
    return 0


def lines(content: Content, duty: Duty, lang: str) -> Iterator[str]:
    yield from (duty.title(lang), "=" * len(duty.title(lang)), duty.what(lang), "")
    yield f"{duty.id}: {duty.holder} -> {duty.to}; {duty.task} ({duty.part}); {duty.stage}"
    yield from (f"  > {step(lang)}" for step in duty.steps)
    yield from (f"  x {words(lang)}" for words in duty.do_not)
    for version in duty.versions:
        yield from ("", *version_lines(content, version, lang))
    for open_term in duty.open_terms:
        yield f"  open ({open_term.filled_by}): {open_term.what(lang)}"
    yield from (f"  ~ {words(lang)}" for words in duty.untranslatable)


def version_lines(content: Content, version: Version, lang: str) -> Iterator[str]:
    first, last = version.period.first or "...", version.period.last or "..."
    read = "" if version.read else " (text not read)"
    yield f"[{first} - {last}, by {version.selected_by}]{read} {version.strength}, {version.norm}"
    yield f"  = {condition_sentence(content, version.applies_when, lang)}"
    term = version.term.text if version.term else version.no_term
    if term:
        yield f"  t {term(lang)}"
    for source in version.sources:
        yield f"  @ {cited(content, source, lang)} [{source.certainty}: {CERTAINTY[source.certainty](lang)}]"
