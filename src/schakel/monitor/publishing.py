"""Publications in a folder, one each: published whole, withdrawn with a reason, and never replaced.

`<folder>/<name>/` holds `publication.json`, the release (`release/`) and its open data (`data/`). Once withdrawn it
holds `publication.json` and `withdrawal.json` and no figure.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from schakel.disclosure.directory import opened
from schakel.disclosure.files import read_directory, release_texts
from schakel.disclosure.protected import ProtectedRelease
from schakel.disclosure.signing import Key
from schakel.monitor import files
from schakel.monitor.publications import (
    Publication,
    Signature,
    Withdrawal,
    as_data,
    checksum,
    from_data,
    publication,
    withdrawal_data,
)
from schakel.monitor.refusals import refusal
from schakel.monitor.revisions import Edition, edition, keep
from schakel.vocabulary.errors import BadInput

RELEASE, DATA, TOLD, WITHDRAWN = "release", "data", "publication.json", "withdrawal.json"
NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


def publish(
    folder: Path, release: ProtectedRelease, signed: Signature, published: date, open_data: Mapping[str, bytes],
    key: bytes | None = None,
) -> Publication:  # fmt: skip
    """Publish a release under its own name: all of it is there at once, or nothing.

    Publishing the very same again changes nothing. Raises `BadInput` for a name that cannot be an address, and where
    another publication has that name.
    """
    check_name(release.spec.name)
    told = {name: hashlib.sha256(data).hexdigest() for name, data in open_data.items()}
    made = publication(release, signed, published, told)
    there = find(folder, made.name, key)
    if there is not None and there.checksum == made.checksum and not there.withdrawn:
        return there
    parts = {f"{RELEASE}/{name}": text.encode() for name, text in release_texts(release).items()}
    parts |= {f"{DATA}/{name}": data for name, data in open_data.items()}
    files.write_folder(folder / made.name, parts | {TOLD: _json(as_data(made, key))})
    return _there(folder, made.name, key)


def withdraw(folder: Path, name: str, why: Withdrawal, key: bytes | None = None) -> Publication:
    """Take the figures of a publication away and leave why. From the first moment on no reader sees any of them."""
    one = _there(folder, name, key)
    if one.withdrawn is None:
        files.put(folder / name / WITHDRAWN, _json(withdrawal_data(name, why, key)))
    for part in (DATA, RELEASE):
        files.remove(folder / name / part)
    return _there(folder, name, key)


def publications(folder: Path, key: Key | None = None) -> tuple[Publication, ...]:
    """All publications of a folder, the latest first; what is no publication is passed over."""
    found = [one for name in files.folders(folder) if (one := _readable(folder, name, key))]
    return tuple(sorted(found, key=lambda one: (-one.published.toordinal(), one.name)))


def _readable(folder: Path, name: str, key: Key | None) -> Publication | None:
    try:
        return find(folder, name, key)
    except BadInput:
        return None


def find(folder: Path, name: str, key: Key | None = None) -> Publication | None:
    """One publication by its name, checked; None where there is none. What does not fit is told in `broken`."""
    if not NAME.fullmatch(name) or (written := _read(folder / name / TOLD)) is None:
        return None
    one = from_data(written, _read(folder / name / WITHDRAWN), f"{name}/{TOLD}", key)
    broken = list(one.broken) + (["seal"] if one.name != name else [])
    if one.withdrawn is None:
        broken += [] if _whole(folder / name / RELEASE, one, key) else [RELEASE]
        broken += [each for each, value in one.files.items() if _digest(folder / name / DATA / each) != value]
    return replace(one, broken=tuple(dict.fromkeys(broken)))


def open_publication(folder: Path, name: str, key: Key | None = None) -> ProtectedRelease:
    """The release of a publication. Raises `BadInput` where there is none, it was withdrawn or something changed."""
    one = _there(folder, name, key)
    if one.withdrawn or one.broken:
        problem = ", ".join(one.broken) or "withdrawal"
        raise refusal("no-publication", "", name=name, problem=problem)
    return opened(read_directory(folder / name / RELEASE, key), keyless=key is None)


def data_file(folder: Path, one: Publication, name: str) -> bytes | None:
    """A file of the open data of a publication; None where it has none of that name, or another than was published."""
    if one.withdrawn or one.broken or name not in one.files:
        return None
    data = files.plain_file(folder / one.name / DATA / name)
    return data if data is not None and hashlib.sha256(data).hexdigest() == one.files[name] else None


def editions(folder: Path, key: Key | None = None) -> tuple[Edition, ...]:
    """What each publication that stands printed, by day; withdrawn figures are not among them."""
    kept: tuple[Edition, ...] = ()
    for one in publications(folder, key):
        if not one.withdrawn and not one.broken:
            kept = keep(kept, edition(open_publication(folder, one.name, key), one.published))
    return kept


def stamps(folder: Path) -> tuple[Any, ...]:
    """Something that is another when anything in the folder was published, withdrawn or changed."""
    places = (TOLD, WITHDRAWN, f"{RELEASE}/cells.csv", f"{RELEASE}/audit.json", f"{RELEASE}/spec.yaml")
    return tuple((name, *(files.stamp(folder / name / place) for place in places)) for name in files.folders(folder))


def check_name(name: str) -> str:
    """A name that can be an address: lower-case letters, figures and hyphens."""
    if not NAME.fullmatch(name):
        raise refusal("no-name", "", value=name)
    return name


def _there(folder: Path, name: str, key: Key | None) -> Publication:
    one = find(folder, name, key)
    if one is None:
        raise refusal("no-publication", "", name=name, problem=TOLD)
    return one


def _whole(path: Path, one: Publication, key: Key | None) -> bool:
    """Whether a release fits its own checksums and the publication's."""
    try:
        found = read_directory(path, key)
        return not set(found.broken) - {"key"} and checksum(found.note) == one.checksum
    except (BadInput, KeyError, TypeError):
        return False


def _digest(path: Path) -> str:
    data = files.plain_file(path)
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _read(path: Path) -> dict[str, Any] | None:
    raw = files.plain_file(path)
    if raw is None:
        return None
    try:
        data = json.loads(raw)
    except ValueError:
        data = None
    return data if isinstance(data, dict) else {}


def _json(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
