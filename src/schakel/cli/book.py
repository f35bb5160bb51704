"""Print the rule book (HTML and PDF), a plan, a profession's card, or the first card in any language."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, time
from pathlib import Path

from schakel.cli.common import content_argument, content_of, day, day_argument
from schakel.cli.streams import read_file
from schakel.mechanism.assess import assess
from schakel.mechanism.book import book
from schakel.mechanism.book.paper import first_card, plan_sheet, profession_sheet
from schakel.mechanism.content import Content
from schakel.mechanism.facts_file import parse_facts
from schakel.mechanism.plan import plan
from schakel.press import html, pdf
from schakel.press.blocks import Document
from schakel.vocabulary.errors import bad_input

HELP = "the rule book, a plan on paper, or a card"
FORMATS = ("html", "pdf")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, default=Path(), metavar="FOLDER", help="where to put the files (default: here)"
    )
    parser.add_argument("--format", choices=FORMATS, action="append", help="only this format (default: both)")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--plan", metavar="FACTS.yaml", help="the plan of one situation instead of the book")
    what.add_argument("--card", metavar="LANGUAGE", help="the first card in this language (a tag such as ro) instead")
    what.add_argument("--profession", metavar="FINDER", help="the two-page card of one profession instead")
    day_argument(parser)
    content_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    content, on = content_of(arguments), day(arguments.on)
    name, document = chosen(content, arguments)
    # The day asked for, not the moment of making: the same content and day give the same file.
    when = datetime.combine(on, time(), UTC)
    for form in arguments.format or FORMATS:
        path = arguments.out / f"{name}.{arguments.lang}.{form}"
        made = html.render(document).encode() if form == "html" else pdf.render(document, when=when)
        try:
            arguments.out.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made)
        except OSError as error:
            raise bad_input("not-made-there", name=path.name) from error
        print(path)
    return 0


def chosen(content: Content, arguments: argparse.Namespace) -> tuple[str, Document]:
    """The neutral file name and the document that was asked for."""
    on, lang = day(arguments.on), arguments.lang
    if arguments.plan:
        situation = parse_facts(content, read_file(arguments.plan), on=on, name=Path(arguments.plan).name)
        return "plan", plan_sheet(content, plan(assess(content, situation), lang), lang)
    if arguments.card:
        return "card", first_card(content, on, lang, arguments.card)
    if arguments.profession:
        return "profession", profession_sheet(content, on, lang, arguments.profession)
    return "book", book(content, on, lang)
