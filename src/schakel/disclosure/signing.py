"""The two halves of the installation's key: a secret that signs, and a public key with which anybody can look.

The signature is Ed25519 (RFC 8032), as the library `cryptography` makes it: the same secret and text always give the
same one. The signing key is made from the secret, so that an installation keeps one secret and not two.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from schakel.disclosure.refusals import refusal
from schakel.vocabulary.extras import needing

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SHORTEST: Final = 16
LENGTH: Final = 32
SHOWN: Final = 16


@dataclass(frozen=True)
class PublicKey:
    """What may be given to everybody: who has it can look at a signature, and make none."""

    raw: bytes

    @property
    def fingerprint(self) -> str:
        """The beginning of the SHA-256 of the key, by which people can tell two keys apart."""
        return hashlib.sha256(self.raw).hexdigest()[:SHOWN]

    def pem(self) -> bytes:
        """The key as a PEM file, which other programs read too."""
        with needing("release"):
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
            from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        form = PublicFormat.SubjectPublicKeyInfo
        return bytes(Ed25519PublicKey.from_public_bytes(self.raw).public_bytes(Encoding.PEM, form))


Key = bytes | PublicKey
"""The secret of an installation, which signs and looks; or the public key of one, which looks."""


def check_secret(secret: bytes) -> bytes:
    """The secret, unless it is so short that it could be guessed, or a public key by mistake."""
    if len(secret) < SHORTEST:
        raise refusal("short-key", "", least=SHORTEST)
    if b"PUBLIC KEY" in secret:
        raise refusal("public-as-secret", "")
    return secret


def public_key(secret: bytes) -> PublicKey:
    """The public half of a secret."""
    with needing("release"):
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return PublicKey(_signing(secret).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def read_public_key(data: bytes, name: str = "") -> PublicKey:
    """The public key in a PEM file. Raises `BadInput` where it holds none, or a key of another kind."""
    with needing("release"):
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

    try:
        found = load_pem_public_key(data)
    except ValueError as error:
        raise refusal("no-public-key", "", name=name) from error
    if not isinstance(found, Ed25519PublicKey):
        raise refusal("no-public-key", "", name=name)
    return PublicKey(found.public_bytes(Encoding.Raw, PublicFormat.Raw))


def sign(secret: bytes, words: bytes) -> str:
    """The signature over some bytes, in hexadecimal."""
    return _signing(secret).sign(words).hex()


def fits(key: PublicKey, signature: str, words: bytes) -> bool:
    """Whether this signature over these bytes was made with the secret half of this key."""
    with needing("release"):
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(bytes.fromhex(signature), words)
    except (InvalidSignature, ValueError):
        return False
    return True


def _signing(secret: bytes) -> Ed25519PrivateKey:
    with needing("release"):
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(hmac.digest(secret, b"seal", hashlib.sha256))
