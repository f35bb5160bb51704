"""Count who stands on which lists: from FILE.csv, or from what linkage found. Prints a table of counts; internal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schakel.cli.estimate import words
from schakel.cli.streams import read_file, write_json
from schakel.estimation.refusals import refusal
from schakel.vocabulary.extras import needing

HELP = "count who stands on which lists"
DRAW, ALL = "draw", "all"
"""The column that says of which draw of the link decisions a count is, and the word for all of them."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE.csv", help="a column of 0 and 1 for each list; or -")
    parser.add_argument("--clusters", type=Path, metavar="FILE", help="of linkage: record, person, draw (CSV, Parquet)")
    parser.add_argument("--registrations", type=Path, metavar="FILE", help="with it: record, list, and strata")
    parser.add_argument(
        "--draw",
        default="0",
        metavar="N",
        help="of the link decisions (default: 0, the best), or `all` below each other",
    )
    parser.add_argument("--lists", metavar="COL,...", help="the columns that are lists, in this order")
    parser.add_argument("--strata", metavar="COL,...", help="count within each combination of these columns")
    parser.add_argument("--merge", action="append", default=[], metavar="A+B", help="make lists one (may be repeated)")
    parser.add_argument("--drop", metavar="COL,...", help="leave lists out")
    parser.add_argument("--add-up", action="store_true", help="add up a history that stands twice with counts")
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(arguments: argparse.Namespace) -> int:
    with needing("estimate"):
        from schakel.estimation.reading import by_strata
    strata, lists = words(arguments.strata) or [], words(arguments.lists)
    found: dict[tuple[str, ...], Any] = {}
    for draw in _draws(arguments):
        table, name = _table(arguments, strata, draw)
        counted = by_strata(table, strata, lists, add_up=arguments.add_up, draw=draw, name=name)
        above = (str(draw),) if arguments.draw == ALL else ()
        found |= {(*above, *key): _changed(one, arguments) for key, one in counted.items()}
    if arguments.draw == ALL:
        strata = [DRAW, *strata]
    if arguments.json:
        write_json({"status": "internal", "strata": strata, "tables": [_data(key, one) for key, one in found.items()]})
    else:
        print("\n".join(_csv(strata, found)))
        for note in dict.fromkeys(note(arguments.lang) for one in found.values() for note in one.notes):
            print(note, file=sys.stderr)
    return 0


def _draws(arguments: argparse.Namespace) -> list[int]:
    """Which draws of the link decisions are counted."""
    if arguments.draw.isdecimal():
        return [int(arguments.draw)]
    if arguments.draw != ALL:
        raise refusal("no-draw", value=arguments.draw, columns=f"0, 1, 2, ... {ALL}")
    if not arguments.clusters:
        raise refusal("not-together", one="FILE.csv", other=f"--draw {ALL}")
    from schakel.estimation.files import read_frame

    clusters = read_frame(arguments.clusters)
    return sorted(map(int, set(clusters[DRAW]))) if DRAW in clusters else [0]


def _table(arguments: argparse.Namespace, strata: list[str], draw: int) -> tuple[Any, str]:
    """The table to count, and its name: a file with list columns, or clusters and registrations brought together."""
    from schakel.estimation.files import read_frame
    from schakel.estimation.parsing import parse_table

    linked = arguments.clusters or arguments.registrations
    if arguments.file and linked:
        raise refusal("not-together", one="FILE.csv", other="--clusters, --registrations")
    if arguments.file:
        name = "standard input" if arguments.file == "-" else Path(arguments.file).name
        return parse_table(read_file(arguments.file), name), name
    if not (arguments.clusters and arguments.registrations):
        raise refusal("no-input")
    from schakel.estimation.linked import persons

    clusters, registrations = read_frame(arguments.clusters), read_frame(arguments.registrations)
    return persons(clusters, registrations, strata, draw=draw), arguments.registrations.name


def _changed(made: Any, arguments: argparse.Namespace) -> Any:
    """Lists merged and left out, as asked."""
    from schakel.estimation.histories import drop, merge

    for group in arguments.merge:
        made = merge(made, [word.strip() for word in group.split("+")])
    return drop(made, *words(arguments.drop) or []) if arguments.drop else made


def _csv(strata: list[str], found: Mapping[tuple[str, ...], Any]) -> list[str]:
    """A row for each history that somebody has."""
    lists = next(iter(found.values())).lists
    rows = [_quoted([*strata, *lists, "count"])]
    for key, made in found.items():
        for history, count in _rows(made):
            rows.append(_quoted([*key, *map(str, history), str(count)]))
    return rows


def _rows(made: Any) -> list[tuple[list[int], int]]:
    size = len(made.lists)
    return [([mask >> place & 1 for place in range(size)], int(made.counts[mask]))
            for mask in range(1, 1 << size) if made.counts[mask]]  # fmt: skip


def _quoted(values: list[str]) -> str:
    """One line of CSV."""
    return ",".join(
        '"' + value.replace('"', '""') + '"' if any(sign in value for sign in ',;"\n\t') else value for value in values
    )


def _data(key: tuple[str, ...], made: Any) -> dict[str, Any]:
    return {
        "stratum": list(key),
        "lists": list(made.lists),
        "observed": made.observed,
        "fingerprint": made.fingerprint,
        "histories": [{"on": [made.lists[place] for place, on in enumerate(history) if on], "count": count}
                      for history, count in _rows(made)],
        "notes": [{"nl": note("nl"), "en": note("en")} for note in made.notes],
    }  # fmt: skip
