"""The only module of this room that touches files: its content, the tables it is given, and open data written whole."""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from schakel.monitor.refusals import refusal
from schakel.rules.reading import Document, read
from schakel.vocabulary.errors import bad_input
from schakel.vocabulary.extras import needing
from schakel.vocabulary.output import free, placing
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
    except (ValueError, OSError, EOFError, zlib.error, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
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
    data = extract_bytes(table)
    with placing(path):
        path.write_bytes(data)


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
    with placing(path):
        part = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.absolute().parent))
    try:
        for name, data in parts.items():
            (part / name).parent.mkdir(mode=0o755, exist_ok=True)
            (part / name).write_bytes(data)
        part.chmod(0o755)
        os.rename(part, path)
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if isinstance(error, OSError) and path.exists():
            raise refusal("already-there", "", name=path.name) from error  # somebody else was a moment earlier
        raise


def folders(path: Path) -> tuple[str, ...]:
    """The names of the folders in a folder, in order; those that are still being written begin with a point."""
    if not path.is_dir():
        return ()
    return tuple(sorted(one.name for one in path.iterdir() if one.is_dir() and not one.name.startswith(".")))


def plain_file(path: Path) -> bytes | None:
    """What stands in a file; None where there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def stamp(path: Path) -> tuple[int, int]:
    """Something that is another when a file is; (0, 0) where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return 0, 0
    return found.st_mtime_ns, found.st_size


def put(path: Path, data: bytes) -> None:
    """A file in the place of what stood there: the old one or the new one is there, and never half of one."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as part:
        part.write(data)
        part.flush()
        os.fsync(part.fileno())
    os.chmod(part.name, 0o644)
    os.replace(part.name, path)


def remove(path: Path) -> None:
    """A folder and all in it, if it is there: it is first moved out of sight, so that no half of it is ever seen."""
    gone = path.with_name(f".{path.name}.gone")
    shutil.rmtree(gone, ignore_errors=True)
    if path.exists():
        os.rename(path, gone)
        shutil.rmtree(gone)


def passing_file(write: Callable[[Path], None], suffix: str) -> bytes:
    """The bytes of a file that a library insists on writing itself; the file is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"passing{suffix}"
        write(path)
        return path.read_bytes()
