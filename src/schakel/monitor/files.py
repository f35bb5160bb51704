"""The only module of this room that touches files: its content, the tables it is given, and open data written whole."""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from schakel.monitor.refusals import refusal
from schakel.rules.reading import Document, read
from schakel.vocabulary.errors import bad_input
from schakel.vocabulary.extras import needing
from schakel.vocabulary.passing import REGISTRATIONS

if TYPE_CHECKING:
    import pandas as pd

CONTENT: Final = Path(__file__).parents[1] / "content" / "monitor"


@lru_cache(maxsize=16)
def content(name: str) -> Document:
    """One YAML file of this room's content."""
    path = CONTENT / name
    return read(path.read_bytes(), path.name)


@lru_cache(maxsize=1)
def statements() -> Mapping[str, str]:
    """The SQL text of each figure, by the figure's id; `persons` is the table that most of them read."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((CONTENT / "figures").glob("*.sql"))}


@lru_cache(maxsize=16)
def published_rows(name: str) -> tuple[tuple[int, Mapping[str, str]], ...]:
    """The rows of one file of published figures, each with its line."""
    text = (CONTENT / "published" / name).read_text(encoding="utf-8")
    reader = csv.DictReader(io.StringIO(text))
    return tuple((reader.line_num, dict(row)) for row in reader)


def read_table(path: Path, words: Collection[str] = ()) -> pd.DataFrame:
    """A Parquet or CSV file as a table; a sentence when it cannot be read. Of a CSV `words` stay as they stand."""
    import pandas as pd

    if not path.is_file():
        raise bad_input("no-file", "", name=path.name)
    try:
        if path.suffix == ".parquet":
            with needing("release"):
                import pyarrow  # noqa: F401
            return pd.read_parquet(path)
        return pd.read_csv(path, dtype=dict.fromkeys(words, "str"), dtype_backend="numpy_nullable")
    except (ValueError, OSError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise refusal("unreadable", "", name=path.name, problem=type(error).__name__) from error


def read_simulated(folder: Path, name: str) -> pd.DataFrame:
    """A table of a synthetic country, `synthetic-<name>.parquet` or `.csv`."""
    for suffix in (".parquet", ".csv"):
        path = folder / f"synthetic-{name}{suffix}"
        if path.is_file():
            return read_registrations(path)
    raise refusal("no-tables", "", name=folder.name, problem=f"synthetic-{name}.parquet")


def read_registrations(path: Path) -> pd.DataFrame:
    """A table of registrations; the day of registration as a day."""
    columns = (*REGISTRATIONS.columns, *REGISTRATIONS.may)
    table = read_table(path, [one.name for one in columns if one.kind == "words"])
    if "registered_on" in table.columns:
        try:
            table["registered_on"] = table["registered_on"].astype("datetime64[ms]")
        except (ValueError, TypeError) as error:
            raise refusal("unreadable", "", name=path.name, problem="registered_on") from error
    return table


def read_clusters(path: Path | None) -> pd.DataFrame:
    """Who is the same person, as linkage gives it."""
    if path is None:
        raise refusal("no-clusters")
    return read_table(path)


def write_extract(table: pd.DataFrame, path: Path) -> None:
    """The extract as Parquet. Never overwrites."""
    free(path)
    path.write_bytes(extract_bytes(table))


def extract_bytes(table: pd.DataFrame) -> bytes:
    """The extract as a Parquet file; the same table gives the same bytes."""
    with needing("release"):
        import pyarrow as arrow
        from pyarrow import parquet
    rows = arrow.Table.from_pandas(table, preserve_index=False).replace_schema_metadata({b"kind": b"figures-extract"})
    out = io.BytesIO()
    parquet.write_table(rows, out, compression="zstd")
    return out.getvalue()


def write_folder(path: Path, parts: Mapping[str, bytes]) -> None:
    """A folder with these files, whole or not at all: written beside its place and then renamed. Never overwrites."""
    free(path)
    part = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.absolute().parent))
    try:
        for name, data in parts.items():
            (part / name).write_bytes(data)
        part.chmod(0o755)
        os.rename(part, path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def free(path: Path) -> None:
    """Refuse a place that is taken or has no folder to stand in, before any work is done."""
    if path.exists():
        raise refusal("already-there", "", name=path.name)
    if not path.absolute().parent.is_dir():
        raise refusal("no-folder", "", name=path.name)


def passing_file(write: Callable[[Path], None], suffix: str) -> bytes:
    """The bytes of a file that a library insists on writing itself; the file is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"passing{suffix}"
        write(path)
        return path.read_bytes()
