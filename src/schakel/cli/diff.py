"""Show which rules read differently, and which outcomes change, between two days or two content folders."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from schakel.cli.common import content_argument, content_of, day
from schakel.cli.streams import write_json
from schakel.mechanism.compare import Side, outcome_changes, rule_changes
from schakel.mechanism.content import load

HELP = "what changes between two days or two contents"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", metavar="DATE", help="the earlier day (default: today)")
    parser.add_argument("--to", dest="last", metavar="DATE", help="the later day (default: today)")
    parser.add_argument("--old", type=Path, metavar="FOLDER", help="the old content folder (default: the same)")
    parser.add_argument("--json", action="store_true", help="as JSON")
    content_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    content = content_of(arguments)
    old = Side(load(arguments.old) if arguments.old else content, day(arguments.first, "--from"))
    new = Side(content, day(arguments.last, "--to"))
    rules = list(rule_changes(old, new, arguments.lang))
    outcomes = list(outcome_changes(old, new))
    if arguments.json:
        write_json({"rules": [asdict(one) for one in rules], "outcomes": [asdict(one) for one in outcomes]})
        return 0
    print(f"{old.on} -> {new.on}: {len(rules)} rule changes, {len(outcomes)} outcome changes in scenarios")
    for change in rules:
        print(f"\n{change.duty}: {change.what}\n  - {change.before}\n  + {change.after}")
    for outcome in outcomes:
        print(f"{outcome.scenario} / {outcome.person}: {outcome.duty}: {outcome.before} -> {outcome.after}")
    return 0
