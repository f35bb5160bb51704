"""Show what was published: possible victims by year with source, certainty and breaks, and what became of signals."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from typing import Any

from schakel.cli.streams import write_json
from schakel.vocabulary.extras import needing

HELP = "show the published series with their sources and breaks"
WIDTH = 100
TRAPS = {"nl": "Let op", "en": "Beware"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--chain", action="store_true", help="from signal to judgment, instead of victims by year")
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(arguments: argparse.Namespace) -> int:
    with needing("release"):
        from schakel.monitor.series import breaks, reported_series, traps
        from schakel.monitor.show import chain, series

    lang = arguments.lang
    table = chain(lang) if arguments.chain else series(reported_series(), lang)
    beware = [{"text": one.text(lang), "sources": _sources(one)} for one in traps()]
    cuts = [{"year": one.year, "title": one.title(lang), "cause": one.cause(lang), "sources": _sources(one)}
            for one in breaks()]  # fmt: skip
    if arguments.json:
        write_json({"kind": "series", "caption": table.caption, "columns": list(table.columns),
                    "rows": [list(row) for row in table.rows], "breaks": cuts, "traps": beware})  # fmt: skip
        return 0
    print("\n".join(_steps(table) if arguments.chain else [str(table)]))
    print()
    for cut in cuts if not arguments.chain else []:
        print(_wrapped(f"{cut['year']}  {cut['title']}. {cut['cause']}", "      "))
    print(f"{TRAPS[lang]}:")
    for trap in beware:
        print(_wrapped(f"- {trap['text']}", "  "))
    return 0


def _steps(table: Any) -> Iterator[str]:
    """Each step once, and under it what was published about it or that it is not known."""
    yield table.caption
    before = ""
    for step, period, what, value, source in table.rows:
        if step != before:
            yield f"\n{step}"
        before = step
        yield _wrapped(f"  {period}: {what}: {value}. {source}" if value else f"  {what}", "    ")


def _wrapped(words: str, further: str) -> str:
    return textwrap.fill(words, WIDTH, subsequent_indent=further, break_on_hyphens=False)


def _sources(one: Any) -> list[dict[str, str]]:
    return [{"source": each.source, "certainty": each.certainty} for each in one.sources]
