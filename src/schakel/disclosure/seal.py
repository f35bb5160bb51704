"""Sealing: the installation's key over the audit note, and through its checksums over all of the release.

A seal is a signature that anybody can look at with the public key. Signing a release, in the sense of answering for
it, is what a person does. Without a key the seal is a plain checksum: it shows damage, and no intent. The note says
which of the two it is.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final

from schakel.disclosure.signing import Key, PublicKey, fits, public_key, sign

SIGNED: Final = "ed25519"
PLAIN: Final = "sha256"
VERIFIED, CHECKSUMS, UNSEEN, BROKEN = "verified", "checksums", "not-looked-at", "broken"
STATES: Final = (VERIFIED, CHECKSUMS, UNSEEN, BROKEN)
"""What can be said of a seal: it fits the key; it is a plain checksum that fits; it needs a key that was not given; it
does not fit."""


def digest(text: str) -> str:
    """SHA-256 of a text as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(note: Mapping[str, Any]) -> str:
    """The note without its seal, written in the one way that is sealed."""
    rest = {name: value for name, value in note.items() if name != "seal"}
    return json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sealed(note: Mapping[str, Any], secret: bytes | None) -> dict[str, Any]:
    """The note with its seal, in place of any it had: a signature with the secret, a checksum without one."""
    text = canonical(note)
    if not secret:
        return {**note, "seal": {"kind": PLAIN, "value": digest(text)}}
    by = public_key(secret).fingerprint
    return {**note, "seal": {"kind": SIGNED, "by": by, "value": sign(secret, text.encode())}}


def state(note: Mapping[str, Any], key: Key | None) -> str:
    """Which of `STATES` the seal of a note is in, looked at with this key or with none."""
    seal = note.get("seal")
    kind, value = (seal.get("kind"), str(seal.get("value"))) if isinstance(seal, Mapping) else (None, "")
    text = canonical(note)
    if kind == PLAIN and not key:  # whoever has a key sealed with it: a plain checksum in its place is somebody else's
        return CHECKSUMS if hmac.compare_digest(digest(text).encode(), value.encode()) else BROKEN
    if kind != SIGNED or key == b"":
        return BROKEN
    if key is None:
        return UNSEEN
    public = key if isinstance(key, PublicKey) else public_key(key)
    named = isinstance(seal, Mapping) and seal.get("by") == public.fingerprint
    return VERIFIED if named and fits(public, value, text.encode()) else BROKEN


def seed_of(secret: bytes, name: str) -> int:
    """The secret seed of a release from the installation's secret: the same release is always drawn the same.

    Drawing the same counts anew, with another seed each time, would let a reader narrow them down.
    """
    return int.from_bytes(hmac.digest(secret, f"seed:{name}".encode(), hashlib.sha256)[:8], "big")
