"""What stands in a file as registrations of ours: text from bytes, columns from values, numbers for the rows. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from schakel.linkage.refusals import refusal

NUMBER: Final = r"-?[0-9]{1,18}(\.0)?"
"""A whole number as a file may write it, of as many digits as are kept exactly."""


@dataclass(frozen=True, eq=False)
class Piece:
    """Rows of one file: their columns under our names, and where in the file each stood."""

    name: str
    columns: dict[str, list[Any] | pd.Series]
    bad: list[tuple[str, int, str]]


def frame_of(piece: Piece, name: str) -> pd.DataFrame:
    """The rows of a piece as registrations; without a column that names it, the list is called `name`."""
    frame = pd.DataFrame({column: _column(values) for column, values in piece.columns.items()})
    if "list" not in frame:
        frame["list"] = pd.Series(name, index=frame.index, dtype="str")
    frame["list"] = frame["list"].fillna(name)
    if "record" in frame:
        frame["record"] = _whole(frame["record"], piece.name)
    for column in ("given_names", "surname", "birth_date", "sex", "nationality"):
        if column not in frame:
            frame[column] = pd.Series(pd.NA, index=frame.index, dtype="str")
    return frame


def _column(values: Iterable[Any]) -> pd.Series:
    """Text in Arrow memory; empty is missing, a whole number has no decimals, a day is written 2023-05-19."""
    if isinstance(values, pd.Series):
        return values
    return pd.Series([_text(value) for value in values], dtype="str")


def _text(value: Any) -> str | None:
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if hasattr(value, "isoformat"):
        value = value.isoformat()[:10]
    return str(value).strip() or None


def _whole(own: pd.Series, name: str) -> pd.Series:
    """The numbers of registrations as such. Truth and every output go by them: what is no number is not replaced."""
    if pd.api.types.is_integer_dtype(own):
        return own
    known = own[own.notna()].astype("str")
    if (strange := ~known.str.fullmatch(NUMBER)).any():
        raise refusal("record-number", name, value=known[strange].iloc[0], count=int(strange.sum()))
    return known.str.removesuffix(".0").astype("int64").astype("Int64").reindex(own.index)


def numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """Registrations by number: their own, or 1, 2, 3 over all lists where none has one."""
    days = rows["registered_on"] if "registered_on" in rows else pd.Series(pd.NA, index=rows.index, dtype="str")
    rows["registered_on"] = pd.to_datetime(days, errors="coerce", format="mixed")
    without = rows["record"].isna() if "record" in rows else pd.Series(True, index=rows.index)
    if without.all():
        rows["record"] = range(1, len(rows) + 1)
        return rows
    if without.any():
        raise refusal("record-missing", name=rows.loc[without, "list"].iloc[0], count=int(without.sum()))
    rows["record"] = rows["record"].astype("int64")
    if (again := rows["record"].duplicated()).any():
        raise refusal("records-twice", name=int(rows.loc[again, "record"].iloc[0]))
    return rows


def arrow_column(name: str, values: Any) -> list[Any] | pd.Series:
    """A column of ours from Arrow: text, but for numbers and days of registrations, which `numbered` reads anyway."""
    from pyarrow import types

    if name == "record" and types.is_signed_integer(values.type) and not values.null_count:
        numbers: pd.Series = values.to_pandas()
        return numbers
    if name == "registered_on" and types.is_timestamp(values.type) and not values.type.tz:
        days: pd.Series = values.to_pandas().dt.as_unit("us").dt.normalize()
        return days
    return arrow_text(values.dictionary_decode() if types.is_dictionary(values.type) else values)


def arrow_text(values: Any) -> list[Any] | pd.Series:
    """As `_column`, without a Python value for each: text, whole numbers and days, which is nearly all there is."""
    from pyarrow import compute, types

    if types.is_timestamp(values.type) and values.type.tz:
        values = compute.strftime(values, format="%Y-%m-%d")
    elif types.is_timestamp(values.type) or types.is_date(values.type):
        values = compute.cast(compute.cast(values, "date32", safe=False), "string")
    elif types.is_integer(values.type):
        values = values.cast("string")
    if not (types.is_string(values.type) or types.is_large_string(values.type)):
        found: list[Any] = values.to_pylist()
        return found
    trimmed = compute.utf8_trim_whitespace(values)
    made = compute.if_else(compute.equal(trimmed, ""), None, trimmed)
    return pd.Series(made.to_pandas(), dtype="str")


def decoded(raw: bytes, name: str) -> str:
    """The text of a file in UTF-8 (with or without mark) or Windows-1252; both in one file is refused."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal("encoding", name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _western(raw, name)
    if "\0" in text:
        raise refusal("encoding", name)
    return text


def _western(raw: bytes, name: str) -> str:
    """Windows-1252, unless some lines are UTF-8: then one of the two would be read wrongly."""
    for line in raw.splitlines():
        if not line.isascii():
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            raise refusal("mixed-encoding", name)
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as error:
        raise refusal("encoding", name) from error
