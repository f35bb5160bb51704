"""Was this person seen before? Keyed digests to look up by, also by sound, and a merge that can be undone.

Keys are digests under the installation's own key: equal people give equal keys, and nobody without the key can try
names. Possible duplicates are for the registrar only; a finder sees *received*, in the same words, either way.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from schakel.casework.person import Identity
from schakel.casework.registration import Registration
from schakel.linkage.dates import birth
from schakel.linkage.names import PREFIXES, folded, sound
from schakel.vocabulary.errors import refused

SHORTEST_KEY: Final = 32


def name_parts(identity: Identity) -> tuple[str, ...]:
    """The folded parts of a name that tell people apart, sorted: order and prefixes make no difference."""
    words = folded(f"{identity.given_names} {identity.surname}").split()
    return tuple(sorted(set(words) - PREFIXES)) or tuple(sorted(set(words)))


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one identity, by what they compare; each is a digest."""

    by_kind: Mapping[str, str]

    def shared(self, other: Keys) -> tuple[str, ...]:
        """What two identities have in common, the strongest first."""
        return tuple(kind for kind in KINDS if kind in self.by_kind and self.by_kind[kind] == other.by_kind.get(kind))


KINDS: Final = ("name_and_day", "name_and_year", "sound_and_day", "sound_and_year", "alias_and_year")


def keys(identity: Identity, key: bytes) -> Keys:
    """The keys to look a person up by: name and birth date, how the name sounds, an alias.

    `key` is the secret of the installation, 32 bytes or more. An identity without a name, or without so much as a year,
    gives fewer keys or none: what is not known finds nobody.
    """
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"the key of the blind index has at least {SHORTEST_KEY} bytes; make a longer one")
    born = birth(identity.birth_date)
    day, year = born.day or "", str(born.year or "")
    names = name_parts(identity)
    sounds = sorted(filter(None, map(sound, names)))
    aliases = sorted(folded(alias) for alias in identity.aliases)
    parts = {
        "name_and_day": (names, day), "name_and_year": (names, year), "sound_and_day": (sounds, day),
        "sound_and_year": (sounds, year), "alias_and_year": (aliases, year),
    }  # fmt: skip
    return Keys({kind: _digest(key, kind, (*who, when)) for kind, (who, when) in parts.items() if who and when})


def _digest(key: bytes, kind: str, parts: Iterable[str]) -> str:
    """HMAC-SHA-256 (RFC 2104) over the kind and its parts, apart from each other."""
    return hmac.new(key, "\x1f".join((kind, *parts)).encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Possible:
    """A registration that may be about the same person, and what the two have in common."""

    registration: str
    common: tuple[str, ...]


def possible_duplicates(own: Keys, others: Iterable[tuple[str, Keys]]) -> tuple[Possible, ...]:
    """The registrations that share a key, those with the strongest key first. For the registrar only."""
    found = [Possible(name, common) for name, keys_ in others if (common := own.shared(keys_))]
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.common[0]), one.registration)))


@dataclass(frozen=True, slots=True)
class Merge:
    """Two registrations made one, with both as they were, so that it can be undone."""

    kept: Registration
    merged: Registration
    on: date
    by: str
    reason: str
    undone_on: date | None = None


def merge(kept: Registration, merged: Registration, on: date, *, by: str, reason: str) -> Merge:
    """The merge as data. A registration without identity is never merged into one with a name, nor with itself."""
    if kept.id == merged.id or not (kept.named and merged.named) or not reason.strip():
        raise refused(("these two cannot be merged", "Choose two registrations by name, and give the reason"),
                      ("deze twee kunnen niet samen", "Kies twee registraties op naam, en geef de reden"))  # fmt: skip
    return Merge(kept, merged, on, by, reason)


def undo(one: Merge, on: date) -> tuple[Merge, Registration, Registration]:
    """The merge undone, and both registrations as they were before it."""
    return replace(one, undone_on=on), one.kept, one.merged
