"""Show what editions of figures print differently, and keep each edition: an earlier figure never silently changes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schakel.cli.common import day
from schakel.cli.key import given_key, key_argument
from schakel.cli.streams import write_json
from schakel.vocabulary.extras import needing

if TYPE_CHECKING:
    from schakel.monitor.revisions import Edition, Revision

HELP = "show what editions of figures print differently"
WORDS = {
    "nl": {
        "kept": "Bewaard: {name} ({day}), {cells} cijfers.", "one": "{count} editie(s); niets om te vergelijken.",
        "between": "{first} → {second}: {count} cijfers verschillen van {both} die beide drukken.",
        "withheld": "weggelaten", "total": "totaal",
    },
    "en": {
        "kept": "Kept: {name} ({day}), {cells} figures.", "one": "{count} edition(s); nothing to compare.",
        "between": "{first} → {second}: {count} figures differ of {both} that both print.",
        "withheld": "withheld", "total": "total",
    },
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", metavar="STORE", type=Path,
                        help="a file of editions (.json; --add makes it), or a folder of publications")  # fmt: skip
    parser.add_argument("--add", metavar="RELEASE_DIR", type=Path, help="keep this release as an edition first")
    parser.add_argument("--date", metavar="DAY", help="day on which it was published (default: today)")
    key_argument(parser)
    parser.add_argument("--figure", metavar="ID", help="only this figure")
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(arguments: argparse.Namespace) -> int:
    with needing("release"):
        from schakel.disclosure.files import open_release
        from schakel.monitor import files, publishing
        from schakel.monitor.refusals import refusal
        from schakel.monitor.revisions import as_data, edition, from_data, keep, revisions

    key, store = given_key(arguments), arguments.store
    kept: tuple[Edition, ...] = ()
    if store.is_dir():
        kept = publishing.editions(store, key)
    elif (raw := files.plain_file(store)) is not None:
        kept = from_data(_editions(raw, store.name), store.name)
    elif arguments.add is None:
        raise refusal("no-editions", "", name=store.name)
    if arguments.add is not None:
        if store.is_dir():
            raise refusal("no-editions", "", name=store.name)
        new = edition(open_release(arguments.add, key), day(arguments.date, "--date"))
        kept = keep(kept, new)
        files.put(store, (json.dumps(as_data(kept), ensure_ascii=False) + "\n").encode())
    pairs = [(one, other, revisions(one, other)) for one, other in pairwise(kept)]
    if arguments.figure:
        pairs = [(a, b, tuple(each for each in found if each.figure == arguments.figure)) for a, b, found in pairs]
    if arguments.json:
        write_json(_data(kept, pairs))
    else:
        print("\n".join(_text(kept, pairs, arguments.lang, added=arguments.add is not None)))
    return 0


def _editions(raw: bytes, name: str) -> list[Any]:
    from schakel.monitor.refusals import refusal

    try:
        data = json.loads(raw)
    except ValueError:
        data = None
    if not isinstance(data, list):
        raise refusal("no-editions", "", name=name)
    return data


def _data(kept: Sequence[Edition], pairs: Sequence[Any]) -> dict[str, Any]:
    return {
        "kind": "revisions",
        "editions": [{"name": one.name, "published": one.published.isoformat(), "figures": len(one.cells)}
                     for one in kept],
        "revisions": [
            {"from": first.name, "to": second.name, "figure": one.figure, "categories": dict(one.key),
             "earlier": one.earlier, "later": one.later}
            for first, second, found in pairs for one in found
        ],
    }  # fmt: skip


def _text(kept: Sequence[Edition], pairs: Sequence[Any], lang: str, *, added: bool) -> list[str]:
    words = WORDS[lang]
    lines = []
    if added:
        last = kept[-1]
        lines.append(words["kept"].format(name=last.name, day=last.published.isoformat(), cells=len(last.cells)))
    if not pairs:
        return [*lines, words["one"].format(count=len(kept))]
    for first, second, found in pairs:
        both = len(first.cells.keys() & second.cells.keys())
        lines.append(words["between"].format(first=first.name, second=second.name, count=len(found), both=both))
        lines += [f"  {_line(one, lang)}" for one in found]
    return lines


def _line(one: Revision, lang: str) -> str:
    of = ", ".join(f"{name}={code}" for name, code in one.key) or WORDS[lang]["total"]
    before, after = (WORDS[lang]["withheld"] if value is None else value for value in (one.earlier, one.later))
    return f"{one.figure}, {of}: {before} → {after}"
