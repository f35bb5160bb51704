"""SHA-256 without loading OpenSSL, which takes longer than a quick command may."""

from __future__ import annotations

import sys
from importlib import import_module

MODULES = ("_sha2" if sys.version_info >= (3, 12) else "_sha256", "hashlib")  # Python's own, and what always works


def sha256(words: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal: what `hashlib` gives.

    `hashlib` loads OpenSSL whatever is asked of it. The module of Python beneath it, which has no promise to stay, is
    taken where it is there, as the standard library's own `random` does.
    """
    for name in MODULES:
        try:
            return str(import_module(name).sha256(words).hexdigest())
        except ImportError:
            continue
    raise ImportError("this Python has no SHA-256")
