"""What a file really is, by its bytes: photographs and documents that may be kept, and everything else told why not.

Nothing here draws, runs or unpacks a file further than is needed to know its kind. A file that is kept is handed back
as it came, to be saved and never to be shown inside a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from schakel.casework.archives import opened
from schakel.vocabulary.errors import BadInput, refused
from schakel.vocabulary.texts import Text, text

MOST_BYTES: Final = 10_000_000
ACTIVE_PDF: Final = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA|SubmitForm|ImportData)\b")
LOOKS_ACTIVE: Final = re.compile(rb"<\s*(!doctype|html|svg|script|\?xml|\?php|%)|^#!", re.IGNORECASE)
CONTROLS: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
HEIC: Final = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that may be kept: what it is called, how its name may end, and as what it is handed back."""

    id: str
    name: Text
    endings: tuple[str, ...]
    mime: str
    looks: Callable[[bytes], bool]


def _document(data: bytes, mark: str) -> bool:
    return data[:4] == b"PK\x03\x04" and mark in opened(data, "").namelist()


def _words(data: bytes) -> bool:
    """Plain words: UTF-8, without control signs, and not the beginning of something that a browser would run."""
    if CONTROLS.search(data) or LOOKS_ACTIVE.search(data[:2_000]):
        return False
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(data.strip())


def _kind(id_: str, nl: str, en: str, endings: str, mime: str, looks: Callable[[bytes], bool]) -> FileKind:
    return FileKind(id_, text({"nl": nl, "en": en}), tuple(endings.split()), mime, looks)


KINDS: Final[Mapping[str, FileKind]] = {
    one.id: one
    for one in (
        _kind("jpeg", "foto (JPEG)", "photograph (JPEG)", "jpg jpeg", "image/jpeg",
              lambda data: data[:3] == b"\xff\xd8\xff" and b"\xff\xd9" in data[-4_096:]),
        _kind("png", "afbeelding (PNG)", "picture (PNG)", "png", "image/png",
              lambda data: data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR" and b"IEND" in data[-4_096:]),
        _kind("webp", "afbeelding (WebP)", "picture (WebP)", "webp", "image/webp",
              lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP"),
        _kind("heic", "foto (HEIC)", "photograph (HEIC)", "heic heif", "image/heic",
              lambda data: data[4:8] == b"ftyp" and data[8:12] in HEIC),
        _kind("pdf", "document (PDF)", "document (PDF)", "pdf", "application/pdf",
              lambda data: data[:5] == b"%PDF-" and b"%%EOF" in data[-4_096:]),
        _kind("docx", "document (Word)", "document (Word)", "docx",
              "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
              lambda data: _document(data, "word/document.xml")),
        _kind("odt", "document (ODT)", "document (ODT)", "odt", "application/vnd.oasis.opendocument.text",
              lambda data: data[30:38] == b"mimetype" and b"opendocument.text" in data[38:90]
              and _document(data, "content.xml")),
        _kind("txt", "tekst", "plain text", "txt", "text/plain; charset=utf-8", _words),
    )
}  # fmt: skip


def kind_of(data: bytes, name: str) -> FileKind:
    """The kind of a file that may be kept. Raises `BadInput` with the reason for every other file.

    Its bytes decide; the ending of its name must agree with them, so that nobody is led to open it as something else.
    """
    if not data:
        raise _no("the file is empty", "Choose another file", "het bestand is leeg", "Kies een ander bestand")
    if len(data) > MOST_BYTES:
        raise _no(f"the file is larger than {MOST_BYTES // 1_000_000} MB", "Make it smaller, or split it",
                  f"het bestand is groter dan {MOST_BYTES // 1_000_000} MB", "Maak het kleiner")  # fmt: skip
    found = next((one for one in KINDS.values() if one.looks(data)), None)
    if found is None:
        raise _refused(data)
    ending = name.rpartition(".")[2].lower()
    if ending not in found.endings:
        raise _no("the name of the file does not fit what it holds", f"Let it end in .{found.endings[0]}",
                  "de naam van het bestand past niet bij wat erin zit", f"Laat hem eindigen op .{found.endings[0]}",
        )  # fmt: skip
    if found.id == "pdf" and ACTIVE_PDF.search(data):
        raise _no("the PDF can run something or carries another file", "Print it to a new PDF and add that",
                  "de PDF kan iets uitvoeren of draagt een ander bestand", "Druk hem af naar een PDF")  # fmt: skip
    return found


def _refused(data: bytes) -> BadInput:
    """What the file is instead, where that can be told."""
    if re.search(rb"<\s*svg", data[:4_096], re.IGNORECASE):
        return _no("an SVG picture can run something", "Save it as PNG or JPEG",
                   "een SVG-afbeelding kan iets uitvoeren", "Bewaar hem als PNG of JPEG")  # fmt: skip
    return _no("this kind of file is not kept here", "Use JPEG, PNG, WebP, HEIC, PDF, Word (.docx), ODT or plain text",
               "dit soort bestand wordt hier niet bewaard",
               "Gebruik JPEG, PNG, WebP, HEIC, PDF, Word (.docx), ODT of platte tekst")  # fmt: skip


def _no(what: str, remedy: str, wat: str, doe: str) -> BadInput:
    return refused((what, remedy), (wat, doe))
