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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from schakel.linkage.mapping import ColumnMapping, chosen
from schakel.linkage.reading import Piece, arrow_column, decoded, frame_of, numbered
from schakel.linkage.refusals import refusal
from schakel.vocabulary.errors import BadInput, bad_input
from schakel.vocabulary.extras import needing
from schakel.vocabulary.passing import Passing, check

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMS: Final = (".csv", ".tsv", ".txt", ".parquet", ".xlsx")
PIECE: Final = 100_000
REPEATED: Final = ("list", "given_names", "surname", "birth_date", "sex", "nationality", "municipality")
"""Columns that hold a value again and again: read from Parquet as each distinct text once, which is how it is there."""
MARK: Final = "schakel-link.json"
"""The file by which a folder is known as one of ours; it says what the kept pairs were computed from."""


@dataclass(frozen=True, eq=False)
class Lists:
    """What was read: all registrations in one table, and the rows that could not be read, each with the reason."""

    registrations: pd.DataFrame
    unreadable: pd.DataFrame


def read_lists(paths: Sequence[Path], mapping: ColumnMapping) -> Lists:
    """All lists as one table of registrations, in the order given. A list is named by its column, or by its file."""
    frames: list[pd.DataFrame] = []
    bad: list[tuple[str, int, str]] = []
    for path in paths:
        before = len(frames)
        for piece in _pieces(path, mapping):
            bad += piece.bad
            frames.append(frame_of(piece, path.stem))
        if not sum(len(frame) for frame in frames[before:]):
            raise refusal("empty-file", path.name)
    together = pd.concat(frames, ignore_index=True)
    return Lists(numbered(together), pd.DataFrame(bad, columns=["file", "line", "reason"]))


def _pieces(path: Path, mapping: ColumnMapping) -> Iterator[Piece]:
    """A file in pieces of rows, by its kind."""
    if path.suffix.lower() not in FORMS:
        raise refusal("no-form", name=path.name)
    if not path.is_file():
        raise bad_input("no-file", name=path.name)
    if path.suffix.lower() == ".parquet":
        return _parquet(path, mapping)
    lines = _excel(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    return _rows(path, lines, mapping)


def _parquet(path: Path, mapping: ColumnMapping) -> Iterator[Piece]:
    with needing("link"):
        from pyarrow import ArrowException, parquet
    try:
        file = parquet.ParquetFile(path)
        places = chosen(file.schema_arrow.names, mapping, path.stem)
        names = {ours: file.schema_arrow.names[place] for ours, place in places.items()}
        file = parquet.ParquetFile(path, read_dictionary=[names[ours] for ours in REPEATED if ours in names])
        for batch in file.iter_batches(PIECE, columns=sorted(set(names.values()))):
            columns = {ours: arrow_column(ours, batch.column(theirs)) for ours, theirs in names.items()}
            yield Piece(path.name, columns, [])
    except (ArrowException, OSError) as error:
        raise refusal("broken-file", path.name, kind="Parquet") from error


def _rows(path: Path, lines: Iterator[tuple[int, list[Any]]], mapping: ColumnMapping) -> Iterator[Piece]:
    """Rows under a header, piece by piece; a row with another number of fields, or with all of them empty, is told.

    An empty line is passed over, and so is a row of a workbook without cells: these are how a file looks.
    """
    header = [str(name or "").strip() for name in next(lines, (0, []))[1]]
    if not any(header):
        raise refusal("empty-file", path.name)
    places = chosen(header, mapping, path.stem)
    piece = Piece(path.name, {ours: [] for ours in places}, [])
    for line, row in lines:
        cells = [value for value in row if value is not None]
        if cells in ([], [""]):
            continue
        if not any(str(value).strip() for value in cells):
            piece.bad.append((path.name, line, "all fields are empty"))
            continue
        if len(row) != len(header):
            piece.bad.append((path.name, line, f"{len(row)} fields, {len(header)} expected"))
            continue
        for ours, place in places.items():
            piece.columns[ours].append(row[place])
        if len(next(iter(piece.columns.values()))) == PIECE:
            yield piece
            piece = Piece(path.name, {ours: [] for ours in places}, [])
    yield piece


def _csv(path: Path) -> Iterator[tuple[int, list[Any]]]:
    text = decoded(path.read_bytes(), path.name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), skipinitialspace=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise refusal("broken-file", f"{path.name}, line {reader.line_num}", kind="CSV") from error


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


def read_table(path: Path, form: Passing) -> pd.DataFrame:
    """A table of this form that was written before (truth, answers), from CSV or Parquet."""
    try:
        return check(_table(path), form)
    except BadInput as error:
        raise BadInput(error.what, where=path.name, remedy=error.remedy, dutch=error.dutch) from error
    except FileNotFoundError as error:
        raise bad_input("no-file", name=path.name) from error
    except (OSError, ValueError) as error:
        raise refusal("broken-file", path.name, kind=path.suffix.lstrip(".").upper()) from error


def _table(path: Path) -> pd.DataFrame:
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    text = decoded(path.read_bytes(), path.name)
    return pd.read_csv(io.StringIO(text), sep=_separator(text))


def _separator(text: str) -> str:
    """The sign between the columns, by what stands most in the first line."""
    return max(",;\t", key=text.partition("\n")[0].count)


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
