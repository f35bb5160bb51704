"""The key file: which keys there are, read again when it changes. It lies outside the database and its back-ups.

One key a line, ``<use> <day> <base64>``; use is ``seal`` (the last is in use, older ones still open what they sealed)
or ``index`` (exactly one, for blind indexes and pseudonyms; to change it is to index everything anew).
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from loket.vault.cipher import KEY_BYTES, key_id, new_key


@dataclass(frozen=True)
class KeyRing:
    """The keys of this installation: those that seal, oldest first, and the one that makes indexes."""

    sealing: tuple[bytes, ...]
    index: bytes

    @cached_property
    def by_id(self) -> Mapping[bytes, bytes]:
        return {key_id(key): key for key in self.sealing}

    @property
    def newest(self) -> bytes:
        return self.sealing[-1]

    def __repr__(self) -> str:
        return f"<KeyRing of {len(self.sealing)}>"  # a key never stands in a trace


def ring() -> KeyRing:
    """The keys as they are now. Raises ImproperlyConfigured, in a sentence, if they are not there or cannot be read."""
    path = settings.LOKET_KEY_FILE
    try:
        state = _state(path)  # a few times a page: no more than one look
        return _read(path, state.st_mtime_ns, state.st_size)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ImproperlyConfigured(
            f"The key file {path} cannot be read ({why}): give it to the user that runs this, with chmod 600."
        ) from None


def _state(path: str) -> os.stat_result:
    try:
        return os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        if not settings.LOKET_KEYS_MADE_WHEN_MISSING:
            raise ImproperlyConfigured(f"There is no key file {path}: make one with `loket keys new`.") from None
        with contextlib.suppress(FileExistsError):  # another worker was first: theirs it is
            make(Path(path), date.today())  # noqa: DTZ011  (a label for people)
        return os.stat(path)


@lru_cache(maxsize=4)
def _read(path: Path | str, changed: int, size: int) -> KeyRing:
    keys: dict[str, list[bytes]] = {"seal": [], "index": []}
    for number, line in enumerate(Path(path).read_text("ascii").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            use, key = _key(line, f"{path}, line {number}")
            keys[use].append(key)
    if not keys["seal"] or len(keys["index"]) != 1:
        raise ImproperlyConfigured(f"{path} must hold exactly one index key and at least one that seals.")
    return KeyRing(tuple(keys["seal"]), keys["index"][0])


def _key(line: str, where: str) -> tuple[str, bytes]:
    """Use and key of one line; a line that is wrong is never quoted."""
    parts = line.split()
    try:
        use, _, text = parts
        key = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise ImproperlyConfigured(f"{where}: not `use day base64`. Put the file back as it was.") from None
    if use not in ("seal", "index") or len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"{where}: the use is seal or index, and a key has {KEY_BYTES} bytes.")
    return use, key


def _line(use: str, on: date, key: bytes) -> str:
    return f"{use} {on.isoformat()} {base64.b64encode(key).decode()}\n"


def make(path: Path, on: date) -> None:
    """A new key file, readable by its owner only. Raises FileExistsError rather than touch one that is there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    head = "# Keys of Schakel. Not in the database, not in its back-up: whoever has both reads everything.\n"
    made = _beside(path)
    _write(made, head + _line("index", on, new_key()) + _line("seal", on, new_key()))
    try:
        os.link(made, path)  # whole or not at all, also when two processes start at once
    finally:
        made.unlink()


def _beside(path: Path) -> Path:
    """A name of its own in the same folder, to write to before it takes the place of the file."""
    return path.with_name(f"{path.name}.{secrets.token_hex(8)}.new")


def _write(path: Path, text: str) -> None:
    """Write and wait until it is on the disk."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def add_key(path: Path, on: date) -> bytes:
    """A new sealing key at the end of the file, which is replaced in one step; its id."""
    key = new_key()
    made = _beside(path)
    _write(made, path.read_text("ascii") + _line("seal", on, key))
    os.replace(made, path)
    return key_id(key)


def retire(path: Path) -> int:
    """Leave only the newest sealing key in the file; how many went. Only when nothing is sealed with an older one."""
    lines = path.read_text("ascii").splitlines(keepends=True)
    sealing = [line for line in lines if line.startswith("seal ")]
    kept = [line for line in lines if not line.startswith("seal ")] + sealing[-1:]
    made = _beside(path)
    _write(made, "".join(kept))
    os.replace(made, path)
    return len(sealing) - 1
