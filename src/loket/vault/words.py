"""Words to find somebody by: made equal where people write them differently, then digested with the installation's key.

A blind index is only as private as its words are many: a date of birth alone can be guessed by whoever holds the key,
which is why the key is not in the database.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from loket.vault.cipher import keyed_digest


def plain(text: str) -> str:
    """Lower case, without accents, one space between words, letters and digits only."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", bare.casefold()))


@dataclass(frozen=True)
class Word:
    """One thing a person can be found by; the kind keeps a first name and a last name apart."""

    kind: str
    text: str

    @property
    def said(self) -> bool:
        """Whether there is anything to find by."""
        return bool(plain(self.text))

    def digest(self, key: bytes) -> bytes:
        return keyed_digest(key, "blind index", self.kind, plain(self.text))
