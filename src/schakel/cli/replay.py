"""Replay a receipt: do this content and this engine still give the same outcomes?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from schakel.cli.common import content_argument, content_of
from schakel.cli.streams import read_file
from schakel.mechanism.plan import replay
from schakel.vocabulary.errors import bad_input

HELP = "replay the receipt of a plan"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("receipt", metavar="PLAN.json", help="a plan made with --json --receipt-facts, or its receipt")
    content_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    try:
        data = json.loads(read_file(arguments.receipt))
    except (ValueError, RecursionError) as error:
        raise bad_input("not-yaml", Path(arguments.receipt).name, problem="JSON") from error
    receipt = data.get("receipt", data) if isinstance(data, dict) else {}
    same = replay(content_of(arguments), receipt)
    print("same outcomes" if same else "other outcomes")
    return 0 if same else 1
