"""The files of a linkage: lists come in (CSV, Parquet, Excel), and a folder keeps what was computed.

Nothing is dropped silently: a row that cannot be read, a birth date that is no date and a registration without
anything to link it by each become a line in a file with the reason. Only this module of the room touches files.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from schakel.linkage.mapping import ColumnMapping, chosen
from schakel.linkage.refusals import refusal
from schakel.vocabulary.errors import BadInput, bad_input
from schakel.vocabulary.extras import needing

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMS: Final = (".csv", ".tsv", ".txt", ".parquet", ".xlsx")
PIECE: Final = 100_000
MARK: Final = "schakel-link.json"
"""The file by which a folder is known as one of ours; it says what the kept pairs were computed from."""


@dataclass(frozen=True, eq=False)
class Lists:
    """What was read: all registrations in one table, and the rows that could not be read, each with the reason."""

    registrations: pd.DataFrame
    unreadable: pd.DataFrame


@dataclass(frozen=True, eq=False)
class _Piece:
    """Rows of one file: their columns under our names, and where in the file each stood."""

    name: str
    columns: dict[str, list[Any] | pd.Series]
    bad: list[tuple[str, int, str]]


def read_lists(paths: Sequence[Path], mapping: ColumnMapping) -> Lists:
    """All lists as one table of registrations, in the order given. A list is named by its column, or by its file."""
    frames: list[pd.DataFrame] = []
    bad: list[tuple[str, int, str]] = []
    for path in paths:
        before = len(frames)
        for piece in _pieces(path, mapping):
            bad += piece.bad
            frames.append(_frame(piece, path.stem))
        if not sum(len(frame) for frame in frames[before:]):
            raise refusal("empty-file", path.name)
    together = pd.concat(frames, ignore_index=True)
    return Lists(_numbered(together), pd.DataFrame(bad, columns=["file", "line", "reason"]))


def _frame(piece: _Piece, name: str) -> pd.DataFrame:
    frame = pd.DataFrame({column: _column(values) for column, values in piece.columns.items()})
    if "list" not in frame:
        frame["list"] = pd.Series(name, index=frame.index, dtype="str")
    frame["list"] = frame["list"].fillna(name)
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


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """Registrations by number: their own where every row has a whole one, else 1, 2, 3 over all lists."""
    days = rows["registered_on"] if "registered_on" in rows else pd.Series(pd.NA, index=rows.index, dtype="str")
    rows["registered_on"] = pd.to_datetime(days, errors="coerce", format="mixed")
    own = pd.to_numeric(rows["record"], errors="coerce") if "record" in rows else None
    if own is None or own.isna().any() or (own % 1 != 0).any():
        rows["record"] = range(1, len(rows) + 1)
        return rows
    rows["record"] = own.astype("int64")
    if (again := rows["record"].duplicated()).any():
        raise refusal("records-twice", name=int(rows.loc[again, "record"].iloc[0]))
    return rows


def _pieces(path: Path, mapping: ColumnMapping) -> Iterator[_Piece]:
    """A file in pieces of rows, by its kind."""
    if path.suffix.lower() not in FORMS:
        raise refusal("no-form", name=path.name)
    if not path.is_file():
        raise bad_input("no-file", name=path.name)
    if path.suffix.lower() == ".parquet":
        return _parquet(path, mapping)
    lines = _excel(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    return _rows(path, lines, mapping)


def _parquet(path: Path, mapping: ColumnMapping) -> Iterator[_Piece]:
    with needing("link"):
        from pyarrow import ArrowException, parquet
    try:
        file = parquet.ParquetFile(path)
        places = chosen(file.schema_arrow.names, mapping, path.stem)
        names = {ours: file.schema_arrow.names[place] for ours, place in places.items()}
        for batch in file.iter_batches(PIECE, columns=sorted(set(names.values()))):
            yield _Piece(path.name, {ours: _arrow_text(batch.column(theirs)) for ours, theirs in names.items()}, [])
    except (ArrowException, OSError) as error:
        raise refusal("broken-file", path.name, kind="Parquet") from error


def _arrow_text(values: Any) -> list[Any] | pd.Series:
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


def _rows(path: Path, lines: Iterator[tuple[int, list[Any]]], mapping: ColumnMapping) -> Iterator[_Piece]:
    """Rows under a header, piece by piece; a row with another number of fields is told, an empty one passed over."""
    header = [str(name or "").strip() for name in next(lines, (0, []))[1]]
    if not any(header):
        raise refusal("empty-file", path.name)
    places = chosen(header, mapping, path.stem)
    piece = _Piece(path.name, {ours: [] for ours in places}, [])
    for line, row in lines:
        if not any(value not in (None, "") for value in row):
            continue
        if len(row) != len(header):
            piece.bad.append((path.name, line, f"{len(row)} fields, {len(header)} expected"))
            continue
        for ours, place in places.items():
            piece.columns[ours].append(row[place])
        if len(next(iter(piece.columns.values()))) == PIECE:
            yield piece
            piece = _Piece(path.name, {ours: [] for ours in places}, [])
    yield piece


def _csv(path: Path) -> Iterator[tuple[int, list[Any]]]:
    text = decoded(path.read_bytes(), path.name)
    first = text[: text.find("\n")] if "\n" in text else text
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise refusal("broken-file", f"{path.name}, line {reader.line_num}", kind="CSV") from error


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


def _excel(path: Path) -> Iterator[tuple[int, list[Any]]]:
    """The first sheet of a workbook, values only."""
    with needing("link"):
        import openpyxl
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        raise refusal("broken-file", path.name, kind="Excel") from error
    try:
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, list(row)
    finally:
        book.close()


@contextmanager
def workplace(folder: Path | None) -> Iterator[Path]:
    """The folder to work in: the one given (empty, or made by us), or a temporary one that is removed again."""
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="schakel-link-") as made:
            yield Path(made)
        return
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARK).exists())):
        raise refusal("not-empty", name=folder.name)
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / MARK, read_json(folder / MARK) if (folder / MARK).exists() else {})
    yield folder


def read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise bad_input("no-file", name=path.name) from error
    except ValueError as error:
        raise refusal("no-model", path.name) from error


def write_json(path: Path, data: Any) -> None:
    """A file that is either the old or the new one, whenever it is stopped."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def write_table(table: pd.DataFrame, path: Path) -> None:
    """A table as CSV or Parquet, by its name."""
    if path.suffix == ".parquet":
        table.to_parquet(path, index=False)
    else:
        table.to_csv(path, index=False)


