"""The only module of this room that touches files: data in, release directories out and in.

A release directory appears whole or not at all: it is written beside its place under another name and then renamed.
Nothing else is ever written, so that no scratch file can hold a true count.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from schakel.disclosure.cells_text import cells_csv
from schakel.disclosure.directory import CELLS, NOTE, SPEC, Directory, in_texts, opened
from schakel.disclosure.protected import ProtectedRelease
from schakel.disclosure.refusals import refusal
from schakel.disclosure.seal import digest
from schakel.disclosure.signing import Key, PublicKey
from schakel.disclosure.spec import Policy, Spec
from schakel.disclosure.spec_file import parse_spec, policies
from schakel.disclosure.spec_text import spec_text
from schakel.rules.reading import read
from schakel.vocabulary.errors import bad_input
from schakel.vocabulary.extras import needing
from schakel.vocabulary.output import free, placing

if TYPE_CHECKING:
    import pandas as pd

    from schakel.disclosure.earlier import Earlier

CONTENT: Final = Path(__file__).parents[1] / "content" / "disclosure" / "policies.yaml"


def known_policies(path: Path = CONTENT) -> Mapping[str, Policy]:
    """The policies that a specification may name."""
    return policies(read(path.read_bytes(), path.name))


def smallest_group(path: Path = CONTENT) -> int:
    """The k of synthetic records, where none is given."""
    return int(read(path.read_bytes(), path.name).data["microdata"]["k"])


def read_spec(path: Path) -> Spec:
    """A specification from its file."""
    return parse_spec(_bytes(path), known_policies(), path.name)


def read_data(path: Path) -> pd.DataFrame:
    """A CSV or Parquet file as a table; words stay as they stand. A sentence when it cannot be read."""
    _bytes(path, first=1)
    return data_table(path, path.name)


def data_table(source: Path | io.BytesIO, name: str) -> pd.DataFrame:
    """The same of a file that somebody hands over, by its name; what is in memory stays there."""
    import pandas as pd

    try:
        if name.endswith(".parquet"):
            with needing("release"):
                import pyarrow  # noqa: F401
            return pd.read_parquet(source)
        if name.endswith((".csv", ".csv.gz")):
            packed: Any = "gzip" if name.endswith(".gz") else None
            return pd.read_csv(source, dtype=str, keep_default_na=False, compression=packed)
    except (ValueError, OSError, EOFError, zlib.error, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise refusal("unreadable-data", "", name=name, problem=type(error).__name__) from error
    raise refusal("no-data-format", "", name=name)


def _bytes(path: Path, first: int = -1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(first)
    except (OSError, ValueError) as error:
        raise bad_input("no-file", "", name=path.name) from error


def release_texts(protected: ProtectedRelease) -> dict[str, str]:
    """The files of a release directory, by name."""
    return {
        CELLS: cells_csv(protected.rows, protected.beside), SPEC: spec_text(protected.spec),
        NOTE: json.dumps(dict(protected.note), ensure_ascii=False, indent=1) + "\n",
    }  # fmt: skip


def write_release(protected: ProtectedRelease, path: Path) -> None:
    """The release directory: `cells.csv`, `audit.json` and `spec.yaml`, all or nothing. Never overwrites."""
    free(path)
    with placing(path):
        part = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
        try:
            for name, text in release_texts(protected).items():
                (part / name).write_text(text, encoding="utf-8", newline="")
            part.chmod(0o755)
            os.rename(part, path)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def write_secret(secret: bytes, path: Path) -> None:
    """A new secret, readable by its owner only."""
    free(path)
    with placing(path), open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secret)


def write_public(key: PublicKey, path: Path) -> None:
    """A public key as a PEM file. Never overwrites."""
    free(path)
    with placing(path):
        path.write_bytes(key.pem())


def outside(path: Path) -> None:
    """Refuse a place for a secret that is in a release or a publication, or in a folder of one."""
    for folder in path.absolute().parents:
        if (folder / NOTE).exists() or (folder / "publication.json").exists():
            raise refusal("secret-inside", "", name=path.name)


def read_directory(path: Path, key: Key | None = None) -> Directory:
    """A release directory, with what its seal and checksums say. Raises `BadInput` when it is none at all."""
    texts = {}
    for name in (CELLS, NOTE, SPEC):
        try:
            texts[name] = (path / name).read_bytes().decode()
        except (OSError, ValueError) as error:
            raise refusal("no-release", "", name=path.name, problem=name) from error
    found = directory(texts, path.name, key)
    others = {file.name for file in path.iterdir()} != {CELLS, NOTE, SPEC}
    return replace(found, broken=(*found.broken, *(["other-files"] if others else [])))


def directory(texts: Mapping[str, str], name: str, key: Key | None = None) -> Directory:
    """The same of the texts themselves, by the names of their files, wherever they are kept."""
    return in_texts(texts, name, key, known_policies())


def open_release(path: Path, key: Key | None = None, *, keyless: bool = False) -> ProtectedRelease:
    """A release that was protected before. Raises `BadInput` unless seal and checksums fit.

    `keyless`: for who may read and not seal, such as a public site. A seal that needs a key is then left unlooked at;
    the checksums are not.
    """
    return opened(read_directory(path, key), keyless=keyless)


def read_earlier(path: Path, key: Key | None = None) -> Earlier:
    """An earlier release as what a reader knows from it: for each cell the counts that it allows."""
    from schakel.disclosure.earlier import earlier_in  # whoever only opens a release loads no arithmetic

    return earlier_in(read_directory(path, key))


def read_records(path: Path) -> tuple[pd.DataFrame, Mapping[str, Any], str]:
    """Synthetic records, the note beside them, and the checksum of the records as they stand."""
    raw = _bytes(path)
    try:
        note = json.loads(_bytes(beside := _note_of(path)))
    except ValueError as error:
        raise refusal("no-records", "", name=beside.name) from error
    if not isinstance(note, dict):
        raise refusal("no-records", "", name=beside.name)
    return data_table(io.BytesIO(raw), path.name), note, hashlib.sha256(raw).hexdigest()


def _note_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.audit.json")


def write_records(table: pd.DataFrame, note: Callable[[str], Mapping[str, Any]], path: Path) -> None:
    """Synthetic records as CSV, and beside them their note (`<name>.audit.json`). Never overwrites.

    The note is written first and the records last: a file of records without its note never exists.
    """
    text = table.to_csv(index=False, lineterminator="\n")
    beside = _note_of(path)
    for place in (path, beside):
        free(place)
    with placing(path), tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
        part, told = Path(folder) / "records", Path(folder) / "note"
        part.write_text(text, encoding="utf-8", newline="")
        told.write_text(json.dumps(note(digest(text)), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.rename(told, beside)
        os.rename(part, path)
