"""From tables to capture histories: one row a person, or one row a history with its count.

A table is a pandas `DataFrame` or a mapping of columns. Its lists are columns of 0 and 1; a column `count` says how
many people a row stands for; other columns are strata. pandas is not loaded here: reading a file does not need it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from schakel.estimation.histories import MOST, Histories, from_masks, left_out
from schakel.estimation.lattice import Mask, Whole
from schakel.estimation.refusals import refusal
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import Text

COUNT, DRAW = "count", "draw"
MOST_COLUMNS = 100  # ten lists, a count, and strata: more is another kind of file
MISSING = ("", "None", "nan", "NaN", "NA", "<NA>")
YES_NO = {"0": 0, "1": 1, "0.0": 0, "1.0": 1, "False": 0, "True": 1}  # also what Python and pandas write for them

Columns = dict[str, list[object]]


def histories(
    table: Any,
    lists: Iterable[str] | None = None,
    *,
    strata: Iterable[str] = (),
    add_up: bool = False,
    draw: int = 0,
    name: str = "",
) -> Histories:
    """The capture histories of a table, over all strata together.

    `table` holds one row a person (no column `count`), or one row a history with its `count`; a history that is not
    there has count 0. Without `lists`, every column but `count`, `draw` and `strata` is a list, and one that holds
    anything but 0 and 1 is refused. With `lists`, all other columns are strata. A history that stands twice *with
    counts* within one stratum is refused, or with `add_up` added up and noted. With a column `draw` (the draws of the
    link decisions) only the rows of that draw count. `name` is told where something is wrong.
    """
    found = by_strata(table, (), lists, known=strata, add_up=add_up, draw=draw, name=name)
    return next(iter(found.values()))


def by_strata(
    table: Any,
    strata: Iterable[str],
    lists: Iterable[str] | None = None,
    *,
    known: Iterable[str] = (),
    add_up: bool = False,
    draw: int = 0,
    name: str = "",
) -> dict[tuple[str, ...], Histories]:
    """The capture histories of each stratum that has people, by the values of the columns `strata`.

    Rows as in `histories`. `known` names further columns that are no lists. Without strata the key is `()`.
    """
    with told_in(name):
        return _by_strata(_rows_of_draw(columns_of(table), draw), list(strata), lists, list(known), add_up)


@contextmanager
def told_in(name: str) -> Iterator[None]:
    """What is wrong is told with the name of the file, where it does not stand there yet."""
    try:
        yield
    except BadInput as error:
        place = error.where.removeprefix(", ")
        where = place if name and place.startswith(name) else ", ".join(part for part in (name, place) if part)
        raise BadInput(error.what, where=where, remedy=error.remedy, dutch=error.dutch) from error


def _by_strata(
    columns: Columns, by: list[str], lists: Iterable[str] | None, also: list[str], add_up: bool
) -> dict[tuple[str, ...], Histories]:
    names = lists_of(columns, lists, [*by, *also])
    masks, counts = _masks(columns, names), _counts(columns)
    notes = _twice(columns, names, masks, add_up) if COUNT in columns else ()
    elsewhere = _elsewhere(columns, names, masks)
    if left := int(counts[elsewhere].sum()):
        notes = (*notes, left_out(left))
    counts[elsewhere], masks[elsewhere] = 0, 1
    if not by:
        return {(): from_masks(names, masks, counts, notes)}
    rows_of: dict[tuple[str, ...], list[int]] = {}
    for row, key in enumerate(zip(*(map(_level, columns[one]) for one in by), strict=True)):
        rows_of.setdefault(key, []).append(row)
    found = {key: np.array(rows) for key, rows in sorted(rows_of.items())}
    return {key: from_masks(names, masks[rows], counts[rows], notes) for key, rows in found.items()
            if counts[rows].sum()}  # fmt: skip


def columns_of(table: Any) -> Columns:
    """The columns of a table as plain lists, missing values as None."""
    names = [str(name) for name in table]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise refusal("column-twice", name=name)
    if len(names) > MOST_COLUMNS:
        raise refusal("too-many-columns", limit=MOST_COLUMNS)
    if hasattr(table, "columns"):  # a DataFrame: its columns may be of any kind
        return {str(name): table[name].astype(object).where(table[name].notna(), None).tolist() for name in table}
    return {str(name): list(values) for name, values in table.items()}


def lists_of(columns: Columns, lists: Iterable[str] | None, strata: Iterable[str]) -> tuple[str, ...]:
    """Which columns are lists: those named, or all that are nothing else."""
    others = list(strata)
    asked = list(lists) if lists is not None else []
    for name in (*others, *asked):
        if name not in columns:
            raise refusal("no-column", name=name, columns=", ".join(columns))
    found = asked or [name for name in columns if name not in (COUNT, DRAW, *others)]
    if not found:
        raise refusal("no-lists")
    if not len(columns[found[0]]):
        raise refusal("no-rows")
    for name in found:
        _check_yes_no(name, columns[name])
    return tuple(found)


def _check_yes_no(name: str, values: Sequence[object]) -> None:
    """Refuse a column that is not all 0 and 1; an empty value is told apart from another word."""
    wrong = {value for value in set(values) if _word(value) not in YES_NO}
    if wrong:
        row, value = next((row, value) for row, value in enumerate(values) if _word(value) not in YES_NO)
        raise refusal("missing-value" if is_missing(value) else "not-a-list", _line(row), name=name, value=_word(value))


def _line(row: int) -> str:
    """Where a row stands in a file whose first line holds the names."""
    return f", line {row + 2}"


def is_missing(value: object) -> bool:
    """Whether a value says that it is not known."""
    return _word(value) in MISSING


def _level(value: object) -> str:
    """The level of a stratum, empty where it is not known."""
    return "" if is_missing(value) else _word(value)


def _word(value: object) -> str:
    return "" if value is None else str(value).strip()


def _masks(columns: Columns, names: Sequence[str]) -> Whole:
    """The bit mask of each row."""
    if len(names) > MOST:
        raise refusal("too-many-lists", count=len(names), limit=MOST)
    masks = np.zeros(len(columns[names[0]]), dtype=np.int64)
    for place, name in enumerate(names):
        bit_of = {value: YES_NO[_word(value)] << place for value in set(columns[name])}
        masks |= np.fromiter((bit_of[value] for value in columns[name]), dtype=np.int64, count=len(masks))
    return masks


def _elsewhere(columns: Columns, names: Sequence[str], masks: Whole) -> Mask:
    """The rows of people who stand only on lists that were not asked for. A row on no list whatever is refused."""
    empty = np.asarray(masks == 0)
    others = [columns[name] for name in columns if name not in (*names, COUNT)
              and all(_word(value) in YES_NO for value in set(columns[name]))]  # fmt: skip
    for row in np.flatnonzero(empty):
        if not any(YES_NO[_word(values[row])] for values in others):
            raise refusal("on-no-list", _line(int(row)))
    return empty


def _counts(columns: Columns) -> Whole:
    """The count of each row, 1 where there is no column of counts."""
    if COUNT not in columns:
        return np.ones(len(next(iter(columns.values()))), dtype=np.int64)
    return np.array([_count(value, row) for row, value in enumerate(columns[COUNT])], dtype=np.int64)


def _count(value: object, row: int) -> int:
    word = _word(value).removesuffix(".0")
    if not (word.isascii() and word.isdigit() and len(word) < 16):
        raise refusal("count", _line(row), value=_word(value))
    return int(word)


def _twice(columns: Columns, names: Sequence[str], masks: Whole, add_up: bool) -> tuple[Text, ...]:
    """Refuse a history that stands twice with counts, or note that it was added up.

    Two rows that differ in a column that is no list are strata, and no repetition.
    """
    rest = [columns[name] for name in columns if name not in (*names, COUNT)]
    seen: set[tuple[object, ...]] = set()
    repeated = 0
    for number, row in enumerate(zip(masks.tolist(), *rest, strict=True)):
        if row in seen and not add_up:
            history = ",".join(str(row[0] >> place & 1) for place in range(len(names)))
            raise refusal("history-twice", _line(number), name=history)
        repeated += row in seen
        seen.add(row)
    note = Text({
        "nl": f"{repeated} rijen hadden een geschiedenis die er al stond; de aantallen zijn opgeteld.",
        "en": f"{repeated} rows had a history that stood there already; their counts were added up.",
    })  # fmt: skip
    return (note,) if repeated else ()


def _rows_of_draw(columns: Columns, draw: int) -> Columns:
    """Only the rows of one draw of the link decisions, where there is a column `draw`."""
    if DRAW not in columns:
        return columns
    rows = [row for row, value in enumerate(columns[DRAW]) if _word(value) == str(draw)]
    if not rows:
        known = ", ".join(sorted({_word(value) for value in columns[DRAW]})[:20])
        from schakel.vocabulary.passing import HISTORIES

        raise refusal("no-draw", HISTORIES.name, value=draw, columns=known)
    return {name: [values[row] for row in rows] for name, values in columns.items() if name != DRAW}
