"""The publications of this installation, as its folder holds them: read and checked once, again when something changed.

Only this module of the public pages looks in the folder (`settings.LOKET_RELEASES`). Seals are looked at with the
public key (`settings.LOKET_RELEASE_KEY`); where there is none, only the checksums are, and the pages say so.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from schakel.disclosure.protected import ProtectedRelease
from schakel.disclosure.signing import PublicKey, read_public_key
from schakel.monitor import files, publishing
from schakel.monitor.publications import Publication
from schakel.monitor.revisions import Edition
from schakel.vocabulary.errors import BadInput


def folder() -> Path | None:
    """Where publications stand; None where this installation has no such place."""
    return Path(settings.LOKET_RELEASES) if settings.LOKET_RELEASES else None


def key() -> PublicKey | None:
    """The public key with which seals are looked at; None where this host has none that can be read."""
    place = settings.LOKET_RELEASE_KEY
    data = files.plain_file(Path(place)) if place else None
    try:
        return read_public_key(data, Path(place).name) if data else None
    except BadInput:
        return None


def every() -> tuple[Publication, ...]:
    """All publications, the latest first, those that were withdrawn too."""
    place = folder()
    return _every(place, publishing.stamps(place), key()) if place else ()


def find(name: str) -> Publication | None:
    return next((one for one in every() if one.name == name), None)


def release(one: Publication) -> ProtectedRelease:
    """The release of a publication that stands. Raises `BadInput` for another."""
    place = _place()
    return _release(place, one.name, publishing.stamps(place), key())


def data_file(one: Publication, name: str) -> bytes | None:
    return publishing.data_file(_place(), one, name)


def editions() -> tuple[Edition, ...]:
    """What each publication that stands printed."""
    place = folder()
    return _editions(place, publishing.stamps(place), key()) if place else ()


def _place() -> Path:
    place = folder()
    assert place is not None  # nobody comes here without a publication
    return place


@lru_cache(maxsize=2)
def _every(place: Path, stamps: Any, public: PublicKey | None) -> tuple[Publication, ...]:
    return publishing.publications(place, public)


@lru_cache(maxsize=32)
def _release(place: Path, name: str, stamps: Any, public: PublicKey | None) -> ProtectedRelease:
    return publishing.open_publication(place, name, public)


@lru_cache(maxsize=2)
def _editions(place: Path, stamps: Any, public: PublicKey | None) -> tuple[Edition, ...]:
    return publishing.editions(place, public)
