"""List all that can be known: each fact with its question, its values and who may ask it."""

from __future__ import annotations

import argparse
from typing import Any

from schakel.cli.common import content_argument, content_of
from schakel.cli.streams import write_json
from schakel.mechanism.content import Content
from schakel.vocabulary.facts import Fact

HELP = "the closed list of facts and their values"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--signals", action="store_true", help="the indicators instead of the facts")
    content_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    content = content_of(arguments)
    rows = signals(content, arguments.lang) if arguments.signals else facts(content, arguments.lang)
    if arguments.json:
        write_json(rows)
        return 0
    for row in rows:
        print(f"{row['id']:<24} {row.get('question') or row['text']}")
        if row.get("values"):
            print(" " * 25 + " | ".join(value["id"] for value in row["values"]))
        if row.get("warning"):
            print(" " * 25 + f"! {row['warning']}")
    return 0


def facts(content: Content, lang: str) -> list[dict[str, Any]]:
    """Every fact as plain data."""
    return [fact_row(fact, lang) for fact in content.facts.facts]


def fact_row(fact: Fact, lang: str) -> dict[str, Any]:
    return {
        "id": fact.id, "kind": fact.kind, "scope": fact.scope, "question": fact.question(lang),
        "values": [{"id": value.id, "text": value.text(lang)} for value in fact.values],
        "ask_by": sorted(fact.asking.by), "ask_of": fact.asking.of,
        "warning": fact.asking.warning(lang) if fact.asking.warning else "", "judged_by": sorted(fact.judged_by),
    }  # fmt: skip


def signals(content: Content, lang: str) -> list[dict[str, Any]]:
    """Every indicator as plain data; those kept for history say that they do not count."""
    return [
        {"id": one.id, "list": one.list_id, "group": one.group(lang), "text": one.text(lang), "counts": one.counts}
        for one in content.indicators.values()
    ]
