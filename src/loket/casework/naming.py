"""The words by which a person is found again (blind index): what they are called and when they were born."""

from __future__ import annotations

from loket.vault.cipher import keyed_digest
from loket.vault.keyfile import ring
from loket.vault.words import Word
from schakel.casework import duplicates
from schakel.casework.person import Identity

KINDS = ("surname", "given_names", "birth_date", "alias")


def words(identity: Identity | None) -> list[Word]:
    """Every word of a person, one of each kind at least: an empty one takes an older one away."""
    if identity is None:
        return [Word(kind, "") for kind in (*KINDS, *duplicates.KINDS)]
    aliases = [Word("alias", alias) for alias in identity.aliases] or [Word("alias", "")]
    return [
        Word("surname", identity.surname), Word("given_names", identity.given_names),
        Word("birth_date", identity.birth_date), *aliases, *same_person(identity),
    ]  # fmt: skip


def same_person(identity: Identity) -> list[Word]:
    """What two descriptions of one person have in common although they are written differently: name and birth date
    together, how the name sounds, an alias. Each is a keyed digest already, and is digested once more in the index."""
    found = duplicates.keys(identity, keyed_digest(ring().index, "possible duplicates")).by_kind
    return [Word(kind, found.get(kind, "")) for kind in duplicates.KINDS]
