"""Open data: everything that goes with a protected release, as the files of one folder."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Final

from schakel.disclosure.cells_text import cells_csv
from schakel.disclosure.protected import ProtectedRelease
from schakel.disclosure.spec_text import spec_text
from schakel.monitor.codebook import FILE as CODEBOOK
from schakel.monitor.codebook import codebook
from schakel.monitor.csvw import LONG, METADATA, code_lists, csv_bytes, json_bytes, metadata
from schakel.monitor.dcat import FILE as RECORD
from schakel.monitor.dcat import Publisher, record
from schakel.monitor.definitions import definitions
from schakel.monitor.observations import coded, observations
from schakel.monitor.refusals import refusal
from schakel.monitor.sdmx import FILE as SDMX
from schakel.monitor.sdmx import sdmx_csv
from schakel.monitor.spreadsheet import FILE as TABLES
from schakel.monitor.spreadsheet import spreadsheet
from schakel.vocabulary.texts import LANGUAGES, Text, text

AUDIT: Final = "audit.json"
SPEC: Final = "spec.yaml"
CELLS: Final = "cells.csv"
CHECKSUMS: Final = "SHA256SUMS.txt"
TITLES: Final[Mapping[str, Text]] = {
    LONG: text({"nl": "Alle cijfers in één lange tabel", "en": "All figures in one long table"}),
    METADATA: text({"nl": "Beschrijving van de tabel (CSV-W)", "en": "Description of the table (CSV-W)"}),
    SDMX: text({"nl": "Alle cijfers als SDMX-CSV", "en": "All figures as SDMX-CSV"}),
    AUDIT: text({"nl": "Verslag van de aanval op deze cijfers", "en": "Note of the attack on these figures"}),
    SPEC: text({"nl": "Wat is gevraagd", "en": "What was asked"}),
    CELLS: text({"nl": "De cijfers zoals ze zijn aangevallen", "en": "The figures as they were attacked"}),
    RECORD: text({"nl": "Beschrijving voor een catalogus (DCAT)", "en": "Record for a catalogue (DCAT)"}),
    CHECKSUMS: text({"nl": "Controlesommen van alle bestanden", "en": "Checksums of all files"}),
    "xlsx": text({"nl": "Toegankelijk rekenblad", "en": "Accessible spreadsheet"}),
    "md": text({"nl": "Codeboek", "en": "Codebook"}),
    "csv": text({"nl": "Codelijst", "en": "Code list"}),
}
ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/-]*)?")


def open_data(release: ProtectedRelease, base_url: str, publisher: Publisher) -> dict[str, bytes]:
    """The files of the open data of a release, by name. The same release and address give the same bytes.

    One long CSV with code lists and CSV-W metadata, SDMX-CSV, accessible spreadsheets and codebooks in both languages,
    a catalogue record, the audit note, the specification and the cells (which together are the release directory, for
    whoever wants to look at its seal), and a file of checksums over all of them.
    Raises `BadInput` for anything but a protected release, and for an address that is none.
    """
    if not isinstance(release, ProtectedRelease):
        raise refusal("internal")
    base = address(base_url)
    table, variables = observations(release), coded(release)
    figures = {name: figure_title(release, name) for name in release.tables}
    files = {
        LONG: csv_bytes(table.header, table.rows),
        **code_lists(variables, figures),
        METADATA: json_bytes(
            metadata(table, variables, base, title=release.spec.title, people=release.spec.people)
        ),
        SDMX: sdmx_csv(table, release.spec.name),
        **{TABLES.format(lang=lang): spreadsheet(release, variables, figures, lang) for lang in LANGUAGES},
        **{CODEBOOK.format(lang=lang): codebook(release, variables, figures, lang).encode() for lang in LANGUAGES},
        AUDIT: (json.dumps(dict(release.note), ensure_ascii=False, indent=1) + "\n").encode(),
        SPEC: spec_text(release.spec).encode(),
        CELLS: cells_csv(release.rows, release.beside).encode(),
    }  # fmt: skip
    told = [(name, hashlib.sha256(data).hexdigest(), title_of(name)) for name, data in files.items()]
    files[RECORD] = json_bytes(record(release, base, publisher, told))
    return files | {CHECKSUMS: checksums(files)}


def address(typed: str) -> str:
    """The address under which the files will stand, with a slash at its end."""
    if not ADDRESS.fullmatch(typed):
        raise refusal("no-address", value=typed)
    return typed if typed.endswith("/") else f"{typed}/"


def figure_title(release: ProtectedRelease, name: str) -> Text:
    """The title of a table: as its author gave it, or as the definitions have it, or its name."""
    given = next((table.title for table in release.spec.tables if table.name == name), None)
    known = definitions().figures.get(name)
    return given or (known.title if known else text({"nl": name, "en": name}))


def title_of(name: str) -> Text:
    """What a file is, in words."""
    return TITLES.get(name) or TITLES[name.rpartition(".")[2]]


def checksums(files: Mapping[str, bytes]) -> bytes:
    """SHA-256 of every file, as `sha256sum -c` reads it."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())).encode()
