"""Count who stands on which lists: from FILE.csv, or from what linkage found. Prints a table of counts; internal.

Registrations without identity are of no person that linkage found: their share per list and stratum is told on standard
error (with --json in the output), and --without-identity counts them as people of some kind, to bound the estimate.
"""

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
    parser.add_argument(
        "--without-identity",
        choices=("known", "new", "alike", "elsewhere"),
        help="count registrations without identity as people whom the same list knows by name, new ones, as often on "
        "other lists as the others, or whom other lists know: estimates on these counts bound the estimate",
    )
    parser.add_argument("--add-up", action="store_true", help="add up a history that stands twice with counts")
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(arguments: argparse.Namespace) -> int:
    strata = words(arguments.strata) or []
    found: dict[tuple[str, ...], Any] = {}
    shares: tuple[Any, ...] | None = None
    for draw in _draws(arguments):
        counted, shares = _counted(arguments, strata, draw)
        above = (str(draw),) if arguments.draw == ALL else ()
        found |= {(*above, *key): _changed(one, arguments) for key, one in counted.items()}
    columns = [DRAW, *strata] if arguments.draw == ALL else strata
    if arguments.json:
        tables = [_data(key, one) for key, one in found.items()]
        apart = {} if shares is None else {"without_identity": _shares_data(arguments, strata, shares)}
        write_json({"status": "internal", "strata": columns, "tables": tables, **apart})
        return 0
    print("\n".join(_csv(columns, found)))
    notes = dict.fromkeys(note(arguments.lang) for one in found.values() for note in one.notes)
    for line in (*notes, *([] if shares is None else _shares_said(shares, arguments.lang))):
        print(line, file=sys.stderr)
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


def _counted(arguments: argparse.Namespace, strata: list[str], draw: int) -> tuple[Mapping[Any, Any], Any]:
    """The histories of each stratum, and the shares without identity: these only where linkage brought the lists."""
    lists, linked = words(arguments.lists), arguments.clusters or arguments.registrations
    if arguments.file and linked:
        raise refusal("not-together", one="FILE.csv", other="--clusters, --registrations")
    if arguments.file and arguments.without_identity:
        raise refusal("not-together", one="FILE.csv", other="--without-identity")
    if arguments.file:
        with needing("estimate"):
            from schakel.estimation.parsing import parse_table
            from schakel.estimation.reading import by_strata

        name = "standard input" if arguments.file == "-" else Path(arguments.file).name
        table = parse_table(read_file(arguments.file), name)
        return by_strata(table, strata, lists, add_up=arguments.add_up, draw=draw, name=name), None
    if not (arguments.clusters and arguments.registrations):
        raise refusal("no-input")
    with needing("estimate"):
        from schakel.estimation.files import read_frame
        from schakel.estimation.linked import counted

    found = counted(
        read_frame(arguments.clusters),
        read_frame(arguments.registrations),
        strata,
        lists,
        draw=draw,
        unidentified=arguments.without_identity or "",
        name=arguments.registrations.name,
    )
    return found.histories, found.shares


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


SAID = {
    "en": {
        "share": "Without identity on {name}: {without} of {all} registrations ({share} %).",
        "unknown": "unknown",
        "none": "No registration on these lists is without identity.",
        "means": "Who they are is not known, and they bound the estimate: estimate on the counts with "
        "--without-identity new (people on no other list) and with elsewhere (people whom other lists hold) too. "
        "With more than two lists these are the widest of what is tried, not a proof.",
    },
    "nl": {
        "share": "Zonder identiteit op {name}: {without} van {all} registraties ({share} %).",
        "unknown": "onbekend",
        "none": "Geen registratie op deze lijsten is zonder identiteit.",
        "means": "Wie dat zijn is niet bekend, en zij begrenzen de schatting: schat ook op de aantallen met "
        "--without-identity new (mensen op geen andere lijst) en met elsewhere (mensen die andere lijsten al kennen). "
        "Bij meer dan twee lijsten zijn dat de uitersten van wat is geprobeerd, geen bewijs.",
    },
}


def _shares_said(shares: tuple[Any, ...], lang: str) -> list[str]:
    """Each list (and stratum) with registrations without identity, and what that means for an estimate."""
    from schakel.estimation.showing import number

    said = SAID[lang]
    lines = [
        said["share"].format(
            name=", ".join((one.name, *(word or said["unknown"] for word in one.group))),
            without=number(one.unidentified, lang),
            all=number(one.registrations, lang),
            share=f"{100 * one.share:.1f}".replace(".", "," if lang == "nl" else "."),
        )
        for one in shares
        if one.unidentified
    ]
    return [*lines, said["means"]] if lines else [said["none"]]


def _shares_data(arguments: argparse.Namespace, strata: list[str], shares: tuple[Any, ...]) -> dict[str, Any]:
    return {
        "counted_as": arguments.without_identity,
        "means": {lang: said["means"] for lang, said in SAID.items()},
        "shares": [
            {"list": one.name, "stratum": dict(zip(strata, one.group, strict=True)), "share": one.share,
             "registrations": one.registrations, "without_identity": one.unidentified}
            for one in shares
        ],
    }  # fmt: skip
