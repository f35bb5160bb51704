"""What a reader of the tables knows besides from synthetic records that were given out about the same people.

Every combination of values in such records, of any length, has at least k real holders: so a cell with those
categories holds at least k. That a combination is not among them says nothing, for it may have been left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from schakel.disclosure.cells import Key
from schakel.disclosure.earlier import Bounds, Earlier
from schakel.disclosure.intake import words_of
from schakel.disclosure.records import audit_records
from schakel.disclosure.refusals import refusal
from schakel.disclosure.spec import Spec

if TYPE_CHECKING:
    import pandas as pd

PROMISE = "k-holders"


@dataclass(frozen=True)
class RecordsVerdict:
    """What the audit of synthetic records found. `broken`: of `sha256` and `note`; `leaks`: rows below k holders."""

    broken: tuple[str, ...]
    records: int
    k: int
    leaks: int | None

    @property
    def safe(self) -> bool:
        return not self.broken and not self.leaks


def check_note(note: Mapping[str, Any], where: str) -> int:
    """The k that a note of synthetic records promises. Raises `BadInput` for another note, or one with noise."""
    if note.get("kind") != "schakel-synthetic" or note.get("promise") != PROMISE or not isinstance(note.get("k"), int):
        raise refusal("no-records", "", name=where)
    return int(note["k"])


def verify_records(
    made: pd.DataFrame, note: Mapping[str, Any], checksum: str, truth: pd.DataFrame | None, where: str
) -> RecordsVerdict:
    """Whether synthetic records are those of their note and, with the truth beside them, keep its promise.

    Every distinct row is proved anew: all its values together have at least k real holders.
    """
    k = check_note(note, where)
    broken = [] if note.get("sha256") == checksum else ["sha256"]
    broken += [] if list(note.get("columns", [])) == list(made.columns) else ["note"]
    leaks = None if truth is None else audit_records(made, truth, k)
    return RecordsVerdict(tuple(broken), len(made), k, leaks)


def known_from(made: pd.DataFrame, k: int, spec: Spec, name: str) -> Earlier:
    """What the records tell of the cells of a release: at least k for every combination of its categories in them.

    A table whose variables are not all columns of the records is told by those that are. Groups of categories are
    left out: what their members tell holds them too, through the sums.
    """
    cells: dict[Key, Bounds] = {}
    for table in spec.tables:
        by = [variable for variable in table.by if variable in made.columns]
        for key in _held(made, by, spec.missing):
            cells[key] = (k, None)
    return Earlier(name, cells, {}, spec.period)


def _held(made: pd.DataFrame, by: list[str], missing: str) -> Iterator[Key]:
    """Each combination of one or more of these columns that some record holds; an empty field says nothing."""
    rows = made[by].drop_duplicates()
    words = {name: words_of(rows[name], "").where(lambda each: each != missing, "") for name in by}
    for length in range(1, len(by) + 1):
        for names in combinations(by, length):
            for values in sorted(set(zip(*(words[name] for name in names), strict=True))):
                if all(values):
                    yield tuple(zip(names, values, strict=True))
