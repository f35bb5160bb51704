"""Prove the content: nobody falls between two chairs, no double lead, no dead end, no silence; or show who does."""

from __future__ import annotations

import argparse

from schakel.cli.common import content_argument, content_of, write_json

HELP = "prove the content over all situations"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON")
    content_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    from schakel.mechanism.proof import check
    from schakel.mechanism.proof.report import as_data, as_text

    report = check(content_of(arguments))
    if arguments.json:
        write_json(as_data(report, arguments.lang))
    else:
        print(as_text(report, arguments.lang))
    return 0 if report.ok else 1
