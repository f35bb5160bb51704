"""Zip archives from anyone (workbooks, word processor files): looked at before they are unpacked, never on disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree

from schakel.vocabulary.errors import refused

MOST_PARTS: Final = 500
MOST_UNPACKED: Final = 64_000_000  # bytes of all parts together, as the archive itself says
MACROS: Final = ("vbaproject.bin", "basic/", "scripts/")
PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the only two ways in which office programs pack a part
# What the readers of archives raise on bytes that somebody broke, on purpose or not.
DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, LookupError, RuntimeError, ArithmeticError, ValueError, OSError, EOFError,
)  # fmt: skip


def opened(data: bytes, where: str) -> zipfile.ZipFile:
    """The archive, once it is one, no bomb, and carries no macros. Raises `BadInput`.

    A part never gives more than the size that the archive tells of it, so the sum that is checked here is a bound.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except DAMAGE as error:
        raise refused(("the file is damaged", "Save it again, and try once more"),
                      ("het bestand is beschadigd", "Bewaar het opnieuw en probeer het nog eens"),
                      where) from error  # fmt: skip
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise refused(("the file unpacks to more than {most} MB", "Save only the sheet or page that is needed"),
                      ("het bestand pakt uit tot meer dan {most} MB", "Bewaar alleen het blad dat nodig is"),
                      where, most=MOST_UNPACKED // 1_000_000)  # fmt: skip
    if any(mark in part.filename.lower() for part in parts for mark in MACROS):
        raise refused(("the file carries macros", "Save it without macros, or as CSV or PDF"),
                      ("het bestand bevat macro's", "Bewaar het zonder macro's, of als CSV of PDF"), where)  # fmt: skip
    return archive


def part(archive: zipfile.ZipFile, name: str, where: str) -> bytes:
    """One part, unpacked. Raises `BadInput` for a part that is not there, is encrypted or was tampered with."""
    try:
        if archive.getinfo(name).compress_type not in PACKED:
            raise _damaged(where)
        return archive.read(name)
    except DAMAGE as error:
        raise _damaged(where) from error


def _damaged(where: str) -> Exception:
    return refused(("the file is damaged or has a password", "Save it again without a password"),
                   ("het bestand is beschadigd of heeft een wachtwoord", "Bewaar het opnieuw, zonder wachtwoord"),
                   where)  # fmt: skip


def tree(archive: zipfile.ZipFile, name: str, where: str) -> ElementTree.Element:
    """One XML part as a tree. Nothing that defines entities of its own is read: that is how small files grow large."""
    data = part(archive, name, where)
    if b"\0" in data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _damaged(where)
    try:
        return ElementTree.fromstring(data)  # noqa: S314  (no entities, and the size is bounded)
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise _damaged(where) from error


def attribute(element: ElementTree.Element, name: str) -> str:
    """An attribute by its last name, whatever its name space."""
    found: Mapping[str, str] = element.attrib
    return next((value for key, value in found.items() if key.rpartition("}")[2] == name), "")
