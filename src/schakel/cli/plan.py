"""Tell who must do what in the situation of FACTS.yaml: what applies, what may apply, what to ask next."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from schakel.cli.common import content_argument, content_of, day, day_argument
from schakel.cli.streams import read_file, write_json
from schakel.mechanism.assess import assess
from schakel.mechanism.facts_file import parse_facts
from schakel.mechanism.plan import plan
from schakel.mechanism.plan_text import plan_text

HELP = "who must do what in a situation"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("facts", metavar="FACTS.yaml", help="the situation, or - for standard input")
    parser.add_argument("--json", action="store_true", help="the whole plan as JSON")
    parser.add_argument("--full", action="store_true", help="also how, what not to do, and what does not apply")
    parser.add_argument("--receipt-facts", action="store_true", help="put the facts into the receipt, to replay it")
    day_argument(parser)
    content_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    content = content_of(arguments)
    name = "standard input" if arguments.facts == "-" else Path(arguments.facts).name
    situation = parse_facts(content, read_file(arguments.facts), on=day(arguments.on), name=name)
    if arguments.on:
        situation = situation.asked_on(day(arguments.on))
    made = plan(assess(content, situation), arguments.lang, with_facts=arguments.receipt_facts)
    if arguments.json:
        write_json(made)
    else:
        width = min(shutil.get_terminal_size((100, 24)).columns, 100)
        print(plan_text(content, made, arguments.lang, width=max(width, 40), full=arguments.full), end="")
    return 0
