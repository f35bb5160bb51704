"""The chain: how an entry is digested, and where a chain breaks. Pure functions; SHA-256, so that anybody can check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = "0" * 64
FIELDS = (
    "chain", "number", "at", "event", "outcome", "reason", "user", "on_behalf_of", "organisation", "role", "client",
    "purpose", "ground", "relation", "protocol", "emergency", "object_kind", "object", "subject", "place",
    "predecessor",
)  # fmt: skip
_written = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode


def digest(entry: Mapping[str, Any]) -> str:
    """The digest of all fields, in one fixed form (moments in UTC to the microsecond)."""
    said = {name: entry[name] for name in FIELDS}
    if isinstance(said["at"], datetime):
        said["at"] = said["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(_written(said).encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What a look at a chain says: how many entries, the digest of the last, and what is wrong at which number."""

    chain: str
    entries: int
    head: str
    broken_at: int | None = None
    why: str = ""

    @property
    def holds(self) -> bool:
        return self.broken_at is None


def verify(chain: str, entries: Iterable[Mapping[str, Any]], heads: Mapping[int, str] | None = None) -> Verdict:
    """Follow a chain from its start; it stops at the first entry that is missing, altered or out of place.

    heads: digests that were noted before, by number. Whoever can write to the database can cut the end off a chain, or
    write it all anew; a head that was noted elsewhere is how that is seen.
    """
    known, before, number = dict(heads or {}), START, 0
    for entry in entries:
        number += 1
        if entry["number"] != number:
            return Verdict(chain, number - 1, before, number, f"entry {number} is missing")
        if entry["predecessor"] != before:
            return Verdict(chain, number - 1, before, number, f"entry {number} does not follow the one before it")
        if entry["digest"] != digest(entry):
            return Verdict(chain, number - 1, before, number, f"entry {number} was altered")
        before = entry["digest"]
        if number in known and known.pop(number) != before:
            return Verdict(chain, number, before, number, f"entry {number} is not the one that was noted")
    if known:
        return Verdict(chain, number, before, number + 1, f"entry {min(known)} was noted, and is gone")
    return Verdict(chain, number, before)
