"""Protect a release: all that SPEC.yaml asks of DATA, attacked before it is written; nothing is written that fails."""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path

from schakel.cli.audit import known
from schakel.cli.streams import read_file, seconds, write_json
from schakel.vocabulary.extras import needing
from schakel.vocabulary.output import free

HELP = "protect tables so that they may be published"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("spec", metavar="SPEC.yaml", type=Path, help="the tables, charts' data and figures asked for")
    parser.add_argument("data", metavar="DATA", type=Path, help="one row a person, or a count a row; CSV or Parquet")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="the release directory to make")
    parser.add_argument("--records", metavar="FILE", type=Path, action="append", default=[],
                        help="synthetic records given out about the same people; may be repeated")  # fmt: skip
    parser.add_argument("--secret", metavar="FILE", help="the secret of 'schakel key': seals, draws always the same")
    parser.add_argument("--seconds", type=seconds, default=60.0, help="time for each step of the solver (default: 60)")
    parser.add_argument("--json", action="store_true", help="as JSON, for the author only")


def run(arguments: argparse.Namespace) -> int:
    with needing("release"):
        from schakel.disclosure.files import read_data, read_earlier, read_spec, write_release
        from schakel.disclosure.protect import NotSafe, protect
        from schakel.disclosure.seal import seed_of
        from schakel.disclosure.signing import check_secret
        from schakel.disclosure.telling import protected_data, protected_text, refused_data, refused_text

    lang = arguments.lang
    spec = read_spec(arguments.spec)
    free(arguments.out)
    key = check_secret(read_file(arguments.secret)) if arguments.secret else None
    seed = seed_of(key, spec.name) if key else secrets.randbits(64)
    earlier = [read_earlier(arguments.spec.parent / name, key) for name in spec.earlier]
    earlier += [known(path, spec) for path in arguments.records]
    data = read_data(arguments.data)
    try:
        made, report = protect(spec, data, seed=seed, key=key, earlier=earlier, seconds=arguments.seconds)
    except NotSafe as answer:
        suppressing = spec.policy.mode == "suppression"
        if arguments.json:
            write_json(refused_data(answer, spec.name, lang))
        else:
            print(refused_text(answer, lang, suppressing=suppressing))
        return 1
    write_release(made, arguments.out)
    name = arguments.out.name
    if arguments.json:
        write_json(protected_data(made, report, name, lang))
    else:
        print(protected_text(made, report, name, lang))
    return 0
