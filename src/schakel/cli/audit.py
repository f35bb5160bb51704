"""Attack a release directory: is it whole, does it add up, and what could a reader find out of the true counts?"""

from __future__ import annotations

import argparse
from pathlib import Path

from schakel.cli.streams import read_file, write_json
from schakel.vocabulary.extras import needing

HELP = "attack a release that was published"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", metavar="DIR", type=Path, help="the release directory")
    parser.add_argument("--truth", metavar="DATA", type=Path, help="the true data; without: seal and checksums only")
    parser.add_argument("--earlier", metavar="DIR", type=Path, action="append", default=[],
                        help="a release published before over the same people; may be repeated")  # fmt: skip
    parser.add_argument("--secret", metavar="FILE", help="the key with which it was sealed")
    parser.add_argument("--seconds", type=float, default=60.0, help="time for each step of the solver (default: 60)")
    parser.add_argument("--json", action="store_true", help="as JSON, for the author only")


def run(arguments: argparse.Namespace) -> int:
    with needing("release"):
        from schakel.disclosure.files import read_data, read_directory, read_earlier
        from schakel.disclosure.seal import check_key
        from schakel.disclosure.telling import verdict_data, verdict_text
        from schakel.disclosure.verify import Verdict, verify

    key = check_key(read_file(arguments.secret)) if arguments.secret else None
    found = read_directory(arguments.directory, key)
    name = arguments.directory.name
    if arguments.truth is None:
        verdict = Verdict(found.broken, None)
    else:
        beside = [arguments.directory.parent / each for each in found.spec.earlier]
        earlier = [read_earlier(path, key) for path in [*arguments.earlier, *(p for p in beside if p.is_dir())]]
        verdict = verify(found, read_data(arguments.truth), earlier, seconds=arguments.seconds)
    if arguments.json:
        write_json(verdict_data(verdict, name, arguments.lang))
    else:
        print(verdict_text(verdict, name, arguments.lang))
    return 0 if verdict.safe else 1
