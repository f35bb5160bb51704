"""Sealing and opening: AES-256-GCM-SIV, bound to the place where the text stands. No keys are kept here.

A sealed text is ``version (1 byte) | key id (4) | nonce (12) | ciphertext and tag``. Its *context* (which record, which
field) is authenticated but not stored: a sealed text that is moved to another record or column does not open. GCM-SIV
stays safe if a nonce is ever drawn twice, which after a restored machine image is not as rare as it should be.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

VERSION = b"\x01"
KEY_BYTES, ID_BYTES, NONCE_BYTES = 32, 4, 12
_written = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode  # made once: each text has a place


class CannotOpen(ValueError):
    """A sealed text that this key, in this place, does not open; the message says which of the two it is."""


def new_key() -> bytes:
    """A fresh key of 256 bits."""
    return secrets.token_bytes(KEY_BYTES)


def key_id(key: bytes) -> bytes:
    """Four bytes that name a key and tell nothing about it."""
    return hashlib.sha256(b"schakel key id" + key).digest()[:ID_BYTES]


def place(*parts: str) -> bytes:
    """The context of a text: unmistakable, whatever the parts hold."""
    return _written(parts).encode()


def seal(key: bytes, plain: bytes, context: bytes) -> bytes:
    """The plain bytes, sealed with this key for this place."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + key_id(key) + nonce + AESGCMSIV(key).encrypt(nonce, plain, context)


def sealed_with(sealed: bytes) -> bytes:
    """The id of the key that sealed this. Raises CannotOpen for what was never sealed here."""
    if len(sealed) < 1 + ID_BYTES + NONCE_BYTES + 16 or sealed[:1] != VERSION:
        raise CannotOpen("This is no sealed text of this version.")
    return sealed[1 : 1 + ID_BYTES]


def unseal(keys: Mapping[bytes, bytes], sealed: bytes, context: bytes) -> bytes:
    """The plain bytes. Raises CannotOpen if the key is not among these (by id), or the text was altered or moved."""
    wanted = sealed_with(sealed)
    if wanted not in keys:
        raise CannotOpen(f"The key {wanted.hex()} is not in the key file: put the file of that time back.")
    start = 1 + ID_BYTES
    try:
        return AESGCMSIV(keys[wanted]).decrypt(
            sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :], context
        )
    except InvalidTag as error:
        raise CannotOpen("This sealed text was altered, or stands in another place than it was sealed for.") from error


def keyed_digest(key: bytes, *parts: str) -> bytes:
    """HMAC-SHA256 over the parts: the same for the same words, and unguessable without the key."""
    return hmac.digest(key, place(*parts), "sha256")
