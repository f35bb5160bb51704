"""The secret that seals releases and draws their roundings: derived from the installation's keys, and never shown.

Its public half is shown to everybody: with it a public site, or a reader at home, looks at the seals.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from loket.vault import cipher
from loket.vault.keyfile import ring
from schakel.disclosure.signing import PublicKey, public_key
from schakel.monitor import files


def release_key() -> bytes:
    """The same for as long as the installation exists: a release drawn twice would otherwise differ and tell more."""
    return cipher.keyed_digest(ring().index, "releases", "seal")


def public() -> PublicKey:
    """The public half."""
    return public_key(release_key())


def show_public() -> None:
    """Put the public key where the public pages of this installation look for it."""
    place = Path(settings.LOKET_RELEASE_KEY) if settings.LOKET_RELEASE_KEY else None
    if place and files.plain_file(place) != (pem := public().pem()):
        files.put(place, pem)
