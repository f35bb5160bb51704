"""Make the factsheet, two pages A4 and a web page: from a protected release, or from the figures published in 2013."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, time
from pathlib import Path

from schakel.cli.common import day
from schakel.cli.key import given_key, key_argument
from schakel.vocabulary.extras import needing
from schakel.vocabulary.output import free

HELP = "make the factsheet of a year: PDF, web page and charts"
WORDS = {
    "nl": {"made": "{count} bestanden in '{name}': {files}."},
    "en": {"made": "{count} files in '{name}': {files}."},
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, metavar="YEAR", help="the year it is about")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder to make")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--data", metavar="RELEASE_DIR", type=Path, help="a directory made by schakel protect")
    what.add_argument("--published", action="store_true", help="the published figures (default)")
    told = "say everywhere that nobody in it exists; without --data from a synthetic country"
    parser.add_argument("--synthetic", action="store_true", help=told)
    key_argument(parser)
    parser.add_argument("--date", metavar="DAY", help="day of the file, such as 2026-11-26 (default: today)")


def run(arguments: argparse.Namespace) -> int:
    with needing("release"):
        from schakel.monitor.factsheet import factsheet_files, published_sheet, release_sheet
        from schakel.monitor.files import write_folder

    free(arguments.out)
    # The day, not the moment of making: the same figures and day give the same file.
    when = datetime.combine(day(arguments.date, "--date"), time(), UTC)
    year, lang = arguments.year, arguments.lang
    if arguments.data:
        from schakel.disclosure.files import open_release

        release = open_release(arguments.data, given_key(arguments))
        sheet = release_sheet(release, year, lang, marked=arguments.synthetic)
    elif arguments.synthetic and not arguments.published:
        from schakel.monitor.factsheet_synthetic import synthetic_release

        sheet = release_sheet(synthetic_release(year), year, lang, marked=True)
    else:
        sheet = published_sheet(year, lang)
    files = factsheet_files(sheet, f"factsheet-{year}", when)
    write_folder(arguments.out, files)
    print(WORDS[lang]["made"].format(count=len(files), name=arguments.out.name, files=", ".join(files)))
    return 0
