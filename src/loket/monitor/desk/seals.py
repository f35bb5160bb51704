"""The key that seals releases and draws their roundings: derived from the installation's keys, and never shown."""

from __future__ import annotations

from loket.vault import cipher
from loket.vault.keyfile import ring


def release_key() -> bytes:
    """The same for as long as the installation exists: a release drawn twice would otherwise differ and tell more."""
    return cipher.keyed_digest(ring().index, "releases", "seal")
