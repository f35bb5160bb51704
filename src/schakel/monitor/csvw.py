"""The long table and its code lists as CSV, and what they mean as CSV on the Web metadata (JSON)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from schakel.monitor.observations import (
    CONF_STATUS,
    FIGURE,
    OBS_STATUS,
    STATUS,
    STATUS_TEXT,
    VALUE,
    Coded,
    Observations,
    sdmx_code,
)
from schakel.vocabulary.texts import LANGUAGES, Text, text

LONG: Final = "observations.csv"
METADATA: Final = "observations.csv-metadata.json"
TITLES: Final[Mapping[str, Text]] = {
    FIGURE: text({"nl": "cijfer", "en": "figure"}),
    VALUE: text({"nl": "waarde", "en": "value"}),
    STATUS: text({"nl": "status", "en": "status"}),
    OBS_STATUS: text({"nl": "status van de waarneming (SDMX)", "en": "observation status (SDMX)"}),
    CONF_STATUS: text({"nl": "vertrouwelijkheid (SDMX)", "en": "confidentiality (SDMX)"}),
}


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file as RFC 4180 has it but with plain line ends, in UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def code_file(variable: str) -> str:
    """The name of the file of one code list."""
    return f"codes-{variable}.csv"


def code_lists(variables: Sequence[Coded], figures: Mapping[str, Text]) -> dict[str, bytes]:
    """A file for each code list, that of the figures and that of the statuses included."""
    lists = {one.name: one.names for one in variables} | {FIGURE: figures, STATUS: STATUS_TEXT}
    header = ("code", "sdmx", "nl", "en")
    return {
        code_file(name): csv_bytes(header, [(c, sdmx_code(c), names("nl"), names("en")) for c, names in codes.items()])
        for name, codes in lists.items()
    }


def metadata(
    table: Observations, variables: Sequence[Coded], base: str, *, title: Text, people: Text
) -> dict[str, Any]:  # fmt: skip
    """The metadata of all CSV files: columns with type and titles, keys, and which code list each column keeps to."""
    titles = {one.name: one.title for one in variables} | dict(TITLES)
    long = {
        "url": f"{base}{LONG}",
        "dc:title": _said(title),
        "dc:description": _said(people),
        "tableSchema": {
            "columns": [_column(name, titles[name]) for name in table.header],
            "primaryKey": [FIGURE, *table.columns],
            "foreignKeys": [
                {"columnReference": name, "reference": {"resource": f"{base}{code_file(name)}",
                                                        "columnReference": "code"}}
                for name in (FIGURE, *table.columns, STATUS)
            ],
        },
    }  # fmt: skip
    codes = [
        {
            "url": f"{base}{code_file(name)}",
            "tableSchema": {
                "columns": [{"name": each, "titles": each, "datatype": "string"} for each in ("code", "sdmx")]
                + [{"name": lang, "titles": lang, "datatype": "string", "lang": lang} for lang in LANGUAGES],
                "primaryKey": "code",
            },
        }
        for name in (FIGURE, *table.columns, STATUS)
    ]
    context = ["http://www.w3.org/ns/csvw", {"@language": "nl"}]
    return {"@context": context, "tables": [long, *codes]}


def _column(name: str, title: Text) -> dict[str, Any]:
    """A column. A value that is withheld is empty: not nought, but not told."""
    kind: dict[str, Any] = (
        {"datatype": {"base": "integer", "minimum": "0"}} if name == VALUE else {"datatype": "string"}
    )
    required = {} if name == VALUE else {"required": True}
    return {
        "name": name,
        "titles": {lang: list(dict.fromkeys([title(lang), name])) for lang in LANGUAGES},
        **kind,
        **required,
        "null": "",
    }


def _said(words: Text) -> list[dict[str, str]]:
    return [{"@value": words(lang), "@language": lang} for lang in LANGUAGES]


def json_bytes(data: Mapping[str, Any]) -> bytes:
    """JSON that is the same each time."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
