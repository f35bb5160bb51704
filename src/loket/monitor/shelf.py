"""The publications of this installation, as its folder holds them: read and checked once, again when something changed.

Only this module of the public pages looks in the folder (`settings.LOKET_RELEASES`). It needs no key: the checksums are
looked at, the seal of the key is for the counter.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from schakel.disclosure.protected import ProtectedRelease
from schakel.monitor import publishing
from schakel.monitor.publications import Publication
from schakel.monitor.revisions import Edition


def folder() -> Path | None:
    """Where publications stand; None where this installation has no such place."""
    return Path(settings.LOKET_RELEASES) if settings.LOKET_RELEASES else None


def every() -> tuple[Publication, ...]:
    """All publications, the latest first, those that were withdrawn too."""
    place = folder()
    return _every(place, publishing.stamps(place)) if place else ()


def find(name: str) -> Publication | None:
    return next((one for one in every() if one.name == name), None)


def release(one: Publication) -> ProtectedRelease:
    """The release of a publication that stands. Raises `BadInput` for another."""
    place = _place()
    return _release(place, one.name, publishing.stamps(place))


def data_file(one: Publication, name: str) -> bytes | None:
    return publishing.data_file(_place(), one, name)


def editions() -> tuple[Edition, ...]:
    """What each publication that stands printed."""
    place = folder()
    return _editions(place, publishing.stamps(place)) if place else ()


def _place() -> Path:
    place = folder()
    assert place is not None  # nobody comes here without a publication
    return place


@lru_cache(maxsize=2)
def _every(place: Path, stamps: Any) -> tuple[Publication, ...]:
    return publishing.publications(place)


@lru_cache(maxsize=32)
def _release(place: Path, name: str, stamps: Any) -> ProtectedRelease:
    return publishing.open_publication(place, name)


@lru_cache(maxsize=2)
def _editions(place: Path, stamps: Any) -> tuple[Edition, ...]:
    return publishing.editions(place)
