"""The release as an accessible spreadsheet: a cover, contents, one plain table a sheet, as statistical offices do."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from schakel.disclosure.protected import ProtectedRelease
from schakel.monitor.observations import NOT_APPLICABLE, Coded, observations
from schakel.vocabulary.extras import needing
from schakel.vocabulary.texts import Text

if TYPE_CHECKING:
    import pandas as pd

FILE: Final = "tables-{lang}.xlsx"
MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""No clock in a file: the same release gives the same bytes."""
SHORTHAND: Final = "[c]"
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "nl": {
        "cover": "Voorblad", "contents": "Inhoud", "value": "Aantal", "source": "Bron: beveiligde publicatie {name}",
        "scope": "Telt: {people}", "legend": "[c] betekent: weggelaten om mensen te beschermen; dat is niet nul.",
        "about": "Over deze publicatie", "instructions": "Dit blad bevat één tabel.", "sheet": "Tabel {number}",
    },
    "en": {
        "cover": "Cover", "contents": "Contents", "value": "Number", "source": "Source: protected release {name}",
        "scope": "Counts: {people}", "legend": "[c] means: withheld to protect people; this is not nought.",
        "about": "About this release", "instructions": "This sheet contains one table.", "sheet": "Table {number}",
    },
}  # fmt: skip


def spreadsheet(
    release: ProtectedRelease, variables: Sequence[Coded], figures: Mapping[str, Text], lang: str
) -> bytes:  # fmt: skip
    """An .xlsx file with a cover, a list of contents and a sheet a figure. Needs the extra `release`."""
    with _quiet(), needing("release"):
        from gptables import Cover, GPTable
        from gptables.core.api import produce_workbook
    words = WORDS[lang]
    claim = str(release.claims["text"][lang])
    sheets = {
        words["sheet"].format(number=number): GPTable(
            table=_frame(release, name, variables, lang),
            table_name=f"figure_{number}",
            title=figures[name](lang),
            scope=words["scope"].format(people=release.spec.people(lang)),
            source=words["source"].format(name=release.spec.name),
            instructions=words["instructions"],
            legend=[words["legend"]],
            index_columns={},
        )
        for number, name in enumerate(release.tables, start=1)
    }
    cover = Cover(
        title=release.spec.title(lang), intro=[release.spec.people(lang)], about=[claim, words["legend"]],
        cover_label=words["cover"],
    )  # fmt: skip
    return _bytes(produce_workbook, sheets, cover, words["contents"])


@contextmanager
def _quiet() -> Iterator[None]:
    """Without what the library warns of: a file of its own left open, its use of pandas, that there are no notes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _bytes(produce: Any, sheets: Mapping[str, Any], cover: Any, contents: str) -> bytes:
    """What the library writes to a path, as bytes; only protected numbers ever stand in that passing file."""
    from schakel.monitor.files import passing_file

    def write(path: Path) -> None:
        with _quiet():
            book = produce(str(path), dict(sheets), cover=cover, contentsheet_label=contents)
        book.set_properties({"created": MADE})
        book.close()

    return passing_file(write, ".xlsx")


def _frame(release: ProtectedRelease, figure: str, variables: Sequence[Coded], lang: str) -> pd.DataFrame:
    """One figure as a table in words; a variable that it does not divide by is left out."""
    import pandas as pd

    table = observations(release)
    by_name = {one.name: one for one in variables}
    rows = [row for row in table.rows if row[0] == figure]
    kept = [n for n in range(len(table.columns)) if any(row[1 + n] != NOT_APPLICABLE for row in rows)]
    data: dict[str, list[Any]] = {
        by_name[table.columns[n]].title(lang): [by_name[table.columns[n]].names[row[1 + n]](lang) for row in rows]
        for n in kept
    }
    data[WORDS[lang]["value"]] = [int(row[-4]) if row[-4] else SHORTHAND for row in rows]
    return pd.DataFrame(data)
