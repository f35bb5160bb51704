"""Make a synthetic country in a folder: invented people, what lists wrote down of them, and the truth beside it."""

from __future__ import annotations

import argparse
import re
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import Any

from schakel.cli.streams import write_json
from schakel.vocabulary.extras import needing

HELP = "make a synthetic country: people, lists, and the truth"
SIZES = ("small", "demo", "large")
FORMATS = ("parquet", "csv")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new or empty folder")
    parser.add_argument("--size", choices=SIZES, default="small", help="large holds a million registrations")
    parser.add_argument("--people", type=int, metavar="N", help="how many people there are, instead of a size")
    parser.add_argument("--years", metavar="2016-2024", help="first and last year")
    parser.add_argument("--seed", type=int, default=7, help="the same seed gives the same country (default: 7)")
    parser.add_argument("--format", choices=FORMATS, default="parquet", help="of the tables (default: parquet)")
    parser.add_argument("--json", action="store_true", help="the summary as JSON")


def run(arguments: argparse.Namespace) -> int:
    with needing("estimate"):
        from schakel.simulation.checking import check_seed
        from schakel.simulation.country import SIZES as COUNTRIES
        from schakel.simulation.files import prepare, write
        from schakel.simulation.simulate import simulate
        from schakel.simulation.summary import summary
    country = COUNTRIES[arguments.size]
    if arguments.people is not None:
        country = replace(country, people=arguments.people)
    if arguments.years is not None:
        country = replace(country, years=_years(arguments.years))
    check_seed(arguments.seed)
    prepare(arguments.out)
    made = simulate(country, seed=arguments.seed)
    files = [path.name for path in write(made, arguments.out, arguments.format)]
    told = summary(made) | {"files": files}
    if arguments.json:
        write_json(told)
    else:
        print("\n".join(_told(told, WORDS[arguments.lang], arguments.out.name)))
    return 0


def _years(typed: str) -> tuple[int, int]:
    """First and last year as typed; a single year is both. What cannot be read is refused as no years."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", typed, re.ASCII)
    return (int(found[1]), int(found[2] or found[1])) if found else (0, 0)


WORDS = {
    "en": {
        "head": "SYNTHETIC country {first}-{last}, seed {seed}. Nobody in it exists.",
        "people": "{people} people are exploited in it, {within} of every 100 within reach of a list.",
        "seen": "{seen} of them ({share} %) stand on at least one list, in {registrations} registrations;",
        "without": "{without} of these carry no identity and cannot be linked.",
        "columns": ("list", "registrations", "no identity", "people"),
        "both": "People on both lists, the largest numbers:",
        "files": "Written in '{folder}': {files}.",
        "mark": ",",
    },
    "nl": {
        "head": "SYNTHETISCH land {first}-{last}, beginpunt (seed) {seed}. Niemand daarin bestaat.",
        "people": "Er worden {people} mensen uitgebuit; van elke 100 zijn er {within} binnen bereik van een lijst.",
        "seen": "{seen} van hen ({share} %) staan op minstens één lijst, in {registrations} registraties;",
        "without": "{without} daarvan zijn zonder identiteit en niet te koppelen.",
        "columns": ("lijst", "registraties", "zonder naam", "mensen"),
        "both": "Mensen op beide lijsten, de grootste aantallen:",
        "files": "Geschreven in '{folder}': {files}.",
        "mark": ".",
    },
}
LARGEST = 6
WIDTH = 100


def _told(made: dict[str, Any], words: dict[str, Any], folder: str) -> list[str]:
    """The summary for a person: four sentences, the lists, the largest overlaps, the files."""
    figures = {
        **{name: _number(made[name], words) for name in ("people", "seen", "registrations")},
        "first": made["years"][0], "last": made["years"][1], "seed": made["seed"], "folder": folder,
        "within": round(100 * made["within_reach"]), "share": round(100 * made["seen"] / made["people"]),
        "without": _number(made["without_identity"], words), "files": ", ".join(made["files"]),
    }  # fmt: skip
    return [
        *(words[name].format(**figures) for name in ("head", "people", "seen", "without")),
        "",
        *_lists(made["lists"], words),
        "",
        words["both"],
        *_overlaps(made["overlaps"], words),
        "",
        *textwrap.wrap(words["files"].format(**figures), WIDTH, break_on_hyphens=False),
    ]


def _lists(lists: list[dict[str, Any]], words: dict[str, Any]) -> list[str]:
    counts = ("registrations", "without_identity", "people")
    rows = [words["columns"], *((one["list"], *(_number(one[name], words) for name in counts)) for one in lists)]
    return [f"  {name:<20}{reports:>14}{hidden:>14}{people:>10}" for name, reports, hidden, people in rows]


def _overlaps(overlaps: list[dict[str, Any]], words: dict[str, Any]) -> list[str]:
    largest = sorted(overlaps, key=lambda pair: -pair["people"])[:LARGEST]
    return [f"  {' + '.join(pair['lists']):<34}{_number(pair['people'], words):>24}" for pair in largest]


def _number(count: int, words: dict[str, Any]) -> str:
    """A count with the mark between thousands that the language uses."""
    return f"{count:,}".replace(",", words["mark"])
