"""Run all scenarios: situations with the position that the sources lead one to expect."""

from __future__ import annotations

import argparse

from schakel.cli.common import content_argument, content_of
from schakel.cli.streams import write_json
from schakel.mechanism.assess import assess
from schakel.mechanism.scenarios import failures, scenarios

HELP = "run the scenarios of the content"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON")
    content_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    content = content_of(arguments)
    results = [(one, list(failures(one, assess(content, one.situation)))) for one in scenarios(content)]
    failed = sum(bool(found) for _, found in results)
    if arguments.json:
        write_json([
            {"id": one.id, "title": one.title(arguments.lang), "rows": list(one.rows), "ok": not found,
             "failures": [str(failure) for failure in found]}
            for one, found in results
        ])  # fmt: skip
    else:
        for one, found in results:
            print(f"{'ok  ' if not found else 'FAIL'} {one.id:<44} {one.title(arguments.lang)}")
            for failure in found:
                print(f"       {failure.person}: expected {failure.expected}, found {failure.found}")
        print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0
