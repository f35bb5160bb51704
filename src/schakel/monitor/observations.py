"""A protected release as one long table: a row a cell, a column a variable, with a status that a machine reads too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schakel.disclosure.protected import ROUNDED, SHOWN, SMALL, TOTAL, WITHHELD, ProtectedRelease, Row
from schakel.disclosure.spec import TWO_MARKS
from schakel.monitor.codes import codelists
from schakel.monitor.refusals import refusal
from schakel.vocabulary.texts import Text, text

NOT_APPLICABLE: Final = "_Z"
FIGURE, VALUE, STATUS, OBS_STATUS, CONF_STATUS = "figure", "value", "status", "obs_status", "conf_status"
NOT_APPLICABLE_TEXT: Final = text({"nl": "Niet uitgesplitst in deze tabel", "en": "Not divided in this table"})
STATUS_TEXT: Final[Mapping[str, Text]] = {
    ROUNDED: text({"nl": "afgerond; alle sommen kloppen", "en": "rounded; all sums add up"}),
    SHOWN: text({"nl": "zoals geteld", "en": "as counted"}),
    SMALL: text({"nl": "weggelaten: kleine telling", "en": "withheld: small count"}),
    WITHHELD: text({"nl": "weggelaten ter bescherming", "en": "withheld for protection"}),
}
# Codes of the SDMX cross-domain lists. Q and C were seen in published descriptions; A, D and F are recalled.
OBSERVED, SUPPRESSED = "A", "Q"
FREE, CONFIDENTIAL, SECONDARY = "F", "C", "D"


@dataclass(frozen=True)
class Coded:
    """One variable of a release: its title and the names of its codes, groups and total, in both languages."""

    name: str
    title: Text
    names: Mapping[str, Text]


@dataclass(frozen=True)
class Observations:
    """The long table of a release. `columns` are the variables between `figure` and `value`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """figure, one code a column, value ('' where withheld, which is not nought), status, obs_status, conf_status."""

    @property
    def header(self) -> tuple[str, ...]:
        return (FIGURE, *self.columns, VALUE, STATUS, OBS_STATUS, CONF_STATUS)


def variables(release: ProtectedRelease) -> tuple[str, ...]:
    """The variables that a release prints, in its order. Raises `BadInput` for anything but a protected release."""
    if not isinstance(release, ProtectedRelease):
        raise refusal("internal")
    used = {name for rows in release.rows.values() for row in rows for name, _ in row.key}
    used |= {name for table in release.spec.tables for name in table.by}
    return tuple(name for name in release.spec.names if name in used)


def observations(release: ProtectedRelease) -> Observations:
    """The long table, in the order of the release. Raises `BadInput` for anything but a protected release."""
    columns = variables(release)
    asked = {table.name: (*table.by, *table.condition) for table in release.spec.tables}
    two = release.spec.policy.marks == TWO_MARKS
    rows = [
        (figure, *_codes(row, columns, asked.get(figure, ())), *_value(row, two))
        for figure, cells in release.rows.items()
        for row in cells
    ]
    return Observations(columns, tuple(rows))


def _codes(row: Row, columns: tuple[str, ...], asked: tuple[str, ...]) -> list[str]:
    key = dict(row.key)
    return [key.get(name, TOTAL if name in asked else NOT_APPLICABLE) for name in columns]


def _value(row: Row, two: bool) -> tuple[str, str, str, str]:
    """Value and statuses. With one mark nothing says whether a withheld count is small: all are confidential."""
    if row.value is not None:
        return str(row.value), row.status, OBSERVED, FREE
    return "", row.status, SUPPRESSED, SECONDARY if two and row.status == WITHHELD else CONFIDENTIAL


def coded(release: ProtectedRelease) -> tuple[Coded, ...]:
    """The variables of a release with the names of their codes, from our code lists where they are ours."""
    return tuple(coded_as(name, release) for name in variables(release))


def coded_as(name: str, release: ProtectedRelease) -> Coded:
    """One variable of a release with the names of its codes."""
    declared = release.spec.variables.get(name)
    seen = dict.fromkeys(code for rows in release.rows.values() for row in rows for n, code in row.key if n == name)
    listed = codelists().get(name)
    codes = [*(declared.categories or () if declared else ()), *(declared.groups if declared else ())]
    wanted = [code for code in dict.fromkeys([*codes, *seen]) if code != TOTAL]
    names = {code: _text(listed.name(code, "nl") if listed else code, listed.name(code, "en") if listed else code)
             for code in wanted}  # fmt: skip
    title = declared.title if declared and declared.title else (listed.title if listed else _text(name, name))
    return Coded(name, title, names | {TOTAL: _text("Totaal", "Total"), NOT_APPLICABLE: NOT_APPLICABLE_TEXT})


def _text(dutch: str, english: str) -> Text:
    return text({"nl": dutch, "en": english})


SDMX: Final = {
    "0-17": "Y0T17", "18-22": "Y18T22", "23+": "Y_GE23", "adult": "Y_GE18", "woman": "F", "man": "M", "unknown": "_U",
    TOTAL: TOTAL, NOT_APPLICABLE: NOT_APPLICABLE,
}  # fmt: skip
"""Codes as SDMX writes them, where ours hold signs that it does not allow or it has a common one (recalled)."""


def sdmx_code(code: str) -> str:
    """A code that SDMX allows: letters, digits, `_`, `@`, `$` and `-`."""
    return SDMX.get(code) or re.sub(r"[^A-Z0-9_@$-]", "_", code.upper())
