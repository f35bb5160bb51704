"""Prove the content: nobody falls between two chairs, no double lead, no dead end, no silence; or show who does."""

from __future__ import annotations

import argparse
import sys

from schakel.cli.common import content_argument, content_of
from schakel.cli.streams import write_json
from schakel.mechanism.links import broken

HELP = "prove the content over all situations"
BROKEN = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--gaps", action="store_true", help="only the known gaps of the law, as the proof shows them")
    content_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    from schakel.mechanism.proof import check
    from schakel.mechanism.proof.report import as_data, as_text, gaps_as_text

    content = content_of(arguments)
    wrong = list(broken(content))
    for complaint in wrong[:20]:
        print(f"schakel check: {complaint.say(arguments.lang)}", file=sys.stderr)
    if wrong:
        return BROKEN
    report = check(content)
    if arguments.json:
        write_json(as_data(report, arguments.lang))
    else:
        print((gaps_as_text if arguments.gaps else as_text)(report, arguments.lang))
    return 0 if report.ok else 1
