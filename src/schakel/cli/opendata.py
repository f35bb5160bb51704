"""Make open data of a release directory: one long table with its code lists, in the forms that others read."""

from __future__ import annotations

import argparse
from pathlib import Path

from schakel.cli.common import day
from schakel.cli.key import given_key, key_argument
from schakel.cli.streams import write_json
from schakel.vocabulary.extras import needing
from schakel.vocabulary.output import free

HELP = "make open data of a protected release"
WORDS = {
    "nl": {
        "made": "{count} bestanden in '{name}', voor {base}", "rows": "{rows} cijfers uit {tables} tabellen",
        "missing": "Voor een catalogus ontbreekt nog: {what}. Het is weggelaten, niet verzonnen.",
        "name": "naam van de uitgever (--publisher)", "address": "adres van de uitgever (--publisher-url)",
        "contact": "contact (--contact)", "licence": "licentie (--licence)", "issued": "datum (--date)",
    },
    "en": {
        "made": "{count} files in '{name}', for {base}", "rows": "{rows} figures of {tables} tables",
        "missing": "A catalogue still asks for: {what}. It was left out, not made up.",
        "name": "name of the publisher (--publisher)", "address": "address of the publisher (--publisher-url)",
        "contact": "contact (--contact)", "licence": "licence (--licence)", "issued": "date (--date)",
    },
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("release", metavar="RELEASE_DIR", type=Path, help="a directory made by schakel protect")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder to make")
    parser.add_argument("--base-url", metavar="URL", required=True, help="address under which the files will stand")
    key_argument(parser)
    parser.add_argument("--publisher", metavar="NAME", default="", help="who publishes")
    parser.add_argument("--publisher-url", metavar="URL", default="", help="address of who publishes")
    parser.add_argument("--contact", metavar="MAIL", default="", help="where questions go")
    parser.add_argument("--licence", metavar="URL", default="", help="address of the licence")
    parser.add_argument("--date", metavar="DAY", type=str, help="day of publication, such as 2026-11-26")
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(arguments: argparse.Namespace) -> int:
    with needing("release"):
        from schakel.disclosure.files import open_release
        from schakel.monitor.dcat import Publisher
        from schakel.monitor.files import write_folder
        from schakel.monitor.observations import observations
        from schakel.monitor.opendata import address, open_data

    base = address(arguments.base_url)
    free(arguments.out)
    release = open_release(arguments.release, given_key(arguments))
    issued = day(arguments.date, "--date") if arguments.date else None
    publisher = Publisher(
        arguments.publisher, arguments.publisher_url, arguments.contact, arguments.licence, issued
    )  # fmt: skip
    files = open_data(release, base, publisher)
    write_folder(arguments.out, files)
    rows, words = len(observations(release).rows), WORDS[arguments.lang]
    if arguments.json:
        write_json({"kind": "opendata", "base": base, "files": sorted(files), "figures": rows,
                    "missing": list(publisher.missing)})  # fmt: skip
        return 0
    print(words["made"].format(count=len(files), name=arguments.out.name, base=base))
    print(words["rows"].format(rows=rows, tables=len(release.tables)))
    if publisher.missing:
        print(words["missing"].format(what=", ".join(words[name] for name in publisher.missing)))
    return 0