def read_table(path: Path) -> pd.DataFrame:
    """A table that was written before (truth, answers), from CSV or Parquet."""
    try:
        if path.suffix == ".parquet":
            return pd.read_parquet(path)
        return pd.read_csv(io.StringIO(decoded(path.read_bytes(), path.name)))
    except BadInput:
        raise
    except FileNotFoundError as error:
        raise bad_input("no-file", name=path.name) from error
    except (OSError, ValueError) as error:
        raise refusal("broken-file", path.name, kind=path.suffix.lstrip(".").upper()) from error


def write_statement(connection: Any, statement: str, path: Path) -> None:
    """The answer of a statement as Parquet; complete or not there."""
    draft = path.with_suffix(".draft")
    connection.execute(f"COPY ({statement}) TO '{_quoted(draft)}' (FORMAT parquet, COMPRESSION snappy)")
    draft.replace(path)


def read_statement(connection: Any, path: Path) -> str:
    """The Parquet files at a path (a file, or all of a folder) as something to select from."""
    where = path / "*.parquet" if path.is_dir() else path
    return f"read_parquet('{_quoted(where)}')"


def pieces_there(folder: Path) -> frozenset[int]:
    """Which pieces of scored pairs are already complete."""
    return frozenset(int(path.stem) for path in folder.glob("*.parquet") if path.stem.isdigit())


def make(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
