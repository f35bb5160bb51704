"""Attack what was published: a release directory, or synthetic records; what could a reader find out of the truth?"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from schakel.cli.key import given_key, key_argument
from schakel.cli.streams import seconds, write_json
from schakel.vocabulary.extras import needing

if TYPE_CHECKING:
    from schakel.disclosure.earlier import Earlier
    from schakel.disclosure.microdata import RecordsVerdict
    from schakel.disclosure.spec import Spec

HELP = "attack a release, or synthetic records, that were published"
WORDS = {
    "safe": {"nl": "In orde: {name} ({records} records, k={k})", "en": "In order: {name} ({records} records, k={k})"},
    "unsafe": {"nl": "Niet in orde: {name}", "en": "Not in order: {name}"},
    "sha256": {"nl": "de records passen niet bij hun notitie", "en": "the records do not fit their note"},
    "note": {"nl": "de kolommen zijn niet die van de notitie", "en": "the columns are not those of the note"},
    "leaks": {
        "nl": "{leaks} verschillende records hebben een combinatie met minder dan {k} echte dragers",
        "en": "{leaks} different records have a combination with fewer than {k} real holders",
    },
    "proved": {
        "nl": "elke combinatie in elk record heeft {k} of meer echte dragers",
        "en": "every combination in every record has {k} or more real holders",
    },
    "untrue": {
        "nl": "Controlesom bekeken; zonder --truth is er niets bewezen.",
        "en": "Checksum looked at; without --truth nothing was proved.",
    },
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", metavar="DIR", type=Path,
                        help="the release directory, or a CSV made by schakel synthesise")  # fmt: skip
    parser.add_argument("--truth", metavar="DATA", type=Path, help="the true data; without: seal and checksums only")
    parser.add_argument("--earlier", metavar="DIR", type=Path, action="append", default=[],
                        help="a release published before over the same people; may be repeated")  # fmt: skip
    parser.add_argument("--records", metavar="FILE", type=Path, action="append", default=[],
                        help="synthetic records given out about the same people; may be repeated")  # fmt: skip
    key_argument(parser)
    parser.add_argument("--seconds", type=seconds, default=60.0, help="time for each step of the solver (default: 60)")
    parser.add_argument("--json", action="store_true", help="as JSON, for the author only")


def run(arguments: argparse.Namespace) -> int:
    if arguments.directory.is_file():
        return _records(arguments)
    with needing("release"):
        from schakel.disclosure.files import read_data, read_directory, read_earlier
        from schakel.disclosure.telling_verdict import verdict_data, verdict_text
        from schakel.disclosure.verify import Verdict, verify

    key = given_key(arguments)
    found = read_directory(arguments.directory, key)
    name = arguments.directory.name
    if arguments.truth is None:
        verdict = Verdict(found.broken, None, found.seal)
    else:
        beside = [arguments.directory.parent / each for each in found.spec.earlier]
        earlier = [read_earlier(path, key) for path in [*arguments.earlier, *(p for p in beside if p.is_dir())]]
        earlier += [known(path, found.spec) for path in arguments.records]
        verdict = verify(found, read_data(arguments.truth), earlier, seconds=arguments.seconds)
    if arguments.json:
        write_json(verdict_data(verdict, name, arguments.lang))
    else:
        print(verdict_text(verdict, name, arguments.lang))
    return 0 if verdict.safe else 1


def known(path: Path, spec: Spec) -> Earlier:
    """What synthetic records tell of the cells of a release."""
    from schakel.disclosure.files import read_records
    from schakel.disclosure.microdata import check_note, known_from

    made, note, _ = read_records(path)
    return known_from(made, check_note(note, path.name), spec, path.name)


def _records(arguments: argparse.Namespace) -> int:
    """Synthetic records: are they those of their note, and does every combination in them have its k holders?"""
    with needing("release"):
        from schakel.disclosure.files import read_data, read_records
        from schakel.disclosure.microdata import verify_records

    name, lang = arguments.directory.name, arguments.lang
    made, note, checksum = read_records(arguments.directory)
    truth = read_data(arguments.truth) if arguments.truth else None
    verdict = verify_records(made, note, checksum, truth, name)
    if arguments.json:
        write_json(_data(verdict, name))
    else:
        print("\n".join(_text(verdict, name, lang)))
    return 0 if verdict.safe else 1


def _data(verdict: RecordsVerdict, name: str) -> dict[str, object]:
    return {
        "verdict": "safe" if verdict.safe else "not-safe", "file": name, "broken": list(verdict.broken),
        "records": verdict.records, "k": verdict.k, "leaks": verdict.leaks,
    }  # fmt: skip


def _text(verdict: RecordsVerdict, name: str, lang: str) -> list[str]:
    said = {"name": name, "records": verdict.records, "k": verdict.k, "leaks": verdict.leaks}
    parts = list(verdict.broken)
    parts += ["untrue"] if verdict.leaks is None else ["leaks" if verdict.leaks else "proved"]
    lines = [WORDS["safe" if verdict.safe else "unsafe"][lang].format(**said)]
    return lines + [f"  {WORDS[part][lang].format(**said)}" for part in parts]
