"""Sealing: the installation's key over the audit note, and through its checksums over all of the release.

A seal is no signature: signing is what a person does. Without a key the seal is a plain checksum: it shows damage, and
no intent. The note says which of the two it is.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final

from schakel.disclosure.refusals import refusal

KEYED: Final = "hmac-sha256"
PLAIN: Final = "sha256"
SHORTEST: Final = 16


def check_key(key: bytes) -> bytes:
    """The key, unless it is so short that it could be guessed."""
    if len(key) < SHORTEST:
        raise refusal("short-key", "", least=SHORTEST)
    return key


def digest(text: str) -> str:
    """SHA-256 of a text as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(note: Mapping[str, Any]) -> str:
    """The note without its seal, written in the one way that is sealed."""
    rest = {name: value for name, value in note.items() if name != "seal"}
    return json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sealed(note: Mapping[str, Any], key: bytes | None) -> dict[str, Any]:
    """The note with its seal."""
    return {**note, "seal": {"kind": KEYED if key else PLAIN, "value": _value(note, key)}}


def intact(note: Mapping[str, Any], key: bytes | None) -> bool | None:
    """Whether the seal fits; None where it needs a key that was not given."""
    seal = note.get("seal")
    if not isinstance(seal, Mapping) or seal.get("kind") not in (KEYED, PLAIN):
        return False
    if seal["kind"] == KEYED and not key:
        return None
    if seal["kind"] == PLAIN and key:
        return False  # whoever has a key sealed with it: a plain checksum in its place is somebody else's
    return hmac.compare_digest(_value(note, key if seal["kind"] == KEYED else None), str(seal.get("value")))


def _value(note: Mapping[str, Any], key: bytes | None) -> str:
    text = canonical(note)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest() if key else digest(text)


def seed_of(key: bytes, name: str) -> int:
    """The secret seed of a release from the installation's key: the same release is always drawn the same.

    Drawing the same counts anew, with another seed each time, would let a reader narrow them down.
    """
    return int.from_bytes(hmac.new(key, f"seed:{name}".encode(), hashlib.sha256).digest()[:8], "big")
