"""Cells of a table that a spreadsheet opens: no cell becomes a formula, and what went out comes back as it was."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

# What makes a spreadsheet compute: = + - @, the same in wide letters, and a tab or line end before them. An apostrophe
# in front keeps a cell as words; a cell that has one already gets one more, so that the way back is exact.
COMPUTES = re.compile(r"'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]")


def safe_cell(word: str) -> str:
    """The word as a cell that no spreadsheet computes."""
    return f"'{word}" if COMPUTES.match(word) else word


def plain_cell(cell: str) -> str:
    """The word of a safe cell: `plain_cell(safe_cell(word)) == word` for every word."""
    return cell[1:] if cell.startswith("'") and COMPUTES.match(cell) else cell


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as CSV that a spreadsheet opens safely: every cell between quotes, none a formula; missing cells are empty.

    The semicolon is what spreadsheets in Dutch expect; reading it back finds the separator by itself.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in columns])
    for row in rows:
        writer.writerow([safe_cell(str(row.get(name, "") or "")) for name in columns])
    return out.getvalue()
